"""Complaints over REST."""

from datetime import date, datetime
from decimal import Decimal
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
from archive.communication.forms import ClosingInput, ComplaintInput, DeskInput, ReplyInput
from archive.communication.models import Complaint, ComplaintReply
from archive.communication.rules.complaints import (
    Channel,
    ComplaintCause,
    ComplaintForm,
    ComplaintStatus,
    Reply,
)
from archive.communication.service import complaints as service
from archive.masking import masked
from archive.web.api import Page, seen_revision, with_etag
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.repeats import once

api = APIBlueprint("complaints_api", __name__, url_prefix="/api/v1/complaints", tag="complaints")


class ComplaintQuery(RecordQuery):
    """Which complaints."""

    status: ComplaintStatus | None = None
    form: ComplaintForm | None = None
    cause: ComplaintCause | None = None


class ReplyOut(BaseModel):
    """What the customer was told; late where it came after its clock."""

    reply: Reply
    replied_at: datetime
    replied_by: str
    told_to: str | None
    channel: Channel
    text: str
    was_late: bool


class DueOut(BaseModel):
    """A reply that is owed, and the instant by which it is (Art. 14)."""

    reply: Reply
    at: datetime


class ComplaintOut(BaseModel):
    """A complaint; the telephone number is masked."""

    id: str
    revision: int
    number: str
    customer: CustomerRef | None
    customer_name: str | None
    form: ComplaintForm
    cause: ComplaintCause | None
    status: ComplaintStatus
    complainant: str | None
    complainant_phone: str | None
    heard_at: datetime
    content: str
    explained: str | None
    waybill_number: str | None
    claimed_amount: str | None
    accepted_at: datetime | None
    accepted_by: str | None
    evidence_complete_at: datetime | None
    result_promised_on: date | None
    next_due: DueOut | None
    replies: list[ReplyOut]
    reaction: str | None
    recorded_by: str
    closed_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Complaints(Page[ComplaintOut]):
    """A page of complaints."""


def show(complaint: Complaint) -> ComplaintOut:
    """The whole record of *complaint*, money as decimal strings, telephone numbers masked."""
    due = complaint.next_due
    return ComplaintOut(
        id=complaint.key,
        revision=complaint.revision,
        number=complaint.number,
        customer=ref_of(complaint),
        customer_name=complaint.customer_name,
        form=complaint.form,
        cause=complaint.cause,
        status=complaint.status,
        complainant=complaint.complainant,
        complainant_phone=masked(complaint.complainant_phone) or None,
        heard_at=clock.local(complaint.heard_at),
        content=complaint.content,
        explained=complaint.explained,
        waybill_number=complaint.waybill_number,
        claimed_amount=money(complaint.claimed_amount),
        accepted_at=shown(complaint.accepted_at),
        accepted_by=complaint.accepted_by_name,
        evidence_complete_at=shown(complaint.evidence_complete_at),
        result_promised_on=complaint.result_promised_on,
        next_due=DueOut(reply=due.reply, at=clock.local(due.at)) if due else None,
        replies=[show_reply(complaint, each) for each in complaint.replies],
        reaction=complaint.reaction,
        recorded_by=complaint.recorded_by_name,
        closed_at=shown(complaint.closed_at),
        created_at=clock.local(complaint.created_at),
        updated_at=clock.local(complaint.updated_at),
    )


def show_reply(complaint: Complaint, given: ComplaintReply) -> ReplyOut:
    """One reply to *complaint*."""
    return ReplyOut(
        reply=given.reply,
        replied_at=clock.local(given.replied_at),
        replied_by=given.replied_by_name,
        told_to=given.told_to,
        channel=given.channel,
        text=given.text,
        was_late=complaint.was_late(given),
    )


def money(amount: Decimal | None) -> str | None:
    """*amount* with two places."""
    return None if amount is None else f"{amount:.2f}"


@api.get("")
@api.input(ComplaintQuery, location="query")
@api.output(Complaints)
@needs(Right.OPEN_COMPLAINT)
def find_complaints(query_data: ComplaintQuery) -> dict[str, Any]:
    """The complaints that you may open, newest first."""
    found = query_data.narrow(Complaint.visible_to(actor()), Complaint, "heard_at")
    for name in ("status", "form", "cause"):
        if (value := getattr(query_data, name)) is not None:
            found = found.filter(**{name: value})
    return page_of_records(found.order_by("-heard_at", "id"), Complaint, query_data, show)


@api.post("")
@api.input(ComplaintInput)
@api.output(ComplaintOut, status_code=201)
@needs(Right.RECORD_COMPLAINT)
@once
def record_complaint(json_data: ComplaintInput) -> Response:
    """Record a complaint; a `customer_name` that names no archive is kept as it is."""
    facts = json_data.model_dump()
    complaint = service.record_complaint(actor=actor(), now=clock.now(), **facts)
    response = with_etag(show(complaint), complaint, 201)
    response.headers["Location"] = url_for("complaints_api.read_complaint", number=complaint.number)
    return response


@api.get("/<number>")
@api.output(ComplaintOut)
@needs(Right.OPEN_COMPLAINT)
def read_complaint(number: str) -> Response:
    """One complaint, with its ETag."""
    complaint = service.open_complaint(number, actor=actor())
    return with_etag(show(complaint), complaint)


@api.put("/<number>")
@api.input(DeskInput)
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT)
def edit_complaint(number: str, json_data: DeskInput) -> Response:
    """Complete or correct a complaint; `If-Match` names the revision that was read.

    A `complainant_phone` that is left out stays as it is, since reading shows it masked.
    """
    complaint = Complaint.numbered(number)
    facts = json_data.model_dump()
    if "complainant_phone" not in json_data.model_fields_set:
        facts["complainant_phone"] = complaint.complainant_phone
    service.edit_complaint(complaint, actor=actor(), now=clock.now(), seen=seen_revision(), **facts)
    return with_etag(show(complaint), complaint)


@api.post("/<number>/accept")
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT)
def accept_complaint(number: str) -> Response:
    """Take a complaint on: its clocks start."""
    complaint = Complaint.numbered(number)
    service.accept_complaint(complaint, actor=actor(), now=clock.now())
    return with_etag(show(complaint), complaint)


@api.post("/<number>/replies")
@api.input(ReplyInput)
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT)
@once
def note_reply(number: str, json_data: ReplyInput) -> Response:
    """Write down what the customer was told."""
    complaint = Complaint.numbered(number)
    service.note_reply(complaint, actor=actor(), now=clock.now(), **json_data.model_dump())
    return with_etag(show(complaint), complaint)


@api.post("/<number>/close")
@api.input(ClosingInput)
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT)
def close_complaint(number: str, json_data: ClosingInput) -> Response:
    """End a complaint with what the customer says; 422 where the result was not told yet."""
    complaint = Complaint.numbered(number)
    service.close_complaint(complaint, json_data.reaction, actor=actor(), now=clock.now())
    return with_etag(show(complaint), complaint)
