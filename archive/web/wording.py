"""A record's fields in words: what changed, and what two people disagree about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, cast

from bson import Decimal128
from flask import Flask, current_app
from flask_babel import gettext

from archive.masking import masked
from archive.terms import N_, Term
from archive.web import formatting
from archive.web.fields import asks_for, inner_type
from archive.web.inputs import Input, Phone

WORDS = "archive.words"


OF_ANY_KIND = {
    "list.exported": N_("导出了列表"),
    "access.refused": N_("尝试了无权的操作，被拒绝"),
}
"""What is done to records of any kind, in words."""


@dataclass(frozen=True)
class RecordWords:
    """How a kind of record is called, its fields and what is done to it: msgids.

    `model` is the input that asks for its fields; `fields` names those that no page asks for.
    """

    kind: str
    label: str
    actions: Mapping[str, str]
    model: type[Input] = Input
    fields: Mapping[str, str] = field(default_factory=dict)


def register(app: Flask, *given: RecordWords) -> None:
    """Teach *app* the words of a chapter's records."""
    app.extensions.setdefault(WORDS, {}).update({each.kind: each for each in given})


def known_words() -> dict[str, RecordWords]:
    """The words of every kind of record."""
    return cast(dict[str, RecordWords], current_app.extensions.get(WORDS, {}))


def kind_words(kind: str) -> str:
    """The kind of record, in words."""
    known = known_words().get(kind)
    return gettext(known.label) if known else kind


def action_words(action: str) -> str:
    """What happened, in words."""
    for actions in (OF_ANY_KIND, *(known.actions for known in known_words().values())):
        if action in actions:
            return gettext(actions[action])
    return action


def hide_numbers(model: type[Input], name: str, value: Any) -> Any:
    """*value* of the field *name* with every `Phone` in it masked, those in its rows too.

    The numbers of the past are as private as those of today.
    """
    if isinstance(value, list | tuple):
        return [hide_numbers(model, name, each) for each in value]
    if isinstance(value, Mapping):
        row = row_model(model, name)
        return {each: hide_numbers(row, each, held) for each, held in value.items()}
    return masked(str(value)) if value and is_phone(model, name) else value


def holds_number(model: type[Input], name: str, value: Any) -> bool:
    """Whether *value* of the field *name* holds a telephone number, in its rows too."""
    return bool(hide_numbers(model, name, value) != value)


def asks_for_numbers(model: type[Input]) -> bool:
    """Whether *model* has a field for telephone numbers, in its rows too."""
    return any(
        is_phone(model, name) or asks_for_numbers(row_model(model, name))
        for name in model.model_fields
    )


def is_phone(model: type[Input], name: str) -> bool:
    """Whether the field *name* is declared as a `Phone`."""
    info = model.model_fields.get(name)
    return info is not None and asks_for(info, Phone)


def row_model(model: type[Input], name: str) -> type[Input]:
    """The input of the rows that the field *name* holds; one without fields where it has none."""
    info = model.model_fields.get(name)
    inner = inner_type(info.annotation)[0] if info else None
    return inner if isinstance(inner, type) and issubclass(inner, Input) else Input


@dataclass(frozen=True)
class Difference:
    """A field that two people hold in different versions; the values in words."""

    name: str
    label: str
    before: str
    theirs: str
    yours: str
    is_theirs: bool  # the other one changed it; masked numbers need not show that
    is_yours: bool  # the person changed it
    has_number: bool  # `before` or `theirs` holds somebody's telephone number


def label_of(model: type[Input], name: str, others: Mapping[str, str] | None = None) -> str:
    """The label of the field *name*; *others* names fields that no page asks for."""
    info = model.model_fields.get(name)
    title = info.title if info else (others or {}).get(name)
    return gettext(title) if title else name


def words_of_field(model: type[Input], name: str, value: Any) -> str:
    """*value* of the field *name*, from a record, from MongoDB or as typed, human-readable."""
    return wording_of(model, name)(value)


def wording_of(model: type[Input], name: str) -> Callable[[Any], str]:
    """What puts values of the field *name* into words; for many, once for all of them."""
    info = model.model_fields.get(name)
    return partial(words, kind=inner_type(info.annotation)[0] if info else None)


def words(value: Any, kind: Any = None) -> str:
    """*value*, human-readable; *kind* is its type where the value itself does not tell."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        mark = "；" if any(isinstance(each, Mapping) for each in value) else gettext("、")
        return mark.join(words(each, kind) for each in value)
    if isinstance(value, Mapping):
        return _words_of_row(value, kind)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(kind, type) and issubclass(kind, Term):
        value = _term_of(kind, value)
    if isinstance(value, Term):
        return gettext(value.label)
    return _words_of_plain(value, kind)


def _term_of(kind: type[Term], value: Any) -> Any:
    """The term that MongoDB keeps as *value*; an old value that is no term any more stays."""
    return next((each for each in kind if each.value == value), value)


def _words_of_plain(value: Any, kind: Any) -> str:
    if isinstance(value, datetime) and kind is not date:
        return formatting.instant(value)
    if isinstance(value, date):
        return formatting.day(value)
    if kind is Decimal or isinstance(value, Decimal | Decimal128):
        return _words_of_number(str(value))
    return str(value)


def _words_of_number(text: str) -> str:
    """396.00 -> 396: the same number reads the same, typed or stored."""
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:  # as typed, and no number
        return text


def _words_of_row(row: Mapping[str, Any], kind: Any) -> str:
    is_input = isinstance(kind, type) and issubclass(kind, Input)
    shown = []
    # In the order of the declaration: MongoDB keeps a row in the order of its document.
    for name in dict.fromkeys([*(kind.model_fields if is_input else ()), *row]):
        value = row.get(name)
        if value in (None, "", False) or name.startswith("_"):
            continue
        if value is True:
            shown.append(label_of(kind, name) if is_input else name)
            continue
        shown.append(words_of_field(kind, name, value) if is_input else words(value))
    return " ".join(shown)


def differences(
    model: type[Input],
    *,
    before: Mapping[str, Any],
    theirs: Mapping[str, Any],
    yours: Mapping[str, Any],
    masks: bool = False,
) -> list[Difference]:
    """The fields of *model* in which *theirs* and *yours* differ, in words, with *before*.

    Telephone numbers are written in full, since two different ones could look the same when
    masked. With *masks* those that the person has not typed are masked all the same.
    """
    found = []
    for name in model.model_fields:
        values = [each.get(name) for each in (before, theirs, yours)]
        was, newer, own = (words_of_field(model, name, each) for each in values)
        if newer == own:
            continue
        hidden = [hide_numbers(model, name, each) for each in values[:2]] if masks else values
        found.append(
            Difference(
                name,
                label_of(model, name),
                before=words_of_field(model, name, hidden[0]),
                theirs=words_of_field(model, name, hidden[1]),
                yours=own,
                is_theirs=newer != was,
                is_yours=own != was,
                has_number=any(holds_number(model, name, each) for each in values[:2]),
            )
        )
    return found
