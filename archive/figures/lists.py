"""What the company's customers brought in a year, by what they have in common (Art. 8)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext

from archive.actor import Actor
from archive.customers.models import Customer
from archive.customers.rules import Industry, Region, Relationship
from archive.customers.rules.classes import Contribution, Credit, Maintenance
from archive.database import collection_of
from archive.figures import rules
from archive.figures.models import Sums, last_month_of, sums_by_customer
from archive.terms import N_, Term
from archive.web.columns import Column, Show

ASKED_AT_ONCE = 20_000  # customers


@dataclass(frozen=True)
class Grouping:
    """What customers may have in common: the field of theirs, and its words."""

    key: str
    label: str
    field: str
    terms: type[Term] | None = None
    filter: str = ""
    """The filter of the customer list that leaves those of one group; its value is the stored."""

    def words_for(self, value: Any) -> str:
        """What a group is called."""
        if value is None or value == "":
            return gettext("未登记")
        if self.terms is None:
            return str(value)
        known = {term.value: term.label for term in self.terms}
        return gettext(known[value]) if value in known else str(value)


GROUPINGS = (
    Grouping("region", N_("地区"), "region", Region, filter="region"),
    Grouping("industry", N_("行业"), "industry", Industry, filter="industry"),
    Grouping("salesperson", N_("销售员"), "salesperson_name"),
    Grouping("relationship", N_("类别"), "relationship", Relationship, filter="relationship"),
    Grouping("contribution", N_("贡献度"), "contribution", Contribution, filter="contribution"),
    Grouping("maintenance", N_("维护重要性"), "maintenance", Maintenance, filter="maintenance"),
    Grouping("credit", N_("信誉"), "credit", Credit, filter="credit"),
)


@dataclass
class Group:
    """Customers that have something in common, and what they brought now and a year before."""

    label: str
    value: str = ""
    """What the filter of the customer list takes; nothing where it has none."""
    now: Sums = field(default_factory=Sums)
    before: Sums = field(default_factory=Sums)

    @property
    def change(self) -> Decimal | None:
        """How much more profit than a year before, in percent."""
        return rules.change_in_percent(self.now.profit, self.before.profit)

    @property
    def margin(self) -> Decimal | None:
        """Profit in percent of revenue."""
        return rules.share_in_percent(self.now.profit, self.now.revenue)


def groups_of(grouping: Grouping, year: int, who: Actor) -> tuple[list[Group], Group, int]:
    """The groups of *year*, those with the most profit first, their total, and the last month.

    The year before is counted through the same month, so that like is compared with like.
    """
    through = last_month_of(year, who) or 12
    now = sums_by_customer(year, through, who)
    before = sums_by_customer(year - 1, through, who)
    values = _values_of(grouping.field, [*now, *(key for key in before if key not in now)])
    groups: dict[Any, Group] = {}
    total = Group(gettext("合计"))
    for span, sums in (("now", now), ("before", before)):
        for customer, each in sums.items():
            value = values.get(customer)
            group = groups.get(value)
            if group is None:
                link = str(value) if value and grouping.filter else ""
                group = groups[value] = Group(grouping.words_for(value), link)
            setattr(group, span, getattr(group, span) + each)
            setattr(total, span, getattr(total, span) + each)
    return sorted(groups.values(), key=lambda group: -group.now.profit), total, through


def _values_of(field: str, customers: Iterable[Any]) -> dict[Any, Any]:
    """By customer, what *field* holds."""
    wanted, found = list(customers), {}
    for start in range(0, len(wanted), ASKED_AT_ONCE):
        some = wanted[start : start + ASKED_AT_ONCE]
        rows = collection_of(Customer).find({"_id": {"$in": some}}, {field: 1})
        found.update({row["_id"]: row.get(field) for row in rows})
    return found


def _of(name: str) -> Callable[[Group], Any]:
    return lambda group: getattr(group.now, name)


COLUMNS: tuple[Column[Group], ...] = (
    Column("group", N_("分组"), lambda group: group.label),
    Column("customers", N_("客户数"), _of("customers"), show=Show.COUNT),
    Column("revenue", N_("收入（元）"), _of("revenue"), show=Show.MONEY),
    Column("cost", N_("成本（元）"), _of("cost"), show=Show.MONEY),
    Column("profit", N_("利润（元）"), _of("profit"), show=Show.MONEY),
    Column("margin", N_("利润率（百分比）"), lambda group: group.margin, show=Show.MONEY),
    Column("tonnage", N_("货量（吨）"), _of("tonnage"), show=Show.MONEY),
    Column("shipments", N_("票数"), _of("shipments"), show=Show.COUNT),
    Column("before", N_("上年同期利润（元）"), lambda group: group.before.profit, show=Show.MONEY),
    Column("change", N_("利润增减（百分比）"), lambda group: group.change, show=Show.MONEY),
)
