"""Photographs of one paper become one file, and come apart again. Every original stays."""

import hashlib
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path

from archive.actor import Actor, Right
from archive.blobs import Blobs
from archive.database import following_up
from archive.filing.errors import (
    AlreadyDecided,
    ApartWithoutReason,
    NotJoinable,
    NotJoined,
    PagesBusy,
    TooFewToJoin,
)
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import DepositState, joined_name
from archive.filing.service import receiving
from archive.filing.service.deciding import decided_by, wait_again, while_waiting
from archive.filing.service.printing import drawn_from
from archive.recognition import Corners, PageReader, PageUnreadable, ReaderBusy, ReaderGaveUp

SETTLED_WITHIN = timedelta(minutes=2)


class Made:
    """A file that we made, as `receiving.receive` takes one."""

    def __init__(self, path: Path, content: bytes, limit: int) -> None:
        path.write_bytes(content)
        self.path = path
        self.limit = limit
        self.size = len(content)
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.is_too_large = self.size > limit


def join(
    deposits: Sequence[Deposit],
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Deposit:
    """Make one deposit, a PDF, of all pages of *deposits* in their order, turned as they are.

    The originals leave the stack and are kept. A crash in between is completed by `settle_all`.

    Raises:
        NotPermitted: *actor* is no custodian.
        TooFewToJoin, NotJoinable, AlreadyDecided.
        FileRefused: together they pass a limit.
    """
    for deposit in deposits:
        actor.require(Right.FILE_DEPOSIT, deposit)
    if earlier := Deposit.asked_before():
        return gather_after(earlier, actor, now)
    if len(deposits) < 2:
        raise TooFewToJoin()
    return _join(deposits, (), actor, now, blobs, recognition)


def join_photographs(
    deposits: Sequence[Deposit],
    corners: Sequence[Corners | None],
    *,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Deposit:
    """Make one deposit of photographs that *actor* took, those with *corners* made straight.

    Raises as `join`; whoever may upload may do it.
    """
    for deposit in deposits:
        actor.require(Right.UPLOAD_DEPOSIT, deposit)
    return _join(deposits, corners, actor, now, blobs, recognition)


def _join(
    deposits: Sequence[Deposit],
    corners: Sequence[Corners | None],
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> Deposit:
    for deposit in deposits:
        if not deposit.is_waiting:
            raise AlreadyDecided(by=deposit.decided_by_name or "", state=deposit.state)
        if not deposit.file.has_pages:
            raise NotJoinable(name=deposit.file.name)
    try:
        with ExitStack() as sources:
            drawn = [
                sources.enter_context(drawn_from(each.file, blobs=blobs, recognition=recognition))
                for each in deposits
            ]
            content = recognition.join(
                [(path, each.file.turns) for path, each in zip(drawn, deposits, strict=True)],
                corners=corners,
                asker=actor.id,
            )
    except ReaderBusy as busy:
        raise PagesBusy() from busy
    except (PageUnreadable, ReaderGaveUp) as failure:
        raise NotJoinable(name=deposits[0].file.name) from failure
    with tempfile.TemporaryDirectory() as folder:
        joined = receiving.receive(
            Made(Path(folder) / "joined.pdf", content, recognition.limits.bytes),
            name=joined_name([each.file.name for each in deposits]),
            upload_key=None,
            parts=[each.id for each in deposits],
            more={"straightened": [at for at, each in enumerate(corners, start=1) if each]},
            actor=actor,
            now=now,
            blobs=blobs,
            recognition=recognition,
        )
    return gather_after(joined, actor, now)


def take_apart(deposit: Deposit, reason: str, *, actor: Actor, now: datetime) -> list[Deposit]:
    """Put the originals back onto the stack; what was made of them is no paper any more.

    It may wait to be filed, or be filed and have no later version: its attachment is withdrawn.

    Raises:
        NotPermitted: *actor* is no custodian.
        NotJoined: it was not joined, or was rejected or taken apart before.
        ApartWithoutReason: it is on file.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    if not deposit.parts:
        raise NotJoined()
    if deposit.state is DepositState.FILED:
        if not reason:
            raise ApartWithoutReason()
        _withdraw(deposit, reason, actor, now)
    elif not deposit.is_waiting:
        raise NotJoined()
    return _apart(deposit, reason, actor, now)


def comes_apart(attachment: Attachment) -> bool:
    """Whether a paper was joined of several files and has no other version."""
    if attachment.disposed_at or len(attachment.versions) > 1:
        return False
    return bool(Deposit.objects(id=attachment.current.deposit_id, parts__0__exists=True).first())


def settle_all(now: datetime) -> int:
    """Finish what a crash left between a joined deposit and its parts."""
    settled = 0
    for deposit in Deposit.half_joined(now - SETTLED_WITHIN):
        actor = Actor(id=deposit.uploader_id, username="", name=deposit.uploader_name)
        if deposit.state is DepositState.APART:
            _release(deposit, actor, now)
        else:
            with suppress(AlreadyDecided):  # it came apart again
                _gather(deposit, actor, now)
        settled += 1
    return settled


def gather_after(joined: Deposit, actor: Actor, now: datetime) -> Deposit:
    """Take the parts of *joined* off the stack; a second time nothing changes.

    They carry no key of the request: what they were joined into does.
    """
    with following_up():
        return _gather(joined, actor, now)


def _gather(joined: Deposit, actor: Actor, now: datetime) -> Deposit:
    """Take the parts off the stack. One that somebody decided about first stays decided."""

    def mark(waiting: Deposit) -> Deposit:
        facts = {"state": DepositState.JOINED, "joined_into": joined.id, **decided_by(actor, now)}
        return waiting.change(actor, now, "deposit.joined", facts, reason=joined.caption)

    for part in joined.part_deposits:
        try:
            if part.joined_into != joined.id:
                while_waiting(part, mark)
        except AlreadyDecided:
            if Deposit.find(part.key).joined_into != joined.id:
                _apart(Deposit.find(joined.key), "", actor, now)
                raise
    Deposit.objects(id=joined.id).update_one(unset__is_half_joined=True)
    return joined


def _apart(joined: Deposit, reason: str, actor: Actor, now: datetime) -> list[Deposit]:
    facts = {"state": DepositState.APART, "is_half_joined": True, **decided_by(actor, now)}
    apart = joined.change(actor, now, "deposit.taken_apart", facts, reason=reason)
    return _release(apart, actor, now)


def _release(joined: Deposit, actor: Actor, now: datetime) -> list[Deposit]:
    parts = [each for each in joined.part_deposits if each.joined_into == joined.id]
    back = [wait_again(each, "deposit.taken_out", "", actor, now) for each in parts]
    Deposit.objects(id=joined.id).update_one(unset__is_half_joined=True)
    return back


def _withdraw(deposit: Deposit, reason: str, actor: Actor, now: datetime) -> None:
    attachment = Attachment.find(str(deposit.filing.attachment_id))
    if attachment.withdrawn_at or attachment.disposed_at or len(attachment.versions) > 1:
        raise NotJoined()
    attachment.change(actor, now, "attachment.withdrawn", {"withdrawn_at": now}, reason=reason)
