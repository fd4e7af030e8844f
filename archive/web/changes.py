"""What an event changed, in words: no identity, no digest, no code as it is stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from mongoengine import (
    BooleanField,
    EmbeddedDocumentField,
    EnumField,
    IntField,
    ListField,
    MapField,
    ObjectIdField,
)

from archive.blobs import BlobField
from archive.database import kind_of, records
from archive.terms import Term
from archive.web.wording import (
    RecordWords,
    hide_numbers,
    known_words,
    label_of,
    words,
    words_of_field,
)

IDENTITIES = ("_id", "_key", "_keys", "digest", "slug")  # how their names end
COUNTS = ("number", "copies", "template_version")  # of a row: its other numbers tell nothing

Change = tuple[str, str, str]


def changes_in_words(
    kind: str, changes: Iterable[Mapping[str, Any]], names: Mapping[str, str] | None = None
) -> list[Change]:
    """The changed fields of a record of *kind*: label, before, after.

    Identities are left out; where *names* knows the records behind them, those are named.
    """
    known = known_words().get(kind, RecordWords(kind, kind, {}))
    stored = next((each for each in records() if kind_of(each) == kind), None)
    told: list[Change] = []
    for change in changes:
        name = change["field"]
        field = stored._fields.get(name) if stored else None
        values = [change.get(each) for each in ("before", "after")]
        if is_identity(name, field):
            values = [(names or {}).get(str(value)) for value in values]
            if not any(values):
                continue
        before, after = (words_of_stored(known, name, field, value) for value in values)
        told.append((label_of(known.model, name, known.fields), before, after))
    return list(dict.fromkeys(told))


def is_identity(name: str, field: Any) -> bool:
    """Whether the stored *field* names a record or bytes, which tells a person nothing."""
    inner = field.field if isinstance(field, ListField) else field
    return isinstance(inner, ObjectIdField | BlobField) or name.endswith(IDENTITIES)


def words_of_stored(known: RecordWords, name: str, field: Any, value: Any) -> str:
    """A *value* of the field *name*, as a page asks for it or as it is stored."""
    if name in known.model.model_fields:
        return words_of_field(known.model, name, hide_numbers(known.model, name, value))
    return _words(value, field)


def _words(value: Any, field: Any) -> str:
    if isinstance(value, list):
        inner = field.field if isinstance(field, ListField) else None
        return "；".join(filter(None, (_words(each, inner) for each in value)))
    if isinstance(value, Mapping):
        is_row = isinstance(field, EmbeddedDocumentField)
        return _words_of_row(value, field.document_type._fields if is_row else {})
    if isinstance(field, EnumField):
        term = field.to_python(value)
        return words(term) if isinstance(term, Term) else ""
    return words(value)


def _words_of_row(row: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """Of a row that no page asks for, what a person reads; unlabelled, so no yes and no sizes."""
    shown = []
    for name, field in fields.items():
        is_count = isinstance(field, IntField)
        if name == "_cls" or is_identity(name, field) or (is_count and name not in COUNTS):
            continue
        if isinstance(field, BooleanField | ListField | MapField):
            continue
        shown.append(_words(row.get(name), field))
    return " ".join(filter(None, shown))
