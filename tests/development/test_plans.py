"""Development plans: who is to be won, in which steps, and what came of it (Art. 7)."""

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
from archive.customers.service import assign_salesperson
from archive.database import EditedMeanwhile
from archive.development.errors import NoSuchOwner, PlanIsOpen, PlanNotOpen
from archive.development.models import DevelopmentPlan
from archive.development.rules import ContactWay, PlanStatus
from archive.development.service import plans
from archive.development.waiting import duties_of
from archive.errors import NotPermitted
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_customer, a_user

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def seller(empty_site: Flask) -> User:
    return a_user(Role.SALESPERSON)


def waiting(app: Flask, actor: Actor, now: datetime) -> list[str]:
    """What home would list of it."""
    with app.test_request_context():
        return [each.about.split(" · ")[1] for each in duties_of(actor, now)]


@pytest.fixture
def customer(seller: User) -> Customer:
    return a_customer(salesperson=seller)


def a_plan(customer: Customer, actor: Actor, now: datetime, **facts: Any) -> DevelopmentPlan:
    given = {"why": "货量稳定，现承运商时效差。", **facts}
    return plans.open_plan(customer, actor=actor, now=now, **given)


def read(plan: DevelopmentPlan) -> DevelopmentPlan:
    return DevelopmentPlan.numbered(plan.number)


def test_a_plan_has_its_owner_and_its_customer_is_a_target(
    seller: User, customer: Customer, now: datetime
) -> None:
    plan = read(a_plan(customer, seller.as_actor(), now))
    assert plan.number.startswith("KT-")
    assert (plan.owner_id, plan.owner_name) == (seller.key, seller.name)
    assert DevelopmentPlan.target_customers() == [customer.id]
    plans.give_up_plan(plan, "客户自建车队", actor=seller.as_actor(), now=now)
    assert DevelopmentPlan.target_customers() == []
    assert read(plan).outcome == "客户自建车队"


def test_a_customer_has_one_open_plan(seller: User, customer: Customer, now: datetime) -> None:
    actor = seller.as_actor()
    first = a_plan(customer, actor, now)
    with pytest.raises(PlanIsOpen):
        a_plan(customer, actor, now)
    plans.achieve_plan(first, "首批三票已发", actor=actor, now=now)
    second = a_plan(customer, actor, now)
    with pytest.raises(PlanIsOpen):
        plans.reopen_plan(first, "点错了", actor=actor, now=now)
    assert [read(first).status, read(second).status] == [PlanStatus.ACHIEVED, PlanStatus.OPEN]


def test_an_ended_plan_comes_back_with_a_reason(
    seller: User, customer: Customer, now: datetime
) -> None:
    actor = seller.as_actor()
    plan = a_plan(customer, actor, now)
    plans.give_up_plan(plan, "价格谈不拢", actor=actor, now=now)
    with pytest.raises(PlanNotOpen):
        plans.note_progress(
            plan, actor=actor, now=now, noted_on=date(2026, 1, 5), way=ContactWay.CALL, content="…"
        )
    plans.reopen_plan(plan, "客户重新询价", actor=actor, now=now)
    assert (read(plan).status, read(plan).outcome) == (PlanStatus.OPEN, None)
    assert history_of(plan)[0].reason == "客户重新询价"


def test_the_next_step_is_a_duty_until_it_is_done(
    empty_site: Flask, seller: User, customer: Customer, now: datetime
) -> None:
    actor, today = seller.as_actor(), clock.local_day(now)
    steps = [
        {"what": "提交报价", "due_on": today + timedelta(days=3)},
        {"what": "上门了解货量", "due_on": today - timedelta(days=1)},
        {"what": "试发两票", "due_on": today + timedelta(days=40)},
    ]
    plan = a_plan(customer, actor, now, steps=steps)
    assert waiting(empty_site, actor, now) == ["上门了解货量"]
    seen = plan.revision
    plans.finish_step(plan, 0, actor=actor, now=now, seen=seen)
    assert waiting(empty_site, actor, now) == ["提交报价"]
    with pytest.raises(EditedMeanwhile):
        plans.finish_step(read(plan), 1, actor=actor, now=now, seen=seen)
    plans.finish_step(read(plan), 1, actor=actor, now=now, seen=read(plan).revision)
    assert waiting(empty_site, actor, now) == []
    assert read(plan).steps[0].done_on == today


