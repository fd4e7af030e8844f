"""The verbs of figures."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.database import EditedMeanwhile, Taken
from archive.figures.models import MonthFigures, YearFigures


def record_year(
    figures: YearFigures,
    months: Sequence[Mapping[str, Any]],
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    **plan: Decimal | None,
) -> YearFigures:
    """Write a customer's year (Art. 8): its twelve months, and its plan (`rules.PLANNED`).

    *seen* is 0 where there was nothing of the year yet.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.RECORD_FIGURES, figures)
    given = [MonthFigures(**month) for month in months]
    filled = sorted((each for each in given if not each.is_empty), key=lambda each: each.month)
    facts = {"months": filled, **plan}
    if figures.revision:
        return figures.change(actor, now, "figures.edited", facts, seen=seen)
    return _first(figures.customer_id, figures.year, facts, actor, now)


def _first(
    customer_id: Any, year: int, facts: Mapping[str, Any], actor: Actor, now: datetime
) -> YearFigures:
    try:
        return YearFigures.open_new(
            actor,
            now,
            "figures.recorded",
            {"customer_id": customer_id, "year": year, **facts},
        )
    except Taken as taken:  # by somebody who recorded the year in this very moment
        raise EditedMeanwhile(
            YearFigures.objects.get(customer_id=customer_id, year=year)
        ) from taken


def merged(figures: YearFigures, given: Mapping[int, Mapping[str, Any]]) -> list[MonthFigures]:
    """The months of *figures* with what *given* says of some of them, by the month's number."""
    months = []
    for each in figures.all_months():
        for name, value in given.get(each.month, {}).items():
            setattr(each, name, value)
        if not each.is_empty:
            months.append(each)
    return months


def record_months(
    customer: Customer,
    year: int,
    given: Mapping[int, Mapping[str, Any]],
    *,
    actor: Actor,
    now: datetime,
    figures: YearFigures | None = None,
    plan: Mapping[str, Decimal | None] | None = None,
) -> YearFigures:
    """Write what *given* says of some months of *customer*, and leave the others as they are.

    Of the *plan* too only what is named is written.

    *figures* are those of the year, where they have been read just now.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.RECORD_FIGURES, customer)
    figures = figures or YearFigures.of_year(customer, year)
    facts = {"months": merged(figures, given), **(plan or {})}
    if figures.revision:
        return figures.change(actor, now, "figures.edited", facts)
    return _first(customer.id, year, facts, actor, now)
