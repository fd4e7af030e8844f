"""Data of the release before opens in this one: `archive init` brings it into the present form."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bson import Decimal128, json_util
from flask import Flask
from mongoengine.connection import get_db

from archive import clock, database
from archive.accounts.models import User
from archive.actor import Role
from archive.cli.upgrading import upgrade
from archive.communication.models import Complaint, Visit
from archive.communication.service import complaints
from archive.contracts.models import Contract, DraftText
from archive.customers.models import Customer, OfCustomer
from archive.database import every, kind_of, records
from archive.filing.models import Attachment
from tests.conftest import ClientAs

Stored = dict[str, dict[Any, dict[str, Any]]]


def stored() -> Stored:
    """Every record as MongoDB holds it, by collection and identity."""
    return {
        kind_of(model): {each["_id"]: each for each in get_db()[kind_of(model)].find()}
        for model in records()
    }


def doubles_in(value: Any, place: str = "") -> Iterator[str]:
    """Where a double is left in *value*."""
    if isinstance(value, float):
        yield place
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from doubles_in(each, f"{place}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from doubles_in(each, place)


def doubles_of(kept: Stored) -> list[str]:
    """Where doubles are left in any record."""
    documents = (document for kind in kept.values() for document in kind.values())
    return [place for document in documents for place in doubles_in(document)]


@pytest.fixture
def before(empty_site: Flask, data: Path) -> Stored:
    """A database that the first release wrote: its demonstration company and more."""
    store = get_db()
    with gzip.open(data / "first_release.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            kept = json_util.loads(line)
            if "document" in kept:
                store[kept["collection"]].insert_one(kept["document"])
    return stored()


@pytest.fixture
def upgraded(before: Stored) -> Stored:
    """The same database after `archive init`."""
    database.create_indexes()
    assert upgrade()
    return stored()


def test_it_says_what_it_changes_and_changes_nothing_the_second_time(before: Stored) -> None:
    said = upgrade()
    assert any("complaints" in sentence for sentence in said)
    once = stored()
    assert upgrade() == []
    get_db()["upgrades"].delete_many({})
    assert upgrade() == []
    assert stored() == once


def test_revisions_events_and_times_stay(before: Stored, upgraded: Stored) -> None:
    for kind, documents in before.items():
        assert upgraded[kind].keys() == documents.keys()
        for key, document in documents.items():
            now = upgraded[kind][key]
            for name in ("revision", "created_at", "updated_at", "pending"):
                assert now.get(name) == document.get(name), (kind, name)


def test_the_trail_is_not_touched(before: Stored) -> None:
    def trail() -> list[Any]:
        return [list(get_db()[name].find().sort("_id")) for name in ("trail", "history")]

    earlier = trail()
    assert len(earlier[0]) > 400
    upgrade()
    assert trail() == earlier


def test_amounts_are_exact_and_no_double_is_left(before: Stored, upgraded: Stored) -> None:
    assert doubles_of(before)
    assert doubles_of(upgraded) == []
    claims = [each.get("claimed_amount") for each in upgraded["complaints"].values()]
    assert Decimal128("0.00") in claims
    assert Decimal128("1234.56") in claims
    amounts = [each.get("amount") for each in upgraded["contracts"].values()]
    assert Decimal128("99999999999.99") in amounts


@pytest.mark.usefixtures("upgraded")
def test_every_record_belongs_to_whoever_follows_up_its_customer() -> None:
    owners = dict(Customer.objects.scalar("id", "salesperson_id"))
    for model in every(OfCustomer):
        for record in model.objects:
            assert record.salesperson_id == owners.get(record.customer_id), record.caption
    seller = User.objects(roles=Role.SALESPERSON).first().as_actor()
    mine = {key for key, owner in owners.items() if str(owner) == seller.id}
    for model in (Visit, Contract, Attachment):
        assert {each.id for each in model.visible_to(seller)} >= {
            each.id for each in model.objects(customer_id__in=list(mine))
        }


@pytest.mark.usefixtures("upgraded")
def test_names_and_drafts_are_found_by_their_text_and_by_what_they_lack() -> None:
    named = Customer.objects(Customer.called("华盛"))
    assert "演示·华盛货运有限公司" in {each.name for each in named}
    for contract in Contract.objects:
        assert len(DraftText.of_file(contract.newest.sha256)) > 1000
        assert contract.is_incomplete is bool(contract.newest.missing)
    assert Contract.objects(is_incomplete=True).count() > 0
    assert not get_db()["contracts"].find_one({"draft_text": {"$exists": True}})


@pytest.mark.usefixtures("upgraded")
def test_old_records_are_opened_and_edited(client_as: ClientAs) -> None:
    manager = client_as(Role.SALES_MANAGER)
    for address in ("/", "/customers", "/visits", "/complaints", "/contracts"):
        assert manager.get(address).status_code == 200, address
    for number in Complaint.objects.scalar("number"):
        assert manager.get(f"/complaints/{number}").status_code == 200, number
    for number in Customer.objects.scalar("archive_number"):
        assert manager.get(f"/customers/{number}").status_code == 200, number
    desk = User.objects(roles=Role.CUSTOMER_SERVICE).first().as_actor()
    waiting = Complaint.objects(status="recorded").first()
    complaints.accept_complaint(waiting, actor=desk, now=clock.now())
    again = Complaint.find(waiting.key)
    assert again.revision == waiting.revision
    assert [each["field"] for each in again.pending[-1].changes] == [
        "status",
        "accepted_at",
        "accepted_by_id",
        "accepted_by_name",
        "handler_id",
        "handler_name",
    ]


@pytest.mark.usefixtures("upgraded")
def test_whoever_accepted_a_complaint_sees_to_it() -> None:
    accepted = Complaint.objects(accepted_by_id__exists=True)
    assert accepted.count() > 0
    assert all(each.handler_id for each in accepted)
