"""What is typed in about the figures of a customer."""

from typing import Annotated, Any

from pydantic import Field

from archive.figures import rules
from archive.terms import N_
from archive.web.inputs import Balance, Count, Input, Number, Yuan, asked

Tonnes = Annotated[Number, Field(ge=0, max_digits=15, decimal_places=3)]
FIRST_YEAR, LAST_YEAR = 1980, 2100


class MonthInput(Input):
    """The figures of one month."""

    month: Count = asked(N_("月份"), ge=1, le=12)
    revenue: Yuan | None = asked(N_("收入（元）"), None)
    cost: Yuan | None = asked(N_("成本（元）"), None)
    profit: Balance | None = asked(N_("利润（元）"), None)
    tonnage: Tonnes | None = asked(N_("货量（吨）"), None)
    shipments: Annotated[Count, Field(ge=0, le=10**7)] | None = asked(N_("票数"), None)
    invoiced: Yuan | None = asked(N_("开票（元）"), None)
    received: Yuan | None = asked(N_("回款（元）"), None)
    days_late: Annotated[Count, Field(ge=0, le=3650)] | None = asked(N_("逾期天数"), None)


class YearInput(Input):
    """The figures of one year, month by month, and what the year is planned to bring."""

    planned_revenue: Yuan | None = asked(N_("全年计划收入（元）"), None)
    planned_profit: Balance | None = asked(N_("全年计划利润（元）"), None)
    months: list[MonthInput] = asked(N_("各月业绩"), [], max_length=12)


class MonthRow(MonthInput):
    """A row of a list of figures: a customer and a month."""

    customer: str = asked(N_("客户"), max_length=160)
    year: Count = asked(N_("年份"), ge=FIRST_YEAR, le=LAST_YEAR)


def held(figures: Any) -> dict[str, Any]:
    """The plan and twelve months, for the page."""
    return {
        **{name: getattr(figures, name) for name in rules.PLANNED},
        "months": [
            {"month": each.month, **{name: getattr(each, name) for name in rules.FIELDS}}
            for each in figures.all_months()
        ],
    }
