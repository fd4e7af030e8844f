"""The demonstration company, loaded once."""

import json
import stat
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from mongoengine.connection import get_db

from archive import clock
from archive.accounts import service as accounts
from archive.accounts.models import User
from archive.actor import Role
from archive.cli.demonstration import load
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import ComplaintStatus
from archive.communication.rules.visits import VisitStatus
from archive.config import Settings
from archive.contracts.models import Contract, Template
from archive.contracts.rules import ContractStatus
from archive.custody.models import Disposal, LegalHold, StockTake
from archive.custody.rules.retention import DisposalState
from archive.custody.rules.stock import StockState, Whereabouts
from archive.customers.models import Customer
from archive.filing.models import Attachment, Deposit

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture(scope="module")
def loaded(site: Flask, settings: Settings) -> Iterator[dict[str, Any]]:
    """The sign-ins that loading wrote down, by role."""
    for name in (store := get_db()).list_collection_names():
        store[name].delete_many({})
    with site.app_context():
        assert load(settings)
        yield json.loads((settings.var / "demo-accounts.json").read_text(encoding="utf-8"))


def test_every_role_has_someone_who_can_sign_in(loaded: dict[str, Any], settings: Settings) -> None:
    assert set(loaded) == {role.value for role in Role}
    for role, account in loaded.items():
        user, _ = accounts.sign_in(
            account["username"], account["password"], now=clock.now(), settings=settings
        )
        assert role in user.roles


def test_the_sign_ins_are_in_a_file_that_only_its_owner_reads(settings: Settings) -> None:
    assert stat.S_IMODE((settings.var / "demo-accounts.json").stat().st_mode) == 0o600


def test_every_customer_says_that_it_is_a_demonstration_and_has_a_right_code() -> None:
    customers = list(Customer.objects)
    assert len(customers) == 40
    for customer in customers:
        assert customer.name.startswith("演示·")
        assert customer.credit_code.startswith("9199")  # no region of the country
        assert not customer.has_doubtful_credit_code
    assert len({customer.salesperson_id for customer in customers}) == 2


def test_visits_are_in_every_state() -> None:
    now = clock.now()
    assert Visit.objects(status=VisitStatus.CLOSED).count() > 50
    assert Visit.objects(visited_at__gt=now).count() >= 3
    assert Visit.objects(visited_at__lte=now, content=None).count() >= 1


def test_complaints_are_in_every_state_and_one_is_late() -> None:
    assert Complaint.objects(status=ComplaintStatus.CLOSED).count() > 30
    assert Complaint.objects(status=ComplaintStatus.RECORDED).count() >= 1
    assert Complaint.objects(due_at__lt=clock.now()).count() >= 1
    assert any(complaint.is_waiting_for_evidence for complaint in Complaint.objects)


def test_no_brace_is_left_in_any_text() -> None:
    texts = [str(record.to_mongo().to_dict()["content"]) for record in Complaint.objects]
    texts += [str(visit.content) + visit.purpose for visit in Visit.objects]
    assert [text for text in texts if "{contact" in text or "{goods" in text] == []


def test_there_are_scans_templates_and_drafts() -> None:
    assert Attachment.objects.count() >= 6
    assert Deposit.waiting().count() == 2
    assert Template.objects.count() == 9
    assert Contract.objects.count() == 3
    assert Contract.objects(status=ContractStatus.IN_REVIEW).count() == 1


def test_cabinets_were_counted_and_old_papers_wait_for_an_answer() -> None:
    counted, counting = StockTake.objects.order_by("created_at")
    assert (counted.state, counting.state) == (StockState.FINISHED, StockState.OPEN)
    found = {state: number for state, number in counted.counts().items() if number}
    assert found == {Whereabouts.FOUND: 3, Whereabouts.MISSING: 1, Whereabouts.MISPLACED: 1}
    states = [each.state for each in Disposal.objects.order_by("number")]
    assert states == [DisposalState.REFUSED, DisposalState.PROPOSED]
    assert LegalHold.objects(lifted_at=None).count() == 1


def test_loading_again_changes_nothing(settings: Settings) -> None:
    before = User.objects.count(), Visit.objects.count()
    assert not load(settings)
    assert (User.objects.count(), Visit.objects.count()) == before
