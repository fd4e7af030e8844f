"""Facts that nobody has looked at for a year ask to be confirmed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from mongoengine.connection import get_db

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.customers import service
from archive.customers.errors import NotConfirmed
from archive.customers.models import Customer
from archive.customers.waiting import duties_of
from archive.database import EditedMeanwhile
from archive.errors import NotPermitted
from archive.trail.collecting import collect_all
from archive.trail.models import TrailEntry
from tests.browser import submit
from tests.builders import a_customer, a_user

ClientAs = Callable[..., FlaskClient]
AskedOf = Callable[[User], set[str]]
LONG_AGO = timedelta(days=366)


def opened_long_ago(seller: User, name: str | None = None) -> Customer:
    """A customer of *seller* that was opened more than a year ago, and not looked at since."""
    customer = a_customer(name, salesperson=seller) if name else a_customer(salesperson=seller)
    stored = {"$set": {"created_at": clock.now() - LONG_AGO}}
    get_db()["customers"].update_one({"_id": customer.id}, stored)
    return Customer.find(customer.key)


@pytest.fixture
def seller(empty_site: Flask) -> User:
    return a_user(Role.SALESPERSON)


@pytest.fixture
def asked_of(site: Flask) -> AskedOf:
    """The customers whose facts a person is asked to confirm."""

    def ask(who: User) -> set[str]:
        with site.test_request_context():
            duties = list(duties_of(who.as_actor(), clock.now()))
        return {each.about for each in duties if each.label == "确认客户资料仍然正确"}

    return ask


def test_facts_not_looked_at_for_a_year_ask_their_salesperson(
    seller: User, asked_of: AskedOf
) -> None:
    old, _ = opened_long_ago(seller), a_customer(salesperson=seller)
    assert asked_of(seller) == {old.name}
    assert asked_of(a_user(Role.SALESPERSON)) == set()
    assert asked_of(a_user(Role.SALES_MANAGER)) == set()


def test_who_says_that_they_are_still_right_is_on_record_and_asked_again_in_a_year(
    seller: User,
    asked_of: AskedOf,
) -> None:
    old = opened_long_ago(seller)
    now = clock.now()
    service.confirm_facts(old, actor=seller.as_actor(), now=now, seen=old.revision)
    confirmed = Customer.find(old.key)
    assert (confirmed.facts_confirmed_at, confirmed.facts_confirmed_by) == (now, seller.name)
    assert asked_of(seller) == set()
    collect_all()
    entry = TrailEntry.objects(subject_id=old.key, action="customer.confirmed").get()
    assert (entry.actor_name, entry.at) == (seller.name, now)
    earlier = {"$set": {"facts_confirmed_at": now - LONG_AGO}}
    get_db()["customers"].update_one({"_id": old.id}, earlier)
    assert asked_of(seller) == {old.name}


def test_correcting_the_facts_counts_as_looking_at_them(seller: User, asked_of: AskedOf) -> None:
    old = opened_long_ago(seller)
    given: dict[str, Any] = {"actor": seller.as_actor(), "now": clock.now()}
    same = service.edit_archive(old, seen=old.revision, name=old.name, **given)
    assert asked_of(seller) == {old.name}  # nothing was corrected
    service.edit_archive(same, seen=same.revision, name=old.name, address="甲路 1 号", **given)
    assert asked_of(seller) == set()
    assert Customer.find(old.key).facts_confirmed_by == seller.name


def test_a_list_that_is_brought_in_is_no_look(seller: User, asked_of: AskedOf) -> None:
    old = opened_long_ago(seller)
    service.edit_archive(
        old, actor=seller.as_actor(), now=clock.now(), seen=old.revision, is_look=False,
        address="甲路 1 号",
    )  # fmt: skip
    assert asked_of(seller) == {old.name}


def test_a_confirmation_is_withdrawn_with_a_reason_and_asked_for_as_before(
    seller: User, asked_of: AskedOf, now: datetime
) -> None:
    old = opened_long_ago(seller)
    actor = seller.as_actor()
    confirmed = service.confirm_facts(old, actor=actor, now=clock.now(), seen=old.revision)
    service.withdraw_confirmation(confirmed, actor=actor, now=clock.now(), reason="点错了")
    withdrawn = Customer.find(old.key)
    assert asked_of(seller) == {old.name}
    assert withdrawn.facts_confirmed_by is None
    with pytest.raises(NotConfirmed):
        service.withdraw_confirmation(withdrawn, actor=actor, now=now, reason="再点一次")


def test_what_was_edited_meanwhile_is_not_confirmed_unseen(seller: User) -> None:
    old = opened_long_ago(seller)
    actor = seller.as_actor()
    before = old.revision
    old.change(actor, clock.now(), "customer.edited", {"address": "乙路 2 号"})
    with pytest.raises(EditedMeanwhile):
        service.confirm_facts(old, actor=actor, now=clock.now(), seen=before)
    stranger = a_user(Role.SALESPERSON).as_actor()
    with pytest.raises(NotPermitted):
        service.confirm_facts(old, actor=stranger, now=clock.now(), seen=old.revision)


def test_one_click_on_the_file_confirms_and_another_page_takes_it_back(
    seller: User, client_as: ClientAs
) -> None:
    old = opened_long_ago(seller)
    client = client_as(user=seller)
    assert f"/customers/{old.archive_number}#confirm" in client.get("/").get_data(as_text=True)
    file = f"/customers/{old.archive_number}"
    assert "仍然正确" in client.get(file).get_data(as_text=True)
    stale = submit(client, f"{file}/confirm", page=file, revision=str(old.revision - 1))
    assert stale.status_code == 302
    assert Customer.find(old.key).facts_confirmed_at is None
    answer = submit(client, f"{file}/confirm", page=file, revision=str(old.revision))
    assert answer.status_code == 302
    page = client.get(file).get_data(as_text=True)
    assert "仍然正确</button>" not in page
    assert f"资料由 {seller.name} 于" in page
    assert submit(client, f"{file}/confirm/withdraw", reason="").status_code == 422
    assert submit(client, f"{file}/confirm/withdraw", reason="点错了").status_code == 302
    assert "仍然正确</button>" in client.get(file).get_data(as_text=True)
    reader = client_as(Role.OPERATIONS_MANAGER).get(file).get_data(as_text=True)
    assert "仍然正确</button>" not in reader


def test_programs_confirm_the_revision_that_they_read(
    seller: User, client_as: ClientAs, token_as: Callable[..., dict[str, str]]
) -> None:
    old = opened_long_ago(seller)
    client, headers = client_as(user=seller), token_as(user=seller)
    address = f"/api/v1/customers/{old.archive_number}"
    tag = client.get(address, headers=headers).headers["ETag"]
    answer = client.post(f"{address}/confirm", headers={**headers, "If-Match": tag})
    assert answer.get_json()["facts_confirmed_by"] == seller.name
    again = client.post(f"{address}/confirm", headers={**headers, "If-Match": tag})
    assert again.status_code == 412
    reason = {"reason": "程序有误"}
    back = client.post(f"{address}/confirm/withdraw", headers=headers, json=reason)
    assert back.get_json()["facts_confirmed_by"] is None
