"""The images made of filed papers: their pages, and the small image of the first one."""

import hashlib
import json
import time
from dataclasses import asdict
from io import BytesIO

from archive.blobs import BlobCheck, Blobs, thumbnail_key
from archive.filing.errors import NoPageImage, PagesBusy, PageTooDemanding
from archive.filing.models import StoredFile
from archive.filing.service.printing import drawn_from
from archive.recognition import (
    MOST_PRINTED,
    Flaw,
    NoSuchPage,
    PageImage,
    PageReader,
    PageUnreadable,
    ReaderBusy,
    ReaderGaveUp,
)
from archive.storage import BlobMissing

THUMBNAIL_TYPE = "image/jpeg"
TOOK_LONG = 1.0  # seconds


def page_image(
    file: StoredFile,
    page: int,
    *,
    width: int,
    asker: str,
    blobs: Blobs,
    recognition: PageReader,
    again: bool = False,
) -> PageImage:
    """Page *page* (from 1) of *file*, at most *width* pixels across, for the person *asker*.

    What took long to draw is kept; what proved too demanding is not tried, unless *again*.

    Raises:
        NoPageImage: there is no such page, or it cannot be drawn.
        PageTooDemanding: drawing it costs too much, as was found now or before.
        PagesBusy: *asker*, or everybody together, waits for many pages already.
        NoPrinter: it is a Word or Excel file, and LibreOffice is missing.
        ContentLost: the bytes are not the ones filed.
    """
    last = file.pages or (MOST_PRINTED if file.awaits_print else 0)
    if not file.has_bytes or not 1 <= page <= last:
        raise NoPageImage(page=page)
    name = f"{file.sha256}-{page}-{width}-{file.turn_of(page)}"
    if kept := blobs.drawn(name):
        head, _, content = kept.partition(b"\n")
        return PageImage(content=content, **json.loads(head))
    if not again and BlobCheck.is_hard_page(file.sha256, page):
        raise PageTooDemanding(page=page)
    begun = time.monotonic()
    try:
        with drawn_from(file, blobs=blobs, recognition=recognition) as path:
            image = recognition.render_page(
                path, page, width=width, turn=file.turn_of(page), asker=asker
            )
    except ReaderBusy as busy:
        raise PagesBusy() from busy
    except ReaderGaveUp as failure:
        BlobCheck.note_hard_page(file.sha256, page)
        raise PageTooDemanding(page=page) from failure
    except (NoSuchPage, PageUnreadable) as failure:
        raise NoPageImage(page=page) from failure
    if time.monotonic() - begun > TOOK_LONG:
        facts = asdict(image)
        del facts["content"]
        blobs.keep_drawn(name, json.dumps(facts).encode() + b"\n" + image.content)
    return image


def make_thumbnail(
    file: StoredFile, *, blobs: Blobs, recognition: PageReader, asker: str = ""
) -> bytes:
    """Draw the first page small and keep it next to the blob.

    Raises:
        PageUnreadable, ReaderGaveUp, NoSuchPage: it cannot be drawn.
        ReaderBusy: *asker* waits for many pages already.
        NoPrinter, PageTooDemanding, PagesBusy: as `page_image`.
    """
    with drawn_from(file, blobs=blobs, recognition=recognition) as path:
        image = recognition.thumbnail(path, turn=file.turn_of(1), asker=asker)
    blobs.store.put(
        thumbnail_key(file.sha256, file.turn_of(1)),
        BytesIO(image.content),
        sha256=hashlib.sha256(image.content).hexdigest(),
        size=len(image.content),
        content_type=THUMBNAIL_TYPE,
    )
    return image.content


def thumbnail(file: StoredFile, *, asker: str, blobs: Blobs, recognition: PageReader) -> bytes:
    """The first page small; made now if the worker has not come to it.

    Raises:
        NoPageImage: the file has no page that can be drawn.
        PageTooDemanding, PagesBusy, NoPrinter: as `page_image`.
    """
    if not (file.has_pages or file.awaits_print):
        raise NoPageImage(page=1)
    try:
        with blobs.store.open(thumbnail_key(file.sha256, file.turn_of(1))) as image:
            return image.read()
    except BlobMissing:
        pass  # not made yet, or removed: it is derived
    if file.flaw is Flaw.TOO_DEMANDING or BlobCheck.is_hard_page(file.sha256, 1):
        raise PageTooDemanding(page=1)
    try:
        return make_thumbnail(file, blobs=blobs, recognition=recognition, asker=asker)
    except ReaderBusy as busy:
        raise PagesBusy() from busy
    except ReaderGaveUp as failure:
        BlobCheck.note_hard_page(file.sha256, 1)
        raise PageTooDemanding(page=1) from failure
    except (NoSuchPage, PageUnreadable) as failure:
        raise NoPageImage(page=1) from failure
