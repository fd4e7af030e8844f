"""How fast records are found, as an ordinary user finds them; and how fast the index is made.

Each library that an index can be kept with is measured in the same run.
"""

import os
from dataclasses import dataclass
from time import perf_counter

from archive.config import SearchLibrary
from archive.search import Facet, Narrowing, SearchEngine, parse_query
from archive.search.engines import open_engine
from bench.frame import Bench, Figure, p95_of
from bench.search_records import KINDS, RecordMaker, queries_as_typed

RECORDS = int(os.environ.get("ARCHIVE_BENCH_RECORDS", "20000"))
QUERIES = 300
COMMITS = 60
CUSTOMER_SERVICE = frozenset(
    {"customer:all", "visit:all", "complaint:all", "contract:own:3", "attachment:own:3"}
)
"""An ordinary user who sees much: filters and counts have most to do for such."""
CHOSEN = Narrowing({Facet.KIND: frozenset({"visit", "complaint"})})
SLOWEST_MS = {SearchLibrary.WHOOSH: 300, SearchLibrary.TANTIVY: 30}


@dataclass(frozen=True)
class Measured:
    """What one library does with `RECORDS` records."""

    built: float
    """Records a second."""
    search_ms: float
    commit_ms: float
    """Both: 95 of 100 take less."""
    size_mb: float


def measure(bench: Bench) -> list[Figure]:
    """Search, commit and rebuild on `RECORDS` records (``ARCHIVE_BENCH_RECORDS`` sets another)."""
    measured = {library: _measured(library, bench) for library in SearchLibrary}
    figures = [
        figure
        for library, each in measured.items()
        for figure in (
            Figure.below(
                f"{library}: search, {RECORDS} records, p95",
                each.search_ms,
                "ms",
                SLOWEST_MS[library],
            ),
            Figure.below(f"{library}: commit, p95", each.commit_ms, "ms", 1000),
            Figure.at_least(f"{library}: index made anew", each.built, "rec/s", 100),
            Figure.below(f"{library}: index of 1,000 records", each.size_mb, "MB", 3),
        )
    ]
    times = measured[SearchLibrary.TANTIVY].built / measured[SearchLibrary.WHOOSH].built
    return [
        *figures,
        Figure.at_least("tantivy against whoosh: index made anew", times, "times", 3),
    ]


def _measured(library: SearchLibrary, bench: Bench) -> Measured:
    path = bench.folder / library
    engine = open_engine(library, path)
    maker = RecordMaker()
    entries = list(maker.entries(RECORDS))
    started = perf_counter()
    engine.rebuild(entries, "start")
    built = RECORDS / (perf_counter() - started)
    size = sum(file.stat().st_size for file in path.rglob("*"))
    reader = open_engine(library, path)
    reader.search(parse_query(""), access=CUSTOMER_SERVICE)  # opens the index
    queries = list(queries_as_typed(RecordMaker(seed=99), QUERIES))
    searches = [_milliseconds_of_search(reader, typed) for typed in queries]
    commits = [_milliseconds_of_commit(engine, maker, number) for number in range(COMMITS)]
    return Measured(built, p95_of(searches), p95_of(commits), size / RECORDS / 1000)


def _milliseconds_of_search(engine: SearchEngine, typed: str) -> float:
    started = perf_counter()
    engine.search(parse_query(typed), access=CUSTOMER_SERVICE, narrowing=CHOSEN)
    return (perf_counter() - started) * 1000


def _milliseconds_of_commit(engine: SearchEngine, maker: RecordMaker, number: int) -> float:
    """A new record and a changed one, as the follower commits them."""
    entries = [
        maker.entry(RECORDS + number, KINDS[1][0]),
        maker.entry(RECORDS // 10 + number * 7, KINDS[1][0]),
    ]
    started = perf_counter()
    engine.write(entries, [], f"{number}")
    return (perf_counter() - started) * 1000
