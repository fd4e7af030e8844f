"""Amounts, quantities and days as a Chinese business document writes them."""

from datetime import date
from decimal import Decimal


def write_money(amount: Decimal) -> str:
    """``12,000.00``; a unit price keeps what it has beyond the fen: ``0.385``"""
    places = -int(amount.normalize().as_tuple().exponent) if amount.is_finite() else 0
    return f"{amount:,.{max(2, places)}f}"


def write_number(number: Decimal) -> str:
    """``12.5``: no trailing zeros, no exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_date(day: date) -> str:
    """``2026年1月8日``"""
    return f"{day.year}年{day.month}月{day.day}日"


_DIGITS = "〇一二三四五六七八九"


def write_chinese_date(day: date) -> str:
    """``二〇二六年一月八日``: the year digit by digit, month and day as they are counted."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_count(day.month)}月{_count(day.day)}日"


def _count(number: int) -> str:
    """A number up to 31 in words: ``十``, ``二十一``."""
    tens, ones = divmod(number, 10)
    words = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "")
    return words + (_DIGITS[ones] if ones else "")


def write_short_date(day: date) -> str:
    """``2026-01-08``"""
    return day.isoformat()
