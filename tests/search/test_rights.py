"""Nothing of a record shows to whoever may not open it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.config import SearchLibrary
from archive.search import Facet, IndexEntry, Narrowing, Tag
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from tests.search.entries import HUASHENG, an_entry, ask

pytestmark = pytest.mark.slow  # an index is made again and again

TOKENS = st.frozensets(st.sampled_from(["visit:all", "visit:own:1", "visit:own:2", "name:all"]))
WORDS = st.lists(
    st.sampled_from(["货运", "投诉", "HT-2026-00001", "abc", "华盛", "。"]), max_size=4
)
TAGS = st.sampled_from([Tag("1", "张伟"), Tag("2", "李娜"), Tag("3", "秘密")])
# fmt: off
QUERIES = st.sampled_from([
    "", "货", "货运", "00001", "hs", "abc", "a*", "ab*", "NOT 货运", "NOT (abc OR 投诉)",
    '"货运投诉"', "客户:张伟", "人员:李娜", "类型:秘密", "状态:秘密", "标题:货", "货运 OR NOT 投诉",
    "日期:2026",
])
# fmt: on


@st.composite
def entries(draw: st.DrawFn) -> list[IndexEntry]:
    """Some records with all kinds of rights."""
    return [
        an_entry(
            f"r{number}",
            kind=draw(TAGS),
            title="".join(draw(WORDS)),
            body="".join(draw(WORDS)),
            access=draw(TOKENS),
            unless=draw(TOKENS),
            customer=draw(st.none() | TAGS),
            people=tuple(draw(st.lists(TAGS, max_size=2, unique=True))),
            status=draw(st.none() | TAGS),
            names=("华盛",) if draw(st.booleans()) else (),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


def may_see(entry: IndexEntry, access: frozenset[str]) -> bool:
    return bool(entry.access & access) and not entry.unless & access


@given(
    first=entries(),
    second=entries(),
    access=TOKENS,
    typed=QUERIES,
    chosen=st.dictionaries(st.sampled_from(Facet), st.frozensets(st.sampled_from("123"))),
)
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_hits_totals_counts_and_suggestions_come_of_visible_records_alone(
    library: SearchLibrary,
    first: list[IndexEntry],
    second: list[IndexEntry],
    access: frozenset[str],
    typed: str,
    chosen: dict[Facet, frozenset[str]],
) -> None:
    with TemporaryDirectory() as folder:
        engine = open_engine(library, Path(folder) / "index")
        engine.rebuild(first, "t0")
        engine.write(second, [entry.id for entry in first[:1]], "t1")
        kept = {entry.id: entry for entry in [*first[1:], *second]}
        seen = {key: entry for key, entry in kept.items() if may_see(entry, access)}

        everything = ask(engine, "", access)
        assert {hit.id for hit in everything.hits} == set(seen)
        assert everything.total == len(seen)

        results = ask(engine, typed, access, Narrowing(chosen))
        assert {hit.id for hit in results.hits} <= set(seen)
        assert results.total == len(results.hits)
        carriers: dict[Facet, list[Tag | None]] = {
            Facet.KIND: [entry.kind for entry in seen.values()],
            Facet.CUSTOMER: [entry.customer for entry in seen.values()],
            Facet.PERSON: [tag for entry in seen.values() for tag in entry.people],
            Facet.STATUS: [entry.status for entry in seen.values()],
        }
        for facet, carried in carriers.items():
            for tag, total in results.counts[facet]:
                assert 0 < total <= carried.count(tag)
        for word in ("货", "hs", "abc", "HT", "投诉"):
            for suggestion in engine.suggest(word, access=access):
                assert suggestion.text == seen[suggestion.id].title


def test_a_customer_known_by_name_only_hides_from_whoever_sees_the_whole(
    engine: FolderEngine,
) -> None:
    whole = an_entry("customer:1", title=HUASHENG.label, body="欠款", access=frozenset({"own:7"}))
    name = an_entry(
        "customer:1:name",
        title=HUASHENG.label,
        access=frozenset({"find:all"}),
        unless=frozenset({"own:7"}),
    )
    engine.rebuild([whole, name], "t0")
    keeper, colleague = (
        frozenset({"own:7", "find:all"}),
        frozenset({"own:8", "find:all"}),
    )
    assert [hit.id for hit in ask(engine, "华盛", keeper).hits] == ["customer:1"]
    assert [hit.id for hit in ask(engine, "华盛", colleague).hits] == ["customer:1:name"]
    assert ask(engine, "欠款", colleague).total == 0


def test_without_any_token_nothing_shows(engine: FolderEngine) -> None:
    engine.rebuild([an_entry()], "t0")
    results = ask(engine, "", frozenset())
    assert (results.total, results.hits) == (0, ())
    assert not any(results.counts.values())
    assert engine.suggest("货", access=frozenset()) == ()


def test_the_index_own_record_of_its_token_never_shows(engine: FolderEngine) -> None:
    engine.rebuild([], "secret-token")
    for token in ("", "\x00token", "secret-token", "id", "all"):
        assert ask(engine, "", frozenset({token})).total == 0
