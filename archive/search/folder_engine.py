"""The `SearchEngine` over an index in a folder of this host, whatever library keeps it."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import perf_counter

from archive.config import SearchLibrary
from archive.search.engine import IndexState, PositionMoved, SearchUnavailable
from archive.search.entry import IndexEntry
from archive.search.index_folder import IndexFolder
from archive.search.index_format import DamagedIndex, IndexFormat, OpenIndex, Snapshot
from archive.search.meant import Meant
from archive.search.parsing import parse_query
from archive.search.query import Query
from archive.search.results import Facet, Narrowing, Order, Results, Suggestion
from archive.search.stored import Markers, hit_of, suggestion_of

MOST_PER_PAGE = 100
DEEPEST_HIT = 10_000
"""Hits beyond this one are not shown: nobody reads that far, and sorting them costs."""
MOST_SUGGESTED_FROM = 60


@dataclass(frozen=True)
class _Reading:
    index: OpenIndex
    snapshot: Snapshot


class FolderEngine:
    """See `SearchEngine` for the promises."""

    def __init__(self, path: Path, library: SearchLibrary, index_format: IndexFormat) -> None:
        """*path* is made with mode 0700 when something is first written.

        Raises:
            UnsafeIndexFolder: others may write to *path*, and so could run code here.
        """
        self.path = path
        self.library = library
        self._format = index_format
        self._folder = IndexFolder(path, index_format.name)
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
        stop = max(1, page) * per_page
        start = stop - per_page if stop <= DEEPEST_HIT else stop
        with self._reading() as reading:
            if reading is None:
                return Results(counts=dict.fromkeys(Facet, ()), rebuilding=True)
            found = reading.snapshot.find(query, access, narrowing)
            markers = Markers.of(query)
            shown, total = found.page(order, start, stop)
            return Results(
                hits=tuple(hit_of(each, markers) for each in shown),
                total=total,
                counts=found.counts(),
                took_ms=(perf_counter() - started) * 1000,
                rebuilding=self._folder.is_rebuilding(),
            )

    def keys(
        self, typed: str, *, kind: str, access: frozenset[str], limit: int = 2000
    ) -> list[str]:
        """See `SearchEngine.keys`."""
        narrowing = Narrowing(values={Facet.KIND: frozenset({kind})})
        with self._reading() as reading:
            if reading is None:
                raise SearchUnavailable()
            ids = reading.snapshot.find(parse_query(typed), access, narrowing).ids(limit)
            return [each.partition(":")[2] for each in ids]

    def suggest(
        self, typed: str, *, access: frozenset[str], limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """See `SearchEngine.suggest`."""
        with self._reading() as reading:
            if reading is None:
                return ()
            found = reading.snapshot.find_titles(typed, access)
            suggestions: dict[str, Suggestion] = {}
            for stored in found.page(Order.BEST, 0, MOST_SUGGESTED_FROM).stored:
                suggestion = suggestion_of(stored)
                suggestions.setdefault(suggestion.text, suggestion)
            return tuple(suggestions.values())[:limit]

    def meant(
        self,
        typed: str,
        *,
        access: frozenset[str],
        narrowing: Narrowing = Narrowing(),  # noqa: B008  # frozen
        vocabulary: Iterable[str] = (),
    ) -> tuple[str, ...]:
        """See `SearchEngine.meant`."""
        with self._reading() as reading:
            if reading is None:
                return ()
            return Meant(reading.snapshot, access, narrowing, vocabulary).by(typed)

    def write(
        self,
        entries: Iterable[IndexEntry],
        removals: Collection[str],
        token: str,
        *,
        after: str | None = None,
    ) -> None:
        """See `SearchEngine.write`."""
        with self._writing, self._reading() as reading:
            if reading is None:
                raise SearchUnavailable()
            if after is not None and reading.snapshot.token() != after:
                raise PositionMoved()
            reading.index.commit(entries, removals, token)

    def token(self) -> str | None:
        """See `SearchEngine.token`."""
        try:
            with self._reading() as reading:
                return None if reading is None else reading.snapshot.token()
        except SearchUnavailable:
            return None

    def verify(self) -> None:
        """See `SearchEngine.verify`."""
        with self._writing, self._reading() as reading:
            if reading is None:
                raise SearchUnavailable()
            reading.index.verify()

    def ids(self) -> set[str]:
        """See `SearchEngine.ids`."""
        with self._reading() as reading:
            if reading is None:
                raise SearchUnavailable()
            return reading.snapshot.all_ids()

    def rebuild(self, entries: Iterable[IndexEntry], token: str) -> None:
        """See `SearchEngine.rebuild`.

        Raises:
            RebuildRunning: another process is at it.
            UnsafeIndexFolder: others may write to the folder.
        """
        with self._folder.making_new() as folder:
            self._format.create(folder, entries, token)

    def state(self) -> IndexState:
        """See `SearchEngine.state`."""
        rebuilding = self._folder.is_rebuilding()
        try:
            with self._reading() as reading:
                if reading is not None:
                    return IndexState(
                        usable=True,
                        rebuilding=rebuilding,
                        records=reading.snapshot.records(),
                        parts=reading.snapshot.parts(),
                    )
        except SearchUnavailable:
            pass
        return IndexState(usable=False, rebuilding=rebuilding, records=0, parts=0)

    @contextmanager
    def _reading(self) -> Iterator[_Reading | None]:
        """The index as it is now; None where there is none.

        Damage met while it is read marks this index, whatever may have taken its place since.
        """
        reading = None
        try:
            reading = self._read()
            yield reading
        except DamagedIndex as error:
            if reading is not None:
                self._folder.mark_damaged(reading.index.folder)
            raise SearchUnavailable() from error

    def _read(self) -> _Reading | None:
        with self._opening:
            folder = self._folder.current()
            if self._open is not None and self._open.folder != folder:
                self._open.close()
                self._open = None
            if folder is None:
                return None
            try:
                if self._open is None:
                    self._folder.secure()
                    self._open = self._format.open(folder)
                return _Reading(self._open, self._open.snapshot())
            except DamagedIndex:
                if self._folder.current() in (folder, None):
                    self._folder.mark_damaged(folder)
                    raise
        return self._read()  # another index has just taken its place
