"""Classes that a person sets, and the measures that follow."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from archive import clock
from archive.actor import Actor, Role
from archive.classing import service
from archive.classing.errors import EndPassed, NothingDecided, NothingProposed
from archive.customers.errors import KeeperNeeded, RelationshipComputed
from archive.customers.models import ClassMeasures, Customer, Standing, measures_for
from archive.customers.rules import Relationship
from archive.customers.rules.classes import (
    Contribution,
    Credit,
    Dimension,
    Extra,
    Maintenance,
    Why,
)
from archive.customers.service import edit_archive
from archive.database import EditedMeanwhile
from archive.errors import NotPermitted
from archive.trail.history import history_of
from tests.builders import a_customer, a_user


@pytest.fixture
def manager(in_app: Flask) -> Actor:
    return a_user(Role.SALES_MANAGER).as_actor()


def read(customer: Customer) -> Customer:
    return Customer.find(customer.key)


def proposing(customer: Customer, dimension: Dimension, found: str) -> Customer:
    """*customer* with a proposal of the figures."""
    standing = Standing(dimension=dimension, found=found, why=Why.NO_PAYMENTS)
    Customer.objects(id=customer.id).update(push__standings=standing, push__proposed=dimension)
    return read(customer)


def test_a_strategic_customer_without_a_named_keeper_is_refused_with_article_4(
    manager: Actor, now: datetime
) -> None:
    customer = a_customer()
    with pytest.raises(KeeperNeeded) as refusal:
        service.decide_class(
            customer, Dimension.MAINTENANCE, Maintenance.STRATEGIC,
            actor=manager, now=now, seen=1, reason="货量最大",
        )  # fmt: skip
    assert refusal.value.article == 4
    assert read(customer).maintenance is None


def test_who_sets_a_class_says_why_and_before_and_after_are_kept(
    manager: Actor, now: datetime
) -> None:
    customer, keeper = a_customer(), a_user(Role.SALESPERSON)
    service.decide_class(
        customer, Dimension.MAINTENANCE, Maintenance.STRATEGIC,
        actor=manager, now=now, seen=1, reason="货量最大", keeper=keeper.key,
    )  # fmt: skip
    customer = read(customer)
    assert (customer.maintenance, customer.keeper_name) == (Maintenance.STRATEGIC, keeper.name)
    assert customer.since_in(Dimension.MAINTENANCE) == clock.local_day(now)
    event = history_of(customer)[0]
    changes = {each["field"]: each for each in event.changes}
    assert (event.action, event.reason) == ("customer.class_decided", "货量最大")
    assert changes["maintenance"]["after"] == "strategic"
    assert "standings" not in changes


def test_only_the_sales_manager_sets_classes(now: datetime, in_app: Flask) -> None:
    customer = a_customer()
    for role in Role:
        if role is Role.SALES_MANAGER:
            continue
        with pytest.raises(NotPermitted):
            service.decide_class(
                customer, Dimension.CREDIT, Credit.C,
                actor=a_user(role).as_actor(), now=now, seen=1, reason="拖欠",
            )  # fmt: skip


def test_a_decision_that_ends_before_tomorrow_is_refused(manager: Actor, now: datetime) -> None:
    with pytest.raises(EndPassed):
        service.decide_class(
            a_customer(), Dimension.CONTRIBUTION, Contribution.IMPORTANT,
            actor=manager, now=now, seen=1, reason="新签大单", until=clock.local_day(now),
        )  # fmt: skip


def test_of_two_who_set_a_class_at_once_the_second_is_told(manager: Actor, now: datetime) -> None:
    customer = a_customer()
    other = read(customer)
    for one, value in ((customer, Credit.A), (other, Credit.C)):
        if one is other:
            with pytest.raises(EditedMeanwhile):
                service.decide_class(
                    one, Dimension.CREDIT, value, actor=manager, now=now, seen=1, reason="看法不同"
                )
        else:
            service.decide_class(
                one, Dimension.CREDIT, value, actor=manager, now=now, seen=1, reason="一向按时"
            )
    assert read(customer).credit is Credit.A


def test_a_proposal_is_accepted_as_it_is_and_once(manager: Actor, now: datetime) -> None:
    customer = proposing(a_customer(), Dimension.CREDIT, "b")
    service.accept_proposal(customer, Dimension.CREDIT, actor=manager, now=now, seen=1)
    customer = read(customer)
    assert customer.credit is Credit.B
    assert customer.decision_in(Dimension.CREDIT) is not None
    with pytest.raises(NothingProposed):
        service.accept_proposal(customer, Dimension.CREDIT, actor=manager, now=now, seen=2)


def test_what_was_set_is_taken_back_with_a_reason(manager: Actor, now: datetime) -> None:
    customer = proposing(a_customer(), Dimension.CONTRIBUTION, "ordinary")
    until = clock.local_day(now) + timedelta(days=30)
    service.decide_class(
        customer, Dimension.CONTRIBUTION, Contribution.IMPORTANT,
        actor=manager, now=now, seen=1, reason="新签大单", until=until,
    )  # fmt: skip
    customer = read(customer)
    assert customer.contribution is Contribution.IMPORTANT
    service.withdraw_decision(customer, Dimension.CONTRIBUTION, "没有签成", actor=manager, now=now)
    customer = read(customer)
    assert customer.contribution is Contribution.ORDINARY
    assert not customer.decisions
    with pytest.raises(NothingDecided):
        service.withdraw_decision(
            customer, Dimension.CONTRIBUTION, "再来一次", actor=manager, now=now
        )


def test_a_relationship_that_follows_from_figures_is_not_typed_into_the_archive(
    manager: Actor, now: datetime
) -> None:
    customer = a_customer()
    edit_archive(customer, actor=manager, now=now, seen=1, relationship=Relationship.TARGET)
    assert read(customer).relationship is Relationship.TARGET
    standing = Standing(
        dimension=Dimension.RELATIONSHIP, found="target", why=Why.PLANNED, since=date(2026, 1, 1)
    )
    Customer.objects(id=customer.id).update(push__standings=standing)
    with pytest.raises(RelationshipComputed) as refusal:
        edit_archive(read(customer), actor=manager, now=now, seen=2, relationship=Relationship.LOST)
    assert refusal.value.article == 4
    assert read(customer).relationship is Relationship.TARGET


def test_of_all_classes_of_a_customer_the_shortest_rhythm_counts_and_everything_asked_for(
    manager: Actor, now: datetime
) -> None:
    service.install_shipped(now=now)
    service.install_shipped(now=now)
    given: dict[str, Any] = {
        "actor": manager, "now": now, "seen": 1, "letter_days": None, "needs_keeper": False,
    }  # fmt: skip
    service.edit_measures(
        ClassMeasures.of("contribution", "important"),
        visit_days=20, papers=["licence"], extras=[], **given,
    )  # fmt: skip
    service.edit_measures(
        ClassMeasures.of("credit", "c"),
        visit_days=45, papers=["other"], extras=[Extra.PREPAID], **given,
    )  # fmt: skip
    customer = a_customer()
    service.decide_class(
        customer, Dimension.CREDIT, Credit.C, actor=manager, now=now, seen=1, reason="长期拖欠"
    )
    assert measures_for(read(customer)).visit_days == 45
    service.decide_class(
        read(customer), Dimension.CONTRIBUTION, Contribution.IMPORTANT,
        actor=manager, now=now, seen=2, reason="新签大单",
        until=clock.local_day(now) + timedelta(days=9),
    )  # fmt: skip
    measures = measures_for(read(customer))
    assert measures.visit_days == 20
    assert measures.extras == (Extra.PREPAID,)
    assert measures.papers == ("licence", "other")


def test_before_the_table_was_written_the_shipped_measures_count(now: datetime) -> None:
    customer = Customer(maintenance=Maintenance.STRATEGIC)
    assert measures_for(customer, ClassMeasures.table()).needs_keeper
