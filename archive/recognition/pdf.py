"""PDF files: counted by pikepdf (qpdf), drawn by pdfium. Runs in the child process only."""

from pathlib import Path

import pikepdf
import pypdfium2

from archive.recognition import images
from archive.recognition.errors import NoSuchPage, PageUnreadable
from archive.recognition.facts import (
    FileFacts,
    FileType,
    Flaw,
    Limits,
    PageImage,
    Reason,
    Refusal,
)

TAIL = 2048
MOST_PIXELS_DRAWN = 24_000_000
DAMAGE = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    pypdfium2.PdfiumError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    RuntimeError,
)


def inspect(path: Path, limits: Limits) -> FileFacts:
    """Count the pages; a locked or damaged file is a fact. An owner's password locks nothing."""
    size = path.stat().st_size
    whole = has_end_mark(path)
    try:
        with pikepdf.open(path) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError:
        return FileFacts(FileType.PDF, size, flaw=Flaw.LOCKED)
    except DAMAGE:
        return FileFacts(FileType.PDF, size, flaw=Flaw.DAMAGED if whole else Flaw.CUT_OFF)
    if pages > limits.pages:
        refusal = Refusal(Reason.TOO_MANY_PAGES, pages, limits.pages)
        return FileFacts(FileType.PDF, size, pages, refusal=refusal)
    shown = count_drawable(path)
    flaw = None if shown and whole else Flaw.DAMAGED if whole else Flaw.CUT_OFF
    return FileFacts(FileType.PDF, size, min(pages, shown), flaw=flaw)


def has_end_mark(path: Path) -> bool:
    """Whether ``%%EOF`` is near the end (ISO 32000-1, 7.5.5 and annex H)."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL))
        return b"%%EOF" in stream.read()


def count_drawable(path: Path) -> int:
    """How many pages pdfium finds; 0 where it cannot open the file."""
    try:
        document = pypdfium2.PdfDocument(path)
    except DAMAGE:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def render(path: Path, page: int, width: int) -> PageImage:
    """Page *page* (from 1) as a JPEG of *width* pixels across; less where it would be huge.

    Raises:
        NoSuchPage: the file has fewer pages.
        PageUnreadable: the file is damaged or locked.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except DAMAGE as damage:
        raise PageUnreadable(str(damage)) from damage
    try:
        if not 1 <= page <= len(document):
            raise NoSuchPage(page)
        sheet = document[page - 1]
        across, down = sheet.get_size()
        if across <= 0 or down <= 0:
            raise PageUnreadable("a page without an area")
        # pdfium rounds up to whole pixels
        scale = min((width - 0.5) / across, (MOST_PIXELS_DRAWN / (across * down)) ** 0.5)
        bitmap = sheet.render(scale=scale, may_draw_forms=False)
        return images.encode(images.on_white(bitmap.to_pil()))
    except DAMAGE as damage:
        raise PageUnreadable(str(damage)) from damage
    finally:
        document.close()
