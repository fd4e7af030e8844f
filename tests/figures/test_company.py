"""The company's figures: by what customers have in common, against the year before."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.customers.models import Customer
from archive.figures.lists import GROUPINGS, groups_of
from archive.figures.service import record_months
from archive.trail.models import TrailEntry
from tests.builders import a_custodian, a_customer, a_user

ClientAs = Callable[..., FlaskClient]
REGION = GROUPINGS[0]


def brings(customer: Customer, year: int, months: dict[int, tuple[int, int]]) -> None:
    """Write revenue and cost of each month."""
    amounts: dict[int, dict[str, Any]] = {
        month: {"revenue": Decimal(revenue), "cost": Decimal(cost)}
        for month, (revenue, cost) in months.items()
    }
    record_months(customer, year, amounts, actor=a_custodian(), now=clock.now())


@pytest.fixture
def seller(empty_site: Flask) -> User:
    return a_user(Role.SALESPERSON)


@pytest.fixture
def customers(seller: User) -> list[Customer]:
    """Two of Guangdong, one of them the seller's, and one whose region is not known."""
    mine = a_customer("甲公司", region="44", salesperson=seller)
    other, nowhere = a_customer("乙公司", region="44"), a_customer("丙公司")
    brings(mine, 2025, {1: (100, 90), 2: (100, 90), 11: (900, 100)})
    brings(mine, 2026, {1: (200, 150), 2: (100, 100)})
    brings(other, 2026, {2: (50, 70)})
    brings(nowhere, 2026, {1: (10, 5)})
    return [mine, other, nowhere]


def test_customers_are_added_up_by_what_they_have_in_common(
    customers: list[Customer], empty_site: Flask
) -> None:
    with empty_site.test_request_context():
        groups, total, through = groups_of(REGION, 2026, a_user(Role.SALES_MANAGER).as_actor())
    assert through == 2
    assert [(each.label, each.value, each.now.customers) for each in groups] == [
        ("广东", "44", 2),
        ("未登记", "", 1),
    ]
    assert (groups[0].now.revenue, groups[0].now.profit) == (Decimal(350), Decimal(30))
    assert groups[0].before.profit == Decimal(20)  # of January and February, as of this year
    assert groups[0].change == Decimal("50.0")
    assert (total.now.customers, total.now.profit) == (3, Decimal(35))


def test_a_seller_sees_what_their_own_customers_bring(
    customers: list[Customer], seller: User, client_as: ClientAs, empty_site: Flask
) -> None:
    with empty_site.test_request_context():
        groups, total, _ = groups_of(REGION, 2026, seller.as_actor())
    assert (len(groups), total.now.customers, total.now.profit) == (1, 1, Decimal(50))
    client = client_as(user=seller)
    answer = client.get("/figures?year=2026&by=salesperson")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert seller.name in text and "70.00" not in text


def test_the_page_and_its_file_show_the_same(
    customers: list[Customer], client_as: ClientAs
) -> None:
    client = client_as(Role.SALES_MANAGER)
    text = client.get("/figures?year=2026").get_data(as_text=True)
    assert "广东" in text and "/customers?region=44" in text and "+50.0%" in text
    with client.get("/figures?year=2026&export=xlsx") as answer:
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0].values)
    assert [row[0] for row in rows] == ["分组", "广东", "未登记", "合计"]
    assert rows[-1][4] == 35  # a number, not a text
    assert TrailEntry.objects(action="list.exported").count() == 1


def test_another_grouping_and_the_file_are_of_the_year_that_is_shown(
    customers: list[Customer], client_as: ClientAs
) -> None:
    client = client_as(Role.SALES_MANAGER)
    text = client.get("/figures?year=2025&by=industry").get_data(as_text=True)
    for address in ("by=region", "by=industry&amp;export=xlsx"):
        assert f"/figures?year=2025&amp;{address}" in text
    assert "/figures?year=2024&amp;by=industry" in text
    assert "/figures?year=2026&amp;by=industry" in text


def test_without_figures_the_page_says_where_they_come_from(client_as: ClientAs) -> None:
    text = client_as(Role.CUSTODIAN).get("/figures").get_data(as_text=True)
    assert "年还没有业绩" in text and "/imports" in text


@pytest.mark.parametrize("odd", ["year=1", "year=x", "by=nothing", "year=9999"])
def test_odd_addresses_break_nothing(client_as: ClientAs, odd: str) -> None:
    assert client_as(Role.CUSTODIAN).get(f"/figures?{odd}").status_code in (200, 404)


def test_who_may_not_take_lists_away_takes_no_figures(client_as: ClientAs) -> None:
    client = client_as(Role.OPERATIONS_MANAGER)
    assert client.get("/figures").status_code == 200
    assert client.get("/figures?export=xlsx").status_code == 403
