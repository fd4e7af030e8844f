"""What a disposal leaves of a paper: everything that is known of it, and none of its bytes."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime

from archive.actor import Actor
from archive.database import EditedMeanwhile
from archive.filing.models import Attachment, Deposit, StoredFile


def deposits_of(attachment: Attachment) -> Iterator[Deposit]:
    """What the versions of *attachment* came from, what that was joined of or cut out of.

    A file that was cut into several papers goes with the last of them.
    """
    waiting = [each.deposit_id for each in attachment.versions]
    seen = set()
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        if found := Deposit.objects(id=key).first():
            yield found
            waiting += list(found.parts)
            if found.cut_from and _is_last_piece(found):
                waiting.append(found.cut_from)


def _is_last_piece(piece: Deposit) -> bool:
    """Whether every other paper that was cut out of the same file is destroyed."""
    original = Deposit.objects(id=piece.cut_from).first()
    others = original.piece_deposits if original else []
    return not any(each.file.has_bytes for each in others if each.id != piece.id)


def digests_of(attachment: Attachment) -> list[str]:
    """The bytes that *attachment*, and what it came from, name."""
    files = [*attachment.versions, *(each.file for each in deposits_of(attachment))]
    return sorted({each.sha256 for each in files if each.has_bytes})


def empty_paper(
    attachment: Attachment, number: str, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Have *attachment*, and what it came from, name no bytes any more; may be done again.

    *actor* approved the disposal *number*, whose verbs have asked for every right.
    """
    _empty_attachment(attachment, number, reason, actor, now)
    for deposit in deposits_of(attachment):
        _empty_deposit(deposit, number, actor, now)


def _empty_attachment(
    attachment: Attachment, number: str, reason: str, actor: Actor, now: datetime
) -> None:
    while not attachment.disposed_at:
        facts = {
            "versions": [_emptied(each) for each in attachment.versions],
            "disposed_at": now,
            "disposal_number": number,
            "disposed_because": reason,
            "disposed_by_name": actor.name,
        }
        try:
            attachment.change(actor, now, "attachment.disposed", facts, reason=number)
        except EditedMeanwhile as meanwhile:
            attachment = Attachment.find(meanwhile.record.key)


def _empty_deposit(deposit: Deposit, number: str, actor: Actor, now: datetime) -> None:
    while deposit.file.has_bytes:
        facts = {"file": _emptied(deposit.file), "proposal": None}
        try:
            deposit.change(actor, now, "deposit.disposed", facts, reason=number)
        except EditedMeanwhile as meanwhile:
            deposit = Deposit.find(meanwhile.record.key)


def _emptied(file: StoredFile) -> StoredFile:
    emptied = deepcopy(file)
    emptied.sha256 = None  # type: ignore[assignment]  # MongoEngine is untyped
    return emptied
