"""The trail: what stands in it, who reads it, and that nothing personal lies in it for ever."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.customers.service import edit_archive
from archive.database import durable, kind_of, records
from archive.trail.collecting import collect_all, collect_from, digest
from archive.trail.looks import note_look
from archive.trail.models import History, TrailEntry
from tests.builders import a_customer

ActorAs = Callable[..., Actor]
ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def custodian(actor_as: ActorAs) -> Actor:
    return actor_as(Role.CUSTODIAN)


@pytest.fixture
def auditor(client_as: ClientAs) -> FlaskClient:
    return client_as(Role.AUDITOR)


def page(client: FlaskClient, url: str) -> str:
    shown = client.get(url)
    assert shown.status_code == 200, f"{url} answered {shown.status_code}"
    return shown.get_data(as_text=True)


def test_an_event_stands_in_the_document_until_the_trail_has_it(custodian: Actor) -> None:
    customer = a_customer("甲公司", actor=custodian)
    assert TrailEntry.objects(action="customer.opened").count() == 0
    assert [event.action for event in Customer.find(customer.key).pending] == ["customer.opened"]
    collect_all()
    assert TrailEntry.objects(action="customer.opened").count() == 1
    assert Customer.find(customer.key).pending == []


def test_a_kill_between_trail_and_document_leaves_the_event_once(custodian: Actor) -> None:
    """The events are taken from a copy read before; the second taking finds them there."""
    customer = a_customer("甲公司", actor=custodian)
    stale = durable(Customer).find_one({"_id": customer.id})
    collect_from(Customer, [stale])
    collect_from(Customer, [stale])
    assert TrailEntry.objects(action="customer.opened").count() == 1
    assert History.objects.filter(subject_id=customer.key).count() == 1


def test_a_change_made_while_events_are_taken_is_not_lost(custodian: Actor, now: datetime) -> None:
    customer = a_customer("甲公司", actor=custodian)
    stale = durable(Customer).find_one({"_id": customer.id})
    edit_archive(customer, actor=custodian, now=now, seen=1, name="甲公司", address="新地址")
    collect_from(Customer, [stale])
    assert [each.action for each in Customer.find(customer.key).pending] == ["customer.edited"]
    collect_all()
    assert TrailEntry.objects(subject_id=customer.key).count() == 2


def test_a_digest_proves_the_value_that_history_keeps(custodian: Actor) -> None:
    customer = a_customer("甲公司", actor=custodian, address="甲路 1 号")
    collect_all()
    entry = TrailEntry.objects(subject_id=customer.key).get()
    history = History.objects(id=entry.id).get()
    kept = {change["field"]: change["after"] for change in history.changes}
    for each in entry.fields:
        assert each["after"] == digest(kept[each["field"]], history.salt)
    assert "甲路" not in str(entry.to_mongo())


def test_a_look_stands_in_the_trail_at_once(custodian: Actor, now: datetime) -> None:
    customer = a_customer("甲公司", actor=custodian)
    note_look(customer, actor=custodian, now=now, action="customer.phones_revealed")
    entry = TrailEntry.objects(action="customer.phones_revealed").get()
    assert (entry.actor_id, entry.at, entry.subject_id) == (custodian.id, now, customer.key)
    assert entry.customer_id == customer.key


def test_every_kind_of_record_is_taken_from(stores: object) -> None:
    assert {"customers", "users", "visits", "complaints", "contracts", "deposits"} <= {
        kind_of(model) for model in records()
    }


def test_the_auditor_reads_who_did_what_in_words(auditor: FlaskClient, custodian: Actor) -> None:
    a_customer("华盛货运有限公司", actor=custodian)
    collect_all()
    text = page(auditor, "/trail")
    assert "建立客户档案" in text
    assert custodian.name in text
    assert "华盛货运有限公司" in text


def test_an_event_is_opened_to_its_before_and_after(
    auditor: FlaskClient, custodian: Actor, now: datetime
) -> None:
    customer = a_customer("甲公司", actor=custodian, address="老地址")
    edit_archive(customer, actor=custodian, now=now, seen=1, name="甲公司", address="新地址")
    collect_all()
    entry = TrailEntry.objects(action="customer.edited").get()
    text = page(auditor, f"/trail/{entry.id}")
    for words in ("更新客户档案", "老地址", "新地址", "地址"):
        assert words in text


def test_filters_narrow_the_trail(auditor: FlaskClient, actor_as: ActorAs) -> None:
    for name in ("周文", "许静"):
        a_customer(f"{name}的客户", actor=actor_as(Role.CUSTODIAN, name=name))
    collect_all()
    shown = page(auditor, "/trail?who=周文&action=customer.opened&kind=customers")
    assert "周文的客户" in shown
    assert "许静的客户" not in shown
    today = clock.local_day(clock.now())
    assert "周文的客户" in page(auditor, f"/trail?since={today}&until={today}")
    assert "周文的客户" not in page(auditor, "/trail?until=2020-01-01")


@pytest.mark.parametrize(
    "odd",
    ["since=never", "until=9999-12-31", "since=0001-01-01", "who=(", "who=%00", "action=$ne",
     "kind=%5B", "sort=reason", "page=99999999999999999999"],
)  # fmt: skip
def test_an_odd_address_still_shows_the_trail(auditor: FlaskClient, odd: str) -> None:
    page(auditor, f"/trail?{odd}")


@pytest.mark.parametrize("key", ["x", "z" * 24, "0" * 24, "%00", "..%2f"])
def test_an_unknown_event_is_not_found(auditor: FlaskClient, key: str) -> None:
    assert auditor.get(f"/trail/{key}").status_code == 404


def test_the_trail_is_exported_as_it_is_filtered(auditor: FlaskClient, custodian: Actor) -> None:
    a_customer("甲公司", actor=custodian)
    collect_all()
    answer = auditor.get("/trail?action=customer.opened&export=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0].values)
    assert rows[0][:3] == ("时间", "人员", "操作")
    assert [row[2] for row in rows[1:]] == ["建立客户档案"]
