"""From plain values to what a template sees: all that is known, and marks for what is missing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from archive.docgen.catalogue import Catalogue, Placeholder, ValueKind
from archive.docgen.filters import Money

MAX_ROWS = 500

# Non-characters that XML allows: they mark stretches in the rendered text until the tree is
# finished, and are taken out of every value.
BLANK_STARTS, BLANK_ENDS, QR_CODE = "\ufdd0", "\ufdd1", "\ufdd2"

_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Missing:
    """A placeholder that the document asks for and nobody has filled; `row` counts from 1."""

    placeholder: Placeholder
    row: int | None = None


class Blank:
    """Stands where a value is missing: false in a condition, a mark on paper.

    It notes in *shown* that it was printed, so that what a draft lacks is known exactly.
    """

    def __init__(self, missing: Missing, shown: list[Missing]) -> None:
        self._missing = missing
        self._shown = shown

    def __bool__(self) -> bool:
        return False

    def __lt__(self, other: object) -> bool:
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __html__(self) -> str:
        if self._missing not in self._shown:
            self._shown.append(self._missing)
        label = Markup.escape(self._missing.placeholder.label)
        return f"{BLANK_STARTS}【待填：{label}】{BLANK_ENDS}"


class BlankRows(tuple[Mapping[str, object], ...]):
    """A list that is missing: one row of blanks to print, yet false in a condition."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def pass_words(write: Callable[[Any], str]) -> Callable[[Any], object]:
    """*write* as a filter that lets through what needs no writing: a blank, or words (长期)."""

    def filter_value(value: Any) -> object:
        return value if isinstance(value, Blank | str) else write(value)

    return filter_value


def prepare(
    values: Mapping[str, object], catalogue: Catalogue, shown: list[Missing]
) -> dict[str, object]:
    """What the template sees: every known placeholder, filled from *values* or blank.

    Raises:
        ValueError: *values* names what the catalogue does not know, or has too many rows.
        TypeError: a value is not plain data.
    """
    unknown = values.keys() - catalogue.groups.keys()
    if unknown:
        raise ValueError(f"unknown groups of values: {sorted(unknown)}")
    context: dict[str, object] = {}
    for group, members in catalogue.groups.items():
        given = values.get(group)
        if members[0].kind is ValueKind.ROWS:
            context[group] = _prepare_rows(members[0], given or (), shown)
        else:
            context[group] = _prepare_row(members, given or {}, shown)
    return context


def _prepare_rows(
    placeholder: Placeholder, given: object, shown: list[Missing]
) -> Sequence[Mapping[str, object]]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise TypeError(f"{placeholder.name} wants a list of rows")
    if len(given) > MAX_ROWS:
        raise ValueError(f"{placeholder.name} has more than {MAX_ROWS} rows")
    if not given:
        blank = Blank(Missing(placeholder), shown)
        return BlankRows(({column.key: blank for column in placeholder.columns},))
    return tuple(
        _prepare_row(placeholder.columns, {"序号": number, **row}, shown, number)
        for number, row in enumerate(given, start=1)
    )


def _prepare_row(
    members: Sequence[Placeholder],
    given: object,
    shown: list[Missing],
    row: int | None = None,
) -> dict[str, object]:
    if not isinstance(given, Mapping):
        raise TypeError(f"{members[0].group} wants a mapping")
    keys = {member.key for member in members}
    unknown = given.keys() - keys - ({"序号"} if row else set())
    if unknown:
        raise ValueError(f"unknown values of {members[0].group}: {sorted(unknown)}")
    return {
        member.key: _prepare_value(member, given.get(member.key), row, shown) for member in members
    }


def _prepare_value(
    placeholder: Placeholder, value: object, row: int | None, shown: list[Missing]
) -> object:
    if placeholder.kind is ValueKind.IMAGE:
        return QR_CODE
    if isinstance(value, str):
        value = clean(value)
    if value is None or value == "":
        return Blank(Missing(placeholder, row), shown)
    if isinstance(value, Decimal):
        return Money(value) if placeholder.kind is ValueKind.MONEY else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str | int) or (
        isinstance(value, date) and not isinstance(value, datetime)
    ):
        return value
    raise TypeError(f"{placeholder.name} wants plain data, not {type(value).__name__}")


def clean(text: str) -> str:
    """*text* as XML can carry it, line ends made one, empty when only white space is left."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNWRITABLE.sub("", text)
    return text if text.strip() else ""
