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

_SIGNS = str.maketrans(
    dict.fromkeys("‐‒–—―−", "-") | dict.fromkeys("∶︰", ":") | dict.fromkeys("。·•・･", ".")
)
_NUMERALS = {"〇": 0, "零": 0, "○": 0} | {each: n for n, each in enumerate("一二三四五六七八九", 1)}
_ON_A_CHEQUE = str.maketrans(
    "壹贰弍叁参肆伍陆柒捌玖拾", "一二二三三四五六七八九十"
)  # as on a cheque
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
    (?:星期|周|礼拜)(?P<weekday{0}>[一二三四五六日天])
  | (?P<weekday_english{0}>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?
)[)\]]?"""
_HALVES = "凌晨|清晨|早上|早晨|早|上午|中午|下午|午后|傍晚|晚上|晚"
_HALF = rf"(?P<half{{}}>{_HALVES}|[ap]\.?m\.?)"
_TIME = rf"""(?:
    (?:{_HALF.format("_before")}\s*)?
    (?:
        (?P<hour>\d{{1,2}}) \s*:\s* (?P<minute>\d\d)
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
    rf"(?:{_WEEKDAY.format('_before')}[\s,]*)?(?:{_DAY}|{_ENGLISH})(?:{_WEEKDAY.format('')})?"
    rf"(?:(?P<joint>[t\s,]*){_TIME})?",
    re.VERBOSE | re.ASCII,
)
_NOUGHT = datetime(1899, 12, 30)  # noqa: DTZ001  # of a spreadsheet's calendar, which has no zone
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?", re.ASCII)
_WITHOUT_CENTURY = re.compile(r"(?!.*\d{4})\d{1,2}\s*[-/.年月].*\d.*|\d{6}")
_YEAR_IN_NUMERALS = re.compile("[〇零○一二三四五六七八九]{4}(?=年)")
_MONTH_IN_NUMERALS = re.compile("(?<=年)[零一二三四五六七八九十]{1,3}(?=月)")
_DAY_IN_NUMERALS = re.compile("(?<=月)[零一二三四五六七八九十廿卅]{1,3}(?=[日号])")
_TIME_IN_NUMERALS = re.compile(
    "(?<![一-九])(?P<hour>[零一二两三四五六七八九十]{1,3})(?P<sign>[点时])"
    "(?:(?P<minute>[零一二三四五六七八九十]{1,3})(?![刻半]))?"
)

_CLOCK = re.compile(_TIME, re.VERBOSE | re.ASCII)
_HOURS = {
    "凌晨": range(7), "清晨": range(4, 10), "早上": range(4, 12), "早晨": range(4, 12),
    "早": range(4, 12), "上午": range(12), "中午": range(11, 15), "下午": range(12, 24),
    "午后": range(12, 19), "傍晚": range(16, 21), "晚上": range(17, 24), "晚": range(17, 24),
}  # fmt: skip
"""The hours of the day that people mean by each word."""


def read_day(text: str) -> date:
    """The day that *text* writes: ``2026-3-5``, ``2026年3月5日 星期四``, ``20260305`` …

    A spreadsheet's midnight (``2026/3/5 0:00``) is no other day; any other time is refused.

    Raises:
        DayUnreadable, ShortYear, NoSuchDay, OtherWeekday: nothing is guessed.
    """
    match = _match(text, "%Y-%m-%d")
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
    match = _match(text, "%Y-%m-%d %H:%M")
    if match is None:
        raise InstantUnreadable(text=text)
    return datetime.combine(_day_of(match, text), _time_of(match, text) or time())


def read_clock(text: str) -> time:
    """The time of the day that *text* writes: ``8:30``, ``8点半``, ``下午2点`` …

    Raises:
        NoSuchTime: nothing is guessed.
    """
    match = _CLOCK.fullmatch(_with_digits(fold(text.translate(_SIGNS)).translate(_SIGNS).strip()))
    at = _time_of(match, text) if match else None
    if at is None or at.tzinfo is not None:
        raise NoSuchTime(text=text)
    return at


def _match(text: str, asked: str) -> re.Match[str] | None:
    folded = fold(text.translate(_SIGNS)).translate(_SIGNS)
    plain = _with_digits(folded.strip().removeprefix("'"))
    match = _SHAPE.fullmatch(plain)
    if match is None and _SERIAL.fullmatch(plain):
        at = _NOUGHT + timedelta(minutes=round(float(plain) * 24 * 60))
        raise SerialDay(day=f"{at:{asked}}".removesuffix(" 00:00"))
    if match is None and _WITHOUT_CENTURY.fullmatch(plain):
        raise ShortYear(text=text)
    return match


def _with_digits(text: str) -> str:
    """*text* with its numerals in digits: 二〇二六年三月五日下午三点半 -> 2026年3月5日下午3点半."""
    text = text.translate(_ON_A_CHEQUE)
    text = _YEAR_IN_NUMERALS.sub(
        lambda found: "".join(str(_NUMERALS[each]) for each in found[0]), text
    )
    for numerals in (_MONTH_IN_NUMERALS, _DAY_IN_NUMERALS):
        text = numerals.sub(lambda found: str(_below_hundred(found[0])), text)
    return _TIME_IN_NUMERALS.sub(
        lambda found: (
            f"{_below_hundred(found['hour'])}{found['sign']}"
            f"{'' if found['minute'] is None else _below_hundred(found['minute'])}"
        ),
        text,
    )


def _below_hundred(numerals: str) -> int:
    """What *numerals* say; 99, which is no month, day, hour or minute, where they say nothing."""
    written = numerals.replace("廿", "二十").replace("卅", "三十").replace("两", "二")
    if len(written) > 1:
        written = written.removeprefix("零")
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _NUMERALS[written] if len(written) == 1 else 99
    if len(tens) > 1 or len(ones) > 1 or ones == "零" or tens == "零":
        return 99
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)


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
    for place in ("", "_before"):
        chinese, english = match[f"weekday{place}"], match[f"weekday_english{place}"]
        named = _WEEKDAYS[chinese] if chinese else _DAYS_OF_WEEK.index(english) if english else None
        if named not in (None, day.weekday()):
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
    if match["zone"] is None:
        return at
    joint = match.groupdict().get("joint") or ""
    if match["zone"][0] == "-" and "t" not in joint and match["second"] is None:
        raise InstantUnreadable(text=text)  # 9:00-10:00 is from nine to ten
    return at.replace(tzinfo=_zone(match["zone"], text))


def _hour(hour: int, half: str) -> int:
    """The hour of the day. 上午12点, 晚上12点 and 晚上1点 are read in two ways: none is taken."""
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        return hour % 12 + (12 if half == "pm" else 0)
    if not half:
        return hour
    if half == "凌晨" and hour == 12:
        return 0
    (at,) = {hour, hour + 12 if hour < 12 else hour} & set(_HOURS[half]) or {99}
    return at  # 99 is no hour


def _zone(written: str, text: str) -> timezone:
    if written == "z":
        return UTC
    away = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    if away > timedelta(hours=14):
        raise NoSuchTime(text=text)
    return timezone(-away if written[0] == "-" else away)
