"""Visits over REST."""

from datetime import date, datetime
from typing import Any

from apiflask import APIBlueprint
from flask import Response, url_for
from pydantic import BaseModel

from archive import clock
from archive.actor import Right
from archive.communication.api.shapes import (
    CustomerRef,
    RecordQuery,
    page_of_records,
    ref_of,
    shown,
)
from archive.communication.forms import NewVisitInput, VisitInput
from archive.communication.models import Visit
from archive.communication.rules.visits import VisitKind, VisitStatus, VisitStep
from archive.communication.service import visits as service
from archive.customers.models import Customer
from archive.web.api import Page, seen_revision, with_etag
from archive.web.context import actor
from archive.web.forms import initial_of
from archive.web.guard import needs
from archive.web.repeats import once

api = APIBlueprint("visits_api", __name__, url_prefix="/api/v1/visits", tag="visits")


class VisitQuery(RecordQuery):
    """Which visits."""

    kind: VisitKind | None = None
    status: VisitStatus | None = None


class MeasureOut(BaseModel):
    """What is to be done after a visit."""

    what: str
    owner: str
    due_on: date
    is_done: bool


class VisitOut(BaseModel):
    """A visit (Art. 13)."""

    id: str
    revision: int
    number: str
    customer: CustomerRef | None
    kind: VisitKind
    status: VisitStatus
    visited_at: datetime
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
    recorded_by: str
    closed_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Visits(Page[VisitOut]):
    """A page of visits."""


def show(visit: Visit) -> VisitOut:
    """The whole record of *visit*."""
    held: dict[str, Any] = initial_of(VisitInput, visit)
    held["visited_at"] = shown(visit.visited_at)
    return VisitOut(
        id=visit.key,
        revision=visit.revision,
        number=visit.number,
        customer=ref_of(visit),
        status=visit.status,
        steps_written=visit.steps_written,
        recorded_by=visit.recorded_by_name,
        closed_at=shown(visit.closed_at),
        created_at=clock.local(visit.created_at),
        updated_at=clock.local(visit.updated_at),
        **held,
    )


@api.get("")
@api.input(VisitQuery, location="query")
@api.output(Visits)
@needs(Right.OPEN_VISIT)
def find_visits(query_data: VisitQuery) -> dict[str, Any]:
    """The visits that you may open, newest first."""
    found = query_data.narrow(Visit.visible_to(actor()), Visit, "visited_at")
    if query_data.kind:
        found = found.filter(kind=query_data.kind)
    if query_data.status:
        found = found.filter(status=query_data.status)
    return page_of_records(found.order_by("-visited_at", "id"), Visit, query_data, show)


@api.post("")
@api.input(NewVisitInput)
@api.output(VisitOut, status_code=201)
@needs(Right.RECORD_VISIT)
@once
def record_visit(json_data: NewVisitInput) -> Response:
    """Record a visit; `customer_name` takes a name, a code, an archive number or an id."""
    facts = json_data.model_dump()
    customer = Customer.find(facts.pop("customer_name"))
    visit = service.record_visit(customer, actor=actor(), now=clock.now(), **facts)
    response = with_etag(show(visit), visit, 201)
    response.headers["Location"] = url_for("visits_api.read_visit", number=visit.number)
    return response


@api.get("/<number>")
@api.output(VisitOut)
@needs(Right.OPEN_VISIT)
def read_visit(number: str) -> Response:
    """One visit, with its ETag."""
    visit = service.open_visit(number, actor=actor())
    return with_etag(show(visit), visit)


@api.put("/<number>")
@api.input(VisitInput)
@api.output(VisitOut)
@needs(Right.RECORD_VISIT)
def edit_visit(number: str, json_data: VisitInput) -> Response:
    """Write a visit up or correct it; `If-Match` names the revision that was read."""
    visit = service.edit_visit(
        Visit.numbered(number),
        actor=actor(),
        now=clock.now(),
        seen=seen_revision(),
        **json_data.model_dump(),
    )
    return with_etag(show(visit), visit)


@api.post("/<number>/close")
@api.output(VisitOut)
@needs(Right.RECORD_VISIT)
def close_visit(number: str) -> Response:
    """Close a visit; 422 with article 13 where a step of a business visit has no record."""
    visit = service.close_visit(Visit.numbered(number), actor=actor(), now=clock.now())
    return with_etag(show(visit), visit)
