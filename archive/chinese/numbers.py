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


def write_short_date(day: date) -> str:
    """``2026-01-08``"""
    return day.isoformat()
