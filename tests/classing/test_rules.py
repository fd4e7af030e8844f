"""The rules of Art. 4, without a store."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.classing.rules import (
    TARGET,
    Business,
    Payments,
    contribution_of,
    credit_of,
    curve_of,
    maintenance_of,
    month_of,
    pareto,
    relationship_of,
)
from archive.customers.rules import Relationship
from archive.customers.rules.classes import Contribution, Credit, Maintenance, Why

TODAY = date(2026, 11, 15)
NOW = month_of(TODAY)
WINDOW = 6

amounts = st.dictionaries(
    st.integers(0, 10**6),
    st.none() | st.decimals(-(10**9), 10**9, places=2),
    max_size=60,
)
gains = st.dictionaries(
    st.integers(0, 10**6), st.decimals("0.01", 10**9, places=2), min_size=1, max_size=60
)


@given(amounts)
def test_the_important_customers_make_80_percent_and_without_the_least_of_them_they_do_not(
    given_amounts: dict[int, Decimal | None],
) -> None:
    found = pareto(given_amounts)
    prefix = [each.amount for each in found.prefix]
    if not prefix:
        assert found.total == 0
        return
    assert sum(prefix) * 100 >= TARGET * found.total
    without = [amount for amount in prefix if amount != min(prefix)]
    assert sum(without) * 100 < TARGET * found.total


@given(amounts)
def test_nobody_important_brings_less_than_anybody_ordinary(
    given_amounts: dict[int, Decimal | None],
) -> None:
    found = pareto(given_amounts)
    important = [each.amount for each in found.prefix]
    ordinary = [each.amount for each in found.ranked if not each.is_in_prefix]
    if important and ordinary:
        assert min(important) > max(ordinary)
    assert all(amount > 0 for amount in important)


@given(amounts)
def test_the_curve_never_falls_and_ends_at_the_whole(
    given_amounts: dict[int, Decimal | None],
) -> None:
    curve = curve_of(pareto(given_amounts))
    assert curve == sorted(curve)
    assert not curve or (curve[0], curve[-1]) == (0, 100)
    assert len(curve) <= 101


@given(amounts, st.randoms())
def test_the_order_in_which_customers_are_read_decides_nothing(
    given_amounts: dict[int, Decimal | None], dice: Any
) -> None:
    shuffled = list(given_amounts.items())
    dice.shuffle(shuffled)

    def places(of: dict[int, Decimal | None]) -> dict[int, tuple[bool, int]]:
        return {each.key: (each.is_in_prefix, each.rank) for each in pareto(of).ranked}

    assert places(given_amounts) == places(dict(shuffled))


@given(gains, st.decimals(-(10**9), 0, places=2))
def test_a_loss_makes_nobody_else_important(given_gains: dict[int, Decimal], loss: Decimal) -> None:
    before = {each.key for each in pareto(given_gains).prefix}
    after = {each.key for each in pareto({**given_gains, -1: loss}).prefix}
    assert before == after


@given(st.decimals("0.01", 10**9, places=2))
def test_a_single_customer_who_brings_something_is_important(amount: Decimal) -> None:
    assert [each.key for each in pareto({1: amount}).prefix] == [1]


@given(st.lists(st.decimals(-(10**9), 0, places=2), max_size=20))
def test_where_nobody_brings_anything_nobody_is_important(given_amounts: list[Decimal]) -> None:
    found = pareto(dict(enumerate(given_amounts)))
    assert not found.prefix
    assert found.prefix_share == found.portion == 0


def test_a_worked_example_with_equals_at_the_border() -> None:
    found = pareto({"甲": Decimal(50), "乙": Decimal(20), "丙": Decimal(20), "丁": Decimal(10),
                    "戊": Decimal(-30), "己": None})  # fmt: skip
    shown = [(each.key, each.rank, int(each.share)) for each in found.prefix]
    assert shown == [("甲", 1, 50), ("乙", 2, 90), ("丙", 2, 90)]
    assert (int(found.total), found.known, int(found.portion)) == (100, 5, 60)
    places = {each.key: each for each in found.ranked}
    reasons = [contribution_of(places.get(key), found) for key in ("甲", "丁", "戊", "己")]
    assert [(each.value, each.why) for each in reasons] == [
        (Contribution.IMPORTANT, Why.IN_PREFIX),
        (Contribution.ORDINARY, Why.AFTER_PREFIX),
        (Contribution.ORDINARY, Why.NO_PROFIT),
        (Contribution.ORDINARY, Why.NO_FIGURES),
    ]
    assert reasons[0].numbers == {
        "months": 12, "profit": 50, "rank": 1, "count": 3, "share": 90, "portion": 60,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "value", "why"),
    [
        ({"first": NOW - 30, "last": NOW}, "cooperating_old", Why.IN_BUSINESS),
        ({"first": NOW - 11, "last": NOW - 6}, "cooperating_new", Why.FIRST_BUSINESS),
        ({"first": NOW - 12, "last": NOW - 6}, "cooperating_old", Why.IN_BUSINESS),
        ({"first": NOW - 30, "last": NOW - 7}, "lost", Why.NO_LONGER),
        ({"first": NOW - 5, "last": NOW, "started_on": date(2020, 1, 1)},
         "cooperating_old", Why.IN_BUSINESS),
        ({"first": NOW - 30, "last": NOW - 20, "started_on": date(2026, 10, 1)},
         "cooperating_old", Why.IN_BUSINESS),
        ({"started_on": date(2026, 3, 1)}, "cooperating_new", Why.BEGUN),
        ({"started_on": date(2020, 3, 1)}, "cooperating_old", Why.BEGUN),
        ({"started_on": date(2027, 3, 1)}, "potential", Why.NO_BUSINESS),
        ({"started_on": date(2020, 3, 1), "ended_on": date(2026, 9, 30)}, "lost", Why.ENDED),
        ({"first": NOW - 30, "last": NOW, "ended_on": date(2026, 9, 30)},
         "cooperating_old", Why.IN_BUSINESS),
        ({"first": NOW - 30, "last": NOW, "ended_on": date(2027, 1, 1)},
         "cooperating_old", Why.IN_BUSINESS),
        ({"is_planned": True}, "target", Why.PLANNED),
        ({}, "potential", Why.NO_BUSINESS),
        ({"stated": Relationship.COOPERATING_OLD}, "cooperating_old", Why.STATED),
    ],
)  # fmt: skip
def test_where_business_stands_follows_from_dates_and_figures(
    facts: dict[str, Any], value: str, why: Why
) -> None:
    found = relationship_of(Business(**facts), TODAY, WINDOW)
    assert (found.value, found.why) == (value, why)


@pytest.mark.parametrize(
    ("is_important", "tonnes", "before", "relationship", "value"),
    [
        (True, 900, 900, Relationship.COOPERATING_OLD, Maintenance.STRATEGIC),
        (False, 900, 900, Relationship.COOPERATING_OLD, Maintenance.GROWTH),
        (True, 10, 10, Relationship.COOPERATING_OLD, Maintenance.GROWTH),
        (False, 60, 50, Relationship.COOPERATING_NEW, Maintenance.GROWTH),
        (False, 59, 50, Relationship.COOPERATING_NEW, Maintenance.ORDINARY),
        (False, 60, 50, Relationship.LOST, Maintenance.ORDINARY),
        (False, None, None, Relationship.POTENTIAL, Maintenance.ORDINARY),
    ],
)
def test_how_important_keeping_is_follows_from_profit_and_volume(
    is_important: bool,
    tonnes: int | None,
    before: int | None,
    relationship: Relationship,
    value: Maintenance,
) -> None:
    own = None if tonnes is None else Decimal(tonnes)
    places = pareto({"own": own, "another": Decimal(1000)})
    found = maintenance_of(
        is_important=is_important,
        volume=next((each for each in places.ranked if each.key == "own"), None),
        before=None if before is None else Decimal(before),
        relationship=relationship,
    )
    assert found.value is value


@pytest.mark.parametrize(
    ("payments", "value"),
    [
        (Payments(), None),
        (Payments(known=12, on_time=12), Credit.A),
        (Payments(known=10, on_time=9, longest=15), Credit.A),
        (Payments(known=10, on_time=9, longest=16), Credit.B),
        (Payments(known=10, on_time=8, longest=5), Credit.B),
        (Payments(known=10, on_time=4, longest=15), Credit.B),
        (Payments(known=10, on_time=4, longest=16), Credit.C),
        (Payments(known=10, on_time=9, longest=61), Credit.C),
        (Payments(known=12, on_time=12, lawsuits=1), Credit.B),
        (Payments(known=12, on_time=12, claims=2), Credit.A),
        (Payments(known=12, on_time=12, claims=3), Credit.B),
    ],
)
def test_credit_is_proposed_by_how_a_customer_paid_and_disputed(
    payments: Payments, value: Credit | None
) -> None:
    assert credit_of(payments).value is value
