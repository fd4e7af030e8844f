"""Turning pages that were scanned aside: what is shown turns, the bytes stay as they came."""

from collections.abc import Iterable
from datetime import datetime

from archive.actor import SYSTEM, Actor, Right
from archive.database import EditedMeanwhile
from archive.filing.errors import NoPageImage
from archive.filing.models import Attachment, Deposit, StoredFile
from archive.filing.rules import Turning
from archive.filing.service.deciding import while_waiting
from archive.recognition.pages import PageText


def turn_deposit(
    deposit: Deposit, page: int, way: Turning, *, actor: Actor, now: datetime
) -> Deposit:
    """Turn *page* (from 1) of a deposit by a quarter; its attachment is filed so.

    Raises:
        NotPermitted: *actor* is no custodian.
        NoPageImage: there is no such page.
        AlreadyDecided: it was filed or rejected before.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)

    def turn(waiting: Deposit) -> Deposit:
        said = _turn(waiting.file, page, way)
        return waiting.change(actor, now, "deposit.turned", {"file": waiting.file}, reason=said)

    return while_waiting(deposit, turn)


def set_upright(deposit: Deposit, pages: Iterable[PageText], *, now: datetime) -> Deposit:
    """Show *pages* of a deposit as they read, but for those that somebody has turned.

    Raises:
        AlreadyDecided: it was filed or rejected before.
    """
    read = {str(each.number): each.turn for each in pages if each.turn}

    def turn(waiting: Deposit) -> Deposit:
        file = waiting.file
        if not read.keys() - file.turns.keys():
            return waiting
        file.turns = {**read, **file.turns}
        return waiting.change(SYSTEM, now, "deposit.turned", {"file": file})

    return while_waiting(deposit, turn)


def turn_attachment(
    attachment: Attachment,
    page: int,
    way: Turning,
    *,
    number: int | None = None,
    actor: Actor,
    now: datetime,
) -> Attachment:
    """Turn *page* (from 1) of version *number* (None: the one in force) by a quarter.

    Raises:
        NotPermitted: *actor* is no custodian.
        NoPageImage: there is no such page or version.
    """
    actor.require(Right.FILE_DEPOSIT, attachment)
    while True:
        version = attachment.version(number)
        if version is None:
            raise NoPageImage()
        said = f"v{version.number} {_turn(version, page, way)}"
        try:
            return attachment.change(
                actor,
                now,
                "attachment.turned",
                {"versions": list(attachment.versions)},
                reason=said,
            )
        except EditedMeanwhile as meanwhile:
            fresh = meanwhile.record
            assert isinstance(fresh, Attachment)
            attachment = fresh


def _turn(file: StoredFile, page: int, way: Turning) -> str:
    """Turn *page* of *file*, and say how it is now."""
    if not 1 <= page <= file.pages:
        raise NoPageImage(page=page)
    turn = (file.turn_of(page) + way.degrees) % 360
    file.turns = {**file.turns, str(page): turn}
    return f"p{page} {turn}°"
