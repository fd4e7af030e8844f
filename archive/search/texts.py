"""The texts of an entry as every index compares them, and what each of them weighs."""

import zlib
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from archive.chinese.folding import tidy
from archive.search.entry import IndexEntry, Tag
from archive.search.terms import comparable

LONGEST_BODY = 200_000
"""Characters of a body that are indexed and kept."""
BETWEEN_PLACES = "\x1f"
BETWEEN_VALUES = "\x1e"


class Texts(NamedTuple):
    """What is searched of an entry, place by place; values of one place have a mark between."""

    title: str
    customer: str
    people: str
    numbers: str
    body: str


WEIGHTS = (4, 2, 2, 1, 1)
"""What a word counts in each of `Texts`: in a title as much as four times in a body."""


def texts_of(entry: IndexEntry) -> Texts:
    """The texts of *entry*, comparable."""
    return Texts(
        title=comparable(tidy(entry.title)),
        customer=_label(entry.customer.label) if entry.customer else "",
        people=BETWEEN_VALUES.join(_label(each.label) for each in entry.people),
        numbers=BETWEEN_VALUES.join(map(comparable, entry.numbers)),
        body=comparable(tidy(entry.body[:LONGEST_BODY])),
    )


_label = lru_cache(maxsize=8192)(comparable)  # names of customers and people come again and again


TIE_BITS = 24
"""Of `order_of`, what its id decides."""


def tag_key(tag: Tag) -> str:
    """A tag as one term."""
    return f"{tag.value}{BETWEEN_PLACES}{tag.label}"


def tag_of(key: str) -> Tag:
    """The tag of `tag_key`."""
    value, _, label = key.partition(BETWEEN_PLACES)
    return Tag(value, label)


def seconds(instant: datetime) -> int:
    """An instant as it is compared: whole seconds since 1970."""
    return int(instant.timestamp())


def order_of(entry: IndexEntry) -> int:
    """Where *entry* comes among the newest first: by its second, then by its id.

    So no two entries are in the same place, and the same page always shows the same ones.
    """
    at = seconds(entry.at) if entry.at else 0
    return at << TIE_BITS | zlib.crc32(entry.id.encode()) >> 32 - TIE_BITS
