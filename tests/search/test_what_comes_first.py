"""The very thing that was asked for is before what only resembles it."""

import pytest

from archive.config import SearchLibrary
from archive.search import Query, Tag
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from archive.search.query import Alike, Phrase, Words
from tests.search.entries import ALL, HUASHENG, an_entry, ask

CUSTOMER = Tag("customer", "客户")
OTHER = Tag("c3", "深圳市华盛恒达电子有限公司")
MANY = "华盛华盛华盛，盛情，华盛货运" * 3
SCATTERED = "赔偿由客户转交，客户要求书面答复，要求赔付，户要，求赔，" * 4


@pytest.fixture(scope="module")
def stocked(library: SearchLibrary, tmp_path_factory: pytest.TempPathFactory) -> FolderEngine:
    """A customer whose records say its name more often than its own record does."""
    engine = open_engine(library, tmp_path_factory.mktemp("first") / "index")
    own = an_entry(
        "customer:1",
        kind=CUSTOMER,
        title=HUASHENG.label,
        body="主营货物：家具，" + "普通货物、" * 60,
        customer=HUASHENG,
        numbers=("KH-2026-00001",),
        names=(HUASHENG.label, "蓝盾", "申江运输"),
    )
    mentions = [
        an_entry(
            f"complaint:{n}",
            title=f"电话：{HUASHENG.label}",
            body=MANY + "，蓝盾申江运输",
            customer=HUASHENG,
            numbers=("KH-2026-00001",),
        )
        for n in range(30)
    ]
    other = an_entry(
        "customer:3", kind=CUSTOMER, title=OTHER.label, customer=OTHER, names=(OTHER.label, "华盛")
    )
    scattered = [an_entry(f"visit:{n}", title="要求赔偿", body=SCATTERED) for n in range(30)]
    exact = an_entry(
        "visit:exact", title="例行", body="另有一事：客户要求赔偿。" + "其余正常。" * 90
    )
    engine.rebuild([*mentions, *scattered, own, other, exact], "t")
    return engine


@pytest.mark.parametrize(
    "typed",
    [
        "上海华盛货运有限公司",
        "华盛货运",
        "上海 华盛",
        "蓝盾",
        "申江运输",
        "申江",
        "huashenghuoyun",
        "shhshy",
        "landun",
        "KH-2026-00001",
        "kh202600001",
        "上海華盛",
    ],
)
def test_a_customer_s_own_record_is_first_for_its_name(stocked: FolderEngine, typed: str) -> None:
    assert ask(stocked, typed).hits[0].id == "customer:1"


def test_of_two_customers_the_one_that_is_called_so_is_first(stocked: FolderEngine) -> None:
    assert [hit.id for hit in ask(stocked, "华盛").hits][:2] == ["customer:3", "customer:1"]


def test_the_pinyin_of_a_customer_finds_all_its_records(stocked: FolderEngine) -> None:
    found = {hit.id for hit in ask(stocked, "hshy").hits}
    assert found == {"customer:1", *(f"complaint:{n}" for n in range(30))}
    assert [each.id for each in stocked.suggest("hshy", access=ALL)] == ["customer:1"]


def test_what_holds_a_run_in_one_piece_is_before_what_holds_its_parts(
    stocked: FolderEngine,
) -> None:
    hits = [hit.id for hit in ask(stocked, "客户要求赔偿").hits]
    assert hits[0] == "visit:exact"
    assert len(hits) == 31


def test_another_word_for_the_same_comes_after_the_word_itself(
    library: SearchLibrary, tmp_path_factory: pytest.TempPathFactory
) -> None:
    engine = open_engine(library, tmp_path_factory.mktemp("alike") / "index")
    engine.rebuild(
        [
            an_entry("complaint:own", body="外箱破损。" + "其余货物完好，客户签收。" * 40),
            *(an_entry(f"complaint:{n}", title="摔坏", body="摔坏了，摔坏") for n in range(20)),
            an_entry("complaint:none", body="摔了一下，没坏"),
        ],
        "t",
    )  # fmt: skip
    query = Query(Alike(Words("破损"), (Phrase("摔坏"), Phrase("货损"))))
    hits = [hit.id for hit in engine.search(query, access=ALL, per_page=100).hits]
    assert hits[0] == "complaint:own"
    assert sorted(hits[1:]) == sorted(f"complaint:{n}" for n in range(20))
