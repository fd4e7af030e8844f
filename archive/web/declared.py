"""What a record says, as its input declares it: label and value of each field, for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask

from archive.database import Record, kind_of
from archive.web.fields import asks_for, inner_type, presentation_of, section_of
from archive.web.inputs import Input, Website
from archive.web.wording import hide_numbers, known_words, label_of, words_of_field


@dataclass(frozen=True)
class DeclaredFact:
    """A field of a record: its label, its value, and the value in words (none: empty).

    `look` says how a page writes it: ``day``, ``link``, ``prose`` or ``text``.
    """

    name: str
    label: str
    value: Any
    text: str
    look: str


def declared_facts(
    record: Record,
    section: str,
    *,
    first: Sequence[str] = (),
    last: Sequence[str] = (),
    without: Sequence[str] = (),
) -> list[DeclaredFact]:
    """The plain fields of a *section* (in the person's language), in the order of the declaration.

    Rows are no plain fields; *first* and *last* are moved to the ends, *without* left out.
    """
    model = known_words()[kind_of(type(record))].model
    names = [
        name
        for name, info in model.model_fields.items()
        if section_of(info) == section and name not in without and not is_rows(model, name)
    ]
    middle = [name for name in names if name not in first and name not in last]
    return [_fact(model, record, name) for name in (*first, *middle, *last)]


def is_rows(model: type[Input], name: str) -> bool:
    """Whether the field *name* holds rows of fields."""
    inner, _ = inner_type(model.model_fields[name].annotation)
    return isinstance(inner, type) and issubclass(inner, Input)


def _fact(model: type[Input], record: Record, name: str) -> DeclaredFact:
    value, info = hide_numbers(model, name, getattr(record, name)), model.model_fields[name]
    look = "text"
    if inner_type(info.annotation) == (date, False):
        look = "day"
    elif asks_for(info, Website):
        look = "link"
    elif presentation_of(info).widget == "textarea":
        look = "prose"
    return DeclaredFact(
        name, label_of(model, name), value, words_of_field(model, name, value), look
    )


def install(app: Flask) -> None:
    """Offer the facts of a record to the templates."""
    app.jinja_env.globals.update(declared_facts=declared_facts)