def test_the_duty_goes_with_the_customer_to_another_salesperson(
    empty_site: Flask, seller: User, customer: Customer, now: datetime
) -> None:
    today = clock.local_day(now)
    a_plan(customer, seller.as_actor(), now, steps=[{"what": "报价", "due_on": today}])
    other = a_user(Role.SALESPERSON)
    manager = a_user(Role.SALES_MANAGER).as_actor()
    assign_salesperson(customer, other.key, actor=manager, now=now)
    assert waiting(empty_site, other.as_actor(), now) == ["报价"]
    assert waiting(empty_site, seller.as_actor(), now) == []


def test_others_customers_are_not_planned_for_and_not_seen(
    seller: User, customer: Customer, now: datetime
) -> None:
    plan = a_plan(customer, seller.as_actor(), now)
    other = a_user(Role.SALESPERSON).as_actor()
    with pytest.raises(NotPermitted):
        a_plan(a_customer(), other, now)
    with pytest.raises(NotPermitted):
        plans.read_plan(plan.number, actor=other)
    assert list(DevelopmentPlan.visible_to(other)) == []
    with pytest.raises(NoSuchOwner):
        plans.edit_plan(
            plan, actor=seller.as_actor(), now=now, seen=plan.revision, owner="0" * 24, why="x"
        )


def test_a_plan_is_typed_noted_and_ended_on_its_pages(
    client_as: ClientAs, seller: User, customer: Customer
) -> None:
    client = client_as(user=seller)
    address = f"/customers/{customer.archive_number}/development/new"
    steps = {"steps-0-what": "提交报价", "steps-0-due_on": "2026年3月20日"}
    answer = submit(client, address, why="现承运商时效差", expected_tonnes="120", **steps)
    assert answer.status_code == 302
    plan = DevelopmentPlan.objects.get(customer_id=customer.id)
    assert plan.next_due_on == date(2026, 3, 20)
    page = f"/development/{plan.number}"
    noted = {"noted_on": "2026-03-02", "way": "meeting", "content": "看了仓库。"}
    assert submit(client, f"{page}/progress", **noted).status_code == 302
    done = submit(client, f"{page}/steps/0/done", page, seen=str(plan.revision + 1))
    assert done.status_code == 302
    assert submit(client, f"{page}/achieve", page, reason="").status_code == 422
    assert submit(client, f"{page}/achieve", page, reason="签约").status_code == 302
    shown = client.get(page).get_data(as_text=True)
    assert "看了仓库。" in shown
    assert "开拓成功" in shown
    part = client.get(f"/customers/{customer.archive_number}/development")
    assert plan.number in part.get_data(as_text=True)
    assert plan.number in client.get("/development?status=achieved").get_data(as_text=True)


def test_a_program_opens_a_plan_and_ends_it(
    client_as: ClientAs, token_as: Callable[..., dict[str, str]], empty_site: Flask
) -> None:
    customer = a_customer()
    program, headers = client_as(Role.SALES_MANAGER), token_as(Role.SALES_MANAGER)
    body = {"customer_name": customer.customer_code, "why": "货量稳定"}
    made = program.post("/api/v1/development-plans", json=body, headers=headers)
    assert made.status_code == 201, made.get_data(as_text=True)
    address = made.headers["Location"]
    again = program.post("/api/v1/development-plans", json=body, headers=headers)
    assert again.status_code == 409
    ended = program.post(f"{address}/give-up", json={"reason": "客户停产"}, headers=headers)
    assert ended.get_json()["status"] == "given_up"
    found = program.get("/api/v1/development-plans?status=given_up", headers=headers).get_json()
    assert [each["number"] for each in found["items"]] == [made.get_json()["number"]]


def test_a_plan_is_found_by_what_it_says(
    client_as: ClientAs,
    seller: User,
    customer: Customer,
    now: datetime,
    index_all: Callable[[], None],
) -> None:
    plan = a_plan(customer, seller.as_actor(), now, why="客户在园区新建冷库")
    index_all()
    shown = client_as(user=seller).get("/search?q=新建冷库").get_data(as_text=True)
    assert f"/development/{plan.number}" in shown
    other = client_as(Role.SALESPERSON).get("/search?q=新建冷库").get_data(as_text=True)
    assert plan.number not in other
