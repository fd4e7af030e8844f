"""What is known of a file after one look into it: plain data, in numbers and closed lists."""

from dataclasses import dataclass
from enum import StrEnum


class FileType(StrEnum):
    """The types that the archive takes in, by what the bytes are."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """The type as HTTP names it (IANA registry)."""
        return MEDIA_TYPES[self]


OOXML = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.TIFF: "image/tiff",
    FileType.HEIC: "image/heic",
    FileType.DOCX: f"{OOXML}.wordprocessingml.document",
    FileType.XLSX: f"{OOXML}.spreadsheetml.sheet",
    FileType.CSV: "text/csv",
}
OFFICE = frozenset({FileType.DOCX, FileType.XLSX, FileType.CSV})  # printed to be seen
IMAGES = frozenset({FileType.JPEG, FileType.PNG, FileType.TIFF, FileType.HEIC})


class Reason(StrEnum):
    """Why a file is not taken in."""

    EMPTY = "empty"
    UNKNOWN_TYPE = "unknown_type"  # found: what it seems to be, as a media type
    TOO_LARGE = "too_large"  # bytes
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"  # of the largest page
    TOO_LARGE_UNPACKED = "too_large_unpacked"  # bytes


class Flaw(StrEnum):
    """What is wrong with a file that is taken in nevertheless: it is evidence as it came."""

    LOCKED = "locked"  # opens only with a password
    CUT_OFF = "cut_off"  # ends before its own end
    DAMAGED = "damaged"  # does not follow its own format
    TOO_DEMANDING = "too_demanding"  # reading it exceeds memory or time, or breaks the reader


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may be."""

    bytes: int
    pages: int
    pixels: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not taken in: why, what was found, and the limit that it passes if any."""

    reason: Reason
    found: int | str = ""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One look into a file.

    `type` is None exactly where `refusal` says that the type is not taken in. `pages` is 0 for
    Office documents and for files whose pages cannot be read. `width` and `height` are the
    pixels of the largest page of an image, turned as it is shown; `unpacked` the bytes of an
    Office document once unpacked.
    """

    type: FileType | None
    size: int
    pages: int = 0
    width: int | None = None
    height: int | None = None
    unpacked: int | None = None
    flaw: Flaw | None = None
    refusal: Refusal | None = None

    @property
    def has_pages(self) -> bool:
        """Whether page images can be made."""
        return self.pages > 0


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page, ready to be sent."""

    content: bytes
    width: int
    height: int
    media_type: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One sheet of a workbook, and how many rows it has."""

    name: str
    rows: int
