"""On which days people in China work."""

from datetime import date

import chinese_calendar
from chinese_calendar.constants import holidays

LAST_KNOWN = date(max(day.year for day in holidays), 12, 31)
"""The government names the holidays of a year in the autumn before: beyond this they are not
known, and Monday to Friday count as working days."""


def is_workday(day: date) -> bool:
    """Whether people work on *day*: public holidays and the days worked for them are counted."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
