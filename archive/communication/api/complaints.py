"""Complaints over REST."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import Response, url_for

from archive import clock
from archive.actor import Right
from archive.communication.api.shapes import CustomerRef
from archive.communication.forms import (
    ClosingInput,
    DeskInput,
    HandlerInput,
    NewComplaintInput,
    ReplyInput,
)
from archive.communication.lists import COMPLAINTS
from archive.communication.models import Complaint
from archive.communication.rules.complaints import (
    Channel,
    ComplaintCause,
    ComplaintForm,
    ComplaintStatus,
    Reply,
)
from archive.communication.service import complaints as service
from archive.communication.service import evidence
from archive.filing.api.attachments import ORIGINAL
from archive.filing.api.shapes import DepositFiles, FileOut
from archive.web.api import Page, Paging, page_of, seen_revision
from archive.web.context import actor, seams
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.repeats import once
from archive.web.serving import send_original
from archive.web.shapes import Instant, Masked, Money, Out, RecordOut, Tagged, reads, tagged
from archive.web.spool import spooled, takes_files

api = APIBlueprint("complaints_api", __name__, url_prefix="/api/v1/complaints", tag="complaints")


class ReplyOut(Out):
    """What the customer was told; late where it came after its clock."""

    reply: Reply
    replied_at: Instant
    replied_by: str = reads("replied_by_name")
    told_to: str | None
    channel: Channel
    text: str
    was_late: bool


class DueOut(Out):
    """A reply that is owed, and the instant by which it is (Art. 14)."""

    reply: Reply
    at: Instant


def replies_of(complaint: Complaint) -> list[ReplyOut]:
    """What the customer was told; only the complaint knows the clocks."""
    return [ReplyOut.of(each, was_late=complaint.was_late(each)) for each in complaint.replies]


class EvidenceOut(FileOut):
    """A photograph or file of a complaint."""

    key: str
    added_at: Instant
    added_by: str = reads("added_by_name")


class ComplaintOut(RecordOut):
    """A complaint; the telephone number is masked."""

    number: str
    customer: CustomerRef | None
    customer_name: str | None
    form: ComplaintForm
    cause: ComplaintCause | None
    status: ComplaintStatus
    complainant: str | None
    complainant_phone: Masked | None
    heard_at: Instant
    content: str
    explained: str | None
    waybill_number: str | None
    claimed_amount: Money | None
    accepted_at: Instant | None
    accepted_by: str | None = reads("accepted_by_name")
    handler: str | None = reads("handler_name")
    files: list[EvidenceOut]
    evidence_complete_at: Instant | None
    result_promised_on: date | None
    next_due: DueOut | None
    replies: list[ReplyOut] = reads(replies_of)
    reaction: str | None
    recorded_by: str = reads("recorded_by_name")
    closed_at: Instant | None


class Complaints(Page[ComplaintOut]):
    """A page of complaints."""


@api.get("")
@api.input(COMPLAINTS.query("ComplaintQuery"), location="query")
@api.output(Complaints)
@needs(Right.OPEN_COMPLAINT)
def find_complaints(query_data: Paging) -> dict[str, Any]:
    """The complaints that you may open, newest first."""
    found = COMPLAINTS.narrow(Complaint.visible_to(actor()), query_data.model_dump())
    return page_of(found.order_by("-heard_at", "id"), query_data, Complaint.with_customers)


@api.post("")
@once
@api.input(NewComplaintInput)
@api.output(ComplaintOut, status_code=201)
@needs(Right.RECORD_COMPLAINT)
def record_complaint(json_data: NewComplaintInput) -> Tagged:
    """Record a complaint; a `customer_name` that names no archive is kept as it is."""
    facts = json_data.model_dump()
    complaint = service.record_complaint(actor=actor(), now=clock.now(), **facts)
    address = url_for("complaints_api.read_complaint", number=complaint.number)
    return tagged(complaint, address=address)


@api.get("/<number>")
@api.output(ComplaintOut)
@needs(Right.OPEN_COMPLAINT)
def read_complaint(number: str) -> Tagged:
    """One complaint, with its ETag."""
    return tagged(service.open_complaint(number, actor=actor()))


@api.put("/<number>")
@api.input(DeskInput)
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def edit_complaint(number: str, json_data: DeskInput) -> Tagged:
    """Complete or correct a complaint; `If-Match` names the revision that was read.

    A `complainant_phone` that is left out stays as it is, since reading shows it masked.
    """
    complaint = Complaint.numbered(number)
    facts = json_data.model_dump()
    if "complainant_phone" not in json_data.model_fields_set:
        facts["complainant_phone"] = complaint.complainant_phone
    service.edit_complaint(complaint, actor=actor(), now=clock.now(), seen=seen_revision(), **facts)
    return tagged(complaint)


@api.post("/<number>/accept")
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def accept_complaint(number: str) -> Tagged:
    """Take a complaint on: its clocks start."""
    complaint = Complaint.numbered(number)
    service.accept_complaint(complaint, actor=actor(), now=clock.now())
    return tagged(complaint)


@api.post("/<number>/handler")
@api.input(HandlerInput)
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def assign_complaint(number: str, json_data: HandlerInput) -> Tagged:
    """Have somebody of the desk, named by their identity, see to a complaint."""
    complaint = Complaint.numbered(number)
    service.assign_complaint(
        complaint,
        json_data.handler,
        actor=actor(),
        now=clock.now(),
        reason=json_data.reason or "",
    )
    return tagged(complaint)


@api.post("/<number>/files")
@api.input(DepositFiles, location="files")
@api.output(ComplaintOut, status_code=201)
@takes_files()
@needs(Right.OPEN_COMPLAINT, of=Complaint.numbered)
def add_files(number: str, files_data: DepositFiles) -> Tagged:
    """Add photographs and files; one that is refused ends the request, those before it stay."""
    complaint = Complaint.numbered(number)
    for given in files_data.files:
        complaint = evidence.add_file(
            complaint,
            spooled(given),
            name=given.filename or "",
            actor=actor(),
            now=clock.now(),
            blobs=seams().blobs,
            recognition=seams().recognition,
        )
    return tagged(complaint)


@api.get("/<number>/files/<key>/content")
@api.doc(responses=ORIGINAL)
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def read_file(number: str, key: str) -> Response:
    """The bytes as they came, for the desk; every time is recorded."""
    file, path = evidence.take_original(
        Complaint.numbered(number), key, actor=actor(), now=clock.now(), blobs=seams().blobs
    )
    return send_original(path, file.file_type.media_type, file.name)


@api.post("/<number>/replies")
@once
@api.input(ReplyInput)
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def note_reply(number: str, json_data: ReplyInput) -> Tagged:
    """Write down what the customer was told."""
    complaint = Complaint.numbered(number)
    service.note_reply(complaint, actor=actor(), now=clock.now(), **json_data.model_dump())
    return tagged(complaint)


@api.post("/<number>/close")
@api.input(ClosingInput)
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def close_complaint(number: str, json_data: ClosingInput) -> Tagged:
    """End a complaint with what the customer says; 422 where the result was not told yet."""
    complaint = Complaint.numbered(number)
    service.close_complaint(complaint, json_data.reaction, actor=actor(), now=clock.now())
    return tagged(complaint)


@api.post("/<number>/reopen")
@api.input(ReasonInput)
@api.output(ComplaintOut)
@needs(Right.EDIT_COMPLAINT, of=Complaint.numbered)
def reopen_complaint(number: str, json_data: ReasonInput) -> Tagged:
    """Take back that a complaint was closed, and say why."""
    complaint = Complaint.numbered(number)
    service.reopen_complaint(complaint, json_data.reason, actor=actor(), now=clock.now())
    return tagged(complaint)
