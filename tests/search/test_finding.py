"""What people may expect to find, on texts as ugly as real ones."""

import pytest
from hypothesis import given

from archive.config import SearchLibrary
from archive.search import Tag
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from tests.search.entries import ALL, HUASHENG, SHUNDA, an_entry, ask, found
from tests.search.test_parsing import TYPED

SCANNED = """\
运 输 合 同
甲方：上海华盛货运有限公司　　乙 方：宁波顺达国际货运代理
合同编号:HT—2026-00042  　金额：￥１２,３００．５０元
第一条　貨物名稱：集裝箱 40'HQ MSKU1234567，箱号见附件
\u200b第二条 司机𠮷田、𬭎工须持证上岗;违约金为万分之
五。"""


@pytest.fixture
def stocked(engine: FolderEngine) -> FolderEngine:
    engine.rebuild(
        [
            an_entry(
                "customer:1",
                kind=Tag("customer", "客户"),
                title=HUASHENG.label,
                names=(HUASHENG.label, "华盛"),
                numbers=("KH-2026-00001", "C00001"),
                customer=HUASHENG,
            ),
            an_entry(
                "customer:2",
                kind=Tag("customer", "客户"),
                title=SHUNDA.label,
                names=(SHUNDA.label,),
                numbers=("KH-2026-00002",),
                customer=SHUNDA,
            ),
            an_entry(
                "complaint:1",
                title="货物延误三天，客户要求赔偿",
                body="运单 YD20261123001 的货在途延误。司机电话打不通,客户投訴兩次。"
                "R&D部门的样品。",
                customer=HUASHENG,
                people=(Tag("u1", "张伟"),),
                status=Tag("complaint.accepted", "处理中"),
                numbers=("TS-2026-00009",),
            ),
            an_entry(
                "attachment:1",
                kind=Tag("attachment", "附件"),
                title="合同复印件.PDF",
                body=SCANNED,
                customer=SHUNDA,
                people=(Tag("u2", "李娜"),),
            ),
            an_entry("visit:1", kind=Tag("visit", "拜访"), title="例行拜访", body="一切正常"),
        ],
        "t0",
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # two characters, inside a sentence
        ("延误", {"complaint:1"}),
        ("电话", {"complaint:1"}),
        # one character
        ("误", {"complaint:1"}),
        ("𠮷", {"attachment:1"}),
        ("𬭎", {"attachment:1"}),
        ("𬭎工", {"attachment:1"}),
        # traditional finds simplified and the other way round
        ("貨物", {"complaint:1", "attachment:1"}),
        ("投诉", {"complaint:1"}),
        ("集装箱", {"attachment:1"}),
        # full width finds half width and the other way round
        ("ＹＤ２０２６１１２３００１", {"complaint:1"}),
        ("12300", {"complaint:1", "attachment:1"}),
        ("Ｒ＆Ｄ", {"complaint:1"}),
        ("pdf", {"attachment:1"}),
        # spaces and line ends that reading a scan leaves inside words
        ("运输合同", {"attachment:1"}),
        ("乙方", {"attachment:1"}),
        ("万分之五", {"attachment:1"}),
        ("第二条", {"attachment:1"}),
        # numbers by any part of five or more characters
        ("61123", {"complaint:1"}),
        ("26-00009", {"complaint:1"}),
        ("6-000", {"customer:1", "customer:2", "complaint:1", "attachment:1"}),
        ("ts-2026-00009", {"complaint:1"}),
        ("TS202600009", {"complaint:1"}),
        ("SKU12", {"attachment:1"}),
        ("00042", {"attachment:1"}),
        ("99999", set()),
        # company names by pinyin and its initials
        ("hshy", {"customer:1", "complaint:1"}),
        ("HSHY", {"customer:1", "complaint:1"}),
        ("shhshy", {"customer:1", "complaint:1"}),
        ("huasheng", {"customer:1", "complaint:1"}),
        ("huash", {"customer:1", "complaint:1"}),
        ("nbsd", {"customer:2", "attachment:1"}),
        ("shunda", {"customer:2", "attachment:1"}),
        ("hshy 延误", {"complaint:1"}),
        # words together, alternatives, exclusion, parentheses
        ("延误 赔偿", {"complaint:1"}),
        ("延误 集装箱", set()),
        ("延误 OR 集装箱", {"complaint:1", "attachment:1"}),
        ("延误 或 集装箱", {"complaint:1", "attachment:1"}),
        ("货物 NOT 集装箱", {"complaint:1"}),
        ("货物 -集装箱", {"complaint:1"}),
        ("(延误 OR 集装箱) AND 司机", {"complaint:1", "attachment:1"}),
        ("（延误 OR 正常） NOT 司机", {"visit:1"}),
        # phrases stand as they are
        ('"司机电话"', {"complaint:1"}),
        ("“客户要求赔偿”", {"complaint:1"}),
        ('"电话司机"', set()),
        ('"货的"', set()),
        # places
        ("客户:华盛", {"customer:1", "complaint:1"}),
        ("客戶：華盛 延誤", {"complaint:1"}),
        ("人员:李娜", {"attachment:1"}),
        ("编号:00009", {"complaint:1"}),
        ("编号:YD2026", set()),
        ("标题:延误", {"complaint:1"}),
        ("标题:司机", set()),
        ("类型:拜访", {"visit:1"}),
        ("状态:处理中", {"complaint:1"}),
        ("kind:visit", {"visit:1"}),
        # wildcards
        ("msk*", {"attachment:1"}),
        ("MSKU?234567", {"attachment:1"}),
        ("TS-2026-*", {"complaint:1"}),
        ("YD*001", {"complaint:1"}),
        # dates
        ("日期:2026-11 延误", {"complaint:1"}),
        ("日期:2026-12 延误", set()),
        ("自:2026-11-01 至:2026-11-01 延误", {"complaint:1"}),
    ],
)
def test_a_query_finds_what_it_should_and_no_more(
    stocked: FolderEngine, typed: str, expected: set[str]
) -> None:
    assert found(stocked, typed) == expected


