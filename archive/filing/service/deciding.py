"""Filing deposits and rejecting them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bson import ObjectId

from archive import jobs
from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.database import EditedMeanwhile, Taken
from archive.filing import rules
from archive.filing.errors import (
    AlreadyDecided,
    AlreadyThere,
    LoweredWithoutReason,
    NotClean,
    NotFiled,
    NotRejected,
    PaperDisposed,
    TooLateToUndo,
)
from archive.filing.models import Attachment, Deposit, Filing, Version
from archive.filing.rules import DepositState, PaperFacts
from archive.trail.history import as_before, history_of

TRIES = 4
DATES = ("document_on", "valid_until")
UNDO_WITHIN = timedelta(minutes=10)


def file_deposit(
    deposit: Deposit, customer_key: str, facts: PaperFacts, *, actor: Actor, now: datetime
) -> Attachment:
    """File *deposit* into the archive of a customer, as a new attachment (Art. 6, 7, 10).

    The decision is one write on the deposit; the attachment follows from it under the deposit's
    own identity, so that a crash between the two is completed by `finish_all` later.

    Raises:
        NotPermitted: *actor* is no custodian.
        NotFound: there is no such customer.
        AlreadyDecided: somebody filed or rejected it before.
        NotClean: the virus scanner found something in it, or has not seen it yet.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    customer = Customer.find(customer_key)
    filing = Filing(customer_id=customer.id, attachment_id=deposit.id, **facts.as_fields())
    return _decide(deposit, filing, actor, now)


def file_as_version(
    deposit: Deposit,
    attachment_key: str,
    *,
    document_on: date | None = None,
    valid_until: date | None = None,
    actor: Actor,
    now: datetime,
) -> Attachment:
    """File *deposit* as the next version of an attachment; the earlier ones stay.

    The days that are given are the attachment's from then on: so a paper is renewed.

    Raises:
        NotPermitted, NotFound, AlreadyDecided: as `file_deposit`.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    attachment = Attachment.find(attachment_key)
    if attachment.disposed_at:
        raise PaperDisposed(number=attachment.disposal_number)
    filing = Filing(
        customer_id=attachment.customer_id,
        attachment_id=attachment.id,
        supersedes=True,
        document_on=document_on,
        valid_until=valid_until,
    )
    return _decide(deposit, filing, actor, now)


def reject(deposit: Deposit, reason: str, *, actor: Actor, now: datetime) -> Deposit:
    """Take *deposit* off the stack with a reason; its bytes and its facts stay.

    Raises:
        NotPermitted: *actor* is no custodian.
        AlreadyDecided: somebody filed or rejected it before.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    return while_waiting(
        deposit,
        lambda waiting: waiting.change(
            actor,
            now,
            "deposit.rejected",
            {
                "state": DepositState.REJECTED,
                "rejection": reason,
                **decided_by(actor, now),
            },
            reason=reason,
        ),
    )


