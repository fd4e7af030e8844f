"""Cooperation schemes over REST."""

from datetime import date, datetime
from typing import Any

from apiflask import APIBlueprint
from flask import Response, url_for

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.development.api.shapes import CustomerOut
from archive.development.forms import NewSchemeInput, RevisionInput
from archive.development.lists import SCHEMES
from archive.development.models import CooperationScheme
from archive.development.rules import SchemeStatus
from archive.development.service import schemes as service
from archive.development.service.reports import write_scheme
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor
from archive.web.documents import WORD_FILE, send_document
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import acted
from archive.web.repeats import once
from archive.web.shapes import Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint(
    "schemes_api", __name__, url_prefix="/api/v1/cooperation-schemes", tag="development"
)


class TermsOut(Out):
    """What a scheme says."""

    goods: str | None
    content: str
    prices: str | None
    services: str | None
    feedback: str | None
    valid_from: date | None
    valid_until: date | None
    agreed_on: date | None
    agreed_with: str | None
    agreed_by: str | None


class VersionOut(TermsOut):
    """What a scheme said from then on, and what was changed."""

    number: int
    made_at: datetime
    made_by: str = reads("made_by_name")
    change: str | None


class SchemeOut(RecordOut, TermsOut):
    """A cooperation scheme (Art. 7): the version that counts, and all of them."""

    number: str
    customer: CustomerOut | None
    status: SchemeStatus
    version: int
    versions: list[VersionOut]
    void_reason: str | None
    recorded_by: str = reads("recorded_by_name")


class Schemes(Page[SchemeOut]):
    """A page of cooperation schemes."""


@api.get("")
@api.input(SCHEMES.query("SchemeQuery"), location="query")
@api.output(Schemes)
@needs(Right.OPEN_DEVELOPMENT)
def find_schemes(query_data: Paging) -> dict[str, Any]:
    """The cooperation schemes that you may open, newest first."""
    found = SCHEMES.narrow(CooperationScheme.visible_to(actor()), query_data.model_dump())
    ordered = found.order_by("-created_at", "-id")
    return page_of(ordered, query_data, CooperationScheme.with_customers)


@api.post("")
@once
@api.input(NewSchemeInput)
@api.output(SchemeOut, status_code=201)
@needs(Right.WRITE_DEVELOPMENT)
def open_scheme(json_data: NewSchemeInput) -> Tagged:
    """Write down how to work together with a customer; 409 where there is a scheme."""
    terms = json_data.model_dump()
    customer = Customer.find(terms.pop("customer_name"))
    scheme = service.open_scheme(customer, actor=actor(), now=clock.now(), **terms)
    return tagged(scheme, address=url_for("schemes_api.read_scheme", number=scheme.number))


@api.get("/<number>")
@api.output(SchemeOut)
@needs(Right.OPEN_DEVELOPMENT)
def read_scheme(number: str) -> Tagged:
    """One scheme, with its ETag."""
    return tagged(service.read_scheme(number, actor=actor()))


@api.get("/<number>.docx")
@api.doc(responses=WORD_FILE)
@needs(Right.OPEN_DEVELOPMENT)
def read_document(number: str) -> Response:
    """The version that counts, as a Word file; each one taken is written down."""
    scheme = service.read_scheme(number, actor=actor())
    content = write_scheme(scheme, actor=actor(), now=clock.now())
    return send_document(content, f"{scheme.number}.docx")


@api.put("/<number>")
@api.input(RevisionInput)
@api.output(SchemeOut)
@needs(Right.WRITE_DEVELOPMENT, of=CooperationScheme.numbered)
def revise_scheme(number: str, json_data: RevisionInput) -> Tagged:
    """Make a new version; `If-Match` names the revision that was read."""
    scheme = service.revise_scheme(
        CooperationScheme.numbered(number),
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        **json_data.model_dump(),
    )
    return tagged(scheme)


@api.post("/<number>/void")
@api.input(ReasonInput)
@api.output(SchemeOut)
@needs(Right.WRITE_DEVELOPMENT, of=CooperationScheme.numbered)
def void_scheme(number: str, json_data: ReasonInput) -> Tagged:
    """Say that a scheme counts no more, and why."""
    return acted(service.void_scheme, CooperationScheme.numbered(number), json_data)


@api.post("/<number>/restore")
@api.input(ReasonInput)
@api.output(SchemeOut)
@needs(Right.WRITE_DEVELOPMENT, of=CooperationScheme.numbered)
def restore_scheme(number: str, json_data: ReasonInput) -> Tagged:
    """Take back that a scheme was voided, and say why."""
    return acted(service.restore_scheme, CooperationScheme.numbered(number), json_data)
