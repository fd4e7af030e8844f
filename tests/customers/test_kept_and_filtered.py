"""What records make of their customer, and the list that filters, sorts and adds up by it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bson import ObjectId
from flask import Flask

from archive import clock
from archive.actor import Role
from archive.communication.models import Complaint, Visit
from archive.communication.service import visits
from archive.contracts.models import Contract
from archive.customers.models import Customer
from archive.customers.rules import Nature, Origin, TransportMode
from archive.customers.tasks import make_up
from archive.database import collection_of
from archive.figures.service import record_months
from tests.builders import a_complaint, a_customer, a_user, a_visit
from tests.conftest import ClientAs


def again(customer: Customer) -> Customer:
    return Customer.find(customer.key)


def a_contract(customer: Customer, ends_on: date, status: str = "draft") -> Contract:
    who = a_user(Role.SALES_MANAGER)
    given = {
        "number": f"HT-{ObjectId()}",
        "title": "运输合同",
        "customer_id": customer.id,
        "customer_name": customer.name,
        "handler_id": who.key,
        "handler_name": who.name,
        "status": status,
        "ends_on": ends_on,
    }
    return Contract.open_new(who.as_actor(), clock.now(), "contract.drafted", given)


def figures(customer: Customer, year: int, revenue: str, profit: str = "1") -> None:
    month = {"revenue": Decimal(revenue), "profit": Decimal(profit)}
    who = a_user(Role.SALES_MANAGER).as_actor()
    record_months(customer, year, {1: month}, actor=who, now=clock.now())


# Kept on the customer


def test_the_last_visit_is_the_latest_that_took_place(in_app: Flask) -> None:
    customer, now = a_customer(), clock.now()
    a_visit(customer, visited_at=now - timedelta(days=9))
    latest = a_visit(customer, visited_at=now - timedelta(days=2))
    a_visit(customer, visited_at=now + timedelta(days=2))
    assert again(customer).last_visit_at == latest.visited_at
    manager = a_user(Role.SALES_MANAGER).as_actor()
    visits.cancel_visit(latest, actor=manager, now=now, reason="客户改期")
    assert again(customer).last_visit_at == Visit.objects.order_by("visited_at").first().visited_at


def test_open_complaints_are_counted_until_they_are_closed(in_app: Flask) -> None:
    customer = a_customer()
    first, _ = a_complaint(customer), a_complaint(customer)
    assert again(customer).open_complaints == 2
    closed = {"status": "closed"}
    first.change(a_user(Role.CUSTOMER_SERVICE).as_actor(), clock.now(), "complaint.closed", closed)
    assert again(customer).open_complaints == 1


def test_a_contract_reaches_until_the_latest_that_is_not_void(in_app: Flask) -> None:
    customer = a_customer()
    a_contract(customer, date(2027, 3, 31))
    a_contract(customer, date(2028, 3, 31), status="void")
    assert again(customer).contract_until == date(2027, 3, 31)


def test_the_years_figures_are_those_of_this_year_and_the_last(in_app: Flask) -> None:
    customer, year = a_customer(), clock.local(clock.now()).year
    figures(customer, year, "100.50", "20")
    figures(customer, year - 1, "90")
    figures(customer, year - 2, "70")
    kept = again(customer)
    assert (kept.revenue_this_year, kept.revenue_last_year) == (Decimal("100.50"), Decimal("90.00"))
    assert kept.profit_this_year == Decimal("20.00")


def test_what_a_record_makes_of_its_customer_is_no_change_of_the_archive(in_app: Flask) -> None:
    customer = a_customer()
    a_visit(customer)
    assert again(customer).revision == customer.revision
    actor = a_user(Role.CUSTODIAN).as_actor()
    customer.change(actor, clock.now(), "customer.edited", {"address": "测试路 1 号"})
    assert again(customer).last_visit_at is not None


def test_a_sweep_makes_up_for_what_was_left_out(in_app: Flask) -> None:
    customer, other = a_customer(), a_customer()
    a_complaint(customer)
    stored = collection_of(Customer)
    stored.update_one({"_id": customer.id}, {"$unset": {"open_complaints": ""}})
    stored.update_one({"_id": other.id}, {"$set": {"open_complaints": 7}})
    make_up()
    assert (again(customer).open_complaints, again(other).open_complaints) == (1, None)


def test_a_complaint_that_turns_out_to_be_anothers_is_counted_there(in_app: Flask) -> None:
    wrong, right = a_customer(), a_customer()
    complaint = Complaint.find(a_complaint(wrong).key)
    desk = a_user(Role.CUSTOMER_SERVICE).as_actor()
    complaint.change(desk, clock.now(), "complaint.edited", {"customer_id": right.id})
    assert (again(wrong).open_complaints, again(right).open_complaints) == (None, 1)


# The list


@pytest.fixture
def three(in_app: Flask) -> dict[str, Customer]:
    """A customer with everything, one with little, one with nothing."""
    year = clock.local(clock.now()).year
    rich = a_customer(
        "甲公司",
        nature=Nature.STATE,
        origin=Origin.DIRECT,
        transport_modes=[TransportMode.RAIL],
        licence_valid_until=date(2020, 1, 1),
        established_on=date(2001, 5, 1),
    )
    some = a_customer("乙公司", licence_is_open_ended=True, cooperation_started_on=date(2024, 1, 1))
    a_visit(rich, visited_at=clock.now() - timedelta(days=3))
    a_complaint(rich)
    a_contract(rich, date(2027, 3, 31))
    figures(rich, year, "1000.00")
    figures(some, year, "500.00")
    return {"甲": rich, "乙": some, "丙": a_customer("丙公司")}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("nature=state", "甲"),
        ("origin=direct&transport=rail", "甲"),
        ("complaints=yes", "甲"),
        ("complaints=no", "乙丙"),
        ("complaints=perhaps", ""),
        ("licence_kind=expired", "甲"),
        ("licence_kind=open", "乙"),
        ("licence_kind=unknown", "丙"),
        ("licence_to=2020-01-01", "甲"),
        ("licence_to=2019-12-31", ""),
        ("contract=2027-03-31&contract_to=2027-03-31", "甲"),
        ("visits=no", "乙丙"),
        ("visited=2020-01-01", "甲"),
        ("started=2024-01-01", "乙"),
        ("established_to=2010-01-01", "甲"),
        ("revenue=500.01", "甲"),
        ("revenue=500&revenue_to=999", "乙"),
        ("nature=state&complaints=yes&visited=2020-01-01&revenue=1&licence_kind=expired", "甲"),
    ],
)
def test_customers_are_found_by_every_fact(
    asked: str, found: str, three: dict[str, Customer], client_as: ClientAs
) -> None:
    shown = client_as(Role.SALES_MANAGER).get(f"/customers?{asked}").get_data(as_text=True)
    assert {name for name in three if f"{name}公司" in shown} == set(found)


def test_an_amount_that_is_none_says_so_and_narrows_nothing(
    three: dict[str, Customer], client_as: ClientAs
) -> None:
    shown = client_as(Role.SALES_MANAGER).get("/customers?revenue=viel").get_data(as_text=True)
    assert "不是金额" in shown
    assert "共 3 条" in shown


def test_amounts_are_added_up_over_all_that_was_found(
    three: dict[str, Customer], client_as: ClientAs
) -> None:
    manager = client_as(Role.SALES_MANAGER)
    address = "/customers?columns=name&columns=revenue&sort=-revenue&per_page=1"
    assert "1,500.00" in manager.get(address).get_data(as_text=True)
    assert "1,500.00" not in manager.get(f"{address}&complaints=no").get_data(as_text=True)


def test_whoever_may_not_open_figures_neither_sees_nor_filters_nor_sorts_by_them(
    three: dict[str, Customer], client_as: ClientAs
) -> None:
    desk = client_as(Role.CUSTOMER_SERVICE)
    address = "/customers?columns=name&columns=revenue&revenue=900&sort=-revenue"
    shown = desk.get(address).get_data(as_text=True)
    assert all(f"{name}公司" in shown for name in three)
    assert "1,000.00" not in shown
    assert "今年收入" not in shown


def test_a_right_for_ones_own_customers_alone_tells_nothing_of_all(
    three: dict[str, Customer], client_as: ClientAs
) -> None:
    both = client_as(Role.SALESPERSON, Role.CUSTOMER_SERVICE)
    assert "共 3 条" in both.get("/customers?revenue=900").get_data(as_text=True)


def test_a_salesperson_filters_their_own(client_as: ClientAs, in_app: Flask) -> None:
    seller, year = a_user(Role.SALESPERSON), clock.local(clock.now()).year
    mine, _ = a_customer("我的公司", salesperson=seller), a_customer("别人的公司")
    figures(mine, year, "1000.00")
    shown: Any = client_as(user=seller).get("/customers?revenue=900").get_data(as_text=True)
    assert "我的公司" in shown
    assert "别人的公司" not in shown
