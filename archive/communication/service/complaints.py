"""The verbs of complaints: the route of Art. 14 from hearing to closing."""

from datetime import datetime
from typing import Any

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.communication.errors import (
    AlreadyAccepted,
    ComplaintClosed,
    ComplaintOpen,
    MayHaveArchive,
    NotAccepted,
    NotOfTheDesk,
)
from archive.communication.models import Complaint, ComplaintReply
from archive.communication.rules import complaints as rules
from archive.communication.rules.complaints import Channel, ComplaintStatus, Reply
from archive.customers import service as customers
from archive.database import next_number
from archive.trail.looks import note_look


def record_complaint(
    *,
    actor: Actor,
    now: datetime,
    customer_name: str | None = None,
    has_no_archive: bool = False,
    **facts: Any,
) -> Complaint:
    """Write down a complaint and hand it to the desk (Art. 14.1); any employee does.

    A *customer_name* that names no archive is kept as it was typed. Where archives may be meant it
    stops once; *has_no_archive* says that the person has looked at them.

    Raises:
        NotPermitted, HeardLater, MayHaveArchive.
    """
    actor.require(Right.RECORD_COMPLAINT)
    if earlier := Complaint.asked_before():
        return earlier
    rules.was_heard(facts["heard_at"], now)
    customer = _customer_fields(customer_name)
    is_loose = customer_name and not customer["customer_id"] and not has_no_archive
    if is_loose and (perhaps := customers.find_perhaps(customer_name or "")):
        raise MayHaveArchive(
            names="、".join(f"{each.name}（{each.customer_code}）" for each in perhaps)
        )
    year = clock.local(now).year
    return Complaint.open_new(
        actor,
        now,
        "complaint.recorded",
        {
            "number": f"TS-{year}-{next_number(f'complaint:{year}'):05d}",
            "recorded_by_id": actor.id,
            "recorded_by_name": actor.name,
            **customer,
            **facts,
        },
    )


def edit_complaint(
    complaint: Complaint,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    customer_name: str | None = None,
    **facts: Any,
) -> Complaint:
    """Complete or correct what was recorded; the clocks follow from what it says then.

    Raises:
        NotPermitted, ComplaintClosed, HeardLater, EditedMeanwhile.
    """
    actor.require(Right.EDIT_COMPLAINT, complaint)
    refuse_closed(complaint)
    rules.was_heard(facts["heard_at"], now)
    fields = {**facts, **_customer_fields(customer_name, complaint)}
    return complaint.change(actor, now, "complaint.edited", fields, seen=seen)


def accept_complaint(complaint: Complaint, *, actor: Actor, now: datetime) -> Complaint:
    """Take the complaint on at the desk: its clocks start at *now* (Art. 14.2).

    Where nobody was named before, whoever accepts it is its handler.

    Of two who accept at once one wins; the other is told who.

    Raises:
        NotPermitted, AlreadyAccepted, EditedMeanwhile.
    """
    actor.require(Right.EDIT_COMPLAINT, complaint)
    if complaint.status is not ComplaintStatus.RECORDED:
        raise AlreadyAccepted(number=complaint.number, name=complaint.accepted_by_name)
    fields: dict[str, Any] = {
        "status": ComplaintStatus.ACCEPTED,
        "accepted_at": now,
        "accepted_by_id": actor.id,
        "accepted_by_name": actor.name,
    }
    if not complaint.handler_id:
        fields |= {"handler_id": actor.id, "handler_name": actor.name}
    return complaint.change(actor, now, "complaint.accepted", fields)


def name_at_the_desk(key: str) -> str:
    """What the person *key* is called, who may see to complaints.

    Raises:
        NotOfTheDesk.
    """
    name = dict(User.holding(Right.EDIT_COMPLAINT)).get(key)
    if name is None:
        raise NotOfTheDesk()
    return name


def assign_complaint(
    complaint: Complaint, handler: str | None, *, actor: Actor, now: datetime, reason: str = ""
) -> Complaint:
    """Have the person with the identity *handler* see to the complaint from now on; None: nobody.

    Raises:
        NotPermitted, ComplaintClosed, NotOfTheDesk, EditedMeanwhile.
    """
    actor.require(Right.EDIT_COMPLAINT, complaint)
    refuse_closed(complaint)
    name = None if handler is None else name_at_the_desk(handler)
    fields = {"handler_id": handler, "handler_name": name}
    return complaint.change(actor, now, "complaint.assigned", fields, reason=reason)


