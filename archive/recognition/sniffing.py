"""What a file is, by its first bytes. Names and endings are never asked.

Sources: the `filetype` signatures; ISO 32000-1 annex H.3.4.1 (a PDF header may be anywhere in
the first 1024 bytes); WHATWG MIME Sniffing for markup; MS-CFB for old Office files.
"""

import mmap
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
OUTLOOK = "application/vnd.ms-outlook"

BY_MEDIA_TYPE = {
    "application/pdf": FileType.PDF,
    "image/jpeg": FileType.JPEG,
    "image/png": FileType.PNG,
    "image/apng": FileType.PNG,
    "image/tiff": FileType.TIFF,
    "image/heic": FileType.HEIC,
}
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
HEVC_BRANDS = (b"heic", b"heix", b"heim", b"heis")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
MESSAGE_STREAM = "__properties_version1.0".encode("utf-16-le")


def sniff(path: Path) -> str:
    """The media type that the bytes of *path* show; ``application/octet-stream`` if none does."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        if head.startswith(OLE):
            return sniff_old_office(stream)
    return sniff_markup(head) or sniff_signature(head) or sniff_text(head) or UNKNOWN


def sniff_markup(head: bytes) -> str | None:
    """HTML, SVG or XML, which a browser would run; asked first, so that no disguise helps."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if not start.startswith(b"<"):
        return None
    if b"<svg" in start:
        return "image/svg+xml"
    return next((media for mark, media in MARKUP if start.startswith(mark)), "text/html")


def sniff_signature(head: bytes) -> str | None:
    """What the magic numbers say."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP  # what is inside is for `office.inspect` to find out
    if is_heic(head):
        return "image/heic"
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
        if content.find(MESSAGE_STREAM) >= 0:
            return OUTLOOK
        return LOCKED_OFFICE if content.find(ENCRYPTED_STREAM) >= 0 else OLD_OFFICE


def sniff_text(head: bytes) -> str | None:
    """Plain text, in the encodings that Chinese offices use."""
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
