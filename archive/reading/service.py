"""Files are read once for each digest, a page at a time, in turns.

What is to be read is a state on a document. `due_at` is when the next page's turn comes: a file
whose page was read goes to the end of the queue, so that three hundred pages hold nobody up, and
one whose reader was killed comes back when its lease ends. Reading a page again changes nothing.
"""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from mongoengine import NotUniqueError

from archive import jobs
from archive.blobs import Blobs, ContentLost, Infected
from archive.docgen.errors import NoPdf, NoPdfProgram, PdfsWait
from archive.errors import Unavailable
from archive.reading.models import Reading, ReadingState, ReadPage
from archive.reading.printed import printed
from archive.recognition import (
    IMAGES,
    OFFICE,
    WORDED,
    FileType,
    NoSuchPage,
    PageReader,
    PageUnreadable,
    ReaderBusy,
    ReaderGaveUp,
    TableUnreadable,
)
from archive.recognition.pages import PageText

log = logging.getLogger(__name__)

FINISHED = "reading.finished"
"""The task that tells those who name the bytes; whoever files them declares it."""
READABLE = OFFICE | IMAGES | {FileType.PDF}
FIRST, BEHIND = 0, 1  # ranks: what came in today, what is on file for long
LEASE = timedelta(minutes=6)
AGAIN_AFTER = timedelta(seconds=30)
TOLD_WITHIN = timedelta(minutes=2)
MOST_TRIES = 2  # of one page
UNREADABLE = (PageUnreadable, NoPdf, TableUnreadable)
NO_PRINTER = "NoPrinter"


def ask_for(
    sha256: str, *, file_type: FileType, pages: int, now: datetime, rank: int = FIRST
) -> Reading | None:
    """Have these bytes read if they have not been; None where files of this type say nothing.

    *pages* is 0 where it is known only once they were printed. Asking again changes no more than
    that they are read earlier.
    """
    if file_type not in READABLE:
        return None
    asked = {"asked_at": now, "due_at": now, "file_type": file_type, "pages": pages}
    with suppress(NotUniqueError):  # two asked in the same moment
        Reading.objects(id=sha256).update_one(
            upsert=True,
            set_on_insert__state=ReadingState.WAITING,
            set_on_insert__pages_read=0,
            set_on_insert__tries=0,
            min__rank=rank,
            **{f"set_on_insert__{name}": value for name, value in asked.items()},
        )
    return Reading.of(sha256)


def read_again(sha256: str, *, now: datetime) -> Reading | None:
    """Read from the first page again what could not be read, or not wholly."""
    Reading.objects(id=sha256, state__in=[ReadingState.FAILED, ReadingState.READ]).update_one(
        set__state=ReadingState.WAITING,
        set__due_at=now,
        set__rank=FIRST,
        set__pages_read=0,
        set__tries=0,
        set__unread=[],
        unset__failure=True,
        unset__told_at=True,
    )
    return Reading.of(sha256)


def know(sha256: str, pages: Sequence[PageText], *, file_type: FileType, now: datetime) -> None:
    """Take *pages* for what is written in these bytes: they were read before, in another file."""
    if Reading.of(sha256):
        return
    for page in pages:
        _keep(sha256, page)
    with suppress(NotUniqueError):
        Reading.objects(id=sha256).update_one(
            upsert=True,
            set_on_insert__state=ReadingState.READ,
            set_on_insert__file_type=file_type,
            set_on_insert__asked_at=now,
            set_on_insert__due_at=now,
            set_on_insert__read_at=now,
            set_on_insert__told_at=now,
            set_on_insert__pages=len(pages),
            set_on_insert__pages_read=len(pages),
        )


def take_turn(now: datetime) -> Reading | None:
    """The reading whose turn it is, for as long as the lease; None where nothing waits."""
    due = Reading.objects(
        state__in=[ReadingState.WAITING, ReadingState.READING], due_at__lte=now
    ).order_by("rank", "due_at")
    taken = due.modify(
        set__state=ReadingState.READING, set__due_at=now + LEASE, inc__tries=1, new=True
    )
    if taken and taken.started_at is None:
        taken.modify(started_at=now)
    return cast("Reading | None", taken)


def read_next_page(
    reading: Reading, *, now: datetime, blobs: Blobs, recognition: PageReader
) -> Reading:
    """Read one page more of *reading*, whose turn it is; after the last one, have it told."""
    if reading.tries > MOST_TRIES:  # whoever tried this page was killed
        return _go_on(reading, now, failure=ReaderGaveUp.__name__)
    try:
        page, pages = _read(reading, reading.pages_read + 1, blobs, recognition)
    except NoPdfProgram:
        return _fail(reading, now, NO_PRINTER)
    except (ContentLost, Infected) as never:
        return _fail(reading, now, type(never).__name__)
    except (PdfsWait, ReaderBusy, Unavailable):  # its turn comes again, and counts as no try
        return _wait(reading, now, tries=reading.tries - 1)
    except (NoSuchPage, ReaderGaveUp, *UNREADABLE) as fault:
        return _do_without(reading, now, fault)
    return _go_on(reading, now, page=page, pages=pages)


