"""Word, Excel and CSV papers as pages: printed by LibreOffice, then drawn like every other paper.

What is printed is kept on each machine that needed it, like what took long to draw, and can be
made again at any time. A person gets images of pages, never the document itself.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.blobs import BlobCheck, Blobs
from archive.docgen.errors import NoPdf, NoPdfProgram, PdfsWait
from archive.errors import ArchiveError
from archive.filing.errors import NoPageImage, NoPrinter, PagesBusy, PageTooDemanding
from archive.filing.models import StoredFile
from archive.reading.printed import printed
from archive.recognition import (
    MOST_PRINTED,
    PageReader,
    PageUnreadable,
    ReaderBusy,
    ReaderGaveUp,
    TableUnreadable,
)


@contextmanager
def drawn_from(file: StoredFile, *, blobs: Blobs, recognition: PageReader) -> Iterator[Path]:
    """The file that the pages of *file* are drawn from: itself, or what was printed of it.

    Raises:
        NoPrinter: it is a Word, Excel or CSV file, and LibreOffice is missing.
        PageTooDemanding: it could not be printed within the limits.
        PagesBusy: others' files are being printed.
        ContentLost: the bytes are not the ones filed.
    """
    path = blobs.copy_of(file.sha256)
    if not file.is_office:
        yield path
        return
    with tempfile.NamedTemporaryFile(suffix=".pdf") as printed:
        printed.write(_print(file, path, blobs, recognition))
        printed.flush()
        yield Path(printed.name)


def count_pages(
    file: StoredFile,
    *,
    asker: str = "",
    blobs: Blobs,
    recognition: PageReader,
    again: bool = False,
) -> int:
    """How many pages *file* shows; a Word or Excel file is printed to know.

    Raises:
        NoPageImage: it has none.
        NoPrinter, PageTooDemanding, PagesBusy, ContentLost: as `drawn_from`; what could not be
        printed is not tried again, unless *again*.
    """
    if file.pages:
        return int(file.pages)
    if not file.awaits_print:
        raise NoPageImage()
    if not again and BlobCheck.is_hard_page(file.sha256, 1):
        raise PageTooDemanding(page=1)
    with drawn_from(file, blobs=blobs, recognition=recognition) as path:
        try:
            pages = recognition.inspect(path, asker=asker).pages
        except ReaderBusy as busy:
            raise PagesBusy() from busy
    if not pages:
        raise NoPageImage()
    return min(pages, MOST_PRINTED)


def count_or_tell(count: Callable[[], int]) -> tuple[int, ArchiveError | None]:
    """What *count* finds; where there are no pages to be had, 0 and why."""
    try:
        return count(), None
    except (NoPrinter, NoPageImage, PageTooDemanding, PagesBusy) as why:
        return 0, why


def _print(file: StoredFile, path: Path, blobs: Blobs, recognition: PageReader) -> bytes:
    try:
        return printed(file.sha256, file.file_type, path, blobs=blobs, recognition=recognition)
    except NoPdfProgram as missing:
        raise NoPrinter() from missing
    except (PdfsWait, ReaderBusy) as busy:
        raise PagesBusy() from busy
    except (NoPdf, TableUnreadable, PageUnreadable, ReaderGaveUp) as failure:
        BlobCheck.note_hard_page(file.sha256, 1)
        raise PageTooDemanding(page=1) from failure
