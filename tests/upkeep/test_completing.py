"""How complete an archive is: each thing that is missing, with the way to mend it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.customers.models import Customer
from archive.figures.service import record_months
from archive.upkeep.service.completing import closed_month, items_of
from tests.builders import a_custodian, a_customer, a_user

ClientAs = Callable[..., FlaskClient]
TODAY = date(2026, 11, 27)


def missing_in(customer: Customer) -> set[str]:
    return {
        item.kind.label
        for item in items_of(Customer.find(customer.key), TODAY)
        if not item.is_there
    }


def test_an_archive_that_was_just_opened_lacks_what_the_regulation_asks_for(
    empty_site: Flask,
) -> None:
    bare = a_customer()
    assert missing_in(bare) >= {"统一社会信用代码", "地址", "联系人", "营业执照"}
    assert "上月业绩" not in missing_in(bare)  # nothing is transported for them yet
    fuller = a_customer(region="44", address="甲路 1 号", main_goods="钢材")
    assert missing_in(bare) - missing_in(fuller) == {"地区", "地址", "主要运输物资"}


def test_a_licence_that_ran_out_is_missing(empty_site: Flask) -> None:
    yesterday = TODAY - timedelta(days=1)
    old, good = a_customer(licence_valid_until=yesterday), a_customer(licence_is_open_ended=True)
    assert "营业执照有效期" in missing_in(old)
    assert "营业执照有效期" not in missing_in(good)
    (item,) = [each for each in items_of(old, TODAY) if each.kind.label == "营业执照有效期"]
    assert item.is_expired


def test_customers_in_business_need_the_figures_of_the_month_before(empty_site: Flask) -> None:
    customer = a_customer(relationship="cooperating_old")
    assert "上月业绩" in missing_in(customer)
    record_months(
        customer, 2026, {10: {"revenue": Decimal(1)}}, actor=a_custodian(), now=clock.now()
    )
    assert "上月业绩" not in missing_in(customer)


def test_in_january_the_month_that_is_over_is_of_the_year_before() -> None:
    assert closed_month(date(2027, 1, 3)) == (2026, 12)


def test_the_file_shows_each_with_the_way_to_whoever_may_mend_it(
    client_as: ClientAs, now: datetime
) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=seller)
    address = f"/customers/{customer.archive_number}/completeness"
    own = client_as(user=seller).get(address).get_data(as_text=True)
    assert f"/customers/{customer.archive_number}/edit#f-credit_code" in own
    assert "/intake" not in own
    assert "/intake" in client_as(Role.CUSTODIAN).get(address).get_data(as_text=True)
    reader = client_as(Role.OPERATIONS_MANAGER).get(address).get_data(as_text=True)
    assert "统一社会信用代码" in reader and "#f-credit_code" not in reader
    assert client_as(Role.SALESPERSON).get(address).status_code == 403
