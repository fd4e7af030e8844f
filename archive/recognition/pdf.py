"""PDF files: drawn by pdfium, repaired by pikepdf (qpdf). Runs in the child process only."""

import io
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from archive.recognition import images
from archive.recognition.errors import NoSuchPage, PageLocked, PageUnreadable
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
SIDEWAYS = (90, 270)
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
    """Count the pages; a locked or damaged file is a fact. An owner's password locks nothing.

    What one of two readers opens is open: each repairs what the other does not.
    """
    size = path.stat().st_size
    whole = has_end_mark(path)
    try:
        document = open_document(path)
    except PageLocked:
        return FileFacts(FileType.PDF, size, flaw=Flaw.LOCKED)
    except PageUnreadable:
        return FileFacts(FileType.PDF, size, flaw=Flaw.DAMAGED if whole else Flaw.CUT_OFF)
    with closing(document):
        pages = len(document)
    if pages > limits.pages:
        refusal = Refusal(Reason.TOO_MANY_PAGES, pages, limits.pages)
        return FileFacts(FileType.PDF, size, pages, refusal=refusal)
    flaw = None if pages and whole else Flaw.DAMAGED if whole else Flaw.CUT_OFF
    return FileFacts(FileType.PDF, size, pages, flaw=flaw)


def has_end_mark(path: Path) -> bool:
    """Whether ``%%EOF`` is near the end (ISO 32000-1, 7.5.5 and annex H)."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL))
        return b"%%EOF" in stream.read()


def open_document(path: Path) -> pypdfium2.PdfDocument:
    """The document as it is drawn: by itself, or as the second reader writes it again.

    Raises:
        PageLocked: it asks for a password.
        PageUnreadable: neither reader can open it.
    """
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as refused:
        if refused.err_code == raw.FPDF_ERR_PASSWORD:
            raise PageLocked(str(refused)) from refused
    except DAMAGE as damage:
        raise PageUnreadable(str(damage)) from damage
    repaired = io.BytesIO()
    try:
        with pikepdf.open(path) as document:
            document.save(repaired)
        return pypdfium2.PdfDocument(repaired.getvalue())
    except pikepdf.PasswordError as locked:
        raise PageLocked(str(locked)) from locked
    except DAMAGE as damage:
        raise PageUnreadable(str(damage)) from damage


def render(path: Path, page: int, width: int, turn: int) -> PageImage:
    """Page *page* (from 1) as a JPEG of *width* pixels across; less where it would be huge.

    It is turned by *turn* degrees to the right, on top of what the file itself asks for.

    Filled form fields and the pictures of electronic seals are on it, as in every viewer.

    Raises:
        NoSuchPage: the file has fewer pages.
        PageUnreadable: the file is damaged or locked.
    """
    with closing(open_document(path)) as document:
        if not 1 <= page <= len(document):
            raise NoSuchPage(page)
        try:
            document.init_forms()
            return images.encode(draw(document[page - 1], width, turn))
        except DAMAGE as damage:
            raise PageUnreadable(str(damage)) from damage


def draw(sheet: pypdfium2.PdfPage, width: int, turn: int = 0) -> Image.Image:
    """*sheet* on white, *width* pixels across; less where it would be huge.

    Raises:
        PageUnreadable: it has no area.
    """
    across, down = sheet.get_size()
    if turn in SIDEWAYS:
        across, down = down, across
    if across <= 0 or down <= 0:
        raise PageUnreadable("a page without an area")
    # pdfium rounds up to whole pixels
    scale = min((width - 0.5) / across, (MOST_PIXELS_DRAWN / (across * down)) ** 0.5)
    return images.on_white(sheet.render(scale=scale, rotation=turn).to_pil())


def flat_page(document: pypdfium2.PdfDocument, page: int) -> pypdfium2.PdfPage:
    """Page *page* (from 1) with what is filled in and sealed become part of what it says.

    Raises:
        NoSuchPage: the file has fewer pages.
        PageUnreadable: it is damaged.
    """
    if not 1 <= page <= len(document):
        raise NoSuchPage(page)
    try:
        document.init_forms()
        if document.formenv is not None:
            with closing(document[page - 1]) as sheet:
                sheet.flatten()
        return document[page - 1]
    except DAMAGE as damage:
        raise PageUnreadable(str(damage)) from damage