def test_an_empty_query_finds_everything_newest_first(stocked: FolderEngine) -> None:
    assert ask(stocked, "").total == 5


def test_a_word_of_the_title_counts_for_more_than_one_of_the_text(
    engine: FolderEngine,
) -> None:
    engine.rebuild(
        [
            an_entry("a", title="例行拜访", body="谈到赔偿一次"),
            an_entry("b", title="赔偿协议", body="没有别的"),
        ],
        "t0",
    )
    assert [hit.id for hit in ask(engine, "赔偿").hits] == ["b", "a"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("重庆长安汽车", "cqca"),
        ("重庆长安汽车", "chongqingchangan"),
        ("厦门建发", "xmjf"),
        ("恒晟物流", "hswl"),
        ("单县曾解贸易", "sxzx"),
        ("ABC国际物流", "abcgj"),
        ("中国远洋海运集团有限公司", "zgyyhy"),
        ("中国远洋海运集团有限公司", "yuanyang"),
    ],
)
def test_names_are_found_in_every_reading_of_their_characters(
    engine: FolderEngine, name: str, typed: str
) -> None:
    engine.rebuild([an_entry("customer:1", title=name, names=(name,))], "t0")
    assert found(engine, typed) == {"customer:1"}


@pytest.mark.parametrize("typed", ["上海", "hs", "KH-2026-00001", "华盛货运有"])
def test_suggestions_follow_what_is_typed(stocked: FolderEngine, typed: str) -> None:
    suggestions = stocked.suggest(typed, access=frozenset({"all"}))
    assert [each.text for each in suggestions] == [HUASHENG.label]


@pytest.mark.parametrize("typed", ["", "  ", "，", "*", "司机电话打不通"])
def test_nothing_is_suggested_where_no_title_fits(stocked: FolderEngine, typed: str) -> None:
    assert stocked.suggest(typed, access=frozenset({"all"})) == ()


@pytest.fixture(scope="module")
def small(library: SearchLibrary, tmp_path_factory: pytest.TempPathFactory) -> FolderEngine:
    """An index of two records, for a module that only reads."""
    engine = open_engine(library, tmp_path_factory.mktemp("small") / "index")
    engine.rebuild([an_entry("a", body=SCANNED), an_entry("b", names=(HUASHENG.label,))], "t0")
    return engine


@given(typed=TYPED)
def test_whatever_is_typed_gets_an_answer(small: FolderEngine, typed: str) -> None:
    results = ask(small, typed)
    assert 0 <= results.total == len(results.hits) <= 2
    assert len(small.suggest(typed, access=ALL)) <= 2


@pytest.mark.timeout(60)  # a pattern that tries every way would take years
def test_a_pattern_of_many_stars_takes_no_longer_than_the_text_is_long(
    engine: FolderEngine,
) -> None:
    engine.rebuild([an_entry("a", body="aa-" + "a" * 50_000)], "t0")
    assert found(engine, "aa-" + "a*" * 40 + "b") == set()
    assert found(engine, "aa-" + "a*" * 40) == {"a"}
