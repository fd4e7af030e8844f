"""Office files: whether a zip really is one, and which. Runs in the child process only.

Source: ECMA-376 part 2 (content types and relationships name the main part). Endings and a lone
``[Content_Types].xml`` prove nothing; the main part must be there and be XML of its kind.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from archive.recognition.facts import (
    OOXML,
    SHEETS,
    SLIDES,
    TEXTS,
    FileFacts,
    FileType,
    Flaw,
    Limits,
    Reason,
    Refusal,
)
from archive.recognition.sniffing import HEAD, ZIP

CONTENT_TYPES = "[Content_Types].xml"
TYPES_NAMESPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
MAIN_TYPES = {
    f"{OOXML}.wordprocessingml.document.main+xml": FileType.DOCX,
    "application/vnd.ms-word.document.macroEnabled.main+xml": FileType.DOCM,
    f"{OOXML}.wordprocessingml.template.main+xml": FileType.DOTX,
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": FileType.DOTM,
    f"{OOXML}.spreadsheetml.sheet.main+xml": FileType.XLSX,
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": FileType.XLSM,
    f"{OOXML}.spreadsheetml.template.main+xml": FileType.XLTX,
    "application/vnd.ms-excel.template.macroEnabled.main+xml": FileType.XLTM,
    f"{OOXML}.presentationml.presentation.main+xml": FileType.PPTX,
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml": FileType.PPTM,
    f"{OOXML}.presentationml.slideshow.main+xml": FileType.PPSX,
}
OPEN_TYPES = {each.media_type: each for each in (FileType.ODT, FileType.ODS, FileType.ODP)}
"""OpenDocument says what it is in its part `mimetype`."""
ROOTS = {
    **dict.fromkeys(TEXTS, "document"),
    **dict.fromkeys(SHEETS, "workbook"),
    **dict.fromkeys(SLIDES, "presentation"),
}
MOST_PARTS = 20_000
LARGEST_INDEX = 4 * 1024 * 1024
CHUNK = 1024 * 1024
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)


class NotOffice(Exception):
    """A zip archive, but no Office document."""


def inspect(path: Path, limits: Limits) -> FileFacts:
    """An Office or OFD file, or a refusal that names what the zip seems to be."""
    size = path.stat().st_size
    try:
        with zipfile.ZipFile(path) as package:
            file_type = find_type(package)
            return inspect_parts(package, file_type, size, limits)
    except NotOffice as other:
        return FileFacts(None, size, refusal=Refusal(Reason.UNKNOWN_TYPE, str(other)))
    except DAMAGE:
        return FileFacts(None, size, refusal=Refusal(Reason.UNKNOWN_TYPE, ZIP))


def inspect_parts(
    package: zipfile.ZipFile, file_type: FileType, size: int, limits: Limits
) -> FileFacts:
    """Unpack every part into nothing, to know that it can be done and how large it gets."""
    claimed = sum(part.file_size for part in package.infolist())
    if claimed > limits.unpacked:
        refusal = Refusal(Reason.TOO_LARGE_UNPACKED, claimed, limits.unpacked)
        return FileFacts(file_type, size, unpacked=claimed, refusal=refusal)
    if any(part.flag_bits & 0x1 for part in package.infolist()):
        return FileFacts(file_type, size, unpacked=claimed, flaw=Flaw.LOCKED)
    try:
        for part in package.infolist():
            with package.open(part) as stream:
                while stream.read(CHUNK):
                    pass
    except DAMAGE:
        return FileFacts(file_type, size, unpacked=claimed, flaw=Flaw.DAMAGED)
    return FileFacts(file_type, size, unpacked=claimed)


def find_type(package: zipfile.ZipFile) -> FileType:
    """The kind of the main part, by its own content type or by the default of its ending.

    Raises:
        NotOffice: there is none, or it is not the XML that its kind demands.
    """
    names = set(package.namelist())
    if len(names) > MOST_PARTS:
        raise NotOffice(ZIP)
    if CONTENT_TYPES not in names:
        return find_open_type(package, names)
    types = parse(package, CONTENT_TYPES)
    for part, content_type in main_parts(types, names):
        file_type = MAIN_TYPES.get(content_type)
        if file_type and root_tag(package, part).rpartition("}")[2] == ROOTS[file_type]:
            return file_type
    raise NotOffice(ZIP)


def main_parts(types: ET.Element, names: set[str]) -> Iterator[tuple[str, str]]:
    """Each part that is there and could be the main one, with its content type."""
    named = {
        each.get("PartName", "").lstrip("/"): each.get("ContentType", "")
        for each in types.iter(f"{TYPES_NAMESPACE}Override")
    }
    yield from ((part, named[part]) for part in named if part in names)
    defaults = {
        each.get("Extension", "").lower(): each.get("ContentType", "")
        for each in types.iter(f"{TYPES_NAMESPACE}Default")
    }
    for part in names - set(named):
        content_type = defaults.get(part.rpartition(".")[2].lower(), "")
        if content_type in MAIN_TYPES:
            yield part, content_type


def find_open_type(package: zipfile.ZipFile, names: set[str]) -> FileType:
    """OFD has its own entry; OpenDocument says so in `mimetype`.

    Raises:
        NotOffice: neither, with what `mimetype` says.
    """
    if "OFD.xml" in names:
        return FileType.OFD
    said = ZIP
    if "mimetype" in names and package.getinfo("mimetype").file_size < 100:
        said = package.read("mimetype").decode("ascii", "replace").strip()
    if said in OPEN_TYPES:
        return OPEN_TYPES[said]
    raise NotOffice(said)


def parse(package: zipfile.ZipFile, name: str, largest: int = LARGEST_INDEX) -> ET.Element:
    """A small XML part as a tree; document types, the vehicle of entity bombs, are not OOXML."""
    if package.getinfo(name).file_size > largest:
        raise NotOffice(ZIP)
    content = package.read(name)
    if b"<!DOCTYPE" in content:
        raise NotOffice(ZIP)
    try:
        return ET.fromstring(content)  # noqa: S314  # no DTD, and confined
    except ET.ParseError as malformed:
        raise NotOffice(ZIP) from malformed


def root_tag(package: zipfile.ZipFile, part: str) -> str:
    """The name of the root element; nothing after it is read."""
    with package.open(part) as stream:
        if b"<!DOCTYPE" in stream.read(HEAD):
            return ""
    with package.open(part) as stream:
        try:
            _, root = next(ET.iterparse(stream, ["start"]))  # noqa: S314  # as above
        except (ET.ParseError, StopIteration):
            return ""
        return str(root.tag)
