"""How an entry is stored in a Whoosh index."""

import json
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from whoosh import fields, formats
from whoosh.columns import NumericColumn, VarBytesColumn

from archive.chinese.pinyin import initials_terms, spelling_terms
from archive.search.entry import IndexEntry
from archive.search.index_format import POSITION_ID
from archive.search.packing import pack
from archive.search.stored import store
from archive.search.terms import number_pieces, text_terms
from archive.search.texts import (
    BETWEEN_PLACES,
    BETWEEN_VALUES,
    WEIGHTS,
    order_of,
    spoken_names,
    tag_key,
    texts_of,
    titles_of,
)
from archive.search.whoosh.codec import SmallCodec

VERSION = 4
"""To be raised with any change of what is indexed or how: an older index is then rebuilt."""


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
    named=TermWeights(),
    initials=TermWeights(),
    spelling=TermWeights(),
    access=TermWeights(),
    unless=TermWeights(),
    kind=TermWeights(),
    person=TermWeights(),
    status=TermWeights(),
    customer=fields.COLUMN(VarBytesColumn()),
    order=fields.COLUMN(NumericColumn("q")),
    length=fields.COLUMN(NumericColumn("I")),
    places=fields.COLUMN(VarBytesColumn()),
    entry=fields.COLUMN(VarBytesColumn()),
)

_codec: Any = SmallCodec  # untyped, like all of Whoosh's
CODEC = _codec()


def document_of(entry: IndexEntry) -> dict[str, object]:
    """The fields of *entry*, as `SCHEMA` wants them."""
    texts = texts_of(entry)
    weights: Counter[str] = Counter()
    for text, weight in zip(texts, WEIGHTS, strict=True):
        for term, times in Counter(text_terms(text)).items():
            weights[term] += times * weight
    return {
        "id": _marks([entry.id]),
        "text": weights,
        "number": _marks(number_pieces(BETWEEN_PLACES.join(texts))),
        "named": _marks(_name_terms(entry)),
        "initials": _marks(chain.from_iterable(map(initials_terms, spoken_names(entry)))),
        "spelling": _marks(chain.from_iterable(map(spelling_terms, spoken_names(entry)))),
        "access": _marks(entry.access),
        "unless": _marks(entry.unless),
        "kind": _marks([tag_key(entry.kind)]),
        "person": _marks(map(tag_key, entry.people)),
        "status": _marks([tag_key(entry.status)] if entry.status else []),
        "customer": tag_key(entry.customer).encode() if entry.customer else b"",
        "order": order_of(entry),
        "length": sum(map(len, texts)),
        "places": pack(BETWEEN_PLACES.join(texts)),
        "entry": pack(store(entry)),
    }


def token_document(token: str) -> dict[str, object]:
    """The record that keeps the token: no access, so nobody ever finds it."""
    return {
        "id": _marks([POSITION_ID]),
        "customer": b"",
        "order": 0,
        "length": 0,
        "places": pack(""),
        "entry": pack(json.dumps({"token": token})),
    }


def _name_terms(entry: IndexEntry) -> Iterator[str]:
    """The terms of the names of a customer's own entry, and a mark that it is one."""
    if entry.names:
        yield BETWEEN_VALUES
        yield from text_terms(BETWEEN_VALUES.join(titles_of(entry)))


def _marks(terms: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(terms, 1.0)
