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

from whoosh.reading import SegmentReader

from archive.search.entry import Tag
from archive.search.index_format import DamagedIndex
from archive.search.packing import unpack
from archive.search.results import Facet
from archive.search.stored import Stored
from archive.search.terms import comparable
from archive.search.texts import TIE_BITS, tag_of

MOST_POSTINGS = 3_000_000
"""Postings kept in memory for each part, of the terms used last."""

COLUMNS = ("customer", "order", "length", "places", "entry")

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
            with self._reading():
                for _, records in self._terms.beginning(field, prefix.encode()):
                    for record in records:
                        flags[record] = 1
            return NOTHING._replace(bits=_bits_of_flags(flags))

        return self._keep((field + "*", prefix), read).bits

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """The terms of *field* that begin with *prefix*, sorted."""
        with self._reading():
            return [term.decode() for term, _ in self._terms.beginning(field, prefix.encode())]

    def ids(self, living: int) -> set[str]:
        """The ids of the records of the set *living*."""
        with self._reading():
            return {
                term.decode()
                for term, records in self._terms.beginning("id", b"")
                if any(living >> record & 1 for record in records)
            }

    def stored(self, record: int) -> Stored:
        """The facts of a record."""
        with self._reading():
            return dict(json.loads(unpack(self._columns["entry"][record])))

    def texts(self, records: list[int]) -> Iterator[str]:
        """The comparable text of each of *records*."""
        column = self._columns["places"]
        for record in records:
            with self._reading():
                text = unpack(column[record])
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
    def orders(self) -> "array[int]":
        """For each record where it comes among the newest first: see `order_of`."""
        with self._reading():
            return array("q", self._columns["order"])

    @cached_property
    def instants(self) -> "array[int]":
        """For each record when it happened, in seconds; 0 where it has no time."""
        return array("q", (order >> TIE_BITS for order in self.orders))

    @cached_property
    def lengths(self) -> "array[int]":
        """For each record the length of its text in characters."""
        with self._reading():
            return array("I", self._columns["length"])

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
        with self._reading():
            records, weights = self._terms.postings(field, term.encode())
            return Postings(records, weights, bits_of(records, self.size))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except Exception as error:  # unpickling damaged bytes raises anything
                raise DamagedIndex(str(self._reader)) from error


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
