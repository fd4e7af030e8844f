"""The time of day: instants are kept in UTC and shown in the company's own zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

TIMEZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present instant, in UTC, to the millisecond (the precision that MongoDB keeps)."""
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def local(instant: datetime) -> datetime:
    """*instant* on the company's clock. An instant without a zone counts as UTC."""
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return instant.astimezone(TIMEZONE)


def local_day(instant: datetime) -> date:
    """The calendar day of *instant* at the company's place."""
    return local(instant).date()


def start_of(day: date) -> datetime:
    """The first instant of *day* at the company's place, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=TIMEZONE).astimezone(UTC)


def last_minute_of(day: date) -> datetime:
    """The instant by which something promised for *day* is due: 23:59 there, in UTC."""
    return start_of(day + timedelta(days=1)) - timedelta(minutes=1)
