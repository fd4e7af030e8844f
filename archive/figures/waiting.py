"""What figures give to the managers' dashboard."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from bson import Decimal128

from archive import clock
from archive.actor import Right
from archive.database import collection_of
from archive.figures.models import YearFigures
from archive.panels import Number, Panel
from archive.terms import N_

SHOWN = (("revenue", N_("收入（元）")), ("profit", N_("利润（元）")), ("tonnage", N_("运量（吨）")))


def panels_of(now: datetime) -> Iterator[Panel]:
    """What the company made this year up to last month, against the same months a year before."""
    today = clock.local_day(now)
    sums = {year: sums_of(year, today.month - 1) for year in (today.year, today.year - 1)}
    this, last = sums[today.year], sums[today.year - 1]
    order = {"columns": ["name", "salesperson", "revenue", "revenue_before", "profit"]}
    numbers = tuple(
        Number(label, this[name], "customers.list_page", {**order, "sort": "-revenue"}, last[name])
        for name, label in SHOWN
    )
    yield Panel(N_("今年至上月的业绩"), Right.OPEN_FIGURES, numbers, order=50)


def sums_of(year: int, months: int) -> dict[str, Decimal]:
    """What all customers together made in the first *months* of *year*."""
    worked_out = {"$subtract": ["$months.revenue", "$months.cost"]}
    profit = {"$ifNull": ["$months.profit", worked_out]}
    sums = {name: {"$sum": f"$months.{name}"} for name in ("revenue", "tonnage")}
    found = list(
        collection_of(YearFigures).aggregate(
            [
                {"$match": {"year": year}},
                {"$project": {"months": True}},
                {"$unwind": "$months"},
                {"$match": {"months.month": {"$lte": months}}},
                {"$group": {"_id": None, **sums, "profit": {"$sum": profit}}},
            ]
        )
    )
    made = found[0] if found else {}
    return {name: exact(made.get(name, 0)) for name, _ in SHOWN}


def exact(value: Decimal128 | int) -> Decimal:
    """*value* as MongoDB adds up, as a number."""
    return value.to_decimal() if isinstance(value, Decimal128) else Decimal(value)
