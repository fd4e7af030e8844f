"""What a file is, by its first bytes. Names and endings are never asked.

Sources: the `filetype` signatures; ISO 32000-1 annex H.3.4.1 (a PDF header may be anywhere in
the first 1024 bytes); WHATWG MIME Sniffing for markup; MS-CFB for old Office files.
"""

import mmap
import re
from pathlib import Path
from typing import BinaryIO

import filetype

from archive.recognition.facts import FileType

HEAD = 8192
PDF_HEADER_WITHIN = 1024
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # the marks that such a text begins with
LOCKED_OFFICE = "application/x-ole-encrypted"
OLD_OFFICE = "application/x-ole-storage"

BY_MEDIA_TYPE = {each.media_type: each for each in FileType} | {
    "image/apng": FileType.PNG,
    LOCKED_OFFICE: FileType.OLE,
}
"""What the first bytes show; a ZIP and a text are looked into."""
MARKUP = (
    (b"<!doctype html", "text/html"),
    (b"<html", "text/html"),
    (b"<head", "text/html"),
    (b"<body", "text/html"),
    (b"<script", "text/html"),
    (b"<svg", "image/svg+xml"),
    (b"<?xml", "text/xml"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BIG_TIFF = (b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0")
HEVC_BRANDS = (b"heic", b"heix", b"heim", b"heis")
STREAMS = (
    ("__properties_version1.0", FileType.MSG.media_type),
    ("EncryptedPackage", LOCKED_OFFICE),
    ("WordDocument", FileType.DOC.media_type),
    ("PowerPoint Document", FileType.PPT.media_type),
    ("Workbook", FileType.XLS.media_type),
    ("Book", FileType.XLS.media_type),
)
"""What an OLE container of each type holds, the most telling first."""
OFFICE_XML = (
    (b'progid="word.document"', FileType.DOC.media_type),
    (b'progid="excel.sheet"', FileType.XLS.media_type),
    (b"urn:schemas-microsoft-com:office:word", FileType.DOC.media_type),
    (b"urn:schemas-microsoft-com:office:excel", FileType.XLS.media_type),
)
"""Markup that Word and Excel wrote in 2003, or that a program wrote for them."""
MAIL_HEADS = re.compile(
    rb"(?:(?:received|return-path|message-id|mime-version|from|to|subject|date|delivered-to"
    rb"|x-[a-z-]+|content-type): ?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}",
    re.IGNORECASE,
)


def sniff(path: Path) -> str:
    """The media type that the bytes of *path* show; ``application/octet-stream`` if none does."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        if head.startswith(OLE):
            return sniff_old_office(stream)
    return sniff_markup(head) or sniff_signature(head) or sniff_text(head) or UNKNOWN


def sniff_markup(head: bytes) -> str | None:
    """HTML, SVG or XML, which a browser would run; asked first, so that no disguise helps."""
    whole = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    start = whole[:512]
    if not start.startswith(b"<"):
        return None
    if office := next((media for mark, media in OFFICE_XML if mark in whole), None):
        return office
    if b"<svg" in start:
        return "image/svg+xml"
    return next((media for mark, media in MARKUP if start.startswith(mark)), "text/html")


def sniff_signature(head: bytes) -> str | None:
    """What the magic numbers say."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP  # what is inside is for `office.inspect` to find out
    if is_heic(head):
        return "image/heic"
    if head.startswith(BIG_TIFF):
        return FileType.TIFF.media_type
    kind = filetype.guess(bytearray(head)) if head else None
    if kind is not None:
        return str(kind.mime)
    return "application/pdf" if b"%PDF-" in head[:PDF_HEADER_WITHIN] else None


def is_heic(head: bytes) -> bool:
    """Whether an ISO base media file names an HEVC picture among its brands (ISO 23008-12)."""
    if head[4:8] != b"ftyp":
        return False
    brands = head[8 : int.from_bytes(head[:4], "big")]
    return any(brands[at : at + 4] in HEVC_BRANDS for at in range(0, min(len(brands), 64), 4))


def sniff_old_office(stream: BinaryIO) -> str:
    """An OLE container: an old Office file, a message, or a new file locked by a password."""
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for name, media_type in STREAMS:
            if content.find(name.encode("utf-16-le")) >= 0:
                return media_type
    return OLD_OFFICE


def sniff_text(head: bytes) -> str | None:
    """A mail as it was sent, or plain text, in the encodings that Chinese offices use."""
    if MAIL_HEADS.match(head):
        return FileType.EML.media_type
    return TEXT if text_encoding(head) else None


def text_encoding(head: bytes) -> str | None:
    """In which of those encodings *head* is text, if in one."""
    is_marked = head.startswith(UTF_16)
    if b"\0" in head and not is_marked:
        return None
    for encoding in ("utf-16",) if is_marked else ("utf-8-sig", "gb18030"):
        for cut in range(4):  # the head may end inside a character
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None
