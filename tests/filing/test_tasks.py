"""What runs behind the pages: each task may run twice."""

from datetime import datetime, timedelta

from flask import Flask

from archive import clock
from archive.actor import Actor
from archive.blobs import BlobCheck
from archive.filing import tasks
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import DepositState
from archive.filing.service import deciding
from archive.jobs import celery
from tests.builders import a_customer
from tests.filing.conftest import Receive, facts_of
from tests.filing.test_deciding import file_and_crash


def test_preparing_runs_twice_without_harm(receive: Receive, in_app: Flask) -> None:
    deposit = receive()
    for _ in range(2):
        tasks.prepare_deposit(deposit.key)
        assert Deposit.find(deposit.key).state is DepositState.READY
    prepared = [each.action for each in Deposit.find(deposit.key).pending]
    assert prepared == ["deposit.received", "deposit.prepared"]


def test_preparing_leaves_what_was_filed_in_the_meantime(
    receive: Receive, in_app: Flask, custodian: Actor, now: datetime
) -> None:
    deposit = receive()
    deciding.file_deposit(deposit, a_customer().key, facts_of(), actor=custodian, now=now)
    tasks.prepare_deposit(deposit.key)
    assert Deposit.find(deposit.key).state is DepositState.FILED


def test_the_sweep_finishes_what_a_crash_left(
    receive: Receive, in_app: Flask, custodian: Actor, now: datetime
) -> None:
    deposit = receive()
    file_and_crash(deposit, custodian, now)
    for _ in range(2):
        tasks.sweep()
    assert [each.id for each in Attachment.objects] == [deposit.id]


def test_the_store_is_checked_on_a_rhythm(receive: Receive, in_app: Flask) -> None:
    sha256 = receive().file.sha256
    tasks.check_fixity()
    tasks.sweep_orphans()
    checked_at = BlobCheck.objects.get(id=sha256).checked_at
    assert clock.now() - checked_at < timedelta(minutes=1)
    rhythm = {name for name in celery.conf.beat_schedule if name.startswith("filing.")}
    assert rhythm == {
        "filing.sweep",
        "filing.check_fixity",
        "filing.sweep_orphans",
        "filing.read_older",
        "filing.learn_kinds",
    }
