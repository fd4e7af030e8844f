"""Days as people type them, and as instants are compared with them."""

import re
from calendar import monthrange
from datetime import date, timedelta

from archive.clock import start_of
from archive.search.query import During
from archive.search.texts import seconds

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)

_DAY = r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日]?"
_DAYS = re.compile(f"(?:{_DAY})?(?:(\\.\\.|~|至)(?:{_DAY})?)?")


def read_days(text: str) -> tuple[date | None, date | None] | None:
    """First and last day of ``2026``, ``2026-11``, ``2026年11月3日``, ``2026-11-01..2026-11-30``.

    Either end of a range may be missing. None where *text* is no date.
    """
    match = _DAYS.fullmatch(text.strip())
    if match is None or not (match[1] or match[5]):
        return None
    try:
        since = _first_and_last(*match.group(1, 2, 3)) if match[1] else None
        until = _first_and_last(*match.group(5, 6, 7)) if match[5] else None
    except ValueError:
        return None
    if match[4] is None:
        return since
    return (since[0] if since else None), (until[1] if until else None)


def _first_and_last(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    y = int(year)
    if month is None:
        return date(y, 1, 1), date(y, 12, 31)
    if day is None:
        return date(y, int(month), 1), date(y, int(month), monthrange(y, int(month))[1])
    whole = date(y, int(month), int(day))
    return whole, whole


def seconds_of(days: During) -> tuple[int, int]:
    """The first second of *days* on the company's clock, and the first one after them."""
    since, until = max(days.since or EARLIEST, EARLIEST), min(days.until or LATEST, LATEST)
    return seconds(start_of(since)), seconds(start_of(until + timedelta(days=1)))
