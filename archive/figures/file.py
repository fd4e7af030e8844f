"""What figures give to a customer's file: the last 24 months."""

from decimal import Decimal
from typing import Any

from flask import render_template, url_for

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.figures import rules
from archive.figures.models import MonthOfYear, YearFigures
from archive.terms import N_
from archive.web.chapter import FileAct, FilePart


def draw_figures(customer: Customer) -> str:
    """24 months as a chart and a table, and the year against the one before."""
    today = clock.local_day(clock.now())
    months = YearFigures.months_of(customer, today, rules.SHOWN_MONTHS)
    profits = [each.figures.known_profit for each in months]
    bars, zero = rules.bars([each.label for each in months], profits)
    return render_template(
        "figures/part.html",
        customer=customer,
        months=months,
        bars=bars,
        zero=zero,
        plan=_against_plan(customer, months, today.year),
        sums=[_compared(name, months) for name in rules.AMOUNTS],
        has_any=any(not each.figures.is_empty for each in months),
        this_year=today.year,
        years=sorted({each.year for each in months if not each.figures.is_empty}, reverse=True),
    )


def _compared(name: str, months: list[MonthOfYear]) -> dict[str, Any]:
    """One figure over the last twelve months and the twelve before."""
    half = len(months) // 2
    before = rules.total(rules.value_of(each.figures, name) for each in months[:half])
    now = rules.total(rules.value_of(each.figures, name) for each in months[half:])
    return {
        "name": name,
        "now": now,
        "before": before,
        "change": rules.change_in_percent(now, before),
    }


def _against_plan(customer: Customer, months: list[MonthOfYear], year: int) -> list[dict[str, Any]]:
    """What *year* is planned to bring, what it has brought so far, and how much of it that is."""
    figures = YearFigures.of_year(customer, year)
    found = []
    for name, planned in ((each, getattr(figures, each)) for each in rules.PLANNED):
        if planned is None:
            continue
        what = name.removeprefix("planned_")
        done = rules.total(
            rules.value_of(each.figures, what) for each in months if each.year == year
        )
        share = rules.share_in_percent(Decimal(done or 0), planned)
        found.append({"name": what, "planned": planned, "done": done, "share": share})
    return found


PARTS = (
    FilePart(
        key="figures", label=N_("业绩"), right=Right.OPEN_FIGURES, draw=draw_figures, order=150
    ),
)
ACTS = (
    FileAct(
        N_("登记业绩"),
        icon="chart-bar",
        right=Right.RECORD_FIGURES,
        address=lambda customer: url_for(
            "figures.edit",
            archive_number=customer.archive_number,
            year=clock.local_day(clock.now()).year,
        ),
    ),
)
