"""What a group of words may be, and the groups that the product brings."""

from collections.abc import Iterable

from archive.search.terms import comparable, runs
from archive.terms import N_, Term

SHORTEST, LONGEST = 2, 20
"""Characters of a word."""
MOST_WORDS = 12

SHIPPED = (
    ("货损", "破损", "摔坏", "损坏", "压坏"),
    ("短少", "丢失", "少件", "短缺", "遗失"),
    ("延误", "晚到", "迟到", "延迟"),
    ("赔付", "理赔", "赔偿"),
    ("受潮", "淋湿", "水湿", "浸水"),
    ("错发", "发错", "串货"),
    ("拒收", "拒签"),
    ("绕路", "绕行"),
    ("投诉", "抱怨", "客诉"),
    ("运单", "托运单", "货运单"),
    ("回单", "签收单", "签单"),
    ("集装箱", "货柜"),
    ("货车", "卡车"),
    ("叉车", "铲车"),
    ("司机", "驾驶员"),
    ("仓库", "库房", "货仓"),
    ("发货人", "托运人", "寄件人"),
    ("收货人", "收件人"),
    ("提货", "取货"),
    ("送货", "派送", "配送"),
    ("退货", "退运"),
    ("冷链", "冷藏"),
    ("零担", "拼货"),
    ("月结", "按月结算"),
    ("代收货款", "代收款"),
    ("堵车", "拥堵"),
)


class WordsState(Term):
    """Whether search uses a group."""

    USED = "used", N_("使用中"), "good"
    STOPPED = "stopped", N_("已停用")


def is_word(text: str) -> bool:
    """Whether *text* can be looked for as one word."""
    return text.isalnum() and len(list(runs(comparable(text)))) == 1


def folded(words: Iterable[str]) -> list[str]:
    """*words* as they are compared: no word may be in two groups."""
    return list(dict.fromkeys(map(comparable, words)))