def bring_back(deposit: Deposit, reason: str, *, actor: Actor, now: datetime) -> Deposit:
    """Put a rejected deposit back onto the stack; why it was rejected stays in its history.

    Raises:
        NotPermitted: *actor* is no custodian.
        NotRejected: it was filed, or somebody brought it back before.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    if deposit.state is not DepositState.REJECTED:
        raise NotRejected(state=deposit.state)
    return wait_again(deposit, "deposit.brought_back", reason, actor, now)


def undo_filing(deposit: Deposit, *, actor: Actor, now: datetime) -> Deposit:
    """Take a filing back within `UNDO_WITHIN`: the deposit waits again.

    The attachment goes first, so that a crash between the two leaves nothing filed twice; what
    it said stays in its history, and filing the deposit again goes on with it.

    Raises:
        NotPermitted: *actor* is no custodian.
        NotFiled, TooLateToUndo.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    if deposit.state is not DepositState.FILED:
        raise NotFiled(state=deposit.state)
    if now - deposit.decided_at > UNDO_WITHIN:
        raise TooLateToUndo(minutes=UNDO_WITHIN // timedelta(minutes=1))
    attachment = Attachment.find(str(deposit.filing.attachment_id))
    others = [each for each in attachment.versions if each.deposit_id != deposit.id]
    facts: dict[str, Any] = {"withdrawn_at": now}
    if deposit.filing.supersedes:
        facts = {"versions": others, **_dates_before(attachment, deposit)}
    attachment.change(actor, now, "attachment.withdrawn", facts)
    return wait_again(deposit, "deposit.filing_undone", "", actor, now)


def move(
    attachment: Attachment, customer_key: str, reason: str, *, actor: Actor, now: datetime
) -> Attachment:
    """Move a paper into the archive of another customer; both archives' histories say so.

    Raises:
        NotPermitted: *actor* is no custodian.
        NotFound: there is no such customer.
        AlreadyThere, EditedMeanwhile.
    """
    actor.require(Right.FILE_DEPOSIT, attachment)
    customer = Customer.find(customer_key)
    before = Customer.find(str(attachment.customer_id))
    if customer.id == before.id:
        raise AlreadyThere()
    moved = attachment.change(
        actor, now, "attachment.moved", {"customer_id": customer.id}, reason=reason
    )
    for one, other, action in (
        (before, customer, "customer.paper_moved_out"),
        (customer, before, "customer.paper_moved_in"),
    ):
        _note(one, action, f"{moved.title} · {other.caption} · {reason}", actor, now)
    return moved


def correct(
    attachment: Attachment,
    facts: PaperFacts,
    reason: str | None = None,
    *,
    seen: int,
    actor: Actor,
    now: datetime,
) -> Attachment:
    """Correct the facts of an attachment; what stood there before stays in its history.

    Raises:
        NotPermitted: *actor* is no custodian.
        LoweredWithoutReason: it would be less confidential, and no *reason* is given (Art. 10).
        EditedMeanwhile: it is at another revision than *seen* by now.
    """
    actor.require(Right.FILE_DEPOSIT, attachment)
    if rules.is_lowered(attachment.confidentiality, facts.confidentiality) and not reason:
        raise LoweredWithoutReason()
    return attachment.change(
        actor, now, "attachment.corrected", facts.as_fields(), seen=seen, reason=reason or ""
    )


def put_at(
    attachment: Attachment, place: str | None, reason: str, *, actor: Actor, now: datetime
) -> Attachment:
    """Note that the paper original is kept at *place* from now on.

    Raises:
        NotPermitted: *actor* is no custodian.
        EditedMeanwhile.
    """
    actor.require(Right.FILE_DEPOSIT, attachment)
    facts = {"place": place, "paper_original": True, "copies": attachment.copies or 1}
    return attachment.change(actor, now, "attachment.moved_place", facts, reason=reason)


def finish_filing(deposit: Deposit, *, actor: Actor, now: datetime) -> Attachment:
    """Write the attachment that the decision on *deposit* asks for, unless it exists already."""
    if deposit.filing.supersedes:
        attachment = _add_version(deposit, actor, now)
    else:
        attachment = _add_attachment(deposit, actor, now)
    Deposit.objects(id=deposit.id).update_one(unset__is_half_filed=True)
    return attachment


def finish_all(now: datetime) -> int:
    """Finish what a crash left between decision and attachment, in the decider's name."""
    finished = 0
    for deposit in Deposit.half_filed():
        decider = Actor(id=deposit.decided_by_id, username="", name=deposit.decided_by_name)
        finish_filing(deposit, actor=decider, now=now)
        finished += 1
    return finished


def _note(customer: Customer, action: str, text: str, actor: Actor, now: datetime) -> None:
    """Write a line into the history of *customer*, who may be edited in this very moment."""
    while True:
        try:
            customer.change(actor, now, action, {}, reason=text)
        except EditedMeanwhile as meanwhile:
            fresh = meanwhile.record
            assert isinstance(fresh, Customer)
            customer = fresh
        else:
            return


def _add_attachment(deposit: Deposit, actor: Actor, now: datetime) -> Attachment:
    filing = deposit.filing
    facts = {name: filing[name] for name in PaperFacts.__dataclass_fields__}
    facts |= {
        "customer_id": filing.customer_id,
        "versions": [_version(deposit, 1, actor, now)],
    }
    try:
        return Attachment.open_new(actor, now, "attachment.filed", {"id": deposit.id, **facts})
    except Taken:
        attachment = Attachment.find(deposit.key)
    if attachment.withdrawn_at:
        return attachment.change(actor, now, "attachment.filed", {"withdrawn_at": None, **facts})
    return attachment


def _decide(deposit: Deposit, filing: Filing, actor: Actor, now: datetime) -> Attachment:
    if _is_same_decision(deposit, filing):
        return finish_filing(deposit, actor=actor, now=now)
    check_clean(deposit)
    decided = while_waiting(
        deposit,
        lambda waiting: waiting.change(
            actor,
            now,
            "deposit.filed",
            {
                "state": DepositState.FILED,
                "filing": filing,
                "is_half_filed": True,
                **decided_by(actor, now),
            },
        ),
    )
    return finish_filing(decided, actor=actor, now=now)


def _is_same_decision(deposit: Deposit, filing: Filing) -> bool:
    """Whether this very filing was asked for before: a repeated request, not a contest."""
    return deposit.state is DepositState.FILED and bool(
        deposit.filing.to_mongo() == filing.to_mongo()
    )


def check_clean(deposit: Deposit) -> None:
    """Let nothing be made of what the virus scanner has not passed.

    Raises:
        NotClean: it found something in the file, or has not seen it yet.
    """
    if deposit.is_waiting and (deposit.file.infection or deposit.file.waits_for_scan):
        raise NotClean(name=deposit.file.name)


def decided_by(actor: Actor, now: datetime) -> dict[str, object]:
    """Who took a deposit off the stack, and when."""
    return {"decided_at": now, "decided_by_id": actor.id, "decided_by_name": actor.name}


def wait_again(deposit: Deposit, action: str, reason: str, actor: Actor, now: datetime) -> Deposit:
    """*deposit* as it came in, to be prepared once more."""
    decision = (
        "filing", "rejection", "joined_into", "decided_at", "decided_by_id", "decided_by_name",
    )  # fmt: skip
    facts = {"state": DepositState.RECEIVED, **dict.fromkeys(decision)}
    waiting = deposit.change(actor, now, action, facts, reason=reason)
    jobs.enqueue("filing.prepare_deposit", deposit.key)
    return waiting


def while_waiting(deposit: Deposit, change: Callable[[Deposit], Deposit]) -> Deposit:
    """Apply *change* if the deposit still waits; the worker's own writes do not hinder it."""
    for _ in range(TRIES):
        if not deposit.is_waiting:
            break
        try:
            return change(deposit)
        except EditedMeanwhile as meanwhile:
            fresh = meanwhile.record
            assert isinstance(fresh, Deposit)
            deposit = fresh
    raise AlreadyDecided(by=deposit.decided_by_name or "", state=deposit.state)


def _add_version(deposit: Deposit, actor: Actor, now: datetime) -> Attachment:
    attachment = Attachment.find(str(deposit.filing.attachment_id))
    for attempt in range(TRIES):
        if any(each.deposit_id == deposit.id for each in attachment.versions):
            return attachment
        version = _version(deposit, attachment.current.number + 1, actor, now)
        facts = {"versions": [*attachment.versions, version], **_dates_of(deposit)}
        try:
            return attachment.change(actor, now, "attachment.superseded", facts)
        except EditedMeanwhile as meanwhile:
            if attempt == TRIES - 1:
                raise
            fresh = meanwhile.record
            assert isinstance(fresh, Attachment)
            attachment = fresh
    return attachment


def _dates_of(deposit: Deposit) -> dict[str, Any]:
    """The days that the new version states."""
    given = {name: getattr(deposit.filing, name) for name in DATES}
    return {name: day for name, day in given.items() if day}


def _dates_before(attachment: Attachment, deposit: Deposit) -> dict[str, Any]:
    """The days that the superseded version stated, where the new one stated others."""
    stated = _dates_of(deposit)
    superseded = [e for e in history_of(attachment) if e.action == "attachment.superseded"]
    before = as_before(superseded[:1])
    return {
        name: before[name] and before[name].date()  # MongoDB keeps a day as its midnight
        for name in stated
        if name in before and getattr(attachment, name) == stated[name]
    }


def _version(deposit: Deposit, number: int, actor: Actor, now: datetime) -> Version:
    file = deposit.file
    return Version(
        number=number,
        deposit_id=ObjectId(deposit.key),
        filed_at=now,
        filed_by_id=actor.id,
        filed_by_name=actor.name,
        **{name: file[name] for name in file._fields if not name.startswith("_")},
    )
