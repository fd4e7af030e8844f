"""The verbs of figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer, written_together
from archive.database import EditedMeanwhile, Taken
from archive.docgen import DraftWriter
from archive.docgen.shipped import YEAR_SHEET
from archive.errors import ArchiveError, NotPermitted
from archive.figures.errors import NothingRecorded
from archive.figures.models import MonthFigures, YearFigures, months_as_stored
from archive.figures.placeholders import CATALOGUE, values_of_year
from archive.trail.looks import note_look

WRITER = DraftWriter(CATALOGUE)


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
    given = {"customer_id": customer_id, "year": year, **facts}
    try:
        return YearFigures.open_new(actor, now, "figures.recorded", given)
    except Taken as taken:
        raise _meanwhile(given) from taken


def _meanwhile(given: Mapping[str, Any]) -> EditedMeanwhile:
    """Somebody recorded the year in this very moment."""
    return EditedMeanwhile(
        YearFigures.objects.get(customer_id=given["customer_id"], year=given["year"])
    )


def merged(figures: YearFigures, given: Mapping[int, Mapping[str, Any]]) -> list[MonthFigures]:
    """The months of *figures* with what *given* says of some of them, by the month's number."""
    months = []
    for each in figures.all_months():
        for name, value in given.get(each.month, {}).items():
            setattr(each, name, value)
        if not each.is_empty:
            months.append(each)
    return months


@dataclass(frozen=True)
class Given:
    """What is said of some months of a customer's year, by the month's number, and of its plan."""

    customer: Customer
    year: int
    months: Mapping[int, Mapping[str, Any]]
    plan: Mapping[str, Decimal | None] = field(default_factory=dict)


def record_months(
    customer: Customer,
    year: int,
    given: Mapping[int, Mapping[str, Any]],
    *,
    actor: Actor,
    now: datetime,
    plan: Mapping[str, Decimal | None] | None = None,
) -> YearFigures:
    """Write what *given* says of some months of *customer*, and leave the others as they are.

    Of the *plan* too only what is named is written.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    (outcome,) = record_all([Given(customer, year, given, plan or {})], actor=actor, now=now)
    if isinstance(outcome, ArchiveError):
        raise outcome
    return YearFigures.of_year(customer, year)


def record_all(
    all_given: Sequence[Given], *, actor: Actor, now: datetime
) -> list[int | ArchiveError]:
    """Write what is said of many customers' years, none of them twice, each in one write.

    Returns the revision of each. Where a rule forbids it, the error is in its place, and the
    others are written.

    Raises:
        DatabaseAway.
    """
    kept = YearFigures.by_customer_and_year((each.customer.id, each.year) for each in all_given)
    outcomes: dict[int, int | ArchiveError] = {}
    new: dict[int, dict[str, Any]] = {}
    with written_together(each.customer for each in all_given):
        for at, each in enumerate(all_given):
            known = kept.get((each.customer.id, each.year))
            if not actor.may(Right.RECORD_FIGURES, each.customer):
                outcomes[at] = NotPermitted(right=Right.RECORD_FIGURES)
            elif known:
                outcomes[at] = _changed(known, each, actor, now)
            else:
                months = months_as_stored(each.months)
                about = {"customer_id": each.customer.id, "year": each.year}
                new[at] = {**about, "months": months, **each.plan}
        opened = YearFigures.open_all(
            actor, now, "figures.recorded", list(new.values()), as_stored=("months",)
        )
        for (at, facts), outcome in zip(new.items(), opened, strict=True):
            outcomes[at] = _meanwhile(facts) if isinstance(outcome, Taken) else 1
    return [outcomes[at] for at in range(len(all_given))]


def _changed(figures: YearFigures, given: Given, actor: Actor, now: datetime) -> int | ArchiveError:
    facts = {"months": merged(figures, given.months), **given.plan}
    try:
        figures.change(actor, now, "figures.edited", facts)
    except EditedMeanwhile as error:
        return error
    return int(figures.revision)


def write_sheet(customer: Customer, year: int, *, actor: Actor, now: datetime) -> bytes:
    """The year sheet (客户业绩分析) as a Word file: against the year before and the plan.

    Of a year that is not over, the months up to the last one recorded are compared.

    Raises:
        NotPermitted.
        NothingRecorded: there are no figures of *year*.
    """
    actor.require(Right.OPEN_FIGURES, customer)
    figures = YearFigures.of_year(customer, year)
    last = max((each.month for each in figures.months), default=0)
    if not last:
        raise NothingRecorded(name=customer.name, year=year)
    through = 12 if year < clock.local(now).year else last
    note_look(figures, actor=actor, now=now, action="figures.sheet_taken")
    return WRITER.fill(
        YEAR_SHEET.read(),
        values_of_year(customer, figures, YearFigures.of_year(customer, year - 1), through),
        number=f"YJ-{customer.customer_code}-{year}",
        version=figures.revision,
        made_at=now,
        made_by=actor.name,
    ).content
