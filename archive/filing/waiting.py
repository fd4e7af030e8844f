"""What waits for the custodian, and the figures of filing."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from flask import url_for

from archive import clock
from archive.actor import Actor, Right
from archive.blobs import BlobCheck
from archive.filing.models import Deposit
from archive.filing.rules import WAITING
from archive.observing import Gauge
from archive.terms import N_
from archive.urgency import Step
from archive.web.listing import count_of
from archive.web.waiting import Duty, Figure


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """The custodian's stack as one duty: a day's scans are filed that day. And what is damaged."""
    yield from _damage(who)
    if not who.may(Right.FILE_DEPOSIT):
        return
    waiting = Deposit.waiting()
    if oldest := waiting.first():
        day = clock.local_day(oldest.created_at)
        yield Duty(
            N_("归档扫描件"),
            icon="inbox",
            address=url_for("intake.list_page"),
            due_at=clock.last_minute_of(day),
            due_on=day,
            count=waiting.count(),
            tells=(Step.LATE,),
            right=Right.FILE_DEPOSIT,
        )


def _damage(who: Actor) -> Iterator[Duty]:
    """Files that are not what was filed: for those who can have them restored."""
    if not (who.may(Right.FILE_DEPOSIT) or who.may(Right.MANAGE_PEOPLE)):
        return
    if first := BlobCheck.all_damaged().first():
        yield Duty(
            N_("从备份恢复受损的文件"),
            icon="alert-triangle",
            address=url_for("damaged.list_page"),
            due_at=first.damaged_since,
            tells=(Step.LATE,),
            count=BlobCheck.damaged(),
        )


def figures_of(who: Actor, now: datetime) -> Iterator[Figure]:
    """What waits in the custodian's stack, and what was rejected."""
    if not who.may(Right.FILE_DEPOSIT):
        return
    waiting, rejected = Deposit.waiting().count(), Deposit.rejected().count()
    yield Figure(N_("待归档的文件"), waiting, url_for("intake.list_page"), order=100)
    yield Figure(N_("退回的文件"), rejected, url_for("intake.rejected"), order=100)


def waiting_by_state() -> Mapping[str, float]:
    """How many deposits wait to be filed, in each state of waiting, counted as far as a list."""
    return {each.value: count_of(Deposit.objects(state=each)) for each in WAITING}


GAUGES = (Gauge("deposits_waiting", "Deposits that wait to be filed", waiting_by_state, "state"),)


def count_waiting(who: Actor) -> int:
    """How many deposits wait to be filed, for the badge next to the page's name."""
    return int(Deposit.waiting().count()) if who.may(Right.FILE_DEPOSIT) else 0
