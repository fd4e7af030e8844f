"""The texts of an entry as every index compares them, and what each of them weighs."""

import zlib
from collections.abc import Iterable
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
    """With the other names of a customer, in the customer's own entry."""
    customer: str
    people: str
    numbers: str
    body: str


WEIGHTS = (4, 2, 2, 1, 1)
"""What a word counts in each of `Texts`: in a title as much as four times in a body."""


def texts_of(entry: IndexEntry) -> Texts:
    """The texts of *entry*, comparable."""
    return Texts(
        title=BETWEEN_VALUES.join(titles_of(entry)),
        customer=_label(entry.customer.label) if entry.customer else "",
        people=BETWEEN_VALUES.join(_label(each.label) for each in entry.people),
        numbers=BETWEEN_VALUES.join(map(comparable, entry.numbers)),
        body=comparable(tidy(entry.body[:LONGEST_BODY])),
    )


def titles_of(entry: IndexEntry) -> list[str]:
    """What *entry* is called, comparable: its title and its other names."""
    title = comparable(tidy(entry.title))
    return list(dict.fromkeys((title, *map(_label, entry.names))))


def spoken_names(entry: IndexEntry) -> tuple[str, ...]:
    """The names by whose pinyin *entry* is found: its own, or else its customer's."""
    if entry.names or entry.customer is None:
        return entry.names
    return (entry.customer.label,)


def bounded(names: Iterable[str]) -> str:
    """*names* with a mark around each, so that a whole name can be told from a part of one."""
    return "".join(f"{BETWEEN_VALUES}{name}" for name in names) + BETWEEN_VALUES


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
