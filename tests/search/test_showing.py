"""What a page of results shows: marks, order, pages and counts."""

from datetime import UTC, date, datetime

import pytest

from archive.search import Facet, Narrowing, Order, Tag, parse_query
from archive.search.folder_engine import FolderEngine
from archive.search.snippets import WIDTH, cut, marker_for
from tests.search.entries import ALL, HUASHENG, SHUNDA, an_entry, ask, shown


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("延误", "在途延误三天", "在途[延误]三天"),
        ("貨物", "本批货物", "本批[货物]"),
        ("货物", "本批貨物", "本批[貨物]"),
        ("abc", "找ＡＢＣ公司", "找[ＡＢＣ]公司"),
        ("运输合同", "运 输\n合同", "[运 输 合同]"),
        ("运输合同", "合同与运输", "[合同]与[运输]"),
        ('"运输合同"', "合同与运输，运输合同", "合同与运输，[运输合同]"),
        ("26-000", "HT-2026-00042", "HT-20[26-000]42"),
        ("HT202600042", "编号HT-2026-00042。", "编号[HT-2026-00042]。"),
        ("msk*", "MSKU123 和 MSK", "[MSKU123] 和 [MSK]"),
        ("HT-20*-0*2", "HT-2026-00042 和 HT-2026-00043", "[HT-2026-00042] 和 HT-2026-00043"),
        ("ab*", "abc-ab", "[abc]-[ab]"),
        ("𠮷", "司机𠮷田", "司机[𠮷]田"),
        ("延误 NOT 破损", "延误，破损", "[延误]，破损"),
        ("客户:延误", "延误", "延误"),
        ("㎏", "100㎏货", "100㎏货"),
        ("kg", "100 ㎏货", "100 [㎏]货"),
        ("<b>", "a<b>c", "a<[b]>c"),
        (".*", "什么都有", "什么都有"),
    ],
)
def test_matches_are_marked_in_the_text_as_it_was_written(
    typed: str, text: str, expected: str
) -> None:
    assert shown(cut(text, marker_for(parse_query(typed)))) == expected


def test_a_snippet_of_a_long_text_is_cut_around_its_best_match() -> None:
    text = "前言。" * 200 + "司机延误，客户投诉" + "。后记" * 200 + "延误"
    snippet = shown(cut(text, marker_for(parse_query("延误 投诉"))))
    assert "司机[延误]，客户[投诉]" in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) < 2 * WIDTH


def stock(engine: FolderEngine) -> None:
    visit, complaint = Tag("visit", "拜访"), Tag("complaint", "客户抱怨")
    zhang, li = Tag("u1", "张伟"), Tag("u2", "李娜")
    engine.rebuild(
        [
            an_entry(
                f"r{n}",
                kind=visit if n % 2 else complaint,
                title="延误" if n < 8 else "正常",
                customer=HUASHENG if n < 6 else SHUNDA,
                people=(zhang, li) if n == 0 else (zhang,),
                status=Tag("complaint.closed", "已结案") if n == 4 else None,
                at=datetime(2026, 11, 1 + n, 16, 30, tzinfo=UTC),
            )
            for n in range(10)
        ],
        "t0",
    )


def test_counts_say_what_another_choice_in_the_same_place_would_give(
    engine: FolderEngine,
) -> None:
    stock(engine)
    chosen = Narrowing({Facet.KIND: frozenset({"visit"})})
    results = ask(engine, "延误", narrowing=chosen)
    assert results.total == 4
    counts = {
        facet: {tag.label: total for tag, total in counted}
        for facet, counted in results.counts.items()
    }
    assert counts == {
        Facet.KIND: {"拜访": 4, "客户抱怨": 4},
        Facet.CUSTOMER: {HUASHENG.label: 3, SHUNDA.label: 1},
        Facet.PERSON: {"张伟": 4},
        Facet.STATUS: {},
    }


def test_choices_of_several_places_hold_together(engine: FolderEngine) -> None:
    stock(engine)
    narrowing = Narrowing(
        {
            Facet.KIND: frozenset({"visit", "complaint"}),
            Facet.CUSTOMER: frozenset({"c2"}),
        },
        since=date(2026, 11, 9),
    )
    assert {hit.id for hit in ask(engine, "", narrowing=narrowing).hits} == {
        "r7",
        "r8",
        "r9",
    }


def test_a_day_is_the_company_s_day(engine: FolderEngine) -> None:
    stock(engine)  # r0 is at 16:30 UTC on the 1st: half past midnight on the 2nd in Shanghai
    on_the_second = Narrowing(since=date(2026, 11, 2), until=date(2026, 11, 2))
    assert [hit.id for hit in ask(engine, "", narrowing=on_the_second).hits] == ["r0"]


@pytest.mark.parametrize("typed", ["日期:0001", "日期:9999-12-31", "至:0001-01-01", "自:9999"])
def test_days_at_the_ends_of_time_are_no_error(engine: FolderEngine, typed: str) -> None:
    stock(engine)
    assert ask(engine, typed).total == 0


def test_newest_first_and_page_by_page_every_record_comes_once(
    engine: FolderEngine,
) -> None:
    stock(engine)
    engine.write([an_entry("r10", at=datetime(2026, 10, 1, tzinfo=UTC))], [], "t1")
    pages = [
        engine.search(parse_query(""), access=ALL, order=Order.NEWEST, page=page, per_page=4).hits
        for page in (1, 2, 3, 4)
    ]
    assert [hit.id for hits in pages for hit in hits] == [
        *(f"r{n}" for n in range(9, -1, -1)),
        "r10",
    ]
    assert pages[3] == ()


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("typed", ["", "延误", "类型:抱怨"])
def test_records_of_one_instant_are_each_on_one_page(
    engine: FolderEngine, typed: str, order: Order
) -> None:
    engine.rebuild([an_entry(f"complaint:{n}") for n in range(60)], "t")
    for commit in range(3):  # several parts
        some = [an_entry(f"complaint:{commit}-{n}") for n in range(25)]
        engine.write(some, [f"complaint:{commit}"], f"t{commit}")
    walked = [
        hit.id
        for page in range(1, 8)
        for hit in engine.search(
            parse_query(typed), access=ALL, order=order, page=page, per_page=20
        ).hits
    ]
    assert len(walked) == len(set(walked)) == ask(engine, typed).total == 132


@pytest.mark.parametrize(("page", "per_page"), [(0, 0), (-5, -5), (10**9, 10**9)])
def test_any_page_asked_for_gives_an_answer(engine: FolderEngine, page: int, per_page: int) -> None:
    stock(engine)
    results = engine.search(parse_query("延误"), access=ALL, page=page, per_page=per_page)
    assert results.total == 8


def test_a_hit_carries_what_its_chapter_needs(engine: FolderEngine) -> None:
    entry = an_entry(customer=HUASHENG, people=(Tag("u1", "张伟"),), facts={"record": "1"})
    engine.rebuild([entry], "t0")
    [hit] = ask(engine, "延误").hits
    assert (hit.id, hit.kind, hit.customer, hit.people, hit.at, hit.facts) == (
        entry.id,
        entry.kind,
        entry.customer,
        entry.people,
        entry.at,
        entry.facts,
    )
