"""The columns of a list, and how a value is written: the same on the page and in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar

from flask import Flask
from flask_babel import gettext

from archive import clock
from archive.actor import Right
from archive.terms import Term
from archive.web import formatting

Row = TypeVar("Row")


class Show(StrEnum):
    """How the values of a column are shown; by default their type says it."""

    PLAIN = "plain"
    CODE = "code"  # a number or code that is never broken in two lines
    LONG = "long"  # prose, of which a page shows the beginning
    DAY = "day"
    INSTANT = "instant"
    WHEN = "when"  # an instant with its distance from now, where a page has room
    MONEY = "money"
    COUNT = "count"
    TERM = "term"
    STATE = "state"  # a term in its tone


WIDTHS = {
    Show.DAY: 12,
    Show.INSTANT: 17,
    Show.WHEN: 17,
    Show.MONEY: 16,
    Show.COUNT: 8,
    Show.LONG: 60,
}
USUAL_WIDTH = 20  # of a column in Excel, in characters


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its key in the address, its label, and the value that a row has in it.

    `sort` is the field that the store sorts by; a column without one cannot be sorted. `reads`
    names the stored fields that the value comes from, where that is not `sort` alone. No two rows
    have the same value in a column that *is_unique*.
    """

    key: str
    label: str
    value: Callable[[Row], Any]
    sort: str = ""
    show: Show = Show.PLAIN
    default: bool = True
    reads: tuple[str, ...] = ()
    is_unique: bool = False
    right: Right | None = None
    """Only who has it for all that the list shows has the column."""
    has_total: bool = False
    """Whether the foot says what all that was found comes to; `sort` names the field."""

    @property
    def sortable(self) -> bool:
        """Whether the list can be sorted by this column."""
        return bool(self.sort)

    @property
    def align(self) -> str:
        """Figures end where they end; everything else begins where it begins."""
        return "end" if self.show in (Show.MONEY, Show.COUNT) else "start"

    @property
    def fields(self) -> tuple[str, ...]:
        """The stored fields that the value comes from; none where it is not known."""
        return self.reads or ((self.sort,) if self.sort else ())


def write(value: Any, show: Show) -> str:
    """*value* in words, as a page shows it and a CSV file holds it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return gettext("、").join(write(each, show) for each in value)
    if isinstance(value, Enum):
        return gettext(value.label) if isinstance(value, Term) else str(value.value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return _write_plain(value, show)


def _write_plain(value: Any, show: Show) -> str:
    if isinstance(value, datetime) and show is not Show.DAY:
        return formatting.instant(value)
    if isinstance(value, date):
        return formatting.day(value)
    if isinstance(value, Decimal):
        return formatting.money(value)
    return str(value)


def as_cell(value: Any, show: Show) -> Any:
    """*value* as Excel keeps it: a number, a day or an instant on the company's clock, or words."""
    if isinstance(value, datetime):
        local = clock.local(value).replace(tzinfo=None)
        return local.date() if show is Show.DAY else local
    if isinstance(value, date | Decimal) or (isinstance(value, int) and type(value) is int):
        return value
    return write(value, show)


def install(app: Flask) -> None:
    """Let templates write values as files do."""
    app.jinja_env.filters["shown"] = write
