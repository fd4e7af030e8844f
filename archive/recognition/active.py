"""What in a file acts by itself, leads elsewhere, or hides another file. Runs in the child only.

Source: ISO 32000-1, 12.6 (actions) and 7.11 (embedded files); ECMA-376 part 2, 9.3 (relationships);
MS-OVBA 2.2.1 (where macros are stored). Nothing is run or fetched: it is only named.
"""

import io
import mmap
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf

from archive.recognition import office
from archive.recognition.facts import FileType, Mark
from archive.recognition.pdf import DAMAGE
from archive.recognition.sniffing import OLE, sniff

MOST_OBJECTS = 50_000
MOST_EMBEDDED = 256 * 1024 * 1024
ACTIONS = {
    "/JavaScript": Mark.SCRIPT,
    "/Launch": Mark.LAUNCH,
    "/SubmitForm": Mark.LINKS,
    "/ImportData": Mark.LINKS,
    "/GoToR": Mark.LINKS,
}
VBA_STREAM = "_VBA_PROJECT".encode("utf-16-le")
HARMLESS_LINK = "/hyperlink"  # shown as words; a person decides whether to follow it


def marks(path: Path) -> list[Mark]:
    """What is to be known of a file before it is opened in its own program, in a fixed order."""
    found: set[Mark] = set()
    with suppress(*DAMAGE, *office.DAMAGE, office.NotOffice, ET.ParseError):
        media_type = sniff(path)
        if media_type == FileType.PDF.media_type:
            found = set(marks_of_pdf(path))
        elif zipfile.is_zipfile(path):
            found = set(marks_of_package(path))
        elif has_old_macros(path):
            found = {Mark.MACROS}
    return [each for each in Mark if each in found]


def marks_of_pdf(path: Path) -> Iterator[Mark]:
    """Of the actions and embedded files that any object of a PDF names."""
    with pikepdf.open(path) as document:
        for each in dictionaries(document):
            action = each.get("/S")
            if isinstance(action, pikepdf.Name) and str(action) in ACTIONS:
                yield ACTIONS[str(action)]
            if "/EF" in each:
                yield Mark.EMBEDDED


def dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every dictionary of a PDF, the ones inside others too, as far as is bearable."""
    waiting = [each for _, each in zip(range(MOST_OBJECTS), document.objects, strict=False)]
    seen = 0
    while waiting and seen < 4 * MOST_OBJECTS:
        each = waiting.pop()
        seen += 1
        if isinstance(each, pikepdf.Dictionary):
            yield each
            inner = list(each.values())
        elif isinstance(each, pikepdf.Array):
            inner = list(each)
        else:
            continue
        waiting += [
            value
            for value in inner
            if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
        ]


def marks_of_package(path: Path) -> Iterator[Mark]:
    """Of the parts and relationships of an Office file."""
    with zipfile.ZipFile(path) as package:
        for part in package.infolist():
            name = part.filename.lower()
            if name.endswith("vbaproject.bin"):
                yield Mark.MACROS
            elif "/embeddings/" in name:
                yield Mark.EMBEDDED
            elif name.endswith(".rels") and part.file_size <= office.LARGEST_INDEX:
                yield from links_in(office.parse(package, part.filename))


def links_in(relationships: ET.Element) -> Iterator[Mark]:
    """Whether a part is fetched from elsewhere when the file is opened."""
    for each in relationships:
        is_outside = each.get("TargetMode") == "External"
        if is_outside and not each.get("Type", "").lower().endswith(HARMLESS_LINK):
            yield Mark.LINKS


def has_old_macros(path: Path) -> bool:
    """Whether an OLE container holds a project of macros."""
    with path.open("rb") as stream:
        if stream.read(len(OLE)) != OLE:
            return False
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(VBA_STREAM) >= 0


def embedded_in(path: Path) -> bytes:
    """The files inside a PDF, unpacked, as one ZIP without compression; empty where there are none.

    A virus scanner that overlooks the compressed attachments of a PDF sees them there.
    """
    out, room = io.BytesIO(), MOST_EMBEDDED
    with suppress(*DAMAGE), pikepdf.open(path) as document:
        files = [each.EF for each in dictionaries(document) if "/EF" in each]
        streams = [stream for file in files for stream in file.values()]
        with zipfile.ZipFile(out, "w") as package:
            for number, stream in enumerate(streams):
                content = stream.read_bytes() if isinstance(stream, pikepdf.Stream) else b""
                room -= len(content)
                if room < 0:
                    raise MemoryError
                package.writestr(str(number), content)
        return out.getvalue() if streams else b""
    return b""
