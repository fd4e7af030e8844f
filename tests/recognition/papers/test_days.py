"""Days and terms as papers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.recognition.papers.days import LONG, Term, days_in, term_in

_DIGITS = "〇一二三四五六七八九"


def _in_numerals(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, _DIGITS[tens] + "十")
    return ten + (_DIGITS[ones] if ones else "")


@given(day=st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_every_spelling(day: date) -> None:
    year = "".join(_DIGITS[int(each)] for each in str(day.year))
    for written in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{year}年{_in_numerals(day.month)}月{_in_numerals(day.day)}日",
    ):
        assert days_in(f"成立日期 {written}") == [day], written


@pytest.mark.parametrize(
    "written", ["2O16年03月21日", "2016年O3月2l日", "2016年03月21曰", "2016年03月21"]
)
def test_slips_of_a_reading_in_a_day_are_undone(written: str) -> None:
    assert days_in(written) == [date(2016, 3, 21)]


@pytest.mark.parametrize("written", ["2016年13月21日", "2016年02月30日", "100.0000万元", "第12条"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert days_in(written) == []


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("2016年03月21日至2046年03月20日", Term("2016-03-21", "2046-03-20")),
        ("自2016年03月21日至2046年03月20日", Term("2016-03-21", "2046-03-20")),
        ("2016.03.21-2046.03.20", Term("2016-03-21", "2046-03-20")),
        ("2016年03月21日至长期", Term("2016-03-21", LONG)),
        ("2016-03-21 至 无固定期限", Term("2016-03-21", LONG)),
        ("长期", Term("", LONG)),
        ("至2026年1月8日", Term("", "2026-01-08")),
        ("2026年1月8日", Term("", "2026-01-08")),
        ("自2016年03月21日起", Term("2016-03-21", "")),
        ("2046年03月20日至2016年03月21日", Term()),
        ("", Term()),
    ],
)
def test_a_term_is_read_with_its_ends(written: str, term: Term) -> None:
    assert term_in(written) == term
