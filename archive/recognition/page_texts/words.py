"""The words of Word, Excel and text files, where nothing on this machine prints their pages.

Insertions that are not accepted yet and content controls belong to what a document says; deletions
do not. There are no places on paper: lines are bands below each other, in their order.
"""

import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from xml.etree import ElementTree as ET

from archive.recognition import office, tables
from archive.recognition.errors import PageUnreadable
from archive.recognition.facts import SHEETS, FileType
from archive.recognition.page_texts.tidying import without_spaces
from archive.recognition.pages import Box, Line, PageText, TextSource

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
LARGEST_BODY = 64 * 1024 * 1024
MOST_LINES = 5_000
ROWS_AT_ONCE = 500
A4 = (210.0, 297.0)


def read(path: Path, file_type: FileType) -> PageText:
    """All words of the file at *path* as its only page.

    Raises:
        PageUnreadable: it is damaged.
        TableUnreadable: as `tables.sheets`.
    """
    if file_type in SHEETS:
        found = words_of_tables(path)
    elif file_type is FileType.TXT:
        found = words_of_text(path)
    else:
        found = words_of_document(path)
    said = list(islice(filter(None, map(without_spaces, found)), MOST_LINES))
    lines = tuple(
        Line(text, Box(0.0, place / len(said), 1.0, (place + 1) / len(said)))
        for place, text in enumerate(said)
    )
    source = TextSource.OFFICE if lines else TextSource.NONE
    return PageText(1, source, *A4, lines=lines)


def words_of_document(path: Path) -> Iterator[str]:
    """Each paragraph of a Word file, those in tables included."""
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(BODY).file_size > LARGEST_BODY:
                raise PageUnreadable("too large")
            content = package.read(BODY)
        if b"<!DOCTYPE" in content[:4096]:
            raise PageUnreadable("a document type")
        root = ET.fromstring(content)  # noqa: S314  # no DTD, and confined
    except (*office.DAMAGE, KeyError, ET.ParseError, zlib.error) as damage:
        raise PageUnreadable(str(damage)) from damage
    for paragraph in root.iter(f"{W}p"):
        yield "".join(pieces_of(paragraph))


def pieces_of(paragraph: ET.Element) -> Iterator[str]:
    """The runs of text in *paragraph*, wherever they are nested; other paragraphs are not."""
    for child in paragraph:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}tab", f"{W}br"):
            yield " "
        elif child.tag not in (f"{W}p", f"{W}del", f"{W}pPr"):
            yield from pieces_of(child)


def words_of_tables(path: Path) -> Iterator[str]:
    """Each row of each sheet that can be seen."""
    for sheet in tables.sheets(path):
        yield sheet.name
        for start in range(0, sheet.rows, ROWS_AT_ONCE):
            for row in tables.rows(path, sheet.name, start, ROWS_AT_ONCE):
                yield " ".join(cell for cell in row if cell)


def words_of_text(path: Path) -> Iterator[str]:
    """Each line of a text."""
    encoding, _ = tables.encoding_as_far_as_it_goes(path)
    with path.open("r", encoding=encoding, errors="replace") as lines:
        yield from chain.from_iterable(line.splitlines() for line in lines)
