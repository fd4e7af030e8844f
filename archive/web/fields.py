"""One declared field of an `Input`: what it takes, and how a page asks for it."""

import functools
import types
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin

from flask import url_for
from flask_babel import gettext
from pydantic.fields import FieldInfo

from archive import clock
from archive.web.inputs import Email, Input, OwnPhone, Phone, Presentation, Website

NOTHING_SAID = Presentation()


@dataclass(frozen=True)
class Lookup:
    """Where a field finds what it offers, and what it says where nothing is found."""

    address: str
    nothing: str
    is_free: bool


def inner_type(annotation: Any) -> tuple[Any, bool]:
    """The type of one value, and whether the field takes many: ``list[X] | None`` -> (X, True)."""
    return _inner_type(annotation)


@functools.cache
def _inner_type(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(each for each in get_args(annotation) if each is not type(None))
    if get_origin(annotation) in (list, tuple):
        return inner_type(get_args(annotation)[0])[0], True
    if get_args(annotation) and hasattr(annotation, "__metadata__"):
        return inner_type(annotation.__origin__)
    return annotation, False


def rules_of(info: FieldInfo) -> list[Any]:
    """What is asked of a value, also where the field may be left empty: ``Phone | None``."""
    members = get_args(info.annotation)
    inner = [rule for each in members for rule in getattr(each, "__metadata__", ())]
    return [*inner, *info.metadata]


def asks_for(info: FieldInfo, special: Any) -> bool:
    """Whether the field asks for a *special* text, such as a `Phone`."""
    mark = get_args(special)[-1]  # of all that a type says of its values, what it alone says
    return any(rule is mark for rule in rules_of(info))


def presentation_of(info: FieldInfo) -> Presentation:
    """What `asked` said of the page."""
    return next((each for each in info.metadata if isinstance(each, Presentation)), NOTHING_SAID)


def section_of(info: FieldInfo) -> str:
    """The part of the page that the field is in, in the person's language."""
    section = presentation_of(info).section
    return gettext(section) if section else ""


def widget_for(info: FieldInfo, inner: Any, is_list: bool) -> str:
    """How a page asks for a value of this type."""
    if isinstance(inner, type):
        if issubclass(inner, Input):
            return "rows"
        if issubclass(inner, Enum):
            return "multiselect" if is_list else "select"
        for kind, widget in (
            (bool, "checkbox"),
            (datetime, "datetime"),
            (date, "date"),
            (Decimal, "money"),
            (int, "number"),
        ):
            if issubclass(inner, kind):
                return widget
    for special, widget in ((Phone, "tel"), (OwnPhone, "tel"), (Email, "email"), (Website, "url")):
        if asks_for(info, special):
            return widget
    return "text"


def attributes_of(info: FieldInfo, *, is_list: bool = False) -> dict[str, str]:
    """The attributes of the input element that the declaration settles.

    The limit of a list counts its entries and says nothing of the text that holds them. A limit
    is told and never enforced by the browser, which would cut a pasted text without a word.
    """
    attrs = {}
    for rule in () if is_list else rules_of(info):
        for limit, attribute in (("min_length", "minlength"), ("max_length", "data-longest")):
            if (length := getattr(rule, limit, None)) is not None:
                attrs[attribute] = str(length)
    shown = presentation_of(info)
    if shown.placeholder:
        attrs["placeholder"] = gettext(shown.placeholder)
    if shown.autocomplete:
        attrs["autocomplete"] = shown.autocomplete
    return attrs


def lookup_of(shown: Presentation) -> Lookup | None:
    """Where a field of the widget ``lookup`` finds what it offers."""
    if shown.widget != "lookup":
        return None
    endpoint, _, query = shown.source.partition("?")
    return Lookup(
        address=f"{url_for(endpoint)}?{query}",
        nothing=gettext(shown.nothing),
        is_free=shown.free,
    )


def default_of(info: FieldInfo) -> Any:
    """What the field holds on a new page."""
    return None if info.is_required() else info.get_default(call_default_factory=True)


def as_text(value: Any) -> Any:
    """*value* as an input element shows it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return [as_text(each) for each in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Enum):
        return str(value.value)
    return str(value)
