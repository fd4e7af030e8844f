"""What is read in the files of deposits and attachments, and what follows once it is read.

The reading itself belongs to the bytes (`archive.reading`): a file that is here twice is read once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from archive.actor import Actor, Right
from archive.filing.errors import AlreadyDecided, NotRead
from archive.filing.models import Attachment, Deposit, StoredFile
from archive.filing.rules import WAITING
from archive.filing.service.matching import Aids
from archive.filing.service.proposing import propose
from archive.reading import Reading, ReadingState, pages_of, readings_of, service
from archive.recognition.pages import PageText

OLDER_AT_ONCE = 50
LOOKED_AT = 500


Split = Callable[[Deposit, list[PageText]], object]
"""Makes papers of a stack that was read, where its pages say so."""


def have_read(
    deposit: Deposit, *, now: datetime, aids: Aids | None = None, split: Split | None = None
) -> Deposit:
    """Have the file of *deposit* read; what was read before is proposed at once.

    One that the virus scanner has not passed is not, and none that is part of another by now.
    """
    if deposit.file.infection or deposit.file.waits_for_scan or deposit.joined_into:
        return deposit
    rank = service.BEHIND if deposit.is_old else service.FIRST
    reading = _ask_for(deposit.file, now, rank=rank)
    if reading and reading.state is ReadingState.READ:
        pages = pages_of(reading.id)
        deposit = propose(deposit, pages, now=now, aids=aids)
        if split and deposit.is_waiting:
            split(deposit, pages)
    return deposit


def take_up(
    sha256: str, *, now: datetime, aids: Aids | None = None, split: Split | None = None
) -> None:
    """These bytes were read: propose what they say, and let search have it. Twice is harmless."""
    reading = Reading.of(sha256)
    if reading is None or reading.state not in (ReadingState.READ, ReadingState.FAILED):
        return
    if reading.state is ReadingState.READ:
        pages = pages_of(sha256)
        for deposit in Deposit.objects(file__sha256=sha256, state__in=list(WAITING)):
            proposed = propose(deposit, pages, now=now, aids=aids)
            if split and proposed.is_waiting:
                split(proposed, pages)
        # Beside the revision: no person's change, and none that they edit meanwhile is refused.
        Attachment.objects(versions__sha256=sha256).update(set__text_read_at=now)
    service.note_told(sha256, now)


def read_again(deposit: Deposit, *, actor: Actor, now: datetime) -> Reading:
    """Have a file read again that could not be read, or not wholly.

    Raises:
        NotPermitted: *actor* may not file.
        NotRead: it is being read, or there is nothing in it that could be.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    before = _ask_for(deposit.file, now)
    if before is None or before.state in (ReadingState.WAITING, ReadingState.READING):
        raise NotRead()
    again = service.read_again(before.id, now=now)
    assert again is not None
    return again


def text_of(deposit: Deposit, *, actor: Actor) -> list[PageText]:
    """What was read on the pages of *deposit* so far.

    Raises:
        NotPermitted: *actor* may not file.
        AlreadyDecided: it is on file, where looks at confidential papers are written down.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    if deposit.filing:
        raise AlreadyDecided(by=deposit.decided_by_name or "", state=deposit.state)
    return pages_of(deposit.file.sha256)


def ask_for_older(now: datetime) -> int:
    """Have some of the papers read that were filed before anything was read, the newest first.

    Nothing is asked while earlier ones wait: whatever comes in goes first.
    """
    if service.waits(service.BEHIND):
        return 0
    asked = 0
    newest_first = Attachment.filed().order_by("-created_at").only("versions").no_cache()
    papers = (each for each in newest_first)  # a query begins again after its end
    while asked < OLDER_AT_ONCE and (some := list(islice(papers, LOOKED_AT))):
        asked += _ask_for_unread([each.current for each in some], OLDER_AT_ONCE - asked, now)
    return asked


def _ask_for_unread(files: Iterable[StoredFile], most: int, now: datetime) -> int:
    readable = [each for each in files if each.file_type in service.READABLE]
    known = readings_of({each.sha256 for each in readable})
    unread = {each.sha256: each for each in readable if each.sha256 not in known and not each.flaw}
    for file in islice(unread.values(), most):
        _ask_for(file, now, rank=service.BEHIND)
    return min(most, len(unread))


def _ask_for(file: StoredFile, now: datetime, *, rank: int = service.FIRST) -> Reading | None:
    return service.ask_for(
        file.sha256, file_type=file.file_type, pages=int(file.pages), now=now, rank=rank
    )
