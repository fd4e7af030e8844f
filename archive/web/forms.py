"""An `Input` as a page shows it: labels, what was typed, what is wrong, row by row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import request
from flask_babel import get_locale, gettext
from pydantic.fields import FieldInfo
from werkzeug.datastructures import MultiDict

from archive.errors import ArchiveError, Conflict, Refused
from archive.terms import Term
from archive.web.answers import words_of
from archive.web.fields import (
    Lookup,
    as_text,
    attributes_of,
    default_of,
    inner_type,
    lookup_of,
    presentation_of,
    section_of,
    widget_for,
)
from archive.web.inputs import Input, InvalidInput, ReasonInput

CORRECTABLE = (InvalidInput, Refused, Conflict)
"""What the person who filled in the form can put right there; all else has its own page."""

Choices = Sequence[tuple[str, str]]
Kind = TypeVar("Kind", bound=Input)


@dataclass
class BoundField:
    """One field as the page shows it. `value` is text as typed, or a list of it."""

    name: str
    label: str
    widget: str
    value: Any
    required: bool
    errors: list[str]
    choices: Choices = ()
    help: str = ""
    section: str = ""
    attrs: dict[str, str] = field(default_factory=dict)
    rows: list["Form"] = field(default_factory=list)
    blank_row: "Form | None" = None
    lookup: Lookup | None = None


class Form:
    """The fields of *model*, filled from what was typed or else from *initial*.

    Reach a field by its name: ``form.phone``. `errors` holds what concerns no single field.
    """

    def __init__(
        self,
        model: type[Input],
        typed: MultiDict[str, str] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        choices: Mapping[str, Choices] | None = None,
        fault: ArchiveError | None = None,
        prefix: str = "",
    ) -> None:
        self.model = model
        self.typed = typed
        self.initial = initial or {}
        self.choices = choices or {}
        self.faults = words_by_field(fault)
        self.prefix = prefix
        self.fields = [self._bind(name, info) for name, info in model.model_fields.items()]
        known = {each.name for each in self.fields}
        self.errors = [
            text
            for place, texts in self.faults.items()
            if place not in known and not any(place.startswith(f"{name}-") for name in known)
            for text in texts
        ]

    def __getattr__(self, name: str) -> BoundField:
        for each in self.__dict__.get("fields", ()):
            if each.name == self.__dict__["prefix"] + name:
                return each  # type: ignore[no-any-return]  # __dict__ is untyped
        raise AttributeError(name)

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields by section, in the order of declaration."""
        found: dict[str, list[BoundField]] = {}
        for each in self.fields:
            found.setdefault(each.section, []).append(each)
        return list(found.items())

    @property
    def all_errors(self) -> list[tuple[str, str, str]]:
        """(field name, label, what is wrong) for the summary on top of the page."""
        found = []
        for each in self.fields:
            found += [(each.name, each.label, text) for text in each.errors]
            for row in each.rows:
                found += row.all_errors
        return found

    def _bind(self, name: str, info: FieldInfo) -> BoundField:
        full = self.prefix + name
        inner, is_list = inner_type(info.annotation)
        shown = presentation_of(info)
        bound = BoundField(
            name=full,
            label=gettext(info.title) if info.title else name,
            widget=shown.widget or widget_for(info, inner, is_list),
            value=None,
            required=info.is_required(),
            errors=self.faults.get(full, []),
            help=gettext(info.description) if info.description else "",
            section=section_of(info),
            attrs=attributes_of(info, is_list=is_list),
            choices=self._choices(name, inner),
            lookup=lookup_of(shown),
        )
        if bound.widget == "rows":
            self._bind_rows(bound, name, inner)
        elif self.typed is None:
            bound.value = as_text(self.initial.get(name, default_of(info)))
            if bound.widget == "lines":
                bound.value = "\n".join(bound.value)
        elif bound.widget == "lines":
            bound.value = self.typed.get(full, "")
        elif is_list:
            bound.value = self.typed.getlist(full)
        else:
            bound.value = self.typed.get(full, "")
        return bound

    def _bind_rows(self, bound: BoundField, name: str, model: type[Input]) -> None:
        if self.typed is None:
            bound.rows = [
                Form(model, initial=row, choices=self.choices, prefix=f"{bound.name}-{number}-")
                for number, row in enumerate(self.initial.get(name) or ())
            ]
        else:
            filled = filled_rows(self.typed, bound.name)
            bound.rows = [
                Form(
                    model,
                    self.typed,
                    choices=self.choices,
                    fault=self._faults_of_row(bound.name, position, number),
                    prefix=f"{bound.name}-{number}-",
                )
                for position, number in enumerate(filled)
            ]
        bound.blank_row = Form(model, choices=self.choices, prefix=f"{bound.name}-__n__-")

    def _faults_of_row(self, name: str, position: int, number: int) -> InvalidInput:
        """The faults of the row at *position* of those filled, under its *number* on the page."""
        start = f"{name}-{position}-"
        return InvalidInput(
            {
                f"{name}-{number}-{place.removeprefix(start)}": texts
                for place, texts in self.faults.items()
                if place.startswith(start)
            }
        )

    def _choices(self, name: str, inner: Any) -> Choices:
        if name in self.choices:
            return self.choices[name]
        if isinstance(inner, type) and issubclass(inner, Term):
            return [(value, gettext(label)) for value, label in inner.choices()]
        return ()


