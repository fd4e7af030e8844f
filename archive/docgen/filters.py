"""The filters that a template may use, and how a plain value is written when it uses none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from archive.docgen.capitals import write_capitals
from archive.docgen.catalogue import ValueKind
from archive.terms import N_


class Money(Decimal):
    """An amount in yuan; told apart from a quantity by its type."""


def write_money(amount: Decimal) -> str:
    """``12,000.00``"""
    return f"{amount:,.2f}"


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


@dataclass(frozen=True)
class Filter:
    """A filter: what it makes of a value, and the kind of value that it fits."""

    write: Callable[..., str]
    kind: ValueKind
    meaning: str
    example: str


FILTERS: Mapping[str, Filter] = {
    "大写金额": Filter(
        write_capitals, ValueKind.MONEY, N_("金额写成大写"), "人民币壹拾贰万陆仟捌佰元伍角"
    ),
    "金额": Filter(write_money, ValueKind.MONEY, N_("金额写成两位小数、千分位"), "126,800.50"),
    "日期": Filter(write_date, ValueKind.DATE, N_("日期写成年月日"), "2026年1月8日"),
    "短日期": Filter(write_short_date, ValueKind.DATE, N_("日期写成数字"), "2026-01-08"),
}


def write_plain(value: object) -> object:
    """What stands in the document for *value* without a filter; text and blanks as they are."""
    if isinstance(value, Money):
        return write_money(value)
    if isinstance(value, Decimal):
        return write_number(value)
    if isinstance(value, date):
        return write_date(value)
    return value
