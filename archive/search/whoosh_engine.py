"""`SearchEngine` on Whoosh."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from heapq import nlargest
from operator import or_
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import NamedTuple

from archive.search.engine import IndexState, PositionMoved, SearchUnavailable
from archive.search.entry import Entry
from archive.search.parsing import parse_query
from archive.search.query import During, Query
from archive.search.results import Count, Facet, Narrowing, Order, Results, Suggestion
from archive.search.snippets import marker_for
from archive.search.whoosh_counting import carrying, count
from archive.search.whoosh_folder import IndexFolder
from archive.search.whoosh_hits import hit_of, suggestion_of
from archive.search.whoosh_matching import find, find_days, find_titles
from archive.search.whoosh_part import DamagedIndex, Part, records_of
from archive.search.whoosh_ranking import rarities, score
from archive.search.whoosh_snapshot import OpenIndex, Piece
from archive.search.whoosh_writing import commit, create_index, open_index, read_token

MOST_PER_PAGE = 100
DEEPEST_HIT = 10_000
"""Hits beyond this one are not shown: nobody reads that far, and sorting them costs."""
MOST_SUGGESTED_FROM = 60


class Found(NamedTuple):
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


class WhooshEngine:
    """The index in one folder of this host; see `SearchEngine` for the promises."""

    def __init__(self, path: Path) -> None:
        """*path* is made with mode 0700 when something is first written.

        Raises:
            UnsafeIndexFolder: others may write to *path*, and so could run code here.
        """
        self.path = path
        self._folder = IndexFolder(path)
        self._open: OpenIndex | None = None
        self._opening = Lock()
        self._writing = Lock()
        if path.exists():
            self._folder.secure()

    def search(
        self,
        query: Query,
        *,
        access: frozenset[str],
        narrowing: Narrowing = Narrowing(),  # noqa: B008  # frozen
        order: Order = Order.BEST,
        page: int = 1,
        per_page: int = 20,
    ) -> Results:
        """See `SearchEngine.search`."""
        started = perf_counter()
        per_page = max(1, min(per_page, MOST_PER_PAGE))
        with self._damage_reported():
            pieces = self._pieces()
            found = [_find(query, piece, access, narrowing) for piece in pieces or ()]
            ordered = _ordered(query, found, order, max(1, page) * per_page)
            marker = marker_for(query)
            hits = tuple(
                hit_of(part.stored(record), query, marker)
                for part, record in ordered[(max(1, page) - 1) * per_page :]
            )
            return Results(
                hits=hits,
                total=sum(each.within().bit_count() for each in found),
                counts={facet: _count(facet, found, narrowing) for facet in Facet},
                took_ms=(perf_counter() - started) * 1000,
                rebuilding=pieces is None or self._folder.is_rebuilding(),
            )

    def keys(
        self, typed: str, *, kind: str, access: frozenset[str], limit: int = 2000
    ) -> list[str]:
        """See `SearchEngine.keys`."""
        query = parse_query(typed)
        narrowing = Narrowing(values={Facet.KIND: frozenset({kind})})
        with self._damage_reported():
            pieces = self._pieces()
            if pieces is None:
                raise SearchUnavailable()
            found = [_find(query, piece, access, narrowing) for piece in pieces]
            ordered = _ordered(query, found, Order.BEST, limit)
            ids = (part.stored(record)["id"] for part, record in ordered)
            return [each.partition(":")[2] for each in ids]

    def suggest(
        self, typed: str, *, access: frozenset[str], limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """See `SearchEngine.suggest`."""
        query = parse_query(typed)
        with self._damage_reported():
            found = [
                Found(part, find_titles(typed, part, visible(part, living, access)), {})
                for part, living in self._pieces() or ()
            ]
            ordered = _ordered(query, found, Order.BEST, MOST_SUGGESTED_FROM)
            suggestions: dict[str, Suggestion] = {}
            for part, record in ordered:
                suggestion = suggestion_of(part.stored(record))
                suggestions.setdefault(suggestion.text, suggestion)
            return tuple(suggestions.values())[:limit]

    def write(
        self,
        entries: Iterable[Entry],
        removals: Collection[str],
        token: str,
        *,
        after: str | None = None,
    ) -> None:
        """See `SearchEngine.write`."""
        with self._writing, self._damage_reported():
            pieces = self._pieces()
            if pieces is None or self._open is None:
                raise SearchUnavailable()
            folder = self._open.folder
            if after is not None and read_token(pieces) != after:
                raise PositionMoved()
            parts = [part for part, _ in pieces]
            commit(open_index(folder), parts, entries, removals, token)

    def token(self) -> str | None:
        """See `SearchEngine.token`."""
        try:
            with self._damage_reported():
                pieces = self._pieces()
                return None if pieces is None else read_token(pieces)
        except SearchUnavailable:
            return None

    def rebuild(self, entries: Iterable[Entry], token: str) -> None:
        """See `SearchEngine.rebuild`.

        Raises:
            RebuildRunning: another process is at it.
            UnsafeIndexFolder: others may write to the folder.
        """
        with self._folder.making_new() as folder:
            create_index(folder, entries, token)

    def state(self) -> IndexState:
        """See `SearchEngine.state`."""
        rebuilding = self._folder.is_rebuilding()
        try:
            with self._damage_reported():
                pieces = self._pieces()
        except SearchUnavailable:
            pieces = None
        if pieces is None:
            return IndexState(usable=False, rebuilding=rebuilding, records=0, parts=0)
        records = sum(piece.living.bit_count() for piece in pieces) - 1  # the token
        return IndexState(
            usable=True,
            rebuilding=rebuilding,
            records=max(0, records),
            parts=len(pieces),
        )

    def _pieces(self) -> tuple[Piece, ...] | None:
        """The index as it is now; None where there is none."""
        with self._opening:
            folder = self._folder.current()
            if folder is None:
                self._open = None
                return None
            if self._open is None or self._open.folder != folder:
                self._folder.secure()
                self._open = OpenIndex(folder)
            try:
                return self._open.pieces()
            except DamagedIndex:
                if self._folder.current() in (folder, None):
                    raise
        return self._pieces()  # another index has just taken its place

    @contextmanager
    def _damage_reported(self) -> Iterator[None]:
        try:
            yield
        except DamagedIndex as error:
            if self._open is not None:
                self._folder.mark_damaged(self._open.folder)
            raise SearchUnavailable() from error


def visible(part: Part, living: int, access: frozenset[str]) -> int:
    """The records that *access* opens. Every search starts from this set and only shrinks it."""
    opened = reduce(or_, (part.bits("access", token) for token in access), 0)
    hidden = reduce(or_, (part.bits("unless", token) for token in access), 0)
    return living & opened & ~hidden


def _find(query: Query, piece: Piece, access: frozenset[str], narrowing: Narrowing) -> Found:
    part = piece.part
    matched = visible(part, piece.living, access)
    if query.root is not None:
        matched = find(query.root, part, matched)
    if narrowing.since or narrowing.until:
        matched &= find_days(During(narrowing.since, narrowing.until), part)
    allowed = {
        facet: carrying(facet, values, part) for facet, values in narrowing.values.items() if values
    }
    return Found(part, matched, allowed)


def _count(facet: Facet, found: list[Found], narrowing: Narrowing) -> tuple[Count, ...]:
    sets = ((each.part, each.within(ignoring=facet)) for each in found)
    return count(facet, sets, narrowing.values.get(facet, frozenset()))


def _ordered(query: Query, found: list[Found], order: Order, most: int) -> list[tuple[Part, int]]:
    """The first *most* records in *order*."""
    if most > DEEPEST_HIT:
        return []
    ranked: list[tuple[float, int, int, int]] = []
    if order is Order.NEWEST or query.root is None:
        for place, (part, *_), records in _places(found):
            newest = nlargest(most, records, key=part.instants.__getitem__)
            ranked.extend((0.0, part.instants[at], -place, at) for at in newest)
    else:
        rarity = rarities(query, [each.part for each in found])
        for place, (part, *_), records in _places(found):
            worths = score(part, records, rarity, query)
            each = ((worth, part.instants[at], -place, at) for at, worth in worths.items())
            ranked.extend(nlargest(most, each))
    return [(found[-place].part, at) for _, _, place, at in nlargest(most, ranked)]


def _places(found: list[Found]) -> Iterator[tuple[int, Found, list[int]]]:
    for place, each in enumerate(found):
        if bits := each.within():
            yield place, each, records_of(bits)
