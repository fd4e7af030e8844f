"""The placeholders that a template may name: one table for the check, the filling and the page.

A placeholder is written ``{{ 客户.名称 }}``. A list is walked with ``{%tr for 行 in 价格表 %}`` and
its columns are then named on the loop's own word: ``{{ 行.单价 }}``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from archive.terms import N_, Term


class ValueKind(Term):
    """What may be put in for a placeholder, and so which filters fit it."""

    TEXT = "text", N_("文字")
    MONEY = "money", N_("金额")
    NUMBER = "number", N_("数量")
    DATE = "date", N_("日期")
    ROWS = "rows", N_("表格")
    IMAGE = "image", N_("图片")


class Source(Term):
    """Where a value comes from."""

    CUSTOMER = "customer", N_("客户档案")
    COMPANY = "company", N_("本公司资料")
    CONTRACT = "contract", N_("起草时填写")
    SYSTEM = "system", N_("系统自动生成")


@dataclass(frozen=True)
class Placeholder:
    """One thing that a template may ask for.

    `label` is what a blank shows (【待填：公司名称】); `columns` is filled for lists only.
    """

    name: str
    label: str
    example: str | Decimal | date
    source: Source
    kind: ValueKind = ValueKind.TEXT
    meaning: str = ""
    columns: tuple["Placeholder", ...] = ()

    @property
    def group(self) -> str:
        return self.name.partition(".")[0]

    @property
    def key(self) -> str:
        """The word after the dot; for a list, its name."""
        return self.name.rpartition(".")[2]

    @property
    def tag(self) -> str:
        """What is typed into the template."""
        return f"{{{{ {self.name} }}}}"


class Catalogue:
    """The known placeholders, found by name; what is unknown gets its nearest neighbour."""

    def __init__(self, placeholders: Iterable[Placeholder]) -> None:
        self._by_name: dict[str, Placeholder] = {}
        for placeholder in placeholders:
            for known in (placeholder, *placeholder.columns):
                if known.name in self._by_name:
                    raise ValueError(f"placeholder declared twice: {known.name}")
                self._by_name[known.name] = known
        columns = {c.name for p in self._by_name.values() for c in p.columns}
        self.top: tuple[Placeholder, ...] = tuple(
            p for name, p in self._by_name.items() if name not in columns
        )
        self.groups: Mapping[str, tuple[Placeholder, ...]] = _grouped(self.top)

    def find(self, name: str) -> Placeholder | None:
        return self._by_name.get(name)

    def lists(self) -> tuple[Placeholder, ...]:
        return tuple(p for p in self.top if p.kind is ValueKind.ROWS)

    def nearest(self, name: str) -> str | None:
        """The known name that *name* was probably meant to be, or None when nothing is near."""
        group, _, key = name.partition(".")
        best, best_score = None, 0.5
        for known in self._by_name.values():
            score = max(_likeness(key or group, known.key), _likeness(key or group, known.label))
            score += 0.25 * _likeness(group, known.group)
            if score > best_score:
                best, best_score = known.name, score
        return best

    def examples(self) -> dict[str, object]:
        """Values for a trial filling, in the shape that `DraftWriter.fill` takes."""
        values: dict[str, object] = {}
        for group, members in self.groups.items():
            if members[0].kind is ValueKind.ROWS:
                values[group] = [{c.key: c.example for c in members[0].columns}]
            elif members[0].source is not Source.SYSTEM:
                values[group] = {p.key: p.example for p in members}
        return values


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _grouped(placeholders: Iterable[Placeholder]) -> dict[str, tuple[Placeholder, ...]]:
    groups: dict[str, tuple[Placeholder, ...]] = {}
    for placeholder in placeholders:
        groups[placeholder.group] = (*groups.get(placeholder.group, ()), placeholder)
    return groups


def _of(source: Source, group: str, *entries: tuple[object, ...]) -> tuple[Placeholder, ...]:
    """Declare the placeholders of one group: (key, label, example[, kind[, meaning]])."""
    return tuple(
        Placeholder(f"{group}.{key}", label, example, source, *rest)  # type: ignore[arg-type]
        for key, label, example, *rest in entries
    )


_MONEY, _NUMBER, _DATE = ValueKind.MONEY, ValueKind.NUMBER, ValueKind.DATE

CUSTOMER = _of(
    Source.CUSTOMER,
    "客户",
    ("档案编号", N_("档案编号"), "KH-2026-00001"),
    ("客户编码", N_("客户编码"), "C00001"),
    ("名称", N_("公司名称"), "示例货主有限公司"),
    ("简称", N_("公司简称"), "示例货主"),
    ("曾用名", N_("曾用名"), "示例商贸有限公司"),
    ("统一社会信用代码", N_("统一社会信用代码"), "91350100M000100Y43"),
    ("地址", N_("地址"), "示例省示例市示例路1号"),
    ("法定代表人", N_("法定代表人"), "张某"),
    ("电话", N_("电话"), "0591-00000000"),
    ("传真", N_("传真"), "0591-00000001"),
    ("电子邮箱", N_("电子邮箱"), "office@example.com"),
    ("网址", N_("网址"), "www.example.com"),
    ("负责联系人", N_("负责联系人"), "李某"),
    ("联系人职务", N_("负责联系人职务"), "物流经理"),
    ("联系人电话", N_("负责联系人电话"), "13800000000"),
    ("性质", N_("公司性质"), "民营企业"),
    ("行业", N_("所属行业"), "机械制造"),
    ("主要货物", N_("主要运输物资"), "机械配件"),
    ("主要流向", N_("物资主要流向"), "福州—上海，每月 300 吨"),
    ("主要运输方式", N_("主要运输方式"), "公路整车"),
    ("执照有效期至", N_("营业执照有效期至"), date(2036, 12, 31), _DATE),
    ("税务登记", N_("税务登记"), "已与营业执照合并"),
    ("财务情况", N_("财务情况"), "上年度营业收入 8,600 万元"),
    ("贡献度", N_("贡献度分类"), "重要客户"),
    ("开拓方式", N_("开拓方式分类"), "直接客户"),
    ("业务往来", N_("业务往来分类"), "合作客户（老）"),
    ("维护重要性", N_("维护重要性分类"), "战略客户"),
    ("信誉", N_("信誉分类"), "A 级"),
    ("合作起始日期", N_("合作起始日期"), date(2021, 3, 1), _DATE),
    ("合作终止日期", N_("合作终止日期"), date(2027, 2, 28), _DATE),
    ("价格变动", N_("合作价格变动情况"), "2026-01-01 起每吨下调 10 元"),
    ("销售员", N_("跟进销售员"), "王某"),
    ("开拓情况", N_("开拓与合作情况"), "2021 年由销售部开拓，按月对账"),
    ("建档日期", N_("建档日期"), date(2026, 1, 5), _DATE),
)

CONTACTS = Placeholder(
    "客户联系人",
    N_("客户联系人"),
    "",
    Source.CUSTOMER,
    ValueKind.ROWS,
    N_("客户档案中的每位联系人一行。"),
    _of(
        Source.CUSTOMER,
        "客户联系人",
        ("姓名", N_("联系人姓名"), "李某"),
        ("职务", N_("联系人职务"), "物流经理"),
        ("电话", N_("联系人电话"), "13800000000"),
        ("电子邮箱", N_("联系人邮箱"), "li@example.com"),
        ("负责", N_("是否负责联系人"), "是"),
    ),
)

COMPANY = _of(
    Source.COMPANY,
    "公司",
    ("名称", N_("本公司名称"), "示例物流有限公司"),
    ("统一社会信用代码", N_("本公司统一社会信用代码"), "91310115591693856A"),
    ("地址", N_("本公司地址"), "示例市示例区物流园 8 号"),
    ("法定代表人", N_("本公司法定代表人"), "陈某"),
    ("电话", N_("本公司电话"), "021-00000000"),
    ("传真", N_("本公司传真"), "021-00000001"),
    ("电子邮箱", N_("本公司电子邮箱"), "contract@example.com"),
    ("开户银行", N_("本公司开户银行"), "示例银行示例支行"),
    ("银行账号", N_("本公司银行账号"), "1000 2000 3000 4000"),
    ("道路运输许可证号", N_("道路运输经营许可证号"), "示例字 000000000000 号"),
)

CONTRACT = _of(
    Source.CONTRACT,
    "合同",
    ("名称", N_("合同名称"), "2026 年度公路运输合同"),
    ("类别", N_("合同类别"), "常规服务合同"),
    ("签订地点", N_("签订地点"), "示例市"),
    ("签订日期", N_("签订日期"), date(2026, 1, 10), _DATE),
    ("起始日期", N_("合同起始日期"), date(2026, 1, 15), _DATE),
    ("终止日期", N_("合同终止日期"), date(2027, 1, 14), _DATE),
    ("金额", N_("合同金额"), Decimal("126800.50"), _MONEY, N_("价格表各行金额之和。")),
    ("税率", N_("增值税税率"), "9%"),
    ("货物名称", N_("货物名称"), "机械配件"),
    ("货物规格", N_("货物规格"), "按随车清单"),
    ("包装", N_("包装方式"), "木箱"),
    ("件数", N_("件数"), "按每票运单"),
    ("重量", N_("重量"), "单票不超过 30 吨"),
    ("体积", N_("体积"), "单票不超过 80 立方米"),
    ("货物价值", N_("货物价值"), "单票不超过 50 万元"),
    ("起运地", N_("起运地"), "福州市"),
    ("到达地", N_("到达地"), "上海市"),
    ("收货人", N_("收货人"), "按每票运单"),
    ("运输方式", N_("运输方式"), "公路整车"),
    ("计价方式", N_("计价方式"), "按吨计价"),
    ("结算方式", N_("结算方式"), "月结，银行转账"),
    ("付款天数", N_("付款天数"), "30", ValueKind.NUMBER),
    ("发票类型", N_("发票类型"), "增值税专用发票"),
    ("保险方式", N_("保险或保价方式"), "托运人按票保价"),
    ("违约金比例", N_("逾期付款每日违约金"), "万分之五"),
    ("争议解决", N_("争议解决机构"), "承运人所在地人民法院"),
    ("份数", N_("合同份数"), "肆"),
    ("每方份数", N_("每方持有份数"), "贰"),
    ("特别约定", N_("特别约定"), "节假日提前三日通知提货"),
)

PRICES = Placeholder(
    "价格表",
    N_("价格表"),
    "",
    Source.CONTRACT,
    ValueKind.ROWS,
    N_("起草时填写的价格表，每行一次循环。"),
    _of(
        Source.CONTRACT,
        "价格表",
        ("序号", N_("序号"), "1", _NUMBER),
        ("起运地", N_("起运地"), "福州市"),
        ("到达地", N_("到达地"), "上海市"),
        ("货物名称", N_("货物名称"), "机械配件"),
        ("计价单位", N_("计价单位"), "吨"),
        ("数量", N_("数量"), Decimal("12.5"), _NUMBER),
        ("单价", N_("单价"), Decimal("320.00"), _MONEY),
        ("金额", N_("金额"), Decimal("4000.00"), _MONEY),
        ("时限", N_("运到时限"), "48 小时"),
        ("备注", N_("备注"), "含装卸"),
    ),
)

DOCUMENT = _of(
    Source.SYSTEM,
    "文件",
    ("编号", N_("文件编号"), "HT-2026-00001", ValueKind.TEXT, N_("每份文件唯一，由系统给出。")),
    ("版本", N_("版本"), "1", _NUMBER, N_("同一编号第几次生成。")),
    ("日期", N_("生成日期"), date(2026, 1, 8), _DATE),
    ("起草人", N_("起草人"), "王某"),
    (
        "二维码",
        N_("二维码"),
        "",
        ValueKind.IMAGE,
        N_("含编号和版本，扫描件凭它找回合同；模板页脚没有时自动加上。"),
    ),
)

CATALOGUE = Catalogue((*CUSTOMER, CONTACTS, *COMPANY, *CONTRACT, PRICES, *DOCUMENT))
