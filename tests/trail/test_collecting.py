"""Events leave their documents for the trail, once, and nothing personal stays in it for ever."""

from collections.abc import Callable
from datetime import datetime

import pytest

from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.customers.service import edit_archive
from archive.database import durable, kind_of, records
from archive.trail import collecting
from archive.trail.collecting import collect_all, collect_from, digest
from archive.trail.looks import note_look
from archive.trail.models import History, TrailEntry
from tests.builders import a_customer

ActorAs = Callable[..., Actor]


@pytest.fixture
def custodian(actor_as: ActorAs) -> Actor:
    return actor_as(Role.CUSTODIAN)


def test_an_event_stays_in_the_document_until_the_trail_has_it(custodian: Actor) -> None:
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


def test_a_look_is_in_the_trail_at_once(custodian: Actor, now: datetime) -> None:
    customer = a_customer("甲公司", actor=custodian)
    note_look(customer, actor=custodian, now=now, action="customer.phones_revealed")
    entry = TrailEntry.objects(action="customer.phones_revealed").get()
    assert (entry.actor_id, entry.at, entry.subject_id) == (custodian.id, now, customer.key)
    assert entry.customer_id == customer.key


def test_every_kind_of_record_is_taken_from(empty_site: object) -> None:
    assert {"customers", "users", "visits", "complaints", "contracts", "deposits"} <= {
        kind_of(model) for model in records()
    }


def test_more_documents_than_a_batch_holds_are_all_taken_from(
    custodian: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "BATCH", 2)
    customers = [a_customer(f"客户{number}", actor=custodian) for number in range(5)]
    assert collect_all() >= len(customers)
    assert TrailEntry.objects(action="customer.opened").count() == len(customers)
    assert Customer.objects(pending__0__exists=True).count() == 0
