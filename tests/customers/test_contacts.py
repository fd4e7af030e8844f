"""Contact persons who left, who came back, and what is known privately of them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.customers.errors import LeftLater, NoSuchContact
from archive.customers.imports.contacts import ContactRow, judge_contact
from archive.customers.indexing import entries_of
from archive.customers.models import Customer, PersonalNote
from archive.customers.service import contacts
from archive.errors import NotPermitted
from archive.importable import Verdict
from archive.trail.history import history_of
from archive.trail.models import History, TrailEntry
from tests.browser import submit
from tests.builders import a_customer, a_user

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def seller(empty_site: Flask) -> User:
    return a_user(Role.SALESPERSON)


@pytest.fixture
def customer(seller: User) -> Customer:
    people = [
        {"name": "周敏", "phone": "13800001234", "is_responsible": True},
        {"name": "钱亮", "phone": "13900005678"},
    ]
    return a_customer("演示百川机械有限公司", salesperson=seller, contacts=people)


def read(customer: Customer) -> Customer:
    return Customer.find(customer.key)


def names(people: object) -> list[str]:
    return [each.name for each in people]  # type: ignore[attr-defined]


def test_who_left_stays_in_history_and_is_offered_nowhere(
    seller: User, customer: Customer, now: datetime
) -> None:
    actor, day = seller.as_actor(), clock.local_day(now)
    contacts.let_go(customer, "周敏", actor=actor, now=now, left_on=day, reason="离职")
    found = read(customer)
    assert (names(found.contacts), names(found.former_contacts)) == (["钱亮"], ["周敏"])
    [gone] = found.former_contacts
    assert (gone.left_on, gone.left_reason, gone.phone) == (day, "离职", "13800001234")
    assert found.responsible_contact is not None
    assert found.responsible_contact.name == "钱亮"
    assert all("周敏" not in (entry.body or "") for entry in entries_of(found))
    newest = history_of(found)[0]
    assert (newest.action, newest.reason) == ("customer.contact_left", "离职")


def test_who_came_back_is_a_contact_person_again(
    seller: User, customer: Customer, now: datetime
) -> None:
    actor, day = seller.as_actor(), clock.local_day(now)
    contacts.let_go(customer, "周敏", actor=actor, now=now, left_on=day, reason="离职")
    contacts.take_back_contact(read(customer), "周敏", "登记错了人", actor=actor, now=now)
    found = read(customer)
    assert (names(found.contacts), names(found.former_contacts)) == (["钱亮", "周敏"], [])
    assert found.responsible_contact is not None
    assert found.responsible_contact.name == "周敏"
    assert found.contacts[1].phone == "13800001234"
    assert history_of(found)[0].reason == "登记错了人"


def test_nobody_leaves_on_a_day_to_come_or_twice(
    seller: User, customer: Customer, now: datetime
) -> None:
    actor, day = seller.as_actor(), clock.local_day(now)
    with pytest.raises(LeftLater):
        contacts.let_go(
            customer, "周敏", actor=actor, now=now, left_on=day + timedelta(days=1), reason="离职"
        )
    contacts.let_go(customer, "周敏", actor=actor, now=now, left_on=day, reason="离职")
    with pytest.raises(NoSuchContact):
        contacts.let_go(read(customer), "周敏", actor=actor, now=now, left_on=day, reason="离职")
    other = a_user(Role.SALESPERSON).as_actor()
    with pytest.raises(NotPermitted):
        contacts.take_back_contact(read(customer), "周敏", "回来了", actor=other, now=now)


def test_editing_the_archive_keeps_who_left(
    client_as: ClientAs, seller: User, customer: Customer, now: datetime
) -> None:
    actor, day = seller.as_actor(), clock.local_day(now)
    contacts.let_go(customer, "周敏", actor=actor, now=now, left_on=day, reason="离职")
    submit(
        client_as(user=seller), f"/customers/{customer.archive_number}/edit",
        name=customer.name, relationship="potential", seen=read(customer).revision,
        **{"contacts-0-name": "孙洁"},
    )  # fmt: skip
    found = read(customer)
    assert (names(found.contacts), names(found.former_contacts)) == (["孙洁"], ["周敏"])


def test_a_list_does_not_bring_back_who_left(
    empty_site: Flask, seller: User, customer: Customer, now: datetime
) -> None:
    actor, day = seller.as_actor(), clock.local_day(now)
    contacts.let_go(customer, "周敏", actor=actor, now=now, left_on=day, reason="离职")
    row = ContactRow(customer=customer.customer_code, name="周敏", phone="13800001234")
    with empty_site.test_request_context():
        judged = judge_contact(row, read(customer), actor)
    assert judged.verdict is Verdict.REFUSED
    assert "已记为离开" in judged.why


def test_leaving_and_coming_back_are_done_on_pages(
    client_as: ClientAs, seller: User, customer: Customer
) -> None:
    client, file = client_as(user=seller), f"/customers/{customer.archive_number}"
    away = f"{file}/contacts/1/left"
    assert "钱亮" in client.get(away).get_data(as_text=True)
    refused = submit(client, away, name="钱亮", left_on="2026-01-05", reason="")
    assert refused.status_code == 422
    assert submit(client, away, name="钱亮", left_on="2026-01-05", reason="调岗").status_code == 302
    page = client.get(file).get_data(as_text=True)
    assert "2026-01-05 离开：调岗" in page
    assert "13900005678" not in page, "numbers of those who left are masked as well"
    back = f"{file}/contacts/0/back"
    assert submit(client, back, name="钱亮", reason="又负责运输").status_code == 302
    assert "已离开的联系人" not in client.get(file).get_data(as_text=True)
    assert client.get(back).status_code == 404


def test_a_program_says_who_left_and_who_came_back(
    client_as: ClientAs, token_as: Callable[..., dict[str, str]], seller: User, customer: Customer
) -> None:
    program, headers = client_as(user=seller), token_as(user=seller)
    address = f"/api/v1/customers/{customer.archive_number}/contacts"
    body = {"name": "周敏", "left_on": "2026-01-05", "reason": "离职"}
    left = program.post(f"{address}/left", json=body, headers=headers).get_json()
    [gone] = left["former_contacts"]
    assert (gone["left_on"], gone["left_reason"]) == ("2026-01-05", "离职")
    assert "13800001234" not in str(left)
    body = {"name": "周敏", "reason": "登记错了"}
    back = program.post(f"{address}/back", json=body, headers=headers).get_json()
    assert back["former_contacts"] == []


def test_private_notes_are_seen_by_few_and_each_look_is_written_down(
    client_as: ClientAs, seller: User, customer: Customer
) -> None:
    address = f"/customers/{customer.archive_number}/personal"
    client = client_as(user=seller)
    assert client.get(f"{address}/new?name=周敏").status_code == 200
    made = submit(
        client, f"{address}/new?name=周敏", name="周敏", birthday="3月5日", preferences="不吃辣"
    )
    assert made.status_code == 302
    page = client.get(address).get_data(as_text=True)
    assert "3月5日" in page
    assert "不吃辣" in page
    looks = TrailEntry.objects(action="customer.personal_seen")
    assert [each.actor_id for each in looks] == [seller.key]
    for role in (Role.OPERATIONS_MANAGER, Role.CUSTOMER_SERVICE, Role.SALESPERSON):
        assert client_as(role).get(address).status_code == 403, role
    assert "3月5日" in client_as(Role.SALES_MANAGER).get(address).get_data(as_text=True)
    file = client_as(Role.OPERATIONS_MANAGER).get(f"/customers/{customer.archive_number}")
    assert "不吃辣" not in file.get_data(as_text=True)


def test_no_trail_history_or_index_holds_a_private_note(
    seller: User, customer: Customer, now: datetime
) -> None:
    actor = seller.as_actor()
    note = contacts.write_personal(
        customer, "周敏", actor=actor, now=now, birthday="3月5日", preferences="不吃辣"
    )
    contacts.edit_personal(
        note, actor=actor, now=now, seen=note.revision, birthday="3月6日", preferences="不吃辣"
    )
    assert PersonalNote.find(note.key).birthday == "3月6日"
    told = str([each.changes for each in history_of(note)])
    assert len(history_of(note)) == 2
    for said in ("3月5日", "3月6日", "不吃辣"):
        assert said not in told
        assert said not in str([each.to_mongo() for each in TrailEntry.objects])
        assert said not in str([each.to_mongo() for each in History.objects])
        assert said not in str(entries_of(read(customer)))


def test_a_note_of_another_customer_is_not_there(
    client_as: ClientAs, seller: User, customer: Customer, now: datetime
) -> None:
    note = contacts.write_personal(customer, "周敏", actor=seller.as_actor(), now=now)
    other = a_customer("演示长岭食品厂", salesperson=seller)
    client = client_as(user=seller)
    edit = f"/customers/{other.archive_number}/personal/{note.key}/edit"
    assert client.get(edit).status_code == 404
    assert (
        client.get(edit.replace(other.archive_number, customer.archive_number)).status_code == 200
    )
