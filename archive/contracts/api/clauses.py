"""The clauses that the company keeps, over REST."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from archive import clock
from archive.actor import Right
from archive.contracts.api.templates import words_of
from archive.contracts.errors import ClauseHasFaults
from archive.contracts.forms import ClauseInput, ClauseTextInput, InForceInput
from archive.contracts.models import Clause
from archive.contracts.service import clauses as service
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor, seams
from archive.web.guard import needs
from archive.web.inputs import Count, InvalidInput
from archive.web.repeats import once
from archive.web.shapes import Instant, Out, RecordOut, Tagged, reads, tagged

api = APIBlueprint("clauses_api", __name__, url_prefix="/api/v1/clauses", tag="templates")


class ClauseVersionOut(Out):
    """One wording of a clause."""

    number: Count
    text: str
    note: str | None
    written_at: Instant
    written_by: str = reads("written_by_name")


class ClauseOut(RecordOut):
    """A clause with a name; templates name it as `tag`."""

    name: str
    tag: str
    version_in_force: int | None
    versions: list[ClauseVersionOut]


class ClausesOut(Page[ClauseOut]):
    """A page of clauses."""


@api.get("")
@api.input(Paging, location="query")
@api.output(ClausesOut)
@needs(Right.SEE_TEMPLATES)
def list_clauses(query_data: Paging) -> dict[str, Any]:
    """The company's clauses."""
    return page_of(Clause.objects.order_by("name", "id"), query_data)


@api.get("/<clause_id>")
@api.output(ClauseOut)
@needs(Right.SEE_TEMPLATES)
def read_clause(clause_id: str) -> Tagged:
    """One clause, with its ETag."""
    return tagged(Clause.find(clause_id))


@api.post("")
@once
@api.input(ClauseInput)
@api.output(ClauseOut, status_code=201)
@needs(Right.MANAGE_TEMPLATES)
def write_clause(json_data: ClauseInput) -> Tagged:
    """Keep a new clause, in force at once; a text with faults answers 422 with all of them."""
    try:
        clause = service.write_clause(
            **json_data.model_dump(), actor=actor(), now=clock.now(), docgen=seams().docgen
        )
    except ClauseHasFaults as faults:
        raise InvalidInput({"text": [*map(words_of, faults.report.faults)]}) from faults
    address = url_for("clauses_api.read_clause", clause_id=clause.key)
    return tagged(clause, address=address)


@api.post("/<clause_id>/versions")
@api.input(ClauseTextInput)
@api.output(ClauseOut)
@needs(Right.MANAGE_TEMPLATES)
def revise_clause(clause_id: str, json_data: ClauseTextInput) -> Tagged:
    """Put a new wording in force; `If-Match` names the revision that was read."""
    seen = seen_revision()
    try:
        clause = service.revise_clause(
            Clause.find(clause_id),
            **json_data.model_dump(),
            actor=actor(),
            now=clock.now(),
            seen=seen,
            docgen=seams().docgen,
        )
    except ClauseHasFaults as faults:
        raise InvalidInput({"text": [*map(words_of, faults.report.faults)]}) from faults
    return tagged(clause)


@api.put("/<clause_id>/version-in-force")
@api.input(InForceInput)
@api.output(ClauseOut)
@needs(Right.MANAGE_TEMPLATES)
def put_clause_in_force(clause_id: str, json_data: InForceInput) -> Tagged:
    """Use this wording from now on."""
    clause = service.put_clause_in_force(
        Clause.find(clause_id), json_data.number, actor=actor(), now=clock.now()
    )
    return tagged(clause)
