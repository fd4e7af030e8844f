"""What LibreOffice prints of a Word or Excel file, kept on each machine that needed it.

It can be made again at any time.
"""

from pathlib import Path

from archive.blobs import Blobs
from archive.recognition import MOST_PRINTED, FileType, PageReader


def printed(
    sha256: str, file_type: FileType, path: Path, *, blobs: Blobs, recognition: PageReader
) -> bytes:
    """The first pages of the file at *path* as PDF. Raises as `PageReader.print_office`."""
    name = f"printed-{sha256}"
    kept = blobs.drawn(name)
    if kept is not None:
        return kept
    content = recognition.print_office(path, file_type, most_pages=MOST_PRINTED)
    blobs.keep_drawn(name, content)
    return content
