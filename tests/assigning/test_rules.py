"""When a duty that was put off comes back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from archive.assigning import rules
from archive.assigning.errors import DayPast, DueDayPast

NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai
FRIDAY = date(2026, 3, 20)


def test_a_duty_without_a_deadline_stays_away_until_the_day() -> None:
    evening = datetime(2026, 3, 19, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    assert rules.is_paused(FRIDAY, NOW, None, evening)
    assert not rules.is_paused(FRIDAY, NOW, None, evening + timedelta(minutes=1))


def test_a_duty_is_back_a_day_ahead_of_its_deadline_however_far_it_was_put_off() -> None:
    due = NOW + timedelta(days=3)
    a_day_ahead = due - timedelta(days=1)
    assert rules.is_paused(FRIDAY, NOW, due, a_day_ahead - timedelta(seconds=1))
    assert not rules.is_paused(FRIDAY, NOW, due, a_day_ahead)


def test_what_was_late_when_it_was_put_off_stays_away_until_the_day() -> None:
    assert rules.is_paused(FRIDAY, NOW, NOW - timedelta(days=2), NOW + timedelta(days=1))
    assert not rules.is_paused(FRIDAY, NOW, NOW - timedelta(days=2), NOW + timedelta(days=4))


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_duty_is_put_off_to_a_day_ahead_and_not_for_ever(days: int) -> None:
    with pytest.raises(DayPast):
        rules.check_pause(date(2026, 3, 16) + timedelta(days=days), NOW)


def test_a_task_may_be_due_today_and_not_before() -> None:
    rules.check_due(date(2026, 3, 16), NOW)
    with pytest.raises(DueDayPast):
        rules.check_due(date(2026, 3, 15), NOW)
