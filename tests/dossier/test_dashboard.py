"""The dashboard: how the company stands, and the list behind each number."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from flask import Flask

from archive import clock
from archive.actor import Role
from archive.customers.models import Customer
from archive.customers.rules import Relationship
from archive.customers.rules.classes import Contribution, Credit, Maintenance
from archive.dossier.tasks import count
from archive.figures.models import sums_of_all
from archive.figures.service import record_months
from tests.builders import a_complaint, a_customer, a_user
from tests.conftest import ClientAs

FIGURE = re.compile(
    r'<a class="figure" href="([^"]+)">\s*<div class="label">([^<]+)</div>\s*'
    r'<div class="value">([^<]+)</div>'
)


@pytest.fixture
def company(in_app: Flask) -> None:
    """Some customers, as they stand today."""
    today = clock.local_day(clock.now())
    a_customer(region="31", relationship=Relationship.TARGET, cooperation_started_on=today)
    lost = a_customer(region="31", relationship=Relationship.LOST, cooperation_ended_on=today)
    a_customer(region="44", licence_valid_until=today + timedelta(days=9))
    a_customer(region="44", licence_valid_until=today - timedelta(days=9))
    Customer.objects(region="44").update(credit=Credit.B)
    Customer.objects(id=lost.id).update(
        contribution=Contribution.IMPORTANT, maintenance=Maintenance.STRATEGIC
    )
    a_complaint(lost)
    count()


def test_every_number_opens_a_list_of_so_many(company: None, client_as: ClientAs) -> None:
    client = client_as(Role.SALES_MANAGER)
    shown = client.get("/dashboard").get_data(as_text=True)
    numbers = {label: (unescape(url), value) for url, label, value in FIGURE.findall(shown)}
    wanted = {
        "目标客户": 1,
        "流失客户": 1,
        "潜在客户": 2,
        "本月开始合作": 1,
        "今年终止合作": 1,
        "重要客户": 1,
        "战略客户": 1,
        "B 级信誉": 2,
        "未结案": 1,
        "待受理": 1,
        "60 天内到期": 1,
        "已过期": 1,
        "上海": 2,
        "广东": 2,
    }
    for label, number in wanted.items():
        address, value = numbers[label]
        assert value == str(number), label
        assert f"共 {number} 条" in client.get(address).get_data(as_text=True), label


@pytest.mark.parametrize("role", [Role.GENERAL_MANAGER, Role.SALES_MANAGER])
def test_managers_see_it_before_the_worker_has_counted(
    role: Role, in_app: Flask, client_as: ClientAs
) -> None:
    assert "统计时间" in client_as(role).get("/dashboard").get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.SALESPERSON, Role.CUSTODIAN, Role.STAFF])
def test_nobody_else_sees_it(role: Role, client_as: ClientAs) -> None:
    assert client_as(role).get("/dashboard").status_code == 403


def test_a_profit_that_was_not_given_is_worked_out_and_later_months_are_left_out(
    in_app: Flask,
) -> None:
    who = a_user(Role.SALES_MANAGER).as_actor()
    months = {
        1: {"revenue": Decimal("100.50"), "cost": Decimal(80)},
        2: {"revenue": Decimal(10), "profit": Decimal(3)},
        3: {"revenue": Decimal(1000)},
    }
    record_months(a_customer(), 2025, months, actor=who, now=clock.now())
    made = sums_of_all(2025, 2)
    assert {name: getattr(made, name) for name in ("revenue", "profit", "tonnage")} == {
        "revenue": Decimal("110.50"),
        "profit": Decimal("23.50"),
        "tonnage": Decimal(0),
    }
