"""How dates, money and sizes are written, the same on every page."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import gettext, ngettext

from archive import clock
from archive.actor import MACHINES
from archive.chinese.numbers import write_money
from archive.chinese.phones import FEWEST_DIGITS
from archive.masking import masked
from archive.terms import Term

MACHINE_NAMES = frozenset(each.name for each in MACHINES)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def day(value: date | datetime | None) -> str:
    """2026-11-23"""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value)
    return value.strftime("%Y-%m-%d")


def instant(value: datetime | None) -> str:
    """2026-11-23 14:05, on the company's clock"""
    return "" if value is None else clock.local(value).strftime("%Y-%m-%d %H:%M")


def moment(value: datetime | None) -> str:
    """2026-11-23 14:05; the day alone of what somebody planned or heard without naming an hour"""
    if value is None:
        return ""
    local = clock.local(value)
    return day(value) if local.time() == time() else instant(value)


def ago(value: datetime | None) -> str:
    """A rough distance from now, behind or ahead, shown next to the exact time."""
    if value is None:
        return ""
    passed = clock.now() - clock.local(value)
    if abs(passed) >= DAY:  # by the calendar, as people count: of one day all are as far away
        days = (clock.local_day(clock.now()) - clock.local_day(value)).days
        return _behind(days, DAY) if days > 0 else _ahead(-days, DAY)
    for unit in (HOUR, MINUTE):
        if abs(passed) >= unit:
            number = int(abs(passed) / unit)
            return _behind(number, unit) if passed > timedelta(0) else _ahead(number, unit)
    return gettext("刚刚")


def _behind(number: int, unit: timedelta) -> str:
    if unit == DAY:
        return ngettext("%(num)d 天前", "%(num)d 天前", number)
    if unit == HOUR:
        return ngettext("%(num)d 小时前", "%(num)d 小时前", number)
    return ngettext("%(num)d 分钟前", "%(num)d 分钟前", number)


def _ahead(number: int, unit: timedelta) -> str:
    if unit == DAY:
        return ngettext("%(num)d 天后", "%(num)d 天后", number)
    if unit == HOUR:
        return ngettext("%(num)d 小时后", "%(num)d 小时后", number)
    return ngettext("%(num)d 分钟后", "%(num)d 分钟后", number)


def span(length: timedelta) -> str:
    """A length of time, roughly: 2 天, 5 小时."""
    seconds = int(length.total_seconds())
    if seconds >= 2 * 86400:
        return gettext("%(count)d 天", count=seconds // 86400)
    if seconds >= 3600:
        return gettext("%(count)d 小时", count=seconds // 3600)
    return gettext("%(count)d 分钟", count=seconds // 60)


def waited(since: datetime) -> str:
    """How long something has waited: 已等待 5 小时."""
    return gettext("已等待 %(amount)s", amount=span(clock.now() - since))


def money(value: Decimal | None) -> str:
    """1,234.50"""
    return "" if value is None else write_money(value)


def figure(value: Decimal | int | None) -> str:
    """1,234.50 for an exact number as it is kept, 1,234 for a count; empty for none."""
    return "" if value is None else f"{value:,}"


def dialled(number: str) -> str:
    """What a telephone dials for one *number*; nothing for the last digits of a second line."""
    main, _, extension = number.partition("转")
    digits = re.sub(r"[^0-9]", "", main)
    if len(digits) < FEWEST_DIGITS:
        return ""
    start = "+" if main.lstrip().startswith("+") else ""
    return f"{start}{digits},{extension}" if extension else f"{start}{digits}"


def size(value: int | None) -> str:
    """3.2 MB"""
    if value is None:
        return ""
    amount = float(value)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit in ("B", "KB") else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"


def term(value: Term | None) -> str:
    """The translated word of a closed list's value."""
    return "" if value is None else gettext(value.label)


def term_choice(value: Term) -> tuple[str, str]:
    """A closed list's value as a choice: the value and its translated word."""
    return value.value, gettext(value.label)


def who_acted(name: str) -> str:
    """*name* as it is stored with an event; that of a machine in the reader's language."""
    return gettext(name) if name in MACHINE_NAMES else name


def install(app: Flask) -> None:
    """Offer these to the templates."""
    filters: dict[str, Any] = {
        "day": day,
        "instant": instant,
        "moment": moment,
        "ago": ago,
        "waited": waited,
        "money": money,
        "figure": figure,
        "size": size,
        "dialled": dialled,
        "term": term,
        "term_choice": term_choice,
        "masked": masked,
        "who": who_acted,
    }
    app.jinja_env.filters.update(filters)
