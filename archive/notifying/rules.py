"""When a notice leaves the archive, and what it says there."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from archive import clock
from archive.terms import N_, Term

MORNING = time(8, 30)
"""When the morning's mail is sent on working days, where the company has not said otherwise."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
LEASE = timedelta(minutes=3)
"""For so long a worker has what it sends for itself; whoever has it for longer has died."""
GIVEN_UP_AFTER = timedelta(days=7)


class How(Term):
    """How a person is told outside of the product."""

    NOT = "not", N_("只在系统内通知")
    AT_ONCE = "at_once", N_("立即发邮件")
    MORNING = "morning", N_("工作日早上汇总成一封邮件")


class OutState(Term):
    """How far a notice that leaves the archive has come."""

    WAITING = "waiting", N_("待发送"), "active"
    SENT = "sent", N_("已发送"), "good"
    GIVEN_UP = "given_up", N_("未能送出"), "bad"


class Channel(Term):
    """A way out of the archive."""

    MAIL = "mail", N_("邮件")
    ROBOT = "robot", N_("群机器人")


def next_morning(
    now: datetime, is_workday: Callable[[date], bool], at_time: time = MORNING
) -> datetime:
    """The next time that the morning's mail is sent, at *now* or later."""
    day = clock.local_day(now)
    while True:
        at = datetime.combine(day, at_time, tzinfo=clock.TIMEZONE)
        if at >= now and is_workday(day):
            return at
        day += timedelta(days=1)


def after_quiet(now: datetime, quiet_from: int | None, quiet_until: int | None) -> datetime:
    """*now*, or the end of the quiet hours (of the company's clock) that it is in.

    From 22 until 7 is over midnight; from an hour until the same hour is never quiet.
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return now
    local = clock.local(now)
    is_quiet = (local.hour - quiet_from) % 24 < (quiet_until - quiet_from) % 24
    if not is_quiet:
        return now
    end = local.replace(hour=quiet_until, minute=0, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def pause_after(tries: int) -> timedelta:
    """How long a channel is left alone that did not take what was sent *tries* times."""
    doubled: timedelta = FIRST_PAUSE * (1 << min(tries - 1, 20))
    return min(doubled, LONGEST_PAUSE)
