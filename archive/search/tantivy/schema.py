"""How an entry is stored in a tantivy index.

Python folds a text and splits it into runs, as for any index; tantivy's own tokenizers make the
terms of them: pairs of neighbouring characters, single characters with their positions (a quoted
text is a phrase of them), and the pieces of numbers.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tantivy
from tantivy import SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from archive.chinese.pinyin import initials_terms, spelling_terms
from archive.search.entry import IndexEntry
from archive.search.index_format import POSITION_ID
from archive.search.packing import pack
from archive.search.results import Facet
from archive.search.stored import store
from archive.search.terms import (
    LONGEST_WORD,
    NUMBER_PIECE,
    numbers_in,
    runs_apart,
    squeeze_number,
)
from archive.search.texts import (
    WEIGHTS,
    bounded,
    order_of,
    seconds,
    spoken_names,
    tag_key,
    texts_of,
    titles_of,
)

VERSION = 4
"""To be raised with any change of what is indexed or how: an older index is then rebuilt."""

NO_TIME = 0
"""What `at` holds where an entry has no time."""

SPACE = "\x1d"
"""What a space in a text is called as a term; in no text, since folding drops such marks."""

PAIRS, CHARACTERS, PIECES, AS_IS = "pairs", "characters", "pieces", "raw"

_JOINED = re.compile("[a-z0-9-]+")
_START = re.compile("(?<![a-z0-9])[a-z0-9]")


def _schema() -> tantivy.Schema:
    builder = SchemaBuilder()
    for name in ("id", "access", "unless", "initials", "spelling", "joined"):
        builder.add_text_field(name, tokenizer_name=AS_IS, index_option="basic")
    for facet in Facet:
        builder.add_text_field(facet, tokenizer_name=AS_IS, index_option="basic", fast=True)
    builder.add_text_field("pairs", tokenizer_name=PAIRS, index_option="freq")
    builder.add_text_field("words", tokenizer_name=AS_IS, index_option="freq")
    builder.add_text_field("pieces", tokenizer_name=PIECES, index_option="basic")
    for name in ("text", "title", "customer_name", "named", "numbers", "own_numbers"):
        builder.add_text_field(name, tokenizer_name=CHARACTERS, index_option="position")
    builder.add_integer_field("at", indexed=True, fast=True)
    builder.add_integer_field("order", fast=True)
    builder.add_bytes_field("entry", stored=True)
    return builder.build()


SCHEMA = _schema()


def index_in(folder: Path, *, create: bool = False) -> tantivy.Index:
    """The index in *folder*, with the tokenizers that its fields name."""
    path = str(folder)
    index = tantivy.Index(SCHEMA, path, reuse=False) if create else tantivy.Index.open(path)
    for name, tokenizer in (
        (PAIRS, Tokenizer.ngram(2, 2)),
        (CHARACTERS, Tokenizer.whitespace()),
        (PIECES, Tokenizer.ngram(NUMBER_PIECE, NUMBER_PIECE)),
    ):
        index.register_tokenizer(name, TextAnalyzerBuilder(tokenizer).build())
    return index


def document_of(entry: IndexEntry) -> tantivy.Document:
    """The fields of *entry*, as `SCHEMA` wants them."""
    texts = texts_of(entry)
    stretches: list[str] = []
    words: list[str] = []
    for text, weight in zip(texts, WEIGHTS, strict=True):
        chinese, others = runs_apart(text)
        stretches += chinese * weight  # what stands there as often counts as much
        words += others * weight
    fields: dict[str, list[Any]] = {
        "id": [entry.id],
        "pairs": [each for each in stretches if len(each) > 1],
        "words": [word[:LONGEST_WORD] for word in words],
        "joined": list(set().union(*map(joined_words, texts))),
        "pieces": (numbers := [each for text in texts for each in numbers_in(text)]),
        "numbers": list(map(apart, numbers)),
        "text": list(map(apart, texts)),
        "title": [apart(texts.title)],
        "customer_name": [apart(texts.customer)],
        "own_numbers": [apart(squeeze_number(texts.numbers))],
        "named": [apart(bounded(titles_of(entry)))] if entry.names else [],
        "initials": [term for name in spoken_names(entry) for term in initials_terms(name)],
        "spelling": [term for name in spoken_names(entry) for term in spelling_terms(name)],
        "access": list(entry.access),
        "unless": list(entry.unless),
        Facet.KIND: [tag_key(entry.kind)],
        Facet.PERSON: [tag_key(each) for each in entry.people],
        Facet.STATUS: [tag_key(entry.status)] if entry.status else [],
        Facet.CUSTOMER: [tag_key(entry.customer)] if entry.customer else [],
        "at": [seconds(entry.at) if entry.at else NO_TIME],
        "order": [order_of(entry)],
        "entry": [pack(store(entry))],
    }
    return tantivy.Document(**fields)


def token_document(token: str) -> tantivy.Document:
    """The record that keeps the token: no access, so nobody ever finds it."""
    return tantivy.Document(id=[POSITION_ID], at=[NO_TIME], order=[0], entry=[pack(token)])


def characters_of(folded: str) -> list[str]:
    """The terms of a text of which phrases are made: its characters, a mark for the space."""
    return list(folded.replace(" ", SPACE))


def apart(folded: str) -> str:
    """*folded* as the tokenizer makes these terms of it."""
    return " ".join(folded.replace(" ", SPACE))


def joined_words(folded: str) -> Iterator[str]:
    """Words joined by hyphens, from each of the words on: ht-2026-00001 and 2026-00001."""
    for stretch in _JOINED.findall(folded):
        if "-" in stretch:
            for start in _START.finditer(stretch):
                joined = stretch[start.start() : start.start() + LONGEST_WORD]
                if "-" in joined:
                    yield joined
