"""At which moments a person is told of a duty."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.urgency import Step
from archive.web.waiting import Duty

DUE = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of March 2026, on Shanghai's clock."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def a_duty(**facts: object) -> Duty:
    return Duty("答复客户抱怨", icon="x", address="/x", **{"due_at": DUE, **facts})  # type: ignore[arg-type]  # facts of the test


@pytest.mark.parametrize(
    ("now", "step"),
    [
        (at(16, 23, 59), None),
        (at(17, 0), Step.TOMORROW),
        (at(17, 23, 59), Step.TOMORROW),
        (at(18, 0), Step.TODAY),
        (at(18, 15, 59), Step.TODAY),
        (at(18, 16), Step.LATE),
        (at(30, 0), Step.LATE),
    ],
)
def test_a_deadline_is_told_the_day_before_on_the_day_and_when_it_has_passed(
    now: datetime, step: Step | None
) -> None:
    assert a_duty().step_at(now) is step


def test_a_clock_is_told_when_half_of_it_has_passed() -> None:
    duty = a_duty(since=DUE - timedelta(hours=48), tells=(Step.HALF, Step.LATE))
    assert duty.step_at(DUE - timedelta(hours=24, seconds=1)) is None
    assert duty.step_at(DUE - timedelta(hours=24)) is Step.HALF
    assert duty.step_at(DUE) is Step.LATE


def test_a_licence_is_told_sixty_thirty_and_seven_days_ahead() -> None:
    duty = a_duty(tells=(Step.DAYS_60, Step.DAYS_30, Step.DAYS_7, Step.LATE))
    said = [duty.step_at(DUE - timedelta(days=days)) for days in (61, 60, 31, 30, 8, 7, 1, 0)]
    assert said == [
        None, Step.DAYS_60, Step.DAYS_60, Step.DAYS_30, Step.DAYS_30, Step.DAYS_7, Step.DAYS_7,
        Step.LATE,
    ]  # fmt: skip


def test_what_has_no_deadline_is_told_only_where_its_coming_is_declared() -> None:
    assert a_duty(due_at=None).step_at(DUE) is None
    assert a_duty(due_at=None, tells=(Step.ARRIVED,)).step_at(DUE) is Step.ARRIVED
    assert a_duty(is_appointment=True).step_at(DUE) is None


def test_a_deadline_that_moves_is_another_one() -> None:
    moved = a_duty(due_at=DUE + timedelta(days=1))
    assert a_duty().told_as(Step.LATE) != moved.told_as(Step.LATE)
    assert a_duty().told_as(Step.LATE) != a_duty().told_as(Step.TODAY)
    assert a_duty().told_as(Step.LATE) == a_duty(about="改了名").told_as(Step.LATE)