def initial_of(model: type[Input], record: Any) -> dict[str, Any]:
    """What *record* holds of the fields of *model*, rows as mappings, ready for a `Form`."""
    held: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if not hasattr(record, name):
            continue
        value = getattr(record, name)
        inner, is_list = inner_type(info.annotation)
        if is_list and isinstance(inner, type) and issubclass(inner, Input):
            value = [initial_of(inner, row) for row in value]
        held[name] = value
    return held


def read_typed(model: type[Input], typed: MultiDict[str, str], prefix: str = "") -> dict[str, Any]:
    """The fields of *model* out of a submitted page, ready for `Input.read`.

    Rows are named ``contacts-0-name``; a row left wholly blank is left out.
    """
    given: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        full = prefix + name
        inner, is_list = inner_type(info.annotation)
        if is_list and isinstance(inner, type) and issubclass(inner, Input):
            numbers = filled_rows(typed, full)
            given[name] = [read_typed(inner, typed, f"{full}-{n}-") for n in numbers]
        elif is_list:
            texts = typed.getlist(full)
            if presentation_of(info).widget == "lines":
                texts = [line for text in texts for line in text.splitlines()]
            given[name] = [text for text in texts if text.strip()]
        elif inner is bool:
            given[name] = full in typed
        elif full in typed:
            given[name] = typed[full]
    return given


def read_form(model: type[Kind], typed: MultiDict[str, str]) -> Kind:
    """The input that a submitted page holds.

    Raises:
        InvalidInput: with every fault at once, by field; rows numbered as they were filled.
    """
    return model.read(read_typed(model, typed))


def read_reason() -> str:
    """Why the person does what the request asks for, as typed into the dialog.

    Raises:
        InvalidInput: it is missing, too short or too long.
    """
    return read_form(ReasonInput, request.form).reason


def filled_rows(typed: MultiDict[str, str], name: str) -> list[int]:
    """The numbers of the rows of *name* in which anything was typed, in order."""
    shape = re.compile(re.escape(name) + r"-([0-9]{1,6})-")
    return sorted(
        {
            int(row[1])
            for key, text in typed.items(multi=True)
            if text.strip() and (row := shape.match(key))
        }
    )


def words_by_field(fault: ArchiveError | None) -> dict[str, list[str]]:
    """What *fault* says of each field; an error that names its field goes there."""
    if fault is None:
        return {}
    if isinstance(fault, InvalidInput):
        return {name: list(texts) for name, texts in fault.errors.items()}
    locale = get_locale()
    between = " " if locale and locale.language == "en" else ""
    return {fault.field or "": [between.join(filter(None, words_of(fault)))]}
