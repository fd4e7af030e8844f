"""How an entry is stored in a Whoosh index."""

import json
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import NumericColumn, VarBytesColumn

from archive.chinese.folding import tidy
from archive.chinese.pinyin import initials_terms, spelling_terms
from archive.search.entry import Entry, Tag
from archive.search.terms import comparable, number_pieces, text_terms

VERSION = 1
"""To be raised with any change of what is indexed or how: an older index is then rebuilt."""

LONGEST_BODY = 200_000
"""Characters of a body that are indexed and kept."""
TITLE_WEIGHT = 4.0
LABEL_WEIGHT = 2.0
POSITION_ID = "\x00position"
BETWEEN_PLACES = "\x1f"
BETWEEN_VALUES = "\x1e"


class TermWeights(fields.FieldType):
    """A field whose value is already its terms with their weights."""

    format = formats.Existence()
    analyzer = None

    def __init__(self) -> None:
        """No settings: the class attributes are all of them."""

    def index(
        self, value: Mapping[str, float], **_: Any
    ) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        for term, weight in value.items():
            yield term.encode(), 1, weight, b""


SCHEMA = fields.Schema(
    id=TermWeights(),
    text=TermWeights(),
    number=TermWeights(),
    initials=TermWeights(),
    spelling=TermWeights(),
    access=TermWeights(),
    unless=TermWeights(),
    kind=TermWeights(),
    person=TermWeights(),
    status=TermWeights(),
    customer=fields.COLUMN(VarBytesColumn()),
    at=fields.COLUMN(NumericColumn("q")),
    length=fields.COLUMN(NumericColumn("I")),
    places=fields.COLUMN(VarBytesColumn()),
    entry=fields.STORED,
)

# Blocks of 128 postings, the default, cost more to open than to read.
CODEC = W3Codec(blocklimit=4096, compression=1)


def document_of(entry: Entry) -> dict[str, object]:
    """The fields of *entry*, as `SCHEMA` wants them."""
    title, body = tidy(entry.title), tidy(entry.body[:LONGEST_BODY])
    labels = [entry.customer.label] if entry.customer else []
    people = [each.label for each in entry.people]
    places = (
        comparable(title),
        comparable(" ".join(labels)),
        BETWEEN_VALUES.join(map(comparable, people)),
        BETWEEN_VALUES.join(map(comparable, entry.numbers)),
        comparable(body),
    )
    weights: Counter[str] = Counter()
    for folded, weight in zip(
        places, (TITLE_WEIGHT, LABEL_WEIGHT, LABEL_WEIGHT, 1, 1), strict=True
    ):
        for term, times in Counter(text_terms(folded)).items():
            weights[term] += times * weight  # type: ignore[assignment]  # a weight is a float
    return {
        "id": _marks([entry.id]),
        "text": weights,
        "number": _marks(number_pieces(BETWEEN_PLACES.join(places))),
        "initials": _marks(term for name in entry.names for term in initials_terms(name)),
        "spelling": _marks(term for name in entry.names for term in spelling_terms(name)),
        "access": _marks(entry.access),
        "unless": _marks(entry.unless),
        "kind": _marks([tag_key(entry.kind)]),
        "person": _marks(map(tag_key, entry.people)),
        "status": _marks([tag_key(entry.status)] if entry.status else []),
        "customer": tag_key(entry.customer).encode() if entry.customer else b"",
        "at": seconds(entry.at) if entry.at else 0,
        "length": sum(map(len, places)),
        "places": BETWEEN_PLACES.join(places).encode(),
        "entry": json.dumps(stored_facts(entry, title, body), ensure_ascii=False),
    }


def token_document(token: str) -> dict[str, object]:
    """The record that keeps the token: no access, so nobody ever finds it."""
    return {
        "id": _marks([POSITION_ID]),
        "customer": b"",
        "at": 0,
        "length": 0,
        "places": b"",
        "entry": json.dumps({"token": token}),
    }


def stored_facts(entry: Entry, title: str, body: str) -> dict[str, object]:
    """What a hit is made of again."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": title,
        "body": body,
        "customer": entry.customer,
        "people": entry.people,
        "at": entry.at.astimezone(UTC).isoformat() if entry.at else None,
        "status": entry.status,
        "numbers": entry.numbers,
        "facts": dict(entry.facts),
    }


def tag_key(tag: Tag) -> str:
    """A tag as one term."""
    return f"{tag.value}{BETWEEN_PLACES}{tag.label}"


def tag_of(key: str) -> Tag:
    """The tag of `tag_key`."""
    value, _, label = key.partition(BETWEEN_PLACES)
    return Tag(value, label)


def seconds(instant: datetime) -> int:
    """An instant as it is compared: whole seconds since 1970."""
    return int(instant.timestamp())


def _marks(terms: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(terms, 1.0)
