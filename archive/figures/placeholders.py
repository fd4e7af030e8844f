"""What the Word template of the year sheet (客户业绩分析) may name.

They are apart from those of contracts: a contract's template that named one would stay blank.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from archive.chinese.numbers import write_date, write_money
from archive.customers.models import Customer
from archive.customers.rules.classes import Dimension
from archive.docgen import Catalogue, Placeholder, ValueKind
from archive.figures import rules
from archive.figures.models import YearFigures
from archive.figures.rules import Compared
from archive.terms import N_, Term

TEXT, MONEY, NUMBER, DATE = ValueKind.TEXT, ValueKind.MONEY, ValueKind.NUMBER, ValueKind.DATE
NOTHING = "—"  # in a row, which is no form to fill in
SHEET, SUMS, MONTHS, CLASSES = "业绩分析", "业绩对比", "各月业绩", "客户分类"


class Source(Term):
    """Where a value comes from."""

    FIGURES = "figures", N_("客户业绩")
    CUSTOMER = "customer", N_("客户档案")


def _of_sheet(
    key: str, label: str, example: str | Decimal | date, source: Source = Source.CUSTOMER,
    kind: ValueKind = TEXT,
) -> Placeholder:  # fmt: skip
    return Placeholder(f"{SHEET}.{key}", label, example, source, kind)


def _column(
    table: str, key: str, label: str, example: Any, kind: ValueKind = TEXT,
    source: Source = Source.FIGURES,
) -> Placeholder:  # fmt: skip
    return Placeholder(f"{table}.{key}", label, example, source, kind)


def _amount(table: str, key: str, label: str, kind: ValueKind = MONEY) -> Placeholder:
    return _column(table, key, label, Decimal(12000), kind)


IN_MONTHS = {
    "收入": ("revenue", N_("收入（元）"), MONEY),
    "成本": ("cost", N_("成本（元）"), MONEY),
    "利润": ("profit", N_("利润（元）"), MONEY),
    "货量": ("tonnage", N_("货量（吨）"), NUMBER),
    "票数": ("shipments", N_("票数"), NUMBER),
    "开票": ("invoiced", N_("开票（元）"), MONEY),
    "回款": ("received", N_("回款（元）"), MONEY),
    "逾期天数": ("days_late", N_("逾期天数"), NUMBER),
}
"""The columns of the months: which figure, its words, its kind."""
WORDS = {name: key for key, (name, _, _) in IN_MONTHS.items()}
TITLES = {name: label for name, label, _ in IN_MONTHS.values()}
MONEYS = {name for name, _, kind in IN_MONTHS.values() if kind is MONEY}
DAY = date(2026, 3, 15)
PLACEHOLDERS = (
    _of_sheet("客户名称", N_("公司名称"), "示例货运有限公司"),
    _of_sheet("客户编码", N_("客户编码"), "C00001"),
    _of_sheet("销售员", N_("跟进销售员"), "王某"),
    _of_sheet("合作起始日期", N_("合作起始日期"), DAY, kind=DATE),
    _of_sheet("年度", N_("年度"), "2026", Source.FIGURES),
    _of_sheet("期间", N_("统计期间"), "2026年1月至9月", Source.FIGURES),
    _of_sheet("分析", N_("业绩说明"), "收入比上年同期增长 8.0%。", Source.FIGURES),
    Placeholder(SUMS, N_("业绩对比"), "", Source.FIGURES, ValueKind.ROWS, columns=(
        _column(SUMS, "项目", N_("项目"), "收入（元）"),
        _column(SUMS, "本年", N_("本年"), "12,000.00"),
        _column(SUMS, "上年同期", N_("上年同期"), "10,000.00"),
        _column(SUMS, "增减", N_("增减"), "2,000.00"),
        _column(SUMS, "增减率", N_("增减率"), "+20.0%"),
        _column(SUMS, "全年计划", N_("全年计划"), "15,000.00"),
        _column(SUMS, "完成率", N_("完成率"), "80.0%"),
    )),
    Placeholder(MONTHS, N_("各月业绩"), "", Source.FIGURES, ValueKind.ROWS, columns=(
        _column(MONTHS, "月份", N_("月份"), "1月"),
        *(_amount(MONTHS, key, label, kind) for key, (_, label, kind) in IN_MONTHS.items()),
        _amount(MONTHS, "上年利润", N_("上年同月利润（元）")),
    )),
    Placeholder(CLASSES, N_("客户分类"), "", Source.CUSTOMER, ValueKind.ROWS, columns=(
        _column(CLASSES, "维度", N_("分类"), "贡献度", source=Source.CUSTOMER),
        _column(CLASSES, "类别", N_("类别"), "重要客户", source=Source.CUSTOMER),
        _column(CLASSES, "自", N_("起始日期"), DAY, DATE, Source.CUSTOMER),
        _column(CLASSES, "依据", N_("依据"), "近 12 个月利润排第 1 位。", source=Source.CUSTOMER),
    )),
)  # fmt: skip
CATALOGUE = Catalogue(PLACEHOLDERS)


def values_of_year(
    customer: Customer, figures: YearFigures, before: YearFigures, through: int
) -> dict[str, Any]:
    """What is known of the year of *figures* up to the month *through*, against that *before*."""
    compared = rules.compare(figures, before, through)
    return {
        SHEET: {
            "客户名称": customer.name,
            "客户编码": customer.customer_code,
            "销售员": customer.salesperson_name or NOTHING,
            "合作起始日期": customer.cooperation_started_on or NOTHING,
            "年度": str(figures.year),
            "期间": f"{figures.year}年1月" + (f"至{through}月" if through > 1 else ""),
            "分析": "".join(remarks(figures, compared)),
        },
        SUMS: [_sum_row(each) for each in compared if not each.is_unknown],
        MONTHS: _month_rows(figures, before),
        CLASSES: [_class_row(customer, dimension) for dimension in Dimension],
    }


def remarks(figures: YearFigures, compared: Iterable[Compared]) -> Iterator[str]:
    """What the figures say, in sentences."""
    of = {each.name: each for each in compared}
    for name in ("revenue", "profit"):
        if (sentence := _said_of(of[name])) is not None:
            yield sentence
    if of["revenue"].now and of["profit"].now is not None:
        margin = rules.share_in_percent(Decimal(of["profit"].now), Decimal(of["revenue"].now))
        if margin is not None:
            yield f"利润率 {margin}%。"
    known = [(each.known_profit, each.month) for each in figures.months]
    profits = [(profit, month) for profit, month in known if profit is not None]
    if len(profits) > 1:
        (low, worst), (high, best) = min(profits), max(profits)
        yield f"利润最高在 {best} 月（{write_money(high)} 元），"
        yield f"最低在 {worst} 月（{write_money(low)} 元）。"
    if of["invoiced"].now is not None and of["received"].now is not None:
        owed = Decimal(of["invoiced"].now) - Decimal(of["received"].now)
        if owed > 0:
            yield f"开票比回款多 {write_money(owed)} 元。"
    late = [(each.days_late, each.month) for each in figures.months if each.days_late]
    if late:
        days, month = max(late)
        yield f"有 {len(late)} 个月付款逾期，最长 {days} 天（{month} 月）。"


def _said_of(each: Compared) -> str | None:
    if each.now is None:
        return None
    said = f"{WORDS[each.name]} {_written(each.name, each.now)} 元"
    if each.change is not None:
        said += f"，比上年同期{'增长' if each.change >= 0 else '下降'} {abs(each.change)}%"
    if each.share is not None:
        said += f"，完成全年计划的 {each.share}%"
    return f"{said}。"


def _sum_row(each: Compared) -> dict[str, str]:
    name = each.name
    return {
        "项目": TITLES[name],
        "本年": _written(name, each.now),
        "上年同期": _written(name, each.before),
        "增减": _written(name, each.difference),
        "增减率": f"{each.change:{'+' if each.change else ''}}%"
        if each.change is not None
        else NOTHING,
        "全年计划": _written(name, each.planned),
        "完成率": _percent(each.share),
    }


def _percent(value: Decimal | None, sign: str = "") -> str:
    return NOTHING if value is None else f"{value:{sign}}%"


def _written(name: str, value: Decimal | int | None) -> str:
    """Yuan with fen, tonnes as they are, whole numbers of shipments."""
    if value is None:
        return NOTHING
    amount = Decimal(value)
    return write_money(amount) if name in MONEYS else f"{amount.normalize():,f}"


def _month_rows(figures: YearFigures, before: YearFigures) -> list[dict[str, Any]]:
    """Twelve months, and what they come to together."""
    rows, last_year = [], before.all_months()
    for month, earlier in zip(figures.all_months(), last_year, strict=True):
        held = {key: rules.value_of(month, name) for key, (name, _, _) in IN_MONTHS.items()}
        held["上年利润"] = earlier.known_profit
        rows.append({"月份": f"{month.month}月"} | _or_nothing(held))
    totals = {
        key: rules.total(rules.value_of(each, name) for each in figures.months)
        for key, (name, _, _) in IN_MONTHS.items()
        if name in rules.AMOUNTS
    }
    totals["上年利润"] = rules.total(each.known_profit for each in last_year)
    return [*rows, {"月份": "合计", "逾期天数": NOTHING} | _or_nothing(totals)]


def _or_nothing(held: dict[str, Decimal | int | None]) -> dict[str, Any]:
    return {key: NOTHING if value is None else value for key, value in held.items()}


def _class_row(customer: Customer, dimension: Dimension) -> dict[str, Any]:
    """A class with why; where a person has set it, who and their reason."""
    value, standing = customer.class_in(dimension), customer.standing_in(dimension)
    why = standing.sentence if standing else ""
    if decision := customer.decision_in(dimension):
        until = f"，到{write_date(decision.until)}为止" if decision.until else ""
        reason = f"：{decision.reason}" if decision.reason else ""
        why += f"{decision.by_name}于{write_date(decision.decided_on)}指定{until}{reason}"
    return {
        "维度": dimension.label,
        "类别": value.label if value else "待定",
        "自": customer.since_in(dimension) or NOTHING,
        "依据": why or NOTHING,
    }
