"""Proposals of many customers accepted in one act, and the way back."""

from collections.abc import Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.classing import service as classing
from archive.classing.forms import AcceptManyInput
from archive.classing.rowacts import ACTS
from archive.customers.models import Customer
from archive.customers.rules.classes import Credit, Dimension, Maintenance
from archive.listwork import service, tasks
from archive.listwork.models import Run
from archive.listwork.rules import Outcome, RunState
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.classing.test_deciding import proposing, read
from tests.conftest import ClientAs

REASON = "季度例会确认"
ACCEPT = ACTS[0]


@pytest.fixture
def manager(in_app: Flask) -> User:
    return a_user(Role.SALES_MANAGER)


def accept(given: Sequence[Customer], by: User, *, keeps: bool = False) -> Run:
    typed = AcceptManyInput.read({"reason": REASON, "salesperson_keeps": keeps})
    run = service.begin(
        ACCEPT,
        ACCEPT.facts(typed),
        [each.id for each in given],
        seen=len(given),
        reason=REASON,
        language="zh",
        actor=by.as_actor(),
        now=clock.now(),
    )
    tasks.work(run.key)
    return Run.find(run.key)


def take_back(run: Run, by: User) -> Run:
    service.begin_undoing(run, actor=by.as_actor(), now=clock.now(), reason="名单有误")
    tasks.work(run.key)
    return Run.find(run.key)


def outcomes(run: Run) -> list[Outcome]:
    return [row.outcome for row in run.rows().order_by("place")]


def test_what_is_proposed_of_both_kinds_is_accepted_in_one_step_with_the_reason(
    manager: User,
) -> None:
    customer = proposing(a_customer(), Dimension.MAINTENANCE, "growth")
    customer = proposing(customer, Dimension.CREDIT, "a")
    run = accept([customer], manager)
    customer = read(customer)
    assert (customer.maintenance, customer.credit) == (Maintenance.GROWTH, Credit.A)
    assert list(customer.proposed) == []
    assert {each.reason for each in customer.decisions} == {REASON}
    [event, *_] = history_of(customer)
    assert (event.action, event.reason) == ("customer.class_decided", REASON)
    assert {"maintenance", "credit"} <= {each["field"] for each in event.changes}
    assert (run.state, outcomes(run)) == (RunState.DONE, [Outcome.DONE])


def test_taken_back_the_classes_are_as_before_and_the_proposals_wait_again(manager: User) -> None:
    customer = a_customer()
    classing.decide_class(
        customer, Dimension.CREDIT, Credit.B,
        actor=manager.as_actor(), now=clock.now(), seen=1, reason="两次逾期",
    )  # fmt: skip
    Customer.objects(id=customer.id).update(set__standings=[])
    customer = proposing(customer, Dimension.CREDIT, "a")
    other = proposing(a_customer(), Dimension.MAINTENANCE, "growth")
    run = take_back(accept([customer, other], manager), manager)
    customer, other = read(customer), read(other)
    assert (customer.credit, other.maintenance) == (Credit.B, None)
    assert [each.reason for each in customer.decisions] == ["两次逾期"]
    assert list(other.decisions) == []
    assert [list(each.proposed) for each in (customer, other)] == [
        [Dimension.CREDIT],
        [Dimension.MAINTENANCE],
    ]
    assert outcomes(run) == [Outcome.UNDONE, Outcome.UNDONE]


def test_what_somebody_has_set_since_stays_and_is_named(manager: User) -> None:
    customer = proposing(a_customer(), Dimension.CREDIT, "a")
    run = accept([customer], manager)
    customer = read(customer)
    classing.decide_class(
        customer, Dimension.CREDIT, Credit.C,
        actor=manager.as_actor(), now=clock.now(), seen=customer.revision, reason="起诉一次",
    )  # fmt: skip
    run = take_back(run, manager)
    assert outcomes(run) == [Outcome.STAYED]
    assert read(customer).credit is Credit.C


def test_a_strategic_customer_without_a_keeper_is_left_and_named_with_the_article(
    manager: User,
) -> None:
    customer = proposing(a_customer(), Dimension.MAINTENANCE, "strategic")
    run = accept([customer], manager)
    assert outcomes(run) == [Outcome.REFUSED]
    assert "专人" in run.rows().get().why
    assert read(customer).maintenance is None


def test_the_salesperson_becomes_the_keeper_where_that_is_wished_and_is_none_afterwards(
    manager: User,
) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = proposing(a_customer(salesperson=seller), Dimension.MAINTENANCE, "strategic")
    run = accept([customer], manager, keeps=True)
    assert read(customer).keeper_name == seller.name
    take_back(run, manager)
    assert (read(customer).keeper_name, read(customer).maintenance) == (None, None)


def test_killed_between_writing_and_noting_it_is_done_once(manager: User) -> None:
    customer = proposing(a_customer(), Dimension.CREDIT, "a")
    run = accept([customer], manager)
    revision = read(customer).revision
    Run.objects(id=run.id).update(state=RunState.RUNNING, worked_at=None)
    run.rows().update(outcome=Outcome.BEGUN)
    tasks.work(run.key)
    assert outcomes(Run.find(run.key)) == [Outcome.DONE]
    assert read(customer).revision == revision


def test_who_may_not_set_classes_is_offered_nothing_and_reaches_no_page(
    client_as: ClientAs,
) -> None:
    proposing(a_customer(), Dimension.CREDIT, "a")
    manager: FlaskClient = client_as(Role.SALES_MANAGER)
    assert "采纳建议" in manager.get("/classes/proposals").get_data(as_text=True)
    assert client_as(Role.CUSTODIAN).get("/lists/proposals/accept").status_code == 403


def test_nothing_ticked_under_what_to_accept_is_said_at_the_field(client_as: ClientAs) -> None:
    customer = proposing(a_customer(), Dimension.CREDIT, "a")
    client = client_as(Role.SALES_MANAGER)
    answer = submit(client, "/lists/proposals/accept", count="1", reason=REASON)
    assert answer.status_code == 422
    assert read(customer).credit is None
