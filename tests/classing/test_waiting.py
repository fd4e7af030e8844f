"""Whom a salesperson is asked to visit, by the classes of their customers."""

from datetime import timedelta

import pytest
from flask import Flask

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.classing import waiting
from archive.classing.service import install_shipped
from archive.communication.models import Visit
from archive.customers.models import Customer
from tests.builders import a_customer, a_user, a_visit


def due_for(seller: User, site: Flask) -> list[str]:
    """The names of the customers that *seller* is asked to visit, in order."""
    with site.test_request_context():
        found = waiting.duties_of(seller.as_actor(), clock.now())
        return [duty.about for duty in found if duty.label == "按措施应拜访"]


def of_days_ago(seller: User, days: int, **classes: str) -> Customer:
    """A customer whose archive was opened so many days ago."""
    customer = a_customer(salesperson=seller)
    facts = {f"set__{name}": value for name, value in classes.items()}
    opened = clock.now() - timedelta(days=days)
    Customer.objects(id=customer.id).update(set__created_at=opened, **facts)
    return customer


def test_whoever_is_overdue_for_longest_comes_first_by_the_shortest_rhythm_of_all_classes(
    empty_site: Flask,
) -> None:
    install_shipped(now=clock.now())
    seller = a_user(Role.SALESPERSON)
    long_ago = of_days_ago(seller, 200, contribution="ordinary")  # 180 days: for 20
    of_two = of_days_ago(seller, 61, contribution="important", maintenance="growth")  # 30: for 31
    of_days_ago(seller, 40, maintenance="growth")  # 60: not yet
    of_days_ago(seller, 900, relationship="lost")  # no rhythm
    assert due_for(seller, empty_site) == [of_two.name, long_ago.name]


def test_a_visit_ahead_or_just_made_takes_the_place_of_nobody(
    empty_site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_shipped(now=clock.now())
    monkeypatch.setattr(waiting, "MOST_SHOWN", 1)
    seller = a_user(Role.SALESPERSON)
    planned, just_made, due = (
        of_days_ago(seller, days, contribution="important") for days in (90, 80, 70)
    )
    a_visit(planned, actor=seller.as_actor(), visited_at=clock.now() + timedelta(days=2))
    ahead = a_visit(just_made, actor=seller.as_actor(), visited_at=clock.now() + timedelta(days=1))
    Visit.objects(id=ahead.id).update(set__visited_at=clock.now())  # its hour has come
    assert Customer.find(just_made.key).last_visit_at is None  # what is kept does not know yet
    assert due_for(seller, empty_site) == [due.name]


def test_a_visit_that_was_called_off_does_not_count(empty_site: Flask) -> None:
    install_shipped(now=clock.now())
    seller = a_user(Role.SALESPERSON)
    due = of_days_ago(seller, 90, contribution="important")
    ahead = a_visit(due, actor=seller.as_actor(), visited_at=clock.now() + timedelta(days=2))
    assert due_for(seller, empty_site) == []
    Visit.objects(id=ahead.id).update(set__status="cancelled")
    assert due_for(seller, empty_site) == [due.name]
