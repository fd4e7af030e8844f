"""Whether a picture came whole. Runs in the child process only."""

import io
from pathlib import Path
from typing import Any, Literal

from PIL import Image, UnidentifiedImageError

from archive.recognition.facts import FileType, Flaw

DAMAGE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    RuntimeError,
    KeyError,
    TypeError,
)
TAIL = 4096
END_OF_JPEG = b"\xff\xd9"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
END_OF_PNG = b"\x00\x00\x00\x00IEND\xaeB`\x82"
END_OF_GIF = b"\x3b"
PARTS_OF_TIFF = ((273, 279), (324, 325))  # where its strips or tiles begin, and their lengths


def ends_well(path: Path, file_type: FileType) -> bool:
    """Whether the bytes end where the format says; most have no end mark and always do."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(TAIL)
        stream.seek(max(0, size - TAIL))
        tail = stream.read()
    match file_type:
        case FileType.HEIC | FileType.AVIF:
            return boxes_fit(head, size)
        case FileType.JPEG:
            return END_OF_JPEG in tail
        case FileType.PNG:
            return END_OF_PNG[4:] in tail
        case FileType.GIF:
            return tail.rstrip(b"\0").endswith(END_OF_GIF)
        case FileType.WEBP:
            return int.from_bytes(head[4:8], "little") + 8 <= size
        case FileType.BMP:
            return int.from_bytes(head[2:6], "little") <= size
        case FileType.TIFF:
            order: Literal["little", "big"] = "little" if head.startswith(b"II") else "big"
            return int.from_bytes(head[4:8], order) < size  # where the facts of its pages begin
    return True


def boxes_fit(head: bytes, size: int) -> bool:
    """Whether the top-level boxes of an ISO base media file end at its last byte."""
    at = 0
    while at + 16 <= len(head):
        length = int.from_bytes(head[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(head[at + 8 : at + 16], "big")
        if length == 0 or at + length == size:
            return True
        if length < 8 or at + length > size:
            return False
        at += length
    return at <= size


def find_flaw(image: Image.Image, path: Path, file_type: FileType) -> Flaw | None:
    """CUT_OFF where pixels are missing, which are decoded where the end says nothing."""
    ends = ends_well(path, file_type)
    if file_type is FileType.PNG:
        return None if has_whole_png(path) else Flaw.DAMAGED if ends else Flaw.CUT_OFF
    if file_type is FileType.TIFF:
        return None if has_every_part(image, path.stat().st_size) else Flaw.CUT_OFF
    if ends:
        return None
    if file_type is FileType.JPEG:
        return None if has_every_pixel(path) else Flaw.CUT_OFF
    try:
        image.load()
    except DAMAGE:
        return Flaw.CUT_OFF
    return None


def has_whole_png(path: Path) -> bool:
    """Whether a PNG lacks nothing but its end mark, or a part of it."""
    content = path.read_bytes()
    at = len(PNG_HEAD)
    while at + 8 <= len(content):
        after = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if after > len(content) or content[at + 4 : at + 8] == b"IEND":
            break
        at = after
    try:
        with Image.open(io.BytesIO(content[:at] + END_OF_PNG), formats=["PNG"]) as image:
            image.load()
    except DAMAGE:
        return False
    return True


def has_every_pixel(path: Path) -> bool:
    """Whether a JPEG lacks nothing but its end mark.

    Whatever follows the last pixel changes nothing; where pixels are missing it is taken for them.
    """
    content = path.read_bytes().rstrip(b"\xff")  # half an end mark
    pictures = []
    try:
        for padding in (b"\x00", b"\x5a"):
            with Image.open(io.BytesIO(content + padding * 64 + END_OF_JPEG)) as image:
                pictures.append(image.tobytes())
    except DAMAGE:
        return False
    return pictures[0] == pictures[1]


def has_every_part(image: Any, size: int) -> bool:
    """Whether the strips or tiles of every page of a TIFF are within its bytes."""
    for page in range(getattr(image, "n_frames", 1)):
        image.seek(page)
        for begin, length in PARTS_OF_TIFF:
            begins, lengths = image.tag_v2.get(begin, ()), image.tag_v2.get(length, ())
            if any(at + long > size for at, long in zip(begins, lengths, strict=False)):
                return False
    image.seek(0)
    return True
