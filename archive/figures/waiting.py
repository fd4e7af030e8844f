"""What figures give to the managers' dashboard."""

from collections.abc import Iterator
from datetime import datetime

from archive import clock
from archive.actor import Right
from archive.figures.models import sums_of_all
from archive.panels import Number, Panel
from archive.terms import N_

SHOWN = (("revenue", N_("收入（元）")), ("profit", N_("利润（元）")), ("tonnage", N_("运量（吨）")))


def panels_of(now: datetime) -> Iterator[Panel]:
    """What the company made this year up to last month, against the same months a year before."""
    today = clock.local_day(now)
    this, last = (sums_of_all(year, today.month - 1) for year in (today.year, today.year - 1))
    order = {"columns": ["name", "salesperson", "revenue", "revenue_before", "profit"]}
    numbers = tuple(
        Number(
            label,
            getattr(this, name),
            "customers.list_page",
            {**order, "sort": "-revenue"},
            getattr(last, name),
        )
        for name, label in SHOWN
    )
    yield Panel(N_("今年至上月的业绩"), Right.OPEN_FIGURES, numbers, order=50)
