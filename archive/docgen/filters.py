"""The filters that a template may use, and how a plain value is written when it uses none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from archive.chinese.capitals import write_capitals
from archive.chinese.numbers import (
    write_chinese_date,
    write_date,
    write_money,
    write_number,
    write_short_date,
)
from archive.docgen.catalogue import ValueKind
from archive.terms import N_


class Money(Decimal):
    """An amount in yuan; told apart from a quantity by its type."""


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
    "中文日期": Filter(
        write_chinese_date, ValueKind.DATE, N_("日期写成汉字"), "二〇二六年一月八日"
    ),
    "短日期": Filter(write_short_date, ValueKind.DATE, N_("日期写成数字"), "2026-01-08"),
}


def write_plain(value: object) -> object:
    """What the document shows for *value* without a filter; text and blanks as they are."""
    if isinstance(value, Money):
        return write_money(value)
    if isinstance(value, Decimal):
        return write_number(value)
    if isinstance(value, date):
        return write_date(value)
    return value
