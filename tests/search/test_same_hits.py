"""Whatever library keeps the index, the same records are found and counted."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from archive.chinese.pinyin import spelling_terms
from archive.config import SearchLibrary
from archive.search import Facet, Narrowing, Order, Results, parse_query
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from archive.search.index_folder import IndexFolder
from bench.search_records import KINDS, RecordMaker, queries_as_typed

RECORDS = 500
QUERIES = 1_000
SALESPERSON = frozenset({"customer:all", "visit:all", "complaint:own:3", "attachment:own:3"})
ALL = frozenset(f"{kind}:all" for kind in ("customer", "visit", "complaint", "contract"))


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> list[FolderEngine]:
    """One engine of each library, on the same records, some written after the rebuild."""
    entries = list(RecordMaker().entries(RECORDS))
    first, later = entries[:-40], entries[-40:]
    made = []
    for library in SearchLibrary:
        engine = open_engine(library, tmp_path_factory.mktemp(library) / "index")
        engine.rebuild(first, "0")
        engine.write(later, [first[7].id], "1")
        made.append(engine)
    return made


def questions() -> Iterator[tuple[str, frozenset[str], Narrowing]]:
    """What is typed, by whom, and what is chosen beside it."""
    maker = RecordMaker(seed=3)
    for number, typed in enumerate(more_as_typed(maker)):
        chosen: dict[Facet, frozenset[str]] = {}
        if number % 3 == 0:
            chosen[Facet.KIND] = frozenset({"visit", "complaint"})
        if number % 7 == 0:
            chosen[Facet.STATUS] = frozenset({"s1"})
        if number % 11 == 0:
            chosen[Facet.CUSTOMER] = frozenset({f"c{number % 50}", "c3"})
        since = date(2025, 1, 1) if number % 5 == 0 else None
        yield typed, (ALL, SALESPERSON)[number % 2], Narrowing(chosen, since)


def more_as_typed(maker: RecordMaker) -> Iterator[str]:
    """Queries of all sorts that people type, and of every form of the language."""
    for number, plain in enumerate(queries_as_typed(maker, QUERIES)):
        word, other = maker.some_words(2)
        entry = maker.entry(number % RECORDS, KINDS[1][0])
        cut = number % 9
        yield (
            plain,
            f"标题:{word}",
            f"编号:{entry.numbers[number % 2][cut % 6 :]}",
            f"人员:{entry.people[0].label} OR 状态:待处理 {word}",
            f'"{entry.body[cut : cut + 2 + cut]}"',
            (f"{entry.numbers[0][:7]}-*", f"{entry.numbers[0][:5]}??", "2026-00*")[cut % 3],
            f"ma* OR {word} {other}",
            f"(NOT {word} 日期:2025-0{cut + 1}) OR {other}",
            entry.numbers[1][cut % 5 : cut % 5 + 6],
            min(spelling_terms(maker.company()))[: 3 + cut],
        )[number % 10]


@pytest.mark.slow
def test_a_thousand_queries_find_and_count_the_same(engines: list[FolderEngine]) -> None:
    asked = list(questions())
    assert len(asked) == QUERIES
    answers = 0
    for typed, access, narrowing in asked:
        first, *others = (everything(each, typed, access, narrowing) for each in engines)
        answers += first[1]
        assert [typed, *others] == [typed, *[first] * len(others)]
    assert answers > QUERIES  # most of them find something


def everything(
    engine: FolderEngine, typed: str, access: frozenset[str], narrowing: Narrowing
) -> tuple[set[str], int, dict[Facet, object]]:
    """All hits, page by page; their number; the counts, as far as equally frequent ones go."""
    query = parse_query(typed)
    found: Counter[str] = Counter()
    page, results = 0, Results()
    while page == 0 or page * 100 < results.total:
        page += 1
        results = engine.search(
            query,
            access=access,
            narrowing=narrowing,
            order=(Order.BEST, Order.NEWEST)[len(typed) % 2],
            page=page,
            per_page=100,
        )
        found.update(hit.id for hit in results.hits)
    assert not found or found.most_common(1)[0][1] == 1  # no hit on two pages
    return set(found), results.total, dict(results.counts)


def test_the_newest_come_first_in_all(engines: list[FolderEngine]) -> None:
    first, *others = (
        [
            hit.at
            for hit in engine.search(
                parse_query("货"), access=ALL, order=Order.NEWEST, per_page=100
            ).hits
        ]
        for engine in engines
    )
    assert first == sorted(first, key=lambda at: at or date.min, reverse=True)
    assert others == [first] * len(others)


def test_keys_are_the_records_own_and_of_one_kind(engines: list[FolderEngine]) -> None:
    found = [set(each.keys("货物", kind="visit", access=ALL)) for each in engines]
    assert found[0]
    assert all(each == found[0] for each in found)
    results = engines[0].search(
        parse_query("货物"),
        access=ALL,
        narrowing=Narrowing({Facet.KIND: frozenset({"visit"})}),
        per_page=100,
    )
    assert {f"visit:{key}" for key in found[0]} >= {hit.id for hit in results.hits}
    assert len(found[0]) == results.total
    assert len(engines[0].keys("货物", kind="visit", access=ALL, limit=3)) == 3
    assert engines[0].keys("货物", kind="visit", access=frozenset()) == []


def test_another_library_does_not_open_the_index_and_makes_its_own(
    engines: list[FolderEngine],
) -> None:
    whoosh, tantivy = engines
    path = whoosh.path
    other = open_engine(tantivy.library, path)
    assert not other.state().usable
    assert whoosh.state().usable
    other.rebuild([], "2")
    assert other.state().usable
    assert not open_engine(whoosh.library, path).state().usable
    assert IndexFolder(path, "v1").current() is None
