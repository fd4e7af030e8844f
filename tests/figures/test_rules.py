"""Sums, comparisons and the chart, without any store."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from archive.figures import rules
from archive.figures.models import MonthFigures


def test_profit_is_worked_out_where_it_was_not_given() -> None:
    month = MonthFigures(month=1, revenue=Decimal("100.50"), cost=Decimal("60.25"))
    assert rules.profit_of(month) == Decimal("40.25")
    assert rules.profit_of(MonthFigures(month=1, revenue=Decimal(5))) is None
    given_one = MonthFigures(month=1, revenue=Decimal(5), cost=Decimal(1), profit=Decimal(3))
    assert rules.profit_of(given_one) == 3


def test_the_last_months_go_back_over_the_turn_of_the_year() -> None:
    assert rules.months_before(date(2026, 2, 28), 4) == [
        (2025, 11),
        (2025, 12),
        (2026, 1),
        (2026, 2),
    ]


def test_a_change_says_nothing_against_nothing_or_a_loss() -> None:
    assert rules.change_in_percent(Decimal(110), Decimal(100)) == Decimal("10.0")
    for before in (None, Decimal(0), Decimal(-5)):
        assert rules.change_in_percent(Decimal(110), before) is None


def test_nothing_known_has_no_sum() -> None:
    assert rules.total([None, None]) is None
    assert rules.total([None, Decimal("0.10"), Decimal("0.20")]) == Decimal("0.30")


@given(st.lists(st.none() | st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=24))
def test_every_bar_is_inside_the_chart_and_touches_its_line(values: list[Decimal | None]) -> None:
    bars, zero = rules.bars([""] * len(values), values)
    assert 0 <= zero <= 100
    for bar, value in zip(bars, values, strict=True):
        assert (bar is None) == (value is None)
        if bar:
            assert -1e-6 <= bar.top <= 100 + 1e-6
            assert bar.top + bar.height <= 100 + 1e-6
            edge = bar.top if bar.is_below else bar.top + bar.height
            assert abs(edge - zero) < 1e-6
