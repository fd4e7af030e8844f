"""Churn analyses: asked for until written, counted by cause (Art. 7)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.customers.rules import Region, Relationship
from archive.development import rules
from archive.development.errors import LossEnded, LossLater
from archive.development.models import ChurnAnalysis
from archive.development.rules import LossCause, LossStatus
from archive.development.service import losses
from archive.development.waiting import duties_of
from archive.errors import NotPermitted
from tests.browser import submit
from tests.builders import a_customer, a_user

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def seller(empty_site: Flask) -> User:
    return a_user(Role.SALESPERSON)


@pytest.fixture
def customer(seller: User) -> Customer:
    return a_customer(salesperson=seller, relationship=Relationship.LOST, region=Region.SHANGHAI)


def a_loss(customer: Customer, actor: Actor, now: datetime, **facts: Any) -> ChurnAnalysis:
    given = {
        "cause": LossCause.PRICE,
        "lost_since": clock.local_day(now) - timedelta(days=40),
        "analysis": "报价高出两成，没有及时复核。",
        **facts,
    }
    return losses.record_loss(customer, actor=actor, now=now, **given)


def waiting(app: Flask, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """What home would list of it."""
    with app.test_request_context():
        return [(each.label, each.about) for each in duties_of(actor, now)]


def test_an_analysis_is_about_the_loss_since_the_last_beginning() -> None:
    lost, began = date(2025, 6, 1), date(2024, 1, 1)
    assert rules.covers(LossStatus.LOST, lost, began)
    assert rules.covers(LossStatus.GIVEN_UP, lost, None)
    assert not rules.covers(LossStatus.LOST, lost, date(2025, 9, 1))
    assert not rules.covers(LossStatus.WON_BACK, lost, began)
    assert not rules.covers(LossStatus.WITHDRAWN, lost, began)


def test_causes_are_counted_the_most_frequent_first() -> None:
    given = [
        (LossCause.PRICE, LossStatus.LOST),
        (LossCause.SERVICE, LossStatus.WON_BACK),
        (LossCause.SERVICE, LossStatus.LOST),
    ]
    found = rules.shares(given)
    assert [(s.cause, s.count, str(s.percent), s.won_back) for s in found] == [
        (LossCause.SERVICE, 2, "66.7", 1),
        (LossCause.PRICE, 1, "33.3", 0),
    ]
    assert rules.shares([]) == []


def test_a_lost_customer_asks_for_an_analysis_until_it_is_written(
    empty_site: Flask, seller: User, customer: Customer, now: datetime
) -> None:
    actor = seller.as_actor()
    asked = ("填写流失分析", customer.name)
    assert waiting(empty_site, actor, now) == [asked]
    loss = a_loss(customer, actor, now)
    assert waiting(empty_site, actor, now) == []
    losses.win_back(loss, "新报价谈成", actor=actor, now=now)
    assert waiting(empty_site, actor, now) == [asked], "lost again after it was won back"
    losses.reopen_loss(loss, "试货后又停了", actor=actor, now=now)
    losses.withdraw_loss(loss, "登错了客户", actor=actor, now=now)
    assert waiting(empty_site, actor, now) == [asked]
    assert ChurnAnalysis.numbered(loss.number).conclusion == "登错了客户"


def test_the_manager_is_asked_where_nobody_follows_up(
    empty_site: Flask, customer: Customer, now: datetime
) -> None:
    nobodys = a_customer(relationship=Relationship.LOST)
    manager = a_user(Role.SALES_MANAGER).as_actor()
    assert waiting(empty_site, manager, now) == [("填写流失分析", nobodys.name)]
    assert waiting(empty_site, a_user(Role.CUSTODIAN).as_actor(), now) == []


def test_winning_back_is_a_duty_by_its_day(
    empty_site: Flask, seller: User, customer: Customer, now: datetime
) -> None:
    actor, today = seller.as_actor(), clock.local_day(now)
    loss = a_loss(customer, actor, now, win_back="新报价", win_back_on=today + timedelta(days=2))
    assert waiting(empty_site, actor, now) == [("挽回流失客户", customer.name)]
    losses.give_up_loss(loss, "客户已签三年合同", actor=actor, now=now)
    assert waiting(empty_site, actor, now) == []
    with pytest.raises(LossEnded):
        losses.win_back(loss, "又回来了", actor=actor, now=now)


def test_a_loss_does_not_begin_in_the_future_and_is_not_for_others(
    seller: User, customer: Customer, now: datetime
) -> None:
    tomorrow = clock.local_day(now) + timedelta(days=1)
    with pytest.raises(LossLater):
        a_loss(customer, seller.as_actor(), now, lost_since=tomorrow)
    with pytest.raises(NotPermitted):
        a_loss(customer, a_user(Role.SALESPERSON).as_actor(), now)
    assert ChurnAnalysis.objects.count() == 0


def test_losses_are_counted_by_period_region_and_rights(
    seller: User, customer: Customer, now: datetime
) -> None:
    manager = a_user(Role.SALES_MANAGER).as_actor()
    a_loss(customer, manager, now, lost_since=date(2026, 1, 31))
    other = a_customer(region=Region.SICHUAN)
    a_loss(other, manager, now, cause=LossCause.SERVICE, lost_since=date(2026, 2, 1))
    gone = a_loss(other, manager, now, cause=LossCause.OTHER, lost_since=date(2026, 2, 2))
    losses.withdraw_loss(gone, "重复登记", actor=manager, now=now)

    def counted(actor: Actor, **narrowed: Any) -> list[tuple[LossCause, int]]:
        return [(s.cause, s.count) for s in losses.count_causes(actor=actor, **narrowed)]

    assert counted(manager) == [(LossCause.PRICE, 1), (LossCause.SERVICE, 1)]
    assert counted(manager, until=date(2026, 1, 31)) == [(LossCause.PRICE, 1)]
    assert counted(manager, since=date(2026, 2, 1)) == [(LossCause.SERVICE, 1)]
    assert counted(manager, region=Region.SICHUAN) == [(LossCause.SERVICE, 1)]
    assert counted(seller.as_actor()) == [(LossCause.PRICE, 1)]


def test_a_loss_is_typed_listed_counted_and_exported(
    client_as: ClientAs, seller: User, customer: Customer
) -> None:
    client = client_as(user=seller)
    part = f"/customers/{customer.archive_number}/development"
    assert "还没有分析原因" in client.get(part).get_data(as_text=True)
    address = f"/customers/{customer.archive_number}/losses/new"
    given = {"cause": "competitor", "lost_since": "2026-02-28", "analysis": "专线上门取货。"}
    assert submit(client, address, **{**given, "cause": ""}).status_code == 422
    answer = submit(client, address, **given)
    assert answer.status_code == 302
    loss = ChurnAnalysis.objects.get(customer_id=customer.id)
    assert loss.lost_since == date(2026, 2, 28)
    shown = client.get(part).get_data(as_text=True)
    assert loss.number in shown
    assert "还没有分析原因" not in shown
    for query, is_there in (
        ("since=2026-02-28&until=2026-02-28", True),
        ("since=2026-03-01", False),
    ):
        assert (loss.number in client.get(f"/losses?{query}").get_data(as_text=True)) is is_there
        counts = client.get(f"/losses/statistics?{query}").get_data(as_text=True)
        assert (">竞争对手争取</a>" in counts) is is_there
    table = client.get("/losses/statistics?region=31&export=csv").get_data(as_text=True)
    assert "竞争对手争取" in table
    assert 'value="很久"' in client.get("/losses/statistics?since=很久").get_data(as_text=True)
    page = f"/losses/{loss.number}"
    assert submit(client, f"{page}/win-back", page, reason="降价一成").status_code == 302
    assert "降价一成" in client.get(page).get_data(as_text=True)


def test_a_program_records_a_loss_and_reads_the_causes(
    client_as: ClientAs, token_as: Callable[..., dict[str, str]], empty_site: Flask
) -> None:
    customer = a_customer()
    program, headers = client_as(Role.SALES_MANAGER), token_as(Role.SALES_MANAGER)
    body = {
        "customer_name": customer.customer_code,
        "cause": "service",
        "lost_since": "2026-01-05",
        "analysis": "连续晚到。",
    }
    made = program.post("/api/v1/churn-analyses", json=body, headers=headers)
    assert made.status_code == 201, made.get_data(as_text=True)
    found = program.get("/api/v1/churn-analyses/statistics?since=2026-01-05", headers=headers)
    assert found.get_json()["causes"][0] == {
        "cause": "service", "count": 1, "percent": "100.0", "won_back": 0,
    }  # fmt: skip


def test_an_analysis_is_found_by_where_the_customer_went(
    client_as: ClientAs,
    seller: User,
    customer: Customer,
    now: datetime,
    index_all: Callable[[], None],
) -> None:
    loss = a_loss(customer, seller.as_actor(), now, went_to="城北快运专线")
    index_all()
    shown = client_as(user=seller).get("/search?q=城北快运").get_data(as_text=True)
    assert f"/losses/{loss.number}" in shown
    other = client_as(Role.SALESPERSON).get("/search?q=城北快运").get_data(as_text=True)
    assert loss.number not in other
