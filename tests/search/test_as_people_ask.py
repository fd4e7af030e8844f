"""A record is found however the same thing is written."""

import pytest

from archive.config import SearchLibrary
from archive.search import parse_query
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from archive.search.snippets import cut, marker_for
from tests.search.entries import an_entry, ask, found

SAID = {
    "plate": "车牌 粤B·74330，司机联系不上",
    "bare plate": "车牌粤B58213",
    "grouped": "电话 139 0123 4567，运单 7712 3456 7890",
    "grouped, close": "电话137 6543 2109联系，车厢2 3层",
    "bare": "电话13801234567，运单771299998888",
    "cold": "到货温度-18℃，要求-20℃",
    "warm": "到货温度18℃",
    "name": "阿不都·热合曼运输队",
    "brackets": "嘉禾（上海）国际货运",
    "radicals": "\u2ed3安\u2ecb业有限公司",
    "rare": "髙新凃料囯际羣眞",
    "simplified": "尚未了解，请答复，家具受潮，对账",
    "traditional": "尚未瞭解，請答覆，傢俱受潮，對帳",
    "by word": "運輸計畫，身份不符，訂單部份短少，木箱沈重，座標，鐵鍊，銀鍊",
    "by word, ours": "运输计划，身分不符，定单部分短少，木箱沉重，坐标，铁链，银链",
    "rare names": "鍾表鉅豐，揹夫，復甦",
    "usual names": "钟表巨丰，背夫，复苏",
}

BY_WORD = (
    *("计划", "計畫", "运输计划", "身份", "身分不符", "订单部分短少", "定單", "部份", "沉重"),
    *("沈重", "座标", "坐標", "铁链", "鐵鍊", '"运输计划"', "标题:货物 計劃"),
)

RARE_NAMES = ("钟表巨丰", "鐘錶", "鉅豐", "揹夫", "背夫", "復甦", "复苏")


@pytest.fixture(scope="module")
def stocked(library: SearchLibrary, tmp_path_factory: pytest.TempPathFactory) -> FolderEngine:
    engine = open_engine(library, tmp_path_factory.mktemp("asked") / "index")
    engine.rebuild((an_entry(f"complaint:{key}", body=text) for key, text in SAID.items()), "t")
    return engine


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("粤B·74330", {"plate"}),
        ("粤B74330", {"plate"}),
        ("粤B•58213", {"bare plate"}),
        ("58213", {"bare plate"}),
        ("139 0123 4567", {"grouped"}),
        ("13901234567", {"grouped"}),
        ("771234567890", {"grouped"}),
        ("13765432109", {"grouped, close"}),
        ("6543 2109", {"grouped, close"}),
        ("7712 3456 7890", {"grouped"}),
        ("138 0123 4567", {"bare"}),
        ("7712 9999 8888", {"bare"}),
        ("0123 4567", {"grouped", "bare"}),
        ("-18℃", {"cold"}),
        ("−18℃", {"cold"}),
        ("到货温度-18℃", {"cold"}),
        ("18℃", {"cold", "warm"}),
        ("-20℃ 温度", {"cold"}),
        ("温度 -要求", {"warm"}),
        ("阿不都·热合曼", {"name"}),
        ("阿不都•热合曼", {"name"}),
        ("阿不都・热合曼", {"name"}),
        ("阿不都热合曼", {"name"}),
        ('"阿不都热合曼运输"', {"name"}),
        ("嘉禾（上海）国际", {"brackets"}),
        ("嘉禾(上海)国际", {"brackets"}),
        ("嘉禾上海国际", {"brackets"}),
        ("嘉禾 (上海 OR 北京)", {"brackets"}),
        ("长安车业", {"radicals"}),
        ("長安車業", {"radicals"}),
        ("高新涂料国际群真", {"rare"}),
        ("了解", {"simplified", "traditional"}),
        ("瞭解", {"simplified", "traditional"}),
        ("答覆", {"simplified", "traditional"}),
        ("家具", {"simplified", "traditional"}),
        ("对帐", {"simplified", "traditional"}),
        *((word, {"by word", "by word, ours"}) for word in BY_WORD),
        *((word, {"rare names", "usual names"}) for word in RARE_NAMES),
        ("画", {"by word"}),
        ("划", {"by word, ours"}),
    ],
)
def test_found_however_it_is_written(stocked: FolderEngine, typed: str, keys: set[str]) -> None:
    assert found(stocked, typed) == {f"complaint:{key}" for key in keys}


def test_what_is_shown_is_marked_as_it_was_written(stocked: FolderEngine) -> None:
    marked = {
        text
        for typed in ("13901234567", "阿不都热合曼", "嘉禾上海国际")
        for hit in ask(stocked, typed).hits
        for text, is_match in cut(SAID[hit.id.partition(":")[2]], marker_for(parse_query(typed)))
        if is_match
    }
    assert {"139 0123 4567", "阿不都·热合曼", "嘉禾（上海）国际"} <= marked
