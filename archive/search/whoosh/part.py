"""One piece of a Whoosh index, read in bulk.

A Whoosh index is a list of segments that never change. Matching record by record in Python
takes seconds over 100,000 of them; here every condition becomes one set of record numbers, kept
as the bits of a single integer, so that AND, OR, NOT, rights, filters and counts are each one
machine-speed operation.
"""

import json
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import compress
from threading import RLock
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import SegmentReader, TermNotFound

from archive.search.entry import Tag
from archive.search.index_format import DamagedIndex
from archive.search.results import Facet
from archive.search.stored import Stored
from archive.search.terms import comparable
from archive.search.texts import tag_of
from archive.search.whoosh.schema import SCHEMA

MOST_POSTINGS = 3_000_000
"""Postings kept in memory for each part, of the terms used last."""

COLUMNS = ("customer", "at", "length", "places")

_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_FLAGS = bytes.maketrans(b"01", b"\x00\x01")
_FEW = 256


class Postings(NamedTuple):
    """The records that carry a term, ascending, and its weight in each."""

    records: "array[int]"
    weights: "array[float]"
    bits: int


NOTHING = Postings(array("I"), array("f"), 0)


class Part:
    """A segment of the index. Safe to share between threads.

    Every method may raise `DamagedIndex`.
    """

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._lock = RLock()  # Whoosh moves one file pointer for all readers
        codec: Any = reader.codec()
        self._terms = codec.terms_reader(reader.storage(), reader.segment())
        # Opened now: a commit may delete these files, and what is open stays readable.
        self._columns: dict[str, Any] = {
            name: reader.column_reader(name, translate=False) for name in COLUMNS
        }
        reader.stored_fields(0)
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._kept_size = 0
        self.size: int = reader.doc_count_all()

    def postings(self, field: str, term: str) -> Postings:
        """The records with *term* in *field*."""
        return self._keep((field, term), lambda: self.read_postings(field, term))

    def bits(self, field: str, term: str) -> int:
        """The set of records with *term* in *field*."""
        return self.postings(field, term).bits

    def bits_beginning(self, field: str, prefix: str) -> int:
        """The set of records with a term in *field* that begins with *prefix*."""

        def read() -> Postings:
            flags = bytearray(self.size)
            beginning = prefix.encode()
            with self._reading():
                for (name, term), info in self._terms.items_from(field, beginning):
                    if name != field or not term.startswith(beginning):
                        break
                    # Most terms occur in one or two records: their list need not be opened.
                    flags[info.min_id()] = flags[info.max_id()] = 1
                    if info.doc_frequency() > 2:
                        matcher = self._terms.matcher(field, term, SCHEMA[field].format)
                        for records, _ in _blocks(matcher):
                            for record in records:
                                flags[record] = 1
            return NOTHING._replace(bits=_bits_of_flags(flags))

        return self._keep((field + "*", prefix), read).bits

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """The terms of *field* that begin with *prefix*, sorted."""
        found = []
        beginning = prefix.encode()
        with self._reading():
            for name, term in self._terms.terms_from(field, beginning):
                if name != field or not term.startswith(beginning):
                    break
                found.append(term.decode())
        return found

    def stored(self, record: int) -> Stored:
        """The facts of a record."""
        with self._reading():
            return dict(json.loads(self._reader.stored_fields(record)["entry"]))

    def texts(self, records: list[int]) -> Iterator[str]:
        """The comparable text of each of *records*."""
        column = self._columns["places"]
        for record in records:
            with self._reading():
                text = column[record].decode()
            yield text

    def tags(self, facet: Facet) -> dict[Tag, int]:
        """Every kind, person or status with the set of records that carry it."""
        return self._tags[facet]

    @cached_property
    def _tags(self) -> dict[Facet, dict[Tag, int]]:
        return {
            facet: {tag_of(key): self.bits(facet, key) for key in self.terms(facet)}
            for facet in (Facet.KIND, Facet.PERSON, Facet.STATUS)
        }

    @cached_property
    def customers(self) -> "tuple[tuple[Tag | None, ...], array[int]]":
        """The customers in this part, and for each record the place of its customer in them."""
        with self._reading():
            keys = list(self._columns["customer"])
            places: dict[bytes, int] = {}
            numbers = array("I", (places.setdefault(key, len(places)) for key in keys))
            return tuple(tag_of(key.decode()) if key else None for key in places), numbers

    @cached_property
    def customer_names(self) -> tuple[str, ...]:
        """The names of the customers in this part, comparable, in the order of `customers`."""
        return tuple(comparable(tag.label) if tag else "" for tag in self.customers[0])

    @cached_property
    def instants(self) -> list[int]:
        """For each record when it happened, in seconds; 0 where it has no time."""
        with self._reading():
            return list(self._columns["at"])

    @cached_property
    def lengths(self) -> list[int]:
        """For each record the length of its text in characters."""
        with self._reading():
            return list(self._columns["length"])

    @cached_property
    def average_length(self) -> float:
        """Of the records' texts, in characters; at least one."""
        return max(1.0, sum(self.lengths) / max(1, self.size))

    def _keep(self, key: tuple[str, str], read: Callable[[], Postings]) -> Postings:
        with self._lock:
            postings = self._kept.get(key)
            if postings is not None:
                self._kept.move_to_end(key)
                return postings
            postings = self._kept[key] = read()
            self._kept_size += self._weight(postings)
            while self._kept_size > MOST_POSTINGS and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._kept_size -= self._weight(oldest)
            return postings

    def _weight(self, postings: Postings) -> int:
        return len(postings.records) + self.size // 32

    def read_postings(self, field: str, term: str) -> Postings:
        """As `postings`, without keeping them in memory."""
        records, weights = array("I"), array("f")
        with self._reading():
            try:
                matcher = self._terms.matcher(field, term.encode(), SCHEMA[field].format)
            except TermNotFound:
                return NOTHING
            for some_records, some_weights in _blocks(matcher):
                records.extend(some_records)
                weights.extend(some_weights)
            return Postings(records, weights, bits_of(records, self.size))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except Exception as error:  # unpickling damaged bytes raises anything
                raise DamagedIndex(str(self._reader)) from error


def _blocks(matcher: W3LeafMatcher) -> Iterator[tuple[Any, Any]]:
    """Records and weights in whole blocks; one by one, the public way, takes 20 times as long."""
    while matcher.is_active():
        matcher.id()  # has the block decoded
        matcher.weight()
        yield matcher._ids, matcher._weights
        matcher._next_block()


def bits_of(records: "array[int] | list[int]", size: int) -> int:
    """The set of *records* among *size*."""
    if len(records) < _FEW:
        return sum(1 << record for record in records)
    flags = bytearray(size)
    for record in records:
        flags[record] = 1
    return _bits_of_flags(flags)


def _bits_of_flags(flags: bytearray) -> int:
    return int(flags.translate(_DIGITS)[::-1], 2)


def flags_of(bits: int) -> bytes:
    """One byte per record up to the last of the set, 1 where it belongs."""
    return f"{bits:b}"[::-1].encode().translate(_FLAGS)


def records_of(bits: int) -> list[int]:
    """The members of a set, ascending."""
    flags = flags_of(bits)
    return list(compress(range(len(flags)), flags))
