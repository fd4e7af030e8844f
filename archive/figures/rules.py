"""Pure rules about figures: months, sums, and comparisons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

MONTHS = range(1, 13)
SHOWN_MONTHS = 24
AMOUNTS = ("revenue", "cost", "profit", "tonnage", "shipments", "invoiced", "received")
"""What can be added up over months; days late cannot."""
PLANNED = ("planned_revenue", "planned_profit")
"""What a year is planned to bring."""
FIELDS = (*AMOUNTS, "days_late")


class Month(Protocol):
    """What a month holds; None where nothing is known."""

    revenue: Decimal | None
    cost: Decimal | None
    profit: Decimal | None


def profit_of(month: Month) -> Decimal | None:
    """The profit that was given, else revenue less cost where both are known."""
    if month.profit is not None:
        return month.profit
    if month.revenue is None or month.cost is None:
        return None
    return month.revenue - month.cost


def months_before(last: date, count: int) -> list[tuple[int, int]]:
    """*count* months as (year, month), the earliest first, ending with the month of *last*."""
    end = last.year * 12 + last.month - 1
    return [(place // 12, place % 12 + 1) for place in range(end - count + 1, end + 1)]


def total(values: Iterable[Decimal | int | None]) -> Decimal | int | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known else None


def change_in_percent(now: Decimal | int | None, before: Decimal | int | None) -> Decimal | None:
    """How much more, in percent of *before*; None where that says nothing."""
    if now is None or before is None or before <= 0:
        return None
    return ((Decimal(now) - Decimal(before)) * 100 / Decimal(before)).quantize(Decimal("0.1"))


def share_in_percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """*part* in percent of *whole*; None where that says nothing."""
    return (part * 100 / whole).quantize(Decimal("0.1")) if whole > 0 else None


class Year(Protocol):
    """What a year holds: its plan, and its months."""

    planned_revenue: Decimal | None
    planned_profit: Decimal | None

    def all_months(self) -> Sequence[Any]:
        """Twelve months."""


def value_of(month: Any, name: str) -> Decimal | int | None:
    """The figure *name* of *month*; the profit is worked out where it was not given."""
    found: Decimal | int | None = profit_of(month) if name == "profit" else getattr(month, name)
    return found


@dataclass(frozen=True)
class Compared:
    """A figure over some months, against the same months a year before and the plan of the year."""

    name: str
    now: Decimal | int | None
    before: Decimal | int | None
    planned: Decimal | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether neither year nor plan says anything of it."""
        return self.now is None and self.before is None and self.planned is None

    @property
    def difference(self) -> Decimal | int | None:
        """How much more than a year before."""
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def change(self) -> Decimal | None:
        """How much more, in percent."""
        return change_in_percent(self.now, self.before)

    @property
    def share(self) -> Decimal | None:
        """How much of the plan that is, in percent."""
        return share_in_percent(Decimal(self.now or 0), self.planned) if self.planned else None


def compare(year: Year, before: Year, through: int) -> list[Compared]:
    """Each figure from January through the month *through*, against the year *before*."""
    return [
        Compared(
            name,
            total(value_of(each, name) for each in year.all_months()[:through]),
            total(value_of(each, name) for each in before.all_months()[:through]),
            getattr(year, f"planned_{name}", None),
        )
        for name in AMOUNTS
    ]


@dataclass(frozen=True)
class Bar:
    """One column of a chart: from *top*, so high, in a field of 100; *below* the line of zero."""

    label: str
    top: float
    height: float
    is_below: bool


def bars(labels: Sequence[str], values: Sequence[Decimal | None]) -> tuple[list[Bar | None], float]:
    """The columns of a chart of *values*, and where its line of zero is, from 0 at the top to 100.

    A month without a value has no column.
    """
    known = [float(value) for value in values if value is not None]
    high, low = max([0.0, *known]), min([0.0, *known])
    span = (high - low) or 1.0
    zero = high / span * 100
    found: list[Bar | None] = []
    for label, value in zip(labels, values, strict=True):
        if value is None:
            found.append(None)
            continue
        height = abs(float(value)) / span * 100
        is_below = value < 0
        found.append(Bar(label, zero if is_below else zero - height, height, is_below))
    return found, zero


def differs(kept: Mapping[str, object], given: Mapping[str, object]) -> bool:
    """Whether *given* says otherwise than *kept*; what it leaves out it says nothing of."""
    return any(kept.get(name) != value for name, value in given.items())