def note_reply(
    complaint: Complaint,
    *,
    reply: Reply,
    replied_at: datetime,
    channel: Channel,
    text: str,
    told_to: str | None = None,
    actor: Actor,
    now: datetime,
) -> Complaint:
    """Write down what the customer was told (Art. 14.2); it ends the clock of that reply.

    Raises:
        NotPermitted, NotAccepted, ComplaintClosed, RepliedBefore, EditedMeanwhile.
    """
    actor.require(Right.EDIT_COMPLAINT, complaint)
    if earlier := Complaint.asked_before():
        return earlier
    refuse_closed(complaint)
    accepted_at = _accepted_at(complaint)
    rules.was_replied(replied_at, accepted_at, now)
    given = ComplaintReply(
        reply=reply,
        replied_at=replied_at,
        replied_by_id=actor.id,
        replied_by_name=actor.name,
        told_to=told_to,
        channel=channel,
        text=text,
    )
    return complaint.change(
        actor, now, "complaint.replied", {"replies": [*complaint.replies, given]}
    )


def close_complaint(
    complaint: Complaint, reaction: str, *, actor: Actor, now: datetime
) -> Complaint:
    """End the complaint with what the customer says of the result.

    Raises:
        NotPermitted, NotAccepted, ComplaintClosed, EditedMeanwhile.
        ResultNotReplied: the customer does not know the result yet (Art. 14.2).
    """
    actor.require(Right.EDIT_COMPLAINT, complaint)
    refuse_closed(complaint)
    _accepted_at(complaint)
    rules.may_be_closed(complaint.given)
    return complaint.change(
        actor,
        now,
        "complaint.closed",
        {"status": ComplaintStatus.CLOSED, "closed_at": now, "reaction": reaction},
    )


def reopen_complaint(
    complaint: Complaint, reason: str, *, actor: Actor, now: datetime
) -> Complaint:
    """Take back that the complaint was closed: it is in hand again, as it was before.

    Raises:
        NotPermitted, ComplaintOpen, EditedMeanwhile.
    """
    actor.require(Right.EDIT_COMPLAINT, complaint)
    if complaint.is_open:
        raise ComplaintOpen(number=complaint.number)
    return complaint.change(
        actor,
        now,
        "complaint.reopened",
        {"status": ComplaintStatus.ACCEPTED, "closed_at": None, "reaction": None},
        reason=reason,
    )


def open_complaint(number: str, *, actor: Actor) -> Complaint:
    """The complaint with this number.

    Raises:
        NotFound, NotPermitted.
    """
    complaint = Complaint.numbered(number)
    actor.require(Right.OPEN_COMPLAINT, complaint)
    return complaint


def reveal_phone(complaint: Complaint, *, actor: Actor, now: datetime) -> Complaint:
    """Show the complainant's full telephone number; the look is written down first.

    Raises:
        NotPermitted, DatabaseAway.
    """
    actor.require(Right.OPEN_COMPLAINT, complaint)
    actor.require(Right.REVEAL_PHONE, complaint)
    note_look(complaint, actor=actor, now=now, action="complaint.phone_revealed")
    return complaint


def _customer_fields(name: str | None, complaint: Complaint | None = None) -> dict[str, Any]:
    """The fields for the customer *name*; an unchanged name keeps the customer chosen."""
    if complaint is not None and name == complaint.customer_name:
        return {"customer_name": name, "customer_id": complaint.customer_id}
    customer = customers.find(name) if name else None
    if customer is None:
        return {"customer_name": name, "customer_id": None}
    return {"customer_name": customer.name, "customer_id": customer.id}


def refuse_closed(complaint: Complaint) -> None:
    """What a closed complaint says stays as it is.

    Raises:
        ComplaintClosed.
    """
    if complaint.status is ComplaintStatus.CLOSED:
        raise ComplaintClosed(number=complaint.number)


def _accepted_at(complaint: Complaint) -> datetime:
    if complaint.accepted_at is None:
        raise NotAccepted(number=complaint.number)
    accepted_at: datetime = complaint.accepted_at
    return accepted_at
