"""Days and instants: whatever people write is read as what they meant, or refused."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.chinese.days import read_day, read_instant
from archive.chinese.errors import (
    DayUnreadable,
    InstantUnreadable,
    NoSuchDay,
    NoSuchTime,
    OtherWeekday,
    SerialDay,
    ShortYear,
    Unreadable,
)
from archive.chinese.numbers import write_chinese_date
from archive.web import formatting

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
INSTANTS = st.datetimes(
    datetime(1800, 1, 1),  # noqa: DTZ001  # bounds have no zone
    datetime(2199, 12, 30),  # noqa: DTZ001
)
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
NUMERALS = "〇一二三四五六七八九"


def in_numerals(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return ten + (NUMERALS[ones] if ones else "")


def on_a_cheque(number: int) -> str:
    capitals = str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")
    written = in_numerals(number).translate(capitals)
    return f"零{written}" if number < 10 else f"壹{written}" if number < 20 else written


SPELLINGS = [
    formatting.day,
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f" {day.year}.{day.month:02}.{day.day:02} ",
    lambda day: f"{day.year}.{day.month}.{day.day}.",
    lambda day: f"{day.year}－{day.month}－{day.day}",
    lambda day: f"{day.year}—{day.month}—{day.day}",
    lambda day: f"{day.year} {day.month} {day.day}",
    lambda day: f"{day:%Y%m%d}".zfill(8),
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
    lambda day: f"{day.year}年{day.month}月{day.day}號",
    lambda day: f"{day.year}年{day.month}月{day.day}".translate(DIGITS),
    lambda day: f"{day.year}年{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}",
    lambda day: f"{day.year}/{day.month}/{day.day}（周{'一二三四五六天'[day.weekday()]}）",
    lambda day: f"{day.year}/{day.month}/{day.day} 0:00",  # copied out of a spreadsheet
    lambda day: f"{day.isoformat()}T00:00:00",
    lambda day: f"{day.year}、{day.month}、{day.day}",
    lambda day: f"{day.year}，{day.month}，{day.day}",
    lambda day: f"{day.year}\\{day.month}\\{day.day}",
    lambda day: f"{day.year}_{day.month:02}_{day.day:02}",
    lambda day: f"{day.year}-{day.month}-{day.day}日",
    lambda day: f"'{day.isoformat()}",  # as a spreadsheet keeps it for a text
    lambda day: f"{day.year}年{'元' if day.month == 1 else day.month}月{day.day}日",
    lambda day: f"{day.year}。{day.month}。{day.day}",  # an input method's full stop
    lambda day: f"{day.year}·{day.month}·{day.day}",
    lambda day: f"周{'一二三四五六日'[day.weekday()]}，{day.year}-{day.month}-{day.day}",
    lambda day: f"{day.year}年{in_numerals(day.month)}月{in_numerals(day.day)}日",
    lambda day: f"{day.year}年{on_a_cheque(day.month)}月{on_a_cheque(day.day)}日",
    lambda day: f"{day:%a, %d %b} {day.year}",
    lambda day: f"{day:%d %b} {day.year}",
    lambda day: f"{day:%B %d}, {day.year}",
    lambda day: (
        f"{''.join(NUMERALS[int(each)] for each in str(day.year))}年"
        f"{in_numerals(day.month)}月{in_numerals(day.day)}日"
    ),
]


@given(DAYS, st.sampled_from(range(len(SPELLINGS))))
def test_a_day_is_read_in_every_spelling(day: date, spelling: int) -> None:
    assert read_day(SPELLINGS[spelling](day)) == day


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("2026-02-29", NoSuchDay),
        ("2026-13-05", NoSuchDay),
        ("2026-04-31", NoSuchDay),
        ("2026/0/5", NoSuchDay),
        ("二〇二六年二月三十日", NoSuchDay),
        ("31 Foo 2026", NoSuchDay),
        ("26-3-15", ShortYear),
        ("26年3月15日", ShortYear),
        ("3月15日", ShortYear),
        ("260315", ShortYear),
        ("2026年3月15日 星期一", OtherWeekday),
        ("15/03/2026", DayUnreadable),
        ("2026-03", DayUnreadable),
        ("2026-03-15 14:30", DayUnreadable),
        ("1773532800", DayUnreadable),
        ("45366", SerialDay),
        ("44927.5", SerialDay),
        ("20261", SerialDay),
        ("12345", DayUnreadable),
        ("长期", DayUnreadable),
        ("2026-3/15", DayUnreadable),
        ("", DayUnreadable),
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused(text: str, refusal: type[Unreadable]) -> None:
    with pytest.raises(refusal):
        read_day(text)


TIMES = [
    ("2026-03-15 14:30", 14, 30),
    ("2026-03-15T14:30", 14, 30),
    ("2026/3/15 14：30", 14, 30),
    ("2026年3月15日14:30", 14, 30),
    ("2026年3月15日 14时30分", 14, 30),
    ("2026年3月15日 14点", 14, 0),
    ("2026年3月15日 下午2:30", 14, 30),
    ("2026年3月15日 下午2点半", 14, 30),
    ("2026年3月15日 星期日 上午9点一刻", 9, 15),
    ("2026年3月15日 中午12点", 12, 0),
    ("2026年3月15日 凌晨12:05", 0, 5),
    ("2026年3月15日 晚上8点三刻", 20, 45),
    ("2026/3/15 2:30 PM", 14, 30),
    ("2026/3/15 12:05 a.m.", 0, 5),
    ("2026年3月15日 下午两点半", 14, 30),
    ("二〇二六年三月十五日下午二时三十分", 14, 30),
    ("2026-3-15 十四点三十", 14, 30),
    ("2026-3-15 九点一刻", 9, 15),
    ("2026-3-15 零点", 0, 0),
    ("2026-3-15 14∶30", 14, 30),
    ("2026-3-15 14 : 30", 14, 30),
    ("周日 2026-3-15 14:30", 14, 30),
    ("2026-3-15 早8点", 8, 0),
    ("2026-3-15 晚8点", 20, 0),
    ("2026-3-15 晚上20:00", 20, 0),
    ("202603151430", 14, 30),
    ("20260315 1430", 14, 30),
    ("20260315", 0, 0),
    ("2026-03-15", 0, 0),
]


@pytest.mark.parametrize(("text", "hour", "minute"), TIMES)
def test_an_instant_is_read_in_every_spelling(text: str, hour: int, minute: int) -> None:
    assert read_instant(text).replace(tzinfo=UTC) == datetime(2026, 3, 15, hour, minute, tzinfo=UTC)
    assert read_instant(text).tzinfo is None


@given(INSTANTS)
def test_what_a_page_shows_can_be_typed_again(at: datetime) -> None:
    instant = at.replace(tzinfo=UTC)
    shown = formatting.instant(instant)
    assert read_instant(shown).strftime("%Y-%m-%d %H:%M") == shown
    assert read_day(formatting.day(instant)).isoformat() == shown[:10]


@given(INSTANTS, st.integers(-14, 14))
def test_what_a_program_writes_keeps_its_zone_and_its_fraction(at: datetime, hours: int) -> None:
    instant = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert read_instant(instant.isoformat()) == instant
    assert read_instant(at.isoformat() + "Z") == at.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("2026-03-15 24:00", NoSuchTime),
        ("2026-03-15 12:60", NoSuchTime),
        ("2026-03-15 晚上12点", NoSuchTime),
        ("2026-03-15 晚上1点", NoSuchTime),
        ("2026-03-15 晚上13点", NoSuchTime),
        ("2026-03-15 傍晚1点", NoSuchTime),
        ("2026-03-15 凌晨11点", NoSuchTime),
        ("2026-03-15 中午10点", NoSuchTime),
        ("2026-03-15 09:00-10:00", InstantUnreadable),
        ("2026-03-15 14:30–16:30", InstantUnreadable),
        ("20260315 1430-1530", InstantUnreadable),
        ("2026-03-15T14:30-16:30", NoSuchTime),
        ("周一 2026-03-15 14:30", OtherWeekday),
        ("46096.6042", SerialDay),
        ("2026-03-15 上午12点", NoSuchTime),
        ("2026-03-15 上午14点", NoSuchTime),
        ("2026-03-15 13:00 pm", NoSuchTime),
        ("2026-02-30 14:30", NoSuchDay),
        ("2026-03-15T10:00+25:00", NoSuchTime),
        ("2026-03-15 14:3", InstantUnreadable),
        ("14:30", InstantUnreadable),
        ("1773532800", InstantUnreadable),
        ("明天下午三点", InstantUnreadable),
    ],
)
def test_what_is_no_instant_or_could_be_two_is_refused(
    text: str, refusal: type[Unreadable]
) -> None:
    with pytest.raises(refusal):
        read_instant(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_day, read_instant):
        try:
            read(text)
        except Unreadable:
            continue


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 8), "二〇二六年一月八日"),
        (date(2010, 10, 10), "二〇一〇年十月十日"),
        (date(2026, 12, 21), "二〇二六年十二月二十一日"),
        (date(2000, 11, 30), "二〇〇〇年十一月三十日"),
    ],
)
def test_a_day_is_written_in_characters(day, written):
    assert write_chinese_date(day) == written
