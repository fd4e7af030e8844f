"""A scan as a PDF that can be searched and copied from, made of what was read on its pages.

It is made when somebody asks for it and kept on the machine that made it, like every drawing.
"""

import hashlib
import json
from datetime import datetime

from archive.actor import Actor, Right
from archive.blobs import Blobs
from archive.customers.models import Customer
from archive.filing.errors import (
    NotSearchable,
    OriginalHeldBack,
    PagesBusy,
    SearchableTooDemanding,
)
from archive.filing.models import Attachment, StoredFile, Version
from archive.filing.rules import Searchable
from archive.filing.service import looking
from archive.reading import Reading, ReadingState, pages_of, sources_of
from archive.recognition import (
    IMAGES,
    FileType,
    PageReader,
    PageUnreadable,
    ReaderBusy,
    ReaderGaveUp,
)
from archive.recognition.pages import TextSource
from archive.trail.looks import note_look


def searchable_state(file: StoredFile) -> Searchable:
    """Whether there is a PDF of *file* that can be searched, and why not."""
    if file.file_type not in IMAGES | {FileType.PDF}:
        return Searchable.NO_SCAN
    reading = Reading.of(file.sha256)
    if reading is None or reading.state not in (ReadingState.READ, ReadingState.FAILED):
        return Searchable.UNREAD
    sources = sources_of(reading.id)
    if TextSource.OCR in sources:
        return Searchable.READY
    return Searchable.OWN_TEXT if TextSource.LAYER in sources else Searchable.NO_WORDS


def take_searchable(
    attachment: Attachment,
    customer: Customer,
    *,
    number: int | None,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> tuple[Version, bytes]:
    """Version *number* as such a PDF, for the custodian; every time is written down as a copy.

    A PDF whose own text is good is given as it came.

    Raises:
        OriginalHeldBack, PaperDisposed, PagesHidden, NoPageImage, ContentLost: as
            `looking.take_original`.
        NotSearchable: there is none, or none yet.
        SearchableTooDemanding: it could not be made within the limits.
        PagesBusy: *actor*, or everybody together, waits for many pages already.
    """
    if not actor.may(Right.DOWNLOAD_ORIGINAL, customer):
        raise OriginalHeldBack()
    version = looking.admit(attachment, customer, number, actor)
    state = searchable_state(version)
    if state is Searchable.OWN_TEXT:
        content = blobs.copy_of(version.sha256).read_bytes()
    elif state is Searchable.READY:
        content = _made(version, actor, blobs, recognition)
    else:
        raise NotSearchable(why=state)
    reason = f"v{version.number}"
    note_look(attachment, actor=actor, now=now, action="attachment.searchable_taken", reason=reason)
    return version, content


def _made(file: StoredFile, actor: Actor, blobs: Blobs, recognition: PageReader) -> bytes:
    """The PDF: what was kept of the last time, or made now."""
    path = blobs.copy_of(file.sha256)
    reading = Reading.of(file.sha256)
    assert reading is not None
    made_of = json.dumps([str(reading.read_at), dict(file.turns)], sort_keys=True)
    name = f"searchable-{file.sha256}-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}"
    if kept := blobs.drawn(name):
        return kept
    read = [each for each in pages_of(file.sha256) if each.source is TextSource.OCR]
    try:
        content = recognition.searchable(path, read, turns=file.turns, asker=actor.id)
    except ReaderBusy as busy:
        raise PagesBusy() from busy
    except (PageUnreadable, ReaderGaveUp) as failure:
        raise SearchableTooDemanding() from failure
    blobs.keep_drawn(name, content)
    return content
