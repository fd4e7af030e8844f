"""What state a task is in, and when a duty that was put off comes back."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from archive import clock
from archive.assigning.errors import DayPast, DueDayPast
from archive.terms import N_, Term
from archive.urgency import SOON

LONGEST_PAUSE = 90
"""Days for which a duty can be put off."""


class TaskStatus(Term):
    """Whether a task is still to be done."""

    OPEN = "open", N_("待完成"), "active"
    DONE = "done", N_("已完成"), "good"
    TAKEN_BACK = "taken_back", N_("已收回")


class AsideState(Term):
    """Whether a duty is set aside now."""

    ACTIVE = "active", N_("已推迟或转交"), "active"
    ENDED = "ended", N_("已结束")


@dataclass(frozen=True)
class About:
    """The record that a task is about, and the tokens of which one opens it."""

    kind: str = ""
    key: str = ""
    access: frozenset[str] = field(default_factory=frozenset)


def check_due(due_on: date, now: datetime) -> None:
    """A task is due today or later.

    Raises:
        DueDayPast.
    """
    if due_on < clock.local_day(now):
        raise DueDayPast()


def check_pause(until: date, now: datetime) -> None:
    """A duty is put off to a day that is ahead, and not for ever.

    Raises:
        DayPast.
    """
    today = clock.local_day(now)
    if not today < until <= today + timedelta(days=LONGEST_PAUSE):
        raise DayPast(most=LONGEST_PAUSE)


def is_paused(until: date, put_off_at: datetime, due_at: datetime | None, now: datetime) -> bool:
    """Whether a duty that was put off is still to be left alone.

    Putting off moves no deadline: where one comes before *until*, the duty is back a day ahead of
    it. What pressed already when it was put off stays away until the day.
    """
    if clock.local_day(now) >= until:
        return False
    return due_at is None or not put_off_at < due_at - SOON <= now