def _do_without(reading: Reading, now: datetime, fault: Exception) -> Reading:
    """Try the page once more, leave it unread, or see that there is none."""
    if isinstance(fault, ReaderGaveUp) and reading.tries < MOST_TRIES:
        return _wait(reading, now, tries=reading.tries)
    if isinstance(fault, NoSuchPage) and reading.pages_read:
        return _finish(reading, now, pages=reading.pages_read)
    named = isinstance(fault, NoSuchPage | ReaderGaveUp)
    return _go_on(reading, now, failure=type(fault if named else PageUnreadable()).__name__)


def tell_late(now: datetime, *, limit: int = 200) -> int:
    """Tell once more of what was read and seems to have been told to nobody."""
    done = [ReadingState.READ, ReadingState.FAILED]
    late = Reading.objects(told_at=None, state__in=done, due_at__lt=now - TOLD_WITHIN).limit(limit)
    for each in late:
        jobs.enqueue(FINISHED, each.id)
    return len(late)


def note_told(sha256: str, now: datetime) -> None:
    """Everybody who names these bytes knows that they are read."""
    Reading.objects(id=sha256).update_one(set__told_at=now)


def waits(rank: int) -> bool:
    """Whether something of *rank* waits to be read."""
    open_ones = [ReadingState.WAITING, ReadingState.READING]
    return Reading.objects(state__in=open_ones, rank=rank).first() is not None


def _read(
    reading: Reading, number: int, blobs: Blobs, recognition: PageReader
) -> tuple[PageText, int]:
    """The page, and how many there are."""
    with _drawn_from(reading, blobs, recognition) as path:
        if path is None:
            return recognition.read_words(blobs.copy_of(reading.id), reading.file_type), 1
        pages = reading.pages or recognition.inspect(path).pages
        return recognition.read_page(path, number), max(1, pages)


@contextmanager
def _drawn_from(reading: Reading, blobs: Blobs, recognition: PageReader) -> Iterator[Path | None]:
    """What the pages are drawn from; None where nothing here prints them: only words are left."""
    path = blobs.copy_of(reading.id)
    if reading.file_type not in OFFICE:
        yield path
        return
    try:
        content = printed(reading.id, reading.file_type, path, blobs=blobs, recognition=recognition)
    except NoPdfProgram:
        if reading.file_type not in WORDED:
            raise
        yield None
        return
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        copy.write(content)
        copy.flush()
        yield Path(copy.name)


def _go_on(
    reading: Reading,
    now: datetime,
    *,
    page: PageText | None = None,
    pages: int = 0,
    failure: str = "",
) -> Reading:
    """Keep what was read of the page, if anything, and let the next one wait for its turn."""
    number, pages = reading.pages_read + 1, pages or max(1, reading.pages)
    if page is not None:
        _keep(reading.id, page)
    else:
        reading.modify(add_to_set__unread=number, failure=failure)
    if number >= pages:
        reading.modify(pages_read=number)
        return _finish(reading, now, pages=pages)
    reading.modify(pages=pages, pages_read=number, tries=0, due_at=now)
    return reading


def _keep(sha256: str, page: PageText) -> None:
    """Write what was read of *page*, or write it again."""
    lines = [
        [each.text, each.box.left, each.box.top, each.box.right, each.box.bottom, each.confidence]
        for each in page.lines
    ]
    ReadPage.objects(sha256=sha256, number=page.number).update_one(
        upsert=True,
        set__source=page.source,
        set__width=page.width,
        set__height=page.height,
        set__turn=page.turn,
        set__skew=page.skew,
        set__lines=lines,
        set__codes=list(page.codes),
    )


def _finish(reading: Reading, now: datetime, *, pages: int) -> Reading:
    """All pages were read, or tried."""
    state = ReadingState.FAILED if len(reading.unread) >= pages else ReadingState.READ
    reading.modify(state=state, pages=pages, read_at=now, due_at=now, tries=0)
    jobs.enqueue(FINISHED, reading.id)
    return reading


def _fail(reading: Reading, now: datetime, failure: str) -> Reading:
    """Nothing of the file can be read."""
    reading.modify(state=ReadingState.FAILED, failure=failure, due_at=now, tries=0)
    jobs.enqueue(FINISHED, reading.id)
    return reading


def _wait(reading: Reading, now: datetime, *, tries: int) -> Reading:
    """Let the same page have another turn later."""
    reading.modify(due_at=now + AGAIN_AFTER, tries=tries)
    return reading
