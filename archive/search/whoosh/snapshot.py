"""The index as one commit left it, and what a search finds in it."""

from collections.abc import Iterator
from functools import cached_property, reduce
from heapq import nlargest
from operator import or_
from typing import NamedTuple

from archive.search.index_format import POSITION_ID, Page
from archive.search.parsing import parse_query
from archive.search.query import During, Query
from archive.search.results import Count, Facet, Narrowing, Order
from archive.search.whoosh.counting import carrying, count
from archive.search.whoosh.matching import find, find_days, find_titles
from archive.search.whoosh.part import Part, records_of
from archive.search.whoosh.ranking import rarities, score


class Piece(NamedTuple):
    """A part with the set of its records that no later commit took out."""

    part: Part
    living: int


class Matches(NamedTuple):
    """What a query found in one part: before and after narrowing."""

    part: Part
    matched: int
    allowed: dict[Facet, int]

    def within(self, *, ignoring: Facet | None = None) -> int:
        """The records that all chosen values allow, but for those of the facet *ignoring*."""
        found = self.matched
        for facet, bits in self.allowed.items():
            if facet is not ignoring:
                found &= bits
        return found


class WhooshFound:
    """See `Found`."""

    def __init__(self, query: Query, matches: list[Matches], narrowing: Narrowing) -> None:
        self._query = query
        self._matches = matches
        self._narrowing = narrowing

    def counts(self) -> dict[Facet, tuple[Count, ...]]:
        """See `Found.counts`."""
        return {facet: self._count(facet) for facet in Facet}

    def page(self, order: Order, start: int, stop: int) -> Page:
        """See `Found.page`."""
        shown = self._ordered(order, stop)[start:] if start < stop else ()
        return Page(
            [part.stored(record) for part, record in shown],
            sum(each.within().bit_count() for each in self._matches),
        )

    def ids(self, most: int) -> list[str]:
        """See `Found.ids`."""
        return [part.stored(record)["id"] for part, record in self._ordered(Order.BEST, most)]

    def _count(self, facet: Facet) -> tuple[Count, ...]:
        sets = ((each.part, each.within(ignoring=facet)) for each in self._matches)
        return count(facet, sets, self._narrowing.values.get(facet, frozenset()))

    def _ordered(self, order: Order, most: int) -> list[tuple[Part, int]]:
        """The first *most* records in *order*."""
        # Equal ones in the order in which they are stored, in a part as among all: `nlargest` with
        # a key keeps it.
        ranked: list[tuple[float, int, int, int]] = []
        if order is Order.NEWEST or self._query.root is None:
            for place, part, records in self._places():
                newest = nlargest(most, records, key=part.orders.__getitem__)
                ranked.extend((0.0, part.orders[at], -place, -at) for at in newest)
        else:
            rarity = rarities(self._query, [each.part for each in self._matches])
            for place, part, records in self._places():
                worths = score(part, records, rarity, self._query)
                each = ((worth, part.orders[at], -place, -at) for at, worth in worths.items())
                ranked.extend(nlargest(most, each))
        best = nlargest(most, ranked)
        return [(self._matches[-place].part, -at) for _, _, place, at in best]

    def _places(self) -> Iterator[tuple[int, Part, list[int]]]:
        for place, each in enumerate(self._matches):
            if bits := each.within():
                yield place, each.part, records_of(bits)


class WhooshSnapshot:
    """See `Snapshot`."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self.pieces = pieces

    def find(self, query: Query, access: frozenset[str], narrowing: Narrowing) -> WhooshFound:
        """See `Snapshot.find`."""
        matches = [_matches(query, piece, access, narrowing) for piece in self.pieces]
        return WhooshFound(query, matches, narrowing)

    def find_titles(self, typed: str, access: frozenset[str]) -> WhooshFound:
        """See `Snapshot.find_titles`."""
        matches = [
            Matches(part, find_titles(typed, part, visible(part, living, access)), {})
            for part, living in self.pieces
        ]
        return WhooshFound(parse_query(typed), matches, Narrowing())

    def token(self) -> str | None:
        """See `Snapshot.token`."""
        return self._token

    def records(self) -> int:
        """See `Snapshot.records`."""
        return max(0, sum(piece.living.bit_count() for piece in self.pieces) - 1)  # the token

    def all_ids(self) -> set[str]:
        """See `Snapshot.all_ids`."""
        living = (part.ids(living) for part, living in self.pieces)
        return set().union(*living) - {POSITION_ID}

    def parts(self) -> int:
        """See `Snapshot.parts`."""
        return len(self.pieces)

    @cached_property
    def _token(self) -> str | None:
        for part, living in self.pieces:
            for record in part.read_postings("id", POSITION_ID).records:
                if living >> record & 1:
                    return str(part.stored(record)["token"])
        return None


def visible(part: Part, living: int, access: frozenset[str]) -> int:
    """The records that *access* opens. Every search starts from this set and only shrinks it."""
    opened = reduce(or_, (part.bits("access", token) for token in access), 0)
    hidden = reduce(or_, (part.bits("unless", token) for token in access), 0)
    return living & opened & ~hidden


def _matches(query: Query, piece: Piece, access: frozenset[str], narrowing: Narrowing) -> Matches:
    part = piece.part
    matched = visible(part, piece.living, access)
    if query.root is not None:
        matched = find(query.root, part, matched)
    if narrowing.since or narrowing.until:
        matched &= find_days(During(narrowing.since, narrowing.until), part)
    allowed = {
        facet: carrying(facet, values, part) for facet, values in narrowing.values.items() if values
    }
    return Matches(part, matched, allowed)
