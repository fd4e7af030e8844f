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
    WEBP = "webp"
    GIF = "gif"
    BMP = "bmp"
    AVIF = "avif"
    DOCX = "docx"
    DOCM = "docm"
    DOTX = "dotx"
    DOTM = "dotm"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    TXT = "txt"
    XLSX = "xlsx"
    XLSM = "xlsm"
    XLTX = "xltx"
    XLTM = "xltm"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    PPTX = "pptx"
    PPTM = "pptm"
    PPSX = "ppsx"
    PPT = "ppt"
    ODP = "odp"
    OFD = "ofd"
    OLE = "ole"  # an old Office file of another program, or one locked by a password
    MSG = "msg"
    EML = "eml"
    PSD = "psd"
    MP3 = "mp3"
    M4A = "m4a"
    AMR = "amr"
    WAV = "wav"
    MP4 = "mp4"
    MOV = "mov"

    @property
    def media_type(self) -> str:
        """The type as HTTP names it (IANA registry)."""
        return MEDIA_TYPES[self]


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
MACROS = "macroEnabled.12"
MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.TIFF: "image/tiff",
    FileType.HEIC: "image/heic",
    FileType.WEBP: "image/webp",
    FileType.GIF: "image/gif",
    FileType.BMP: "image/bmp",
    FileType.AVIF: "image/avif",
    FileType.DOCX: f"{OOXML}.wordprocessingml.document",
    FileType.DOCM: f"application/vnd.ms-word.document.{MACROS}",
    FileType.DOTX: f"{OOXML}.wordprocessingml.template",
    FileType.DOTM: f"application/vnd.ms-word.template.{MACROS}",
    FileType.DOC: "application/msword",
    FileType.RTF: "application/rtf",
    FileType.ODT: f"{ODF}.text",
    FileType.TXT: "text/plain",
    FileType.XLSX: f"{OOXML}.spreadsheetml.sheet",
    FileType.XLSM: f"application/vnd.ms-excel.sheet.{MACROS}",
    FileType.XLTX: f"{OOXML}.spreadsheetml.template",
    FileType.XLTM: f"application/vnd.ms-excel.template.{MACROS}",
    FileType.XLS: "application/vnd.ms-excel",
    FileType.ODS: f"{ODF}.spreadsheet",
    FileType.CSV: "text/csv",
    FileType.PPTX: f"{OOXML}.presentationml.presentation",
    FileType.PPTM: f"application/vnd.ms-powerpoint.presentation.{MACROS}",
    FileType.PPSX: f"{OOXML}.presentationml.slideshow",
    FileType.PPT: "application/vnd.ms-powerpoint",
    FileType.ODP: f"{ODF}.presentation",
    FileType.OFD: "application/ofd",
    FileType.OLE: "application/x-ole-storage",
    FileType.MSG: "application/vnd.ms-outlook",
    FileType.EML: "message/rfc822",
    FileType.PSD: "image/vnd.adobe.photoshop",
    FileType.MP3: "audio/mpeg",
    FileType.M4A: "audio/mp4",
    FileType.AMR: "audio/amr",
    FileType.WAV: "audio/x-wav",
    FileType.MP4: "video/mp4",
    FileType.MOV: "video/quicktime",
}
TEXTS = frozenset(
    {
        FileType.DOCX, FileType.DOCM, FileType.DOTX, FileType.DOTM, FileType.DOC, FileType.RTF,
        FileType.ODT, FileType.TXT,
    }
)  # fmt: skip
SHEETS = frozenset(
    {
        FileType.XLSX, FileType.XLSM, FileType.XLTX, FileType.XLTM, FileType.XLS, FileType.ODS,
        FileType.CSV,
    }
)  # fmt: skip
SLIDES = frozenset({FileType.PPTX, FileType.PPTM, FileType.PPSX, FileType.PPT, FileType.ODP})
OFFICE = TEXTS | SHEETS | SLIDES | {FileType.OFD}  # printed to be seen
WORDED = SHEETS | {
    FileType.DOCX, FileType.DOCM, FileType.DOTX, FileType.DOTM, FileType.TXT,
}  # fmt: skip
"""Whose words are read without LibreOffice, too."""
MOST_PRINTED = 50
"""Of an Office file no more pages are shown: a sheet may print to thousands."""
IMAGES = frozenset(
    {
        FileType.JPEG, FileType.PNG, FileType.TIFF, FileType.HEIC, FileType.WEBP, FileType.GIF,
        FileType.BMP, FileType.AVIF,
    }
)  # fmt: skip
"""What is in none of these sets and no PDF is kept and taken out as it came; it has no pages."""


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


class Mark(StrEnum):
    """What acts by itself in a file, leads elsewhere, or hides in it. Here nothing of it is run."""

    MACROS = "macros"
    SCRIPT = "script"  # JavaScript of a PDF
    LAUNCH = "launch"  # a PDF that starts a program
    LINKS = "links"  # parts that are fetched from elsewhere, or data sent there
    EMBEDDED = "embedded"  # other files inside


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


Corners = list[list[float]]
"""Of a paper on a picture, clockwise from top left: fractions of its width and height."""


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
