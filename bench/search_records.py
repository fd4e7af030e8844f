"""Made-up records that are like real ones where it matters to search: words, lengths, rights.

The words are real Chinese ones and follow Zipf's law, so that some occur in every second record
and most in hardly any.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from pypinyin.phrases_dict import phrases_dict

from archive.search import IndexEntry, Tag

KINDS = (
    (Tag("customer", "客户"), 10),
    (Tag("visit", "拜访"), 30),
    (Tag("complaint", "客户抱怨"), 20),
    (Tag("contract", "合同"), 20),
    (Tag("attachment", "附件"), 20),
)
STATUSES = tuple(
    Tag(f"s{n}", label) for n, label in enumerate(("待处理", "进行中", "已结案", "作废"))
)
PEOPLE = tuple(
    Tag(f"u{n}", "王李张刘陈杨赵黄周吴"[n % 10] + "伟芳娜敏静"[n // 10]) for n in range(50)
)
SALESPEOPLE = 20
_EVERYDAY = [
    "客户",
    "反映",
    "货物",
    "运输",
    "合同",
    "投诉",
    "延误",
    "司机",
    "破损",
    "赔偿",
    "要求",
    "答复",
    "价格",
    "结算",
    "发票",
    "签收",
    "车辆",
    "仓库",
    "装卸",
    "保险",
    "拜访",
    "沟通",
    "方案",
    "上海",
    "广州",
    "深圳",
    "北京",
    "公司",
    "经理",
    "电话",
    "处理",
    "结果",
    "满意",
    "数量",
    "短少",
    "包装",
    "提货",
    "时间",
    "责任",
]
_START = datetime(2024, 1, 1, tzinfo=UTC)


class RecordMaker:
    """Gives the same records for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = Random(seed)
        rare = [word for word in phrases_dict if 2 <= len(word) <= 4]
        self.random.shuffle(rare)
        self.words = _EVERYDAY + rare
        self._weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def some_words(self, count: int) -> list[str]:
        """Words as often as people use them."""
        return self.random.choices(self.words, cum_weights=self._weights, k=count)

    def company(self) -> str:
        """A name as companies have: place, two syllables of its own, trade, legal form."""
        place = self.random.choice(
            ["上海", "北京", "广州", "深圳", "宁波", "青岛", "天津", "重庆", "厦门", "苏州"]
        )
        own = "".join(self.random.choices("华盛顺达恒泰宏远金盈中联捷通鑫隆博瑞佳安", k=2))
        trade = self.random.choice(
            ["货运", "物流", "国际货运代理", "贸易", "供应链管理", "电子", "食品"]
        )
        return f"{place}{own}{trade}有限公司"

    def text(self, length: int) -> str:
        """About *length* characters of sentences, with numbers and Latin words in between."""
        pieces: list[str] = []
        for word in self.some_words(length * 10 // 25):
            pieces.append(word)
            chance = self.random.random()
            if chance < 0.18:
                pieces.append("，" if chance < 0.12 else "。")
            elif chance < 0.195:
                pieces.append(f"{self.random.randrange(1, 500_000)}")
            elif chance < 0.2:
                pieces.append(self.random.choice((" FOB ", " Maersk ", " ABC-7 ", " VIP ")))
        return "".join(pieces)

    def entries(self, count: int) -> Iterator[IndexEntry]:
        """*count* entries, a tenth of them customers whom the rest belong to."""
        customers = [Tag(f"c{n}", self.company()) for n in range(max(10, count // 10))]
        kinds = [kind for kind, _ in KINDS]
        weights = [share for _, share in KINDS]
        for number, customer in enumerate(customers):
            yield self.entry(number, kinds[0], customer)
        for number in range(len(customers), count):
            kind = self.random.choices(kinds[1:], weights[1:])[0]
            customer = customers[int(len(customers) * self.random.random() ** 2)]
            yield self.entry(number, kind, customer)

    def entry(self, number: int, kind: Tag, customer: Tag | None = None) -> IndexEntry:
        """The record *number*, of some customer unless one is given."""
        customer = customer or Tag("c1", self.company())
        is_customer = kind.value == "customer"
        owner = int(customer.value[1:]) % SALESPEOPLE
        length = 60 if is_customer else self.random.choice((80, 120, 160, 200, 300, 400))
        if kind.value == "attachment" and self.random.random() < 0.1:
            length = 2500
        return IndexEntry(
            id=f"{kind.value}:{number}",
            kind=kind,
            title=customer.label if is_customer else "".join(self.some_words(4)),
            body=self.text(length),
            customer=customer,
            people=tuple(self.random.sample(PEOPLE, k=self.random.choice((1, 1, 2)))),
            at=_START + timedelta(minutes=self.random.randrange(1_500_000)),
            status=None if is_customer else self.random.choice(STATUSES),
            numbers=(
                f"{kind.value[:2].upper()}-2026-{number:05d}",
                f"YD{20260000000 + number * 37}",
            ),
            names=(customer.label,) if is_customer else (),
            access=frozenset({f"{kind.value}:all", f"{kind.value}:own:{owner}"}),
        )


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
