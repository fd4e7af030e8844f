"""Terms and their records, kept small: a tenth of what Whoosh's own codec takes.

Whoosh keeps for each term a row of fixed facts and a pickled list, made for reading records one by
one. Most terms of Chinese text, its pairs, occur in one or two records, so that the rows outweigh
what they stand for. Here the terms stand in sorted blocks, each with its records and weights, and
a block is compressed as a whole.
"""

import marshal
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from struct import Struct
from typing import Any, NamedTuple

from whoosh.codec.base import FieldWriter
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermNotFound

TERMS_IN_BLOCK = 256
BYTES_IN_BLOCK = 32_768
"""A block ends with the term that brings it to one of these."""
_FOOTER = Struct("<QQ")  # where the directory is, and how long
_TYPES = ((1 << 8, "B"), (1 << 16, "H"), (1 << 32, "I"))


class Block(NamedTuple):
    """Some terms of one field, sorted, each with its packed records and weights."""

    terms: tuple[bytes, ...]
    records: tuple[bytes, ...]
    weights: tuple[bytes, ...]


class Directory(NamedTuple):
    """The blocks of one field: the first term of each, and where it is."""

    firsts: list[bytes]
    places: list[tuple[int, int]]


class SmallCodec(W3Codec):
    """Whoosh's codec but for the terms."""

    length_stats = False  # none of our fields is scored by Whoosh

    def field_writer(self, storage: Any, segment: Any) -> "BlockWriter":
        """See Whoosh."""
        return BlockWriter(segment.create_file(storage, self.TERMS_EXT))

    def terms_reader(self, storage: Any, segment: Any) -> "BlockReader":
        """See Whoosh."""
        name = segment.make_filename(self.TERMS_EXT)
        return BlockReader(storage.open_file(name), storage.file_length(name))


class BlockWriter(FieldWriter):
    """Writes the terms of a segment, in the order of fields and terms."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._directory: dict[str, Directory] = {}
        self._block: list[tuple[bytes, bytes, bytes]] = []
        self._size = 0
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: object) -> None:
        """See Whoosh."""
        self._of_field = self._directory.setdefault(fieldname, Directory([], []))

    def start_term(self, btext: bytes) -> None:
        """See Whoosh."""
        self._term, self._records, self._weights = btext, array("I"), array("f")

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        """See Whoosh."""
        self._records.append(docnum)
        self._weights.append(weight)

    def finish_term(self) -> None:
        """See Whoosh."""
        packed = _packed(self._records), _packed_weights(self._weights)
        self._block.append((self._term, *packed))
        self._size += sum(map(len, packed))
        if len(self._block) >= TERMS_IN_BLOCK or self._size >= BYTES_IN_BLOCK:
            self._write_block()

    def finish_field(self) -> None:
        """See Whoosh."""
        self._write_block()

    def close(self) -> None:
        """See Whoosh."""
        facts = {name: (each.firsts, each.places) for name, each in self._directory.items()}
        directory = zlib.compress(marshal.dumps(facts))
        start = self._file.tell()
        self._file.write(directory)
        self._file.write(_FOOTER.pack(start, len(directory)))
        self._file.close()
        self.is_closed = True

    def _write_block(self) -> None:
        if self._block:
            block = zlib.compress(marshal.dumps(tuple(zip(*self._block, strict=True))))
            self._of_field.firsts.append(self._block[0][0])
            self._of_field.places.append((self._file.tell(), len(block)))
            self._file.write(block)
        self._block, self._size = [], 0


class BlockReader:
    """Reads what `BlockWriter` wrote."""

    def __init__(self, file: Any, length: int) -> None:
        self._file = file
        footer = file.get(length - _FOOTER.size, _FOOTER.size)
        facts = marshal.loads(zlib.decompress(file.get(*_FOOTER.unpack(footer))))  # noqa: S302 - ours, and checked
        self._directory = {name: Directory(*each) for name, each in facts.items()}

    def postings(self, field: str, term: bytes) -> "tuple[array[int], array[float]]":
        """The records with *term* in *field*, and its weight in each; empty where there is none."""
        directory = self._directory.get(field)
        place = bisect_right(directory.firsts, term) - 1 if directory else -1
        if directory and place >= 0:
            block = self._read(directory.places[place])
            at = bisect_left(block.terms, term)
            if at < len(block.terms) and block.terms[at] == term:
                records = _unpacked(block.records[at])
                return records, _unpacked_weights(block.weights[at], len(records))
        return array("I"), array("f")

    def beginning(self, field: str, prefix: bytes) -> "Iterator[tuple[bytes, array[int]]]":
        """The terms of *field* that begin with *prefix*, sorted, with the records of each."""
        for block, at in self._from(field, prefix):
            if not block.terms[at].startswith(prefix):
                return
            yield block.terms[at], _unpacked(block.records[at])

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of *field* from *prefix* on, sorted."""
        return ((field, block.terms[at]) for block, at in self._from(field, prefix))

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """See Whoosh."""
        return (each for field in self._directory for each in self.terms_from(field, b""))

    def indexed_field_names(self) -> Iterable[str]:
        """See Whoosh."""
        return self._directory.keys()

    def matcher(
        self, fieldname: str, tbytes: bytes, format_: object, scorer: object = None
    ) -> ListMatcher:
        """See Whoosh, which asks when it puts segments together."""
        records, weights = self.postings(fieldname, tbytes)
        if not records:
            raise TermNotFound(f"{fieldname}:{tbytes!r}")
        nothing = [b""] * len(records)
        return ListMatcher(records, weights, nothing, format_, scorer, term=(fieldname, tbytes))

    def close(self) -> None:
        """See Whoosh."""
        self._file.close()

    def _from(self, field: str, prefix: bytes) -> Iterator[tuple[Block, int]]:
        directory = self._directory.get(field)
        if directory is None:
            return
        first = max(0, bisect_right(directory.firsts, prefix) - 1)
        for place in directory.places[first:]:
            block = self._read(place)
            for at in range(bisect_left(block.terms, prefix), len(block.terms)):
                yield block, at

    def _read(self, place: tuple[int, int]) -> Block:
        return Block(*marshal.loads(zlib.decompress(self._file.get(*place))))  # noqa: S302 - ours, and checked


def _packed(records: "array[int]") -> bytes:
    """Ascending *records* as their distances, in the smallest type that holds them."""
    distances = [records[0], *(after - before for before, after in pairwise(records))]
    kind = next(kind for limit, kind in _TYPES if max(distances) < limit)
    return kind.encode() + array(kind, distances).tobytes()


def _unpacked(packed: bytes) -> "array[int]":
    return array("I", accumulate(array(packed[:1].decode(), packed[1:])))


def _packed_weights(weights: "array[float]") -> bytes:
    """*weights*: nothing where all are 1, a byte each where all are small whole numbers."""
    if all(weight == 1.0 for weight in weights):
        return b""
    if all(weight < 1 << 8 and weight.is_integer() for weight in weights):
        return b"B" + bytes(map(int, weights))
    return b"f" + weights.tobytes()


def _unpacked_weights(packed: bytes, count: int) -> "array[float]":
    if not packed:
        return array("f", [1.0]) * count
    if packed[:1] == b"B":
        return array("f", list(packed[1:]))
    return array("f", packed[1:])
