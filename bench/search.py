"""How fast records are found, as an ordinary user finds them; and how fast the index is made."""

import os
from collections.abc import Iterator
from time import perf_counter

from archive.search import Facet, Narrowing, WhooshEngine, parse_query
from bench.frame import Bench, Figure, p95_of
from bench.search_records import KINDS, RecordMaker

RECORDS = int(os.environ.get("ARCHIVE_BENCH_RECORDS", "20000"))
QUERIES = 300
COMMITS = 60
CUSTOMER_SERVICE = frozenset(
    {"customer:all", "visit:all", "complaint:all", "contract:own:3", "attachment:own:3"}
)
"""An ordinary user who sees much: filters and counts have most to do for such."""
CHOSEN = Narrowing({Facet.KIND: frozenset({"visit", "complaint"})})


def measure(bench: Bench) -> list[Figure]:
    """Search, commit and rebuild on `RECORDS` records (``ARCHIVE_BENCH_RECORDS`` sets another)."""
    engine = WhooshEngine(bench.folder / "index")
    maker = RecordMaker()
    started = perf_counter()
    engine.rebuild(maker.entries(RECORDS), "start")
    built = RECORDS / (perf_counter() - started)
    reader = WhooshEngine(bench.folder / "index")
    reader.search(parse_query(""), access=CUSTOMER_SERVICE)  # opens the index
    queries = list(queries_as_typed(RecordMaker(seed=99), QUERIES))
    searches = [_milliseconds_of_search(reader, typed) for typed in queries]
    commits = [_milliseconds_of_commit(engine, maker, number) for number in range(COMMITS)]
    return [
        Figure.below(f"search, {RECORDS} records, p95", p95_of(searches), "ms", 300),
        Figure.below(f"commit into {RECORDS} records, p95", p95_of(commits), "ms", 1000),
        Figure.at_least("index made anew", built, "records/s", 100),
    ]


def queries_as_typed(maker: RecordMaker, count: int) -> Iterator[str]:
    """Queries of all sorts, with words as frequent as people use them."""
    for number in range(count):
        first, second, third = maker.some_words(3)
        waybill = str(20_260_000_000 + number * 3700)
        yield (
            first,
            first[0],
            f"{first} {second}",
            f'"{first}{second}"',
            f"{first} OR {second}",
            f"{first} {second} NOT {third}",
            waybill[3:9],
            "".join(maker.random.choices("hsdtyjlrba", k=3)),
            f"客户:{maker.company()[2:4]} {first}",
            maker.company()[:4],
        )[number % 10]


def _milliseconds_of_search(engine: WhooshEngine, typed: str) -> float:
    started = perf_counter()
    engine.search(parse_query(typed), access=CUSTOMER_SERVICE, narrowing=CHOSEN)
    return (perf_counter() - started) * 1000


def _milliseconds_of_commit(engine: WhooshEngine, maker: RecordMaker, number: int) -> float:
    """A new record and a changed one, as the follower commits them."""
    entries = [
        maker.entry(RECORDS + number, KINDS[1][0]),
        maker.entry(RECORDS // 10 + number * 7, KINDS[1][0]),
    ]
    started = perf_counter()
    engine.write(entries, [], f"{number}")
    return (perf_counter() - started) * 1000
