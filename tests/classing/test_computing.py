"""Classes computed from what is stored: figures, dates, complaints."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from archive import clock
from archive.actor import Actor, Role
from archive.classing import service
from archive.classing.models import Computation
from archive.classing.service import computing, reading
from archive.communication.rules.complaints import ComplaintForm
from archive.customers.models import Customer
from archive.customers.rules import Relationship
from archive.customers.rules.classes import Contribution, Credit, Dimension, Maintenance, Why
from archive.customers.service import edit_archive
from archive.database import change_many
from archive.development.service.plans import open_plan
from archive.errors import NotPermitted
from archive.figures.service import record_months
from archive.trail.history import history_of
from tests.builders import a_complaint, a_customer, a_user

WINDOW = 6


@pytest.fixture
def manager(in_app: Flask) -> Actor:
    return a_user(Role.SALES_MANAGER).as_actor()


def bring(customer: Customer, manager: Actor, now: datetime, **figures: Any) -> None:
    """Record *figures* of the present month."""
    today = clock.local_day(now)
    given = {today.month: {name: Decimal(str(value)) for name, value in figures.items()}}
    for name in ("shipments", "days_late"):
        if name in figures:
            given[today.month][name] = figures[name]
    record_months(customer, today.year, given, actor=manager, now=now)


def compute(now: datetime) -> int:
    """Compute, after what was computed before has ended."""
    return service.compute_classes(now=now, window=WINDOW)


def read(customer: Customer) -> Customer:
    return Customer.find(customer.key)


def test_classes_follow_from_figures_and_say_why(manager: Actor, now: datetime) -> None:
    large, small, silent = a_customer(), a_customer(), a_customer()
    bring(large, manager, now, revenue=1000, cost=100, tonnage=500, days_late=0)
    bring(small, manager, now, revenue=100, profit=40, tonnage=5, days_late=90)
    assert compute(now) == 3
    large, small, silent = read(large), read(small), read(silent)
    assert (large.contribution, large.relationship) == ("important", "cooperating_new")
    assert (small.contribution, silent.contribution) == ("ordinary", "ordinary")
    assert silent.relationship is Relationship.POTENTIAL
    standing = large.standing_in(Dimension.CONTRIBUTION)
    assert standing is not None
    assert standing.why is Why.IN_PREFIX
    assert standing.since == clock.local_day(now)
    assert standing.numbers["profit"].to_decimal() == 900
    assert large.found_in(Dimension.MAINTENANCE) is Maintenance.STRATEGIC
    assert [each.found_in(Dimension.CREDIT) for each in (large, small, silent)] == [
        Credit.A, Credit.C, None,
    ]  # fmt: skip
    assert (large.maintenance, large.credit) == (None, None), "a person decides"
    assert [set(each.proposed) for each in (large, small, silent)] == [
        {Dimension.MAINTENANCE, Dimension.CREDIT},
        {Dimension.CREDIT},
        set(),
    ]
    event = history_of(large)[0]
    changes = {each["field"]: (each["before"], each["after"]) for each in event.changes}
    assert (event.action, event.actor_name) == ("customer.classed", "系统")
    assert changes == {
        "contribution": (None, "important"),
        "relationship": ("potential", "cooperating_new"),
    }


def test_computing_again_writes_nothing_and_keeps_since_when(manager: Actor, now: datetime) -> None:
    customer = a_customer()
    bring(customer, manager, now, revenue=1000, cost=100)
    assert compute(now) == 1
    first = read(customer)
    assert compute(now + timedelta(days=1)) == 0
    again = read(customer)
    assert again.revision == first.revision
    assert again.since_in(Dimension.CONTRIBUTION) == clock.local_day(now)


def test_new_numbers_behind_the_same_class_disturb_nobody_who_edits(
    manager: Actor, now: datetime
) -> None:
    customer = a_customer()
    bring(customer, manager, now, revenue=1000, cost=100)
    compute(now)
    opened = read(customer)
    bring(customer, manager, now, revenue=2000, cost=100)
    assert compute(now) == 0
    edit_archive(opened, actor=manager, now=now, seen=opened.revision, short_name="甲")
    standing = read(customer).standing_in(Dimension.CONTRIBUTION)
    assert standing is not None
    assert standing.numbers["profit"].to_decimal() == 1900


def test_what_a_person_set_stays_until_its_end_and_then_follows_the_figures(
    manager: Actor, now: datetime
) -> None:
    customer, other = a_customer(), a_customer()
    bring(other, manager, now, revenue=1000, cost=100)
    bring(customer, manager, now, revenue=10, cost=1)
    until = clock.local_day(now) + timedelta(days=10)
    for dimension, value in (
        (Dimension.CONTRIBUTION, Contribution.IMPORTANT),
        (Dimension.CREDIT, Credit.C),
    ):
        service.decide_class(
            read(customer), dimension, value, actor=manager, now=now,
            seen=read(customer).revision, reason="新签大单", until=until,
        )  # fmt: skip
    compute(now + timedelta(days=10))
    kept = read(customer)
    assert (kept.contribution, kept.credit) == (Contribution.IMPORTANT, Credit.C)
    assert kept.found_in(Dimension.CONTRIBUTION) is Contribution.ORDINARY
    compute(now + timedelta(days=11))
    ended = read(customer)
    assert (ended.contribution, ended.credit) == (Contribution.ORDINARY, None)
    assert not ended.decisions
    changed = {each["field"] for each in history_of(ended)[0].changes}
    assert {"contribution", "credit", "decisions"} <= changed


def test_whoever_is_edited_meanwhile_is_left_as_they_made_it_and_classed_the_next_time(
    manager: Actor, now: datetime
) -> None:
    customer = a_customer()
    ground = service.survey(clock.local_day(now), WINDOW)
    stored = next(iter(reading.stored_customers()))
    planned = computing.plan_for(stored, ground)
    assert planned is not None
    edit_archive(read(customer), actor=manager, now=now, seen=1, short_name="甲")
    written = change_many(Customer, [planned], actor=manager, now=now, action="customer.classed")
    assert written == 0
    assert read(customer).contribution is None
    compute(now)
    assert read(customer).contribution is Contribution.ORDINARY
    assert read(customer).short_name == "甲"


def test_claims_and_lawsuits_count_against_credit(manager: Actor, now: datetime) -> None:
    customer = a_customer()
    bring(customer, manager, now, revenue=1000, days_late=0)
    a_complaint(customer, form=ComplaintForm.LAWSUIT)
    a_complaint(customer, form=ComplaintForm.ORAL)
    compute(now)
    standing = read(customer).standing_in(Dimension.CREDIT)
    assert standing is not None
    assert (standing.found, standing.numbers["lawsuits"]) == ("b", 1)


def test_what_the_archive_says_of_business_stays_without_figures_and_dates(
    manager: Actor, now: datetime
) -> None:
    customer = a_customer(relationship=Relationship.COOPERATING_OLD)
    compute(now)
    assert read(customer).relationship is Relationship.COOPERATING_OLD
    edit_archive(
        read(customer), actor=manager, now=now, seen=read(customer).revision,
        relationship=Relationship.LOST,
    )  # fmt: skip
    compute(now)
    assert read(customer).relationship is Relationship.LOST
    edit_archive(
        read(customer), actor=manager, now=now, seen=read(customer).revision,
        cooperation_started_on=date(2020, 5, 1),
    )  # fmt: skip
    compute(now)
    assert read(customer).relationship is Relationship.COOPERATING_OLD


def test_it_is_computed_again_when_figures_came_in_or_somebody_asks(
    manager: Actor, now: datetime
) -> None:
    assert not service.is_due(now)
    customer = a_customer()
    bring(customer, manager, now, revenue=1000)
    assert service.is_due(now)
    later = now + timedelta(minutes=1)
    compute(later)
    assert not service.is_due(later)
    service.ask_for_computing(actor=manager, now=later)
    assert service.is_due(later)
    compute(later)
    latest = Computation.the_one(later)
    assert (latest.is_asked, latest.is_working, latest.customers) == (False, False, 1)


def test_of_two_workers_one_computes(now: datetime, in_app: Flask) -> None:
    a_customer()
    assert Computation.take(now)
    assert compute(now) == 0
    assert compute(now + timedelta(minutes=6)) == 1, "whoever had it has died"


def test_only_the_sales_manager_has_classes_computed(now: datetime, in_app: Flask) -> None:
    with pytest.raises(NotPermitted):
        service.ask_for_computing(actor=a_user(Role.CUSTODIAN).as_actor(), now=now)


def test_months_add_up_over_the_turn_of_years_and_those_to_come_are_left_out(
    manager: Actor, now: datetime
) -> None:
    customer = a_customer()
    for year, month, profit in (
        (2026, 4, 1000), (2026, 3, 100), (2025, 4, 10), (2025, 3, 1), (2024, 4, 1), (2023, 1, 1),
    ):  # fmt: skip
        given = {month: {"profit": Decimal(profit), "tonnage": Decimal(profit), "days_late": 3}}
        record_months(customer, year, given, actor=manager, now=now)
    record_months(customer, 2025, {7: {"revenue": Decimal(5)}}, actor=manager, now=now)
    found = reading.evidence_until(date(2026, 3, 31))[customer.id]
    sums = (found.profit, found.tonnes, found.tonnes_before)
    assert list(map(str, sums)) == ["110.00", "110.000", "2.000"]
    assert (found.known, found.on_time, found.longest) == (2, 0, 3)
    assert (found.first, found.last) == (2023 * 12, 2026 * 12 + 2)


def test_whoever_is_in_a_plan_is_a_target(manager: Actor, now: datetime) -> None:
    customer = a_customer()
    open_plan(customer, actor=manager, now=now, why="货量稳定")
    assert service.is_due(now)
    compute(now)
    assert read(customer).relationship is Relationship.TARGET
