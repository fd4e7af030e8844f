"""What was read in the bytes that records name: the text of each page, read once for each digest.

A file that is filed, joined or brought in again is not read again: what it says depends on its
bytes alone.
"""

from archive.reading.models import (
    LearnedKinds,
    Reading,
    ReadingState,
    ReadPage,
    pages_of,
    readings_of,
    sources_of,
    texts_of,
    turns_of,
)

__all__ = [
    "LearnedKinds",
    "ReadPage",
    "Reading",
    "ReadingState",
    "pages_of",
    "readings_of",
    "sources_of",
    "texts_of",
    "turns_of",
]
