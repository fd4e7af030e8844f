"""The list of what archives lack: true at once, by salesperson, for those who may open them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from mongoengine.connection import get_db

from archive import clock
from archive.actor import Actor, Role
from archive.classing.service import edit_measures, install_shipped
from archive.customers.models import ClassMeasures, Customer
from archive.customers.service import edit_archive, make_up
from archive.figures.service import record_months
from archive.filing.rules import AttachmentKind
from archive.filing.service.deciding import file_deposit
from archive.upkeep.service.completing import KINDS, closed_month, items_of
from tests.builders import a_custodian, a_customer, a_user
from tests.filing.conftest import custodian, facts_of, receive, spool  # noqa: F401  # fixtures

ClientAs = Callable[..., FlaskClient]
ADDRESS = "/completeness"


def kept_of(customer: Customer) -> tuple[int, set[str]]:
    stored = Customer.find(customer.key)
    return stored.completeness, set(stored.missing)


def test_what_is_missing_is_known_as_soon_as_the_archive_is_opened_and_mended(
    empty_site: Flask, now: datetime
) -> None:
    customer = a_customer()
    share, missing = kept_of(customer)
    assert share < 100
    assert {"address", "paper:licence"} <= missing
    facts = {"name": customer.name, "address": "甲路 1 号"}
    edited = edit_archive(customer, actor=a_custodian(), now=now, seen=customer.revision, **facts)
    after, left = kept_of(edited)
    assert after > share
    assert missing - left == {"address"}


def test_a_paper_that_is_filed_is_missing_no_more(
    receive: Callable[..., Any],  # noqa: F811
    custodian: Actor,  # noqa: F811
    now: datetime,
) -> None:
    customer = a_customer()
    deposit = receive()
    assert "paper:licence" in kept_of(customer)[1]
    file_deposit(deposit, customer.key, facts_of(AttachmentKind.LICENCE), actor=custodian, now=now)
    assert "paper:licence" not in kept_of(customer)[1]


def test_figures_that_come_in_are_missing_no_more(empty_site: Flask, now: datetime) -> None:
    customer = a_customer(relationship="cooperating_old")
    assert "figures" in kept_of(customer)[1]
    year, month = closed_month(clock.local_day(clock.now()))
    record_months(customer, year, {month: {"revenue": Decimal(1)}}, actor=a_custodian(), now=now)
    assert "figures" not in kept_of(customer)[1]


def test_what_a_class_asks_for_from_now_on_is_missing_after_the_next_look(
    empty_site: Flask, now: datetime
) -> None:
    install_shipped(now=now)
    customer = a_customer(relationship="target", address="甲路 1 号", region="44")
    before, missing = kept_of(customer)
    row = ClassMeasures.of("relationship", "target")
    maker = a_user(Role.SALES_MANAGER).as_actor()
    edit_measures(
        row, actor=maker, now=now, seen=row.revision, visit_days=60, letter_days=None,
        needs_keeper=True, extras=[], papers=["cooperation_plan"],
    )  # fmt: skip
    make_up()
    after, left = kept_of(customer)
    assert left - missing == {"keeper", "paper:cooperation_plan"}
    assert after < before
    assert make_up() == 0


def test_a_licence_that_runs_out_overnight_is_missing_the_next_day(empty_site: Flask) -> None:
    customer = a_customer(licence_valid_until=clock.local_day(clock.now()))
    assert "licence_valid_until" not in kept_of(customer)[1]
    yesterday = clock.now() - timedelta(days=2)
    get_db()["customers"].update_one(
        {"_id": customer.id}, {"$set": {"licence_valid_until": yesterday}}
    )
    make_up()
    assert "licence_valid_until" in kept_of(customer)[1]


def test_whatever_can_be_missing_has_a_name(empty_site: Flask) -> None:
    bare = a_customer(relationship="cooperating_new")
    keys = [item.kind.key for item in items_of(bare, clock.local_day(clock.now()))]
    assert len(keys) == len(set(keys))
    assert set(keys) <= KINDS.keys()


def test_a_salesperson_sees_their_own_archives_and_mends_them_from_the_list(
    client_as: ClientAs,
) -> None:
    seller = a_user(Role.SALESPERSON)
    own, other = a_customer(salesperson=seller), a_customer()
    page = client_as(user=seller).get(ADDRESS).get_data(as_text=True)
    assert f"/customers/{own.archive_number}/edit#f-address" in page
    assert other.name not in page
    assert "/intake" not in page
    manager = client_as(Role.SALES_MANAGER).get(ADDRESS).get_data(as_text=True)
    assert own.name in manager
    tab = f"/customers/{other.archive_number}/completeness"
    assert tab in manager
    whole = client_as(Role.SALES_MANAGER).get(tab).get_data(as_text=True)
    assert f"/customers/{other.archive_number}/assign" in whole
    reader = client_as(Role.OPERATIONS_MANAGER).get(ADDRESS).get_data(as_text=True)
    assert other.name in reader
    assert "#f-address" not in reader


def test_the_list_is_narrowed_to_a_salesperson_a_thing_and_a_degree(client_as: ClientAs) -> None:
    seller = a_user(Role.SALESPERSON)
    own, other = a_customer(salesperson=seller, region="44"), a_customer(salesperson=seller)
    client = client_as(Role.CUSTODIAN)

    def found(**asked: str) -> set[str]:
        page = client.get(ADDRESS, query_string=asked).get_data(as_text=True)
        return {each.name for each in (own, other) if each.name in page}

    assert found(salesperson=seller.key) == {own.name, other.name}
    assert found(missing="region") == {other.name}
    assert found(missing="papers") == {own.name, other.name}
    assert found(completeness="incomplete") == {own.name, other.name}
    assert found(completeness="complete") == set()
    assert found(missing="nothing-known") == set()


def test_the_list_is_taken_away_with_what_is_missing_in_words(
    client_as: ClientAs,
) -> None:
    a_customer(name="华盛机械有限公司")
    answer = client_as(Role.CUSTODIAN).get(ADDRESS, query_string={"export": "csv"})
    text = answer.get_data().decode("utf-8-sig")
    assert "完整度" in text
    assert "华盛机械有限公司" in text
    assert "营业执照有效期" in text
    assert "licence" not in text


def test_programs_read_what_is_missing(
    token_as: Callable[..., dict[str, str]], client_as: ClientAs
) -> None:
    seller = a_user(Role.SALESPERSON)
    own, _ = a_customer(salesperson=seller), a_customer()
    client = client_as(user=seller)
    answer = client.get("/api/v1/completeness", headers=token_as(user=seller)).get_json()
    (row,) = answer["items"]
    assert row["archive_number"] == own.archive_number
    assert "paper:licence" in row["missing"]
    assert row["completeness"] < 100


def test_home_says_how_many_archives_are_to_be_completed(client_as: ClientAs) -> None:
    seller = a_user(Role.SALESPERSON)
    a_customer(salesperson=seller), a_customer(salesperson=seller), a_customer()
    home = client_as(user=seller).get("/").get_data(as_text=True)
    assert "待补全的档案" in home
    assert "/completeness?completeness=incomplete" in home
    assert "缺证照或文件的档案" not in home
    keeper = client_as(Role.CUSTODIAN).get("/").get_data(as_text=True)
    assert "缺证照或文件的档案" in keeper
    assert "/completeness?missing=papers" in keeper
