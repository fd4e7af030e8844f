"""Visits over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from archive import clock
from archive.actor import Right
from archive.communication.api.shapes import CustomerRef
from archive.communication.forms import NewVisitInput, VisitInput
from archive.communication.lists import VISITS
from archive.communication.models import Visit
from archive.communication.rules.visits import VisitKind, VisitStatus, VisitStep
from archive.communication.service import visits as service
from archive.customers.models import Customer
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import acted
from archive.web.repeats import once
from archive.web.shapes import Instant, Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint("visits_api", __name__, url_prefix="/api/v1/visits", tag="visits")


class MeasureOut(Out):
    """What is to be done after a visit."""

    what: str
    owner: str
    due_on: date
    is_done: bool


class VisitOut(RecordOut):
    """A visit (Art. 13)."""

    number: str
    customer: CustomerRef | None
    kind: VisitKind
    status: VisitStatus
    visited_at: Instant
    purpose: str
    place: str | None
    visitors: list[str]
    participants: list[str]
    goals: str | None
    solutions: str | None
    notice: str | None
    content: str | None
    result: str | None
    reported_to: str | None
    measures: list[MeasureOut]
    steps_written: list[VisitStep]
    recorded_by: str = reads("recorded_by_name")
    closed_at: Instant | None


class Visits(Page[VisitOut]):
    """A page of visits."""


@api.get("")
@api.input(VISITS.query("VisitQuery"), location="query")
@api.output(Visits)
@needs(Right.OPEN_VISIT)
def find_visits(query_data: Paging) -> dict[str, Any]:
    """The visits that you may open, newest first."""
    found = VISITS.narrow(Visit.visible_to(actor()), query_data.model_dump())
    return page_of(found.order_by("-visited_at", "id"), query_data, Visit.with_customers)


@api.post("")
@once
@api.input(NewVisitInput)
@api.output(VisitOut, status_code=201)
@needs(Right.RECORD_VISIT)
def record_visit(json_data: NewVisitInput) -> Tagged:
    """Record a visit; `customer_name` takes a name, a code, an archive number or an id."""
    facts = json_data.model_dump()
    customer = Customer.find(facts.pop("customer_name"))
    visit = service.record_visit(customer, actor=actor(), now=clock.now(), **facts)
    return tagged(visit, address=url_for("visits_api.read_visit", number=visit.number))


@api.get("/<number>")
@api.output(VisitOut)
@needs(Right.OPEN_VISIT)
def read_visit(number: str) -> Tagged:
    """One visit, with its ETag."""
    return tagged(service.open_visit(number, actor=actor()))


@api.put("/<number>")
@api.input(VisitInput)
@api.output(VisitOut)
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def edit_visit(number: str, json_data: VisitInput) -> Tagged:
    """Write a visit up or correct it; `If-Match` names the revision that was read."""
    visit = service.edit_visit(
        Visit.numbered(number),
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        **json_data.model_dump(),
    )
    return tagged(visit)


@api.post("/<number>/close")
@api.output(VisitOut)
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def close_visit(number: str) -> Tagged:
    """Close a visit; 422 with article 13 where a step of a business visit has no record."""
    visit = service.close_visit(Visit.numbered(number), actor=actor(), now=clock.now())
    return tagged(visit)


@api.post("/<number>/cancel")
@api.input(ReasonInput)
@api.output(VisitOut)
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def cancel_visit(number: str, json_data: ReasonInput) -> Tagged:
    """Say that a visit does not take place, and why."""
    return acted(service.cancel_visit, Visit.numbered(number), json_data)


@api.post("/<number>/reopen")
@api.input(ReasonInput)
@api.output(VisitOut)
@needs(Right.RECORD_VISIT, of=Visit.numbered)
def reopen_visit(number: str, json_data: ReasonInput) -> Tagged:
    """Take back that a visit was closed or cancelled, and say why."""
    return acted(service.reopen_visit, Visit.numbered(number), json_data)
