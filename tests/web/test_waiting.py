"""Which duty comes first, and how its clock reads."""

from datetime import UTC, datetime, timedelta

from archive.urgency import Urgency
from archive.web.waiting import Duty, most_urgent_first

NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)


def a_duty(
    about: str = "", due_in: timedelta | None = None, waited: timedelta | None = None
) -> Duty:
    return Duty(
        "答复客户抱怨",
        icon="message-reply",
        address="/",
        about=about,
        due_at=NOW + due_in if due_in is not None else None,
        since=NOW - waited if waited is not None else None,
    )


def test_the_clock_that_runs_out_first_comes_first() -> None:
    duties = [
        a_duty("tomorrow", timedelta(days=1)),
        a_duty("late", timedelta(hours=-3)),
        a_duty("soon", timedelta(hours=2)),
    ]
    assert [duty.about for duty in most_urgent_first(duties, NOW)] == ["late", "soon", "tomorrow"]


def test_what_has_no_clock_stands_between_what_presses_and_what_has_time() -> None:
    duties = [
        a_duty("new", waited=timedelta(hours=1)),
        a_duty("old", waited=timedelta(days=9)),
        a_duty("next year", timedelta(days=300)),
        a_duty("tonight", timedelta(hours=9)),
    ]
    ordered = [duty.about for duty in most_urgent_first(duties, NOW)]
    assert ordered == ["tonight", "old", "new", "next year"]


def test_a_clock_is_late_soon_or_later() -> None:
    assert a_duty(due_in=timedelta(seconds=-1)).urgency(NOW) is Urgency.LATE
    assert a_duty(due_in=timedelta(hours=24)).urgency(NOW) is Urgency.SOON
    assert a_duty(due_in=timedelta(hours=25)).urgency(NOW) is Urgency.RUNNING
    assert a_duty().urgency(NOW) is Urgency.OPEN
