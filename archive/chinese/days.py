"""Days and instants in every spelling that offices, spreadsheets and chats produce."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from archive.chinese.errors import (
    DayUnreadable,
    InstantUnreadable,
    NoSuchDay,
    NoSuchTime,
    OtherWeekday,
    SerialDay,
    ShortYear,
)
from archive.chinese.folding import fold

_DASHES = str.maketrans(dict.fromkeys("‐‒–—―−", "-"))
_NUMERALS = {"〇": 0, "零": 0, "○": 0} | {each: n for n, each in enumerate("一二三四五六七八九", 1)}
_WEEKDAYS = {each: number for number, each in enumerate("一二三四五六日")} | {"天": 6}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS_OF_WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_DAY = r"""
    (?P<year>\d{4}) (?:
        \s*年\s* (?P<month_han>\d{1,2}|元) \s*月\s* (?P<day_han>\d{1,2}) \s*[日号]?
      | (?P<between>\s*[-/.,、\\_]\s*|\s+) (?P<month>\d{1,2}) (?P=between) (?P<day>\d{1,2}) [.日号]?
      | (?P<month_of_eight>\d\d)(?P<day_of_eight>\d\d)
    )
"""
_ENGLISH = r"""(?:
    (?P<day_first>\d{1,2})[\s-]+(?P<month_second>[a-z]{3,9})\.?[\s,-]+(?P<year_third>\d{4})
  | (?P<month_first>[a-z]{3,9})\.?\s+(?P<day_second>\d{1,2})(?:st|nd|rd|th)?[\s,]+
    (?P<year_last>\d{4})
)"""
_WEEKDAY = r"""[\s,]*[(\[]?(?:
    (?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])
  | (?P<weekday_english>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?
)[)\]]?"""
_HALF = r"(?P<half{}>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|[ap]\.?m\.?)"
_TIME = rf"""(?:
    (?:{_HALF.format("_before")}\s*)?
    (?:
        (?P<hour>\d{{1,2}}) : (?P<minute>\d\d)
        (?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{{1,9}}))?)?
      | (?P<hour_han>\d{{1,2}}) \s*[时点]\s*
        (?: (?P<minute_han>\d{{1,2}})\s*(?:分\s*(?:(?P<second_han>\d{{1,2}})\s*秒)?)?
          | (?P<thirty>半) | (?P<quarters>[一三])刻 | 整 )?
      | (?P<hour_of_four>\d\d)(?P<minute_of_four>\d\d)(?P<second_of_six>\d\d)?
    )
    (?:\s*{_HALF.format("_after")})?
    \s*(?P<zone>z|[+-]\d\d:?\d\d)?
)"""
_SHAPE = re.compile(
    rf"(?:{_DAY}|{_ENGLISH})(?:{_WEEKDAY})?(?:[t\s,]*{_TIME})?", re.VERBOSE | re.ASCII
)
_DAY_NOUGHT = date(1899, 12, 30)  # of a spreadsheet's calendar
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?", re.ASCII)
_WITHOUT_CENTURY = re.compile(r"(?!.*\d{4})\d{1,2}\s*[-/.年月].*\d.*|\d{6}")
_IN_NUMERALS = re.compile("([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2}|元)月")
_DAY_IN_NUMERALS = re.compile("(?<=月)([一二三四五六七八九十廿卅]{1,3})(?=[日号])")

_CLOCK = re.compile(_TIME, re.VERBOSE | re.ASCII)
MORNING, NOON, AFTERNOON = ("凌晨", "清晨", "早上", "早晨", "上午"), ("中午",), ("下午", "傍晚")


def read_day(text: str) -> date:
    """The day that *text* writes: ``2026-3-5``, ``2026年3月5日 星期四``, ``20260305`` …

    A spreadsheet's midnight (``2026/3/5 0:00``) is no other day; any other time is refused.

    Raises:
        DayUnreadable, ShortYear, NoSuchDay, OtherWeekday: nothing is guessed.
    """
    match = _match(text)
    if match is None:
        raise DayUnreadable(text=text)
    day = _day_of(match, text)
    if (at := _time_of(match, text)) is not None and (at.hour, at.minute, at.second) != (0, 0, 0):
        raise DayUnreadable(text=text)
    return day


def read_instant(text: str) -> datetime:
    """The instant that *text* writes, in the zone it names or else without one.

    A day alone is its first instant; ``2026年3月5日 下午3点半`` and ``202603051530`` are read.

    Raises:
        InstantUnreadable, ShortYear, NoSuchDay, NoSuchTime, OtherWeekday: nothing is guessed.
    """
    match = _match(text)
    if match is None:
        raise InstantUnreadable(text=text)
    return datetime.combine(_day_of(match, text), _time_of(match, text) or time())


def read_clock(text: str) -> time:
    """The time of the day that *text* writes: ``8:30``, ``8点半``, ``下午2点`` …

    Raises:
        NoSuchTime: nothing is guessed.
    """
    match = _CLOCK.fullmatch(fold(text).translate(_DASHES).strip())
    at = _time_of(match, text) if match else None
    if at is None or at.tzinfo is not None:
        raise NoSuchTime(text=text)
    return at


def _match(text: str) -> re.Match[str] | None:
    plain = _with_digits(fold(text).translate(_DASHES).strip().removeprefix("'"))
    match = _SHAPE.fullmatch(plain)
    if match is None and _SERIAL.fullmatch(plain):
        raise SerialDay(day=(_DAY_NOUGHT + timedelta(int(plain[:5]))).isoformat())
    if match is None and _WITHOUT_CENTURY.fullmatch(plain):
        raise ShortYear(text=text)
    return match


def _with_digits(text: str) -> str:
    """*text* with a day in numerals in digits: 二〇二六年三月十五日 -> 2026年3月15日."""

    def year_and_month(match: re.Match[str]) -> str:
        year = "".join(str(_NUMERALS[each]) for each in match[1])
        return f"{year}年{1 if match[2] == '元' else _below_hundred(match[2])}月"

    text = _IN_NUMERALS.sub(year_and_month, text)
    return _DAY_IN_NUMERALS.sub(lambda match: str(_below_hundred(match[1])), text)


def _below_hundred(numerals: str) -> int:
    written = numerals.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _NUMERALS[written] if len(written) == 1 else 99  # no such day or month
    return _NUMERALS.get(tens, 9 if tens else 1) * 10 + _NUMERALS.get(ones, 0)


def _first(match: re.Match[str], *names: str) -> str | None:
    return next((match[name] for name in names if match[name] is not None), None)


def _day_of(match: re.Match[str], text: str) -> date:
    word = _first(match, "month_second", "month_first")
    if word is None:
        written = _first(match, "month_han", "month", "month_of_eight") or "0"
        month = 1 if written == "元" else int(written)
    else:
        month = _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0
    year = int(_first(match, "year", "year_third", "year_last") or 0)
    number = _first(match, "day_han", "day", "day_of_eight", "day_first", "day_second")
    try:
        day = date(year, month, int(number or 0))
    except ValueError as error:
        raise NoSuchDay(text=text) from error
    if match["weekday"] and _WEEKDAYS[match["weekday"]] != day.weekday():
        raise OtherWeekday(text=text)
    if (english := match["weekday_english"]) and _DAYS_OF_WEEK.index(english) != day.weekday():
        raise OtherWeekday(text=text)
    return day


def _time_of(match: re.Match[str], text: str) -> time | None:
    written = _first(match, "hour", "hour_han", "hour_of_four")
    if written is None:
        return None
    minute = int(_first(match, "minute", "minute_han", "minute_of_four") or 0)
    if match["thirty"]:
        minute = 30
    elif match["quarters"]:
        minute = 15 * _NUMERALS[match["quarters"]]
    second = int(_first(match, "second", "second_han", "second_of_six") or 0)
    half = (_first(match, "half_before", "half_after") or "").replace(".", "")
    try:
        microsecond = int((match["fraction"] or "").ljust(6, "0")[:6])
        at = time(_hour(int(written), half), minute, second, microsecond)
    except ValueError as error:
        raise NoSuchTime(text=text) from error
    return at if match["zone"] is None else at.replace(tzinfo=_zone(match["zone"], text))


def _hour(hour: int, half: str) -> int:
    """The hour of the day. 上午12点 and 晚上12点 are read in two ways, so neither is taken."""
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        return hour % 12 + (12 if half == "pm" else 0)
    if half in MORNING and not (0 <= hour < 12 or (half == "凌晨" and hour == 12)):
        raise ValueError(hour)
    if half == "凌晨":
        return hour % 12
    if half in NOON and hour not in (11, 12, 1, 2):
        raise ValueError(hour)
    if half in NOON and hour in (1, 2):
        return hour + 12
    if half == "晚上" and hour in (0, 12):
        raise ValueError(hour)
    return hour + 12 if half in (*AFTERNOON, "晚上") and hour < 12 else hour


def _zone(written: str, text: str) -> timezone:
    if written == "z":
        return UTC
    away = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    if away >= timedelta(hours=24):
        raise NoSuchTime(text=text)
    return timezone(-away if written[0] == "-" else away)
