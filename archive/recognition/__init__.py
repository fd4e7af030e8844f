"""Looking into files that strangers made: what a file is, how many pages, what a page looks like.

The bytes are never parsed in the process that asks. `PageReader` keeps a few child processes
warm, each with a limit on memory, processor time and patience; a file that breaks its child
breaks nothing else.
"""

from archive.recognition.errors import (
    MailUnreadable,
    NoSuchPage,
    PageUnreadable,
    ReaderBusy,
    ReaderGaveUp,
    TableLocked,
    TableUnreadable,
)
from archive.recognition.facts import (
    IMAGES,
    MOST_PRINTED,
    OFFICE,
    WORDED,
    Corners,
    FileFacts,
    FileType,
    Flaw,
    Limits,
    Mark,
    PageImage,
    Reason,
    Refusal,
    SheetFacts,
)
from archive.recognition.reader import PageReader

__all__ = [
    "IMAGES",
    "MOST_PRINTED",
    "OFFICE",
    "WORDED",
    "Corners",
    "FileFacts",
    "FileType",
    "Flaw",
    "Limits",
    "MailUnreadable",
    "Mark",
    "NoSuchPage",
    "PageImage",
    "PageReader",
    "PageUnreadable",
    "ReaderBusy",
    "ReaderGaveUp",
    "Reason",
    "Refusal",
    "SheetFacts",
    "TableLocked",
    "TableUnreadable",
]
