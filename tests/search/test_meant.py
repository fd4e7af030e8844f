"""Where nothing is found, what may have been meant is offered: only what the person may find."""

import pytest

from archive.config import SearchLibrary
from archive.search import Tag
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from tests.search.entries import ALL, HUASHENG, an_entry, ask

SECRET = Tag("c9", "南京麒鸾供应链有限公司")
VOCABULARY = ("货损", "破损", "延误", "短少")


@pytest.fixture(scope="module")
def stocked(library: SearchLibrary, tmp_path_factory: pytest.TempPathFactory) -> FolderEngine:
    engine = open_engine(library, tmp_path_factory.mktemp("meant") / "index")
    engine.rebuild(
        [
            *(an_entry(f"complaint:{n}", body="货损三件，延误一天，外箱破损") for n in range(4)),
            an_entry("visit:1", title="例行拜访", body="谈到集装箱滞留和提单遗失"),
            an_entry(
                "customer:1",
                title=HUASHENG.label,
                customer=HUASHENG,
                names=(HUASHENG.label,),
            ),
            an_entry(
                "customer:9",
                title=SECRET.label,
                customer=SECRET,
                names=(SECRET.label,),
                body="光刻胶滞留",
                access=frozenset({"secret"}),
            ),
        ],
        "t",
    )
    return engine


def meant(engine: FolderEngine, typed: str, access: frozenset[str] = ALL) -> tuple[str, ...]:
    """What *typed* may mean."""
    return engine.meant(typed, access=access, vocabulary=VOCABULARY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("货孙", "货损"),  # one sound
        ("火损", "货损"),
        ("huosun", "货损"),  # the sound itself
        ("廷误", "延误"),  # one character that looks alike
        ("外箱坡损", "外箱破损"),
        ("华胜货运", "华盛货运"),  # a name
        ("花生货运", "华盛货运"),
        ("提丹", "提单"),
        ("集装想", "集装箱"),
        ("集妆箱滞留", "集装箱滞留"),
        ("几装箱滞留", "集装箱滞留"),
        ("例行摆访", "例行拜访"),
        ("货孙 三件", "货损 三件"),
        ('"货孙"', '"货损"'),
        ("貨孫", "货损"),
    ],
)
def test_what_was_meant_is_offered_first(stocked: FolderEngine, typed: str, expected: str) -> None:
    assert meant(stocked, typed)[:1] == (expected,)
    assert ask(stocked, expected).total


@pytest.mark.parametrize(
    "typed", ["货损", "延误", "", "KH-2026-00001", "司机:货孙 AND", "鬱鬱寡歡", "HT-9999", "客户:"]
)
def test_nothing_is_offered_where_enough_is_found_or_nothing_is_like_it(
    stocked: FolderEngine, typed: str
) -> None:
    assert all(ask(stocked, each).total for each in meant(stocked, typed))
    assert typed not in meant(stocked, typed)


@pytest.mark.parametrize("typed", ["麒峦", "棋鸾", "麒鸾供应连", "光刻交", "光刻焦滞留"])
def test_what_a_person_s_rights_hide_is_never_offered(stocked: FolderEngine, typed: str) -> None:
    assert meant(stocked, typed) == ()
    assert meant(stocked, typed, frozenset({"secret"})) != ()
