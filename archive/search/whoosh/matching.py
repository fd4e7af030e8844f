"""Which records of a part a query finds."""

import re
from collections.abc import Callable
from functools import reduce
from operator import and_, or_

from archive.chinese.folding import fold
from archive.chinese.pinyin import LONGEST_SPELLING, initials_in
from archive.search.dates import seconds_of
from archive.search.query import (
    Alike,
    During,
    Either,
    Every,
    Node,
    Pattern,
    Phrase,
    Place,
    Within,
    Without,
    Words,
)
from archive.search.results import FACETS
from archive.search.terms import (
    LONGEST_WORD,
    NUMBER_PIECE,
    comparable,
    may_be_number,
    may_be_pinyin,
    numbers_in,
    pairs,
    pieces,
    runs,
    spelled_like,
    squeeze_number,
    text_terms,
    typed_words,
)
from archive.search.texts import BETWEEN_PLACES, BETWEEN_VALUES
from archive.search.whoosh.part import Part, bits_of, records_of

MOST_CHECKED = 1000
"""With more candidates than this it is not checked that the pieces are adjacent: so many matches
mean a common prefix such as HT2026, where adjacency is near certain."""

_PLACES_IN_TEXT = (Place.TITLE, Place.CUSTOMER, Place.PERSON, Place.NUMBER)


def find(node: Node, part: Part, among: int) -> int:
    """The records of the set *among* that *node* finds."""
    match node:
        case Every(parts):
            found = reduce(lambda rest, each: find(each, part, rest), parts, among)
        case Either(parts):
            found = reduce(or_, (find(each, part, among) for each in parts))
        case Alike(own, others):
            found = find(Either((own, *others)), part, among)
        case Without(inner):
            found = ~find(inner, part, among)
        case During():
            found = find_days(node, part)
        case _:
            found = find_text(node, part, among) if among else 0
    return among & found


def find_text(node: Words | Phrase | Pattern | Within, part: Part, among: int) -> int:
    """The records that hold the text of *node*; where that must be read, only *among* these."""
    match node:
        case Words(text):
            return find_words(comparable(text), part)
        case Phrase(text):
            return find_phrase(comparable(text), part, among)
        case Pattern(text):
            return find_pattern(fold(text), part, among)
        case Within(place, text):
            return find_in_place(place, comparable(text), part, among)


def find_words(folded: str, part: Part) -> int:
    """Records with all runs of *folded*, or with it as part of a number or as pinyin."""
    found = find_runs(folded, part)
    if may_be_pinyin(folded):
        found |= find_pinyin(folded, part)
    if may_be_number(folded):
        found |= find_number(folded, part)
    return found


def find_runs(folded: str, part: Part) -> int:
    """Records with every term of *folded*."""
    found = (1 << part.size) - 1
    for run, is_han in runs(folded):
        if is_han and len(run) == 1:
            found &= part.bits_beginning("text", run)
        elif is_han:
            for term in pairs(run):
                found &= part.bits("text", term)
        else:
            found &= part.bits("text", next(text_terms(run))) | find_number(run, part)
    return found


def find_number(folded: str, part: Part) -> int:
    """Records with a number that *folded* is part of."""
    squeezed = squeeze_number(folded)
    if len(squeezed) < NUMBER_PIECE:
        return 0
    found = (1 << part.size) - 1
    for piece in pieces(squeezed):
        found &= part.bits("number", piece)
    if len(squeezed) > NUMBER_PIECE and 0 < found.bit_count() <= MOST_CHECKED:
        found = _checked(
            part, found, lambda text: any(squeezed in each for each in numbers_in(text))
        )
    return found


def find_pinyin(letters: str, part: Part) -> int:
    """Records with a name that *letters* are the initials or the beginning of the spelling of."""
    found = (1 << part.size) - 1
    for stretch in initials_in(letters):
        found &= part.bits("initials", stretch)
    if len(letters) > 2:  # two letters begin half of all spellings
        found |= part.bits_beginning("spelling", letters[:LONGEST_SPELLING])
    return found


def find_phrase(folded: str, part: Part, among: int) -> int:
    """Records of *among* with *folded* exactly."""
    among &= find_runs_loosely(folded, part)
    if len(folded) <= 2 and all(is_han for _, is_han in runs(folded)):
        return among
    return _checked(part, among, lambda text: folded in text)


def find_named(folded: str, part: Part) -> int:
    """Customers' own entries with *folded* in a name, as its pinyin, or as a number."""
    named = find_runs_loosely(folded, part, "named")
    if 0 < named.bit_count() <= MOST_CHECKED:
        named = _checked(part, named, lambda text: folded in _nth(text, Place.TITLE))
    if may_be_pinyin(folded):
        named |= find_pinyin(folded, part)
    if may_be_number(folded):
        named |= find_number(folded, part)
    return named & part.bits("named", BETWEEN_VALUES)


def find_called(folded: str, part: Part) -> int:
    """Customers' own entries of which *folded* is a whole name."""
    found = find_runs_loosely(folded, part, "named")
    if found.bit_count() > MOST_CHECKED:
        return 0
    return _checked(part, found, lambda text: folded in _names(text))


def _names(text: str) -> list[str]:
    return _nth(text, Place.TITLE).split(BETWEEN_VALUES)


def find_runs_loosely(folded: str, part: Part, field: str = "text") -> int:
    """Records that may hold *folded* in *field*: its last word may be the beginning of one."""
    found = (1 << part.size) - 1
    stretches = list(runs(folded))
    for position, (run, is_han) in enumerate(stretches, start=1):
        if is_han and len(run) > 1:
            found &= reduce(and_, (part.bits(field, pair) for pair in pairs(run)))
        elif is_han or position == len(stretches):
            found &= part.bits_beginning(field, run)
        else:
            found &= part.bits(field, run[:LONGEST_WORD]) | (
                find_number(run, part) if field == "text" else 0
            )
    return found


def find_pattern(folded: str, part: Part, among: int) -> int:
    """Records of *among* with a word, or words joined by hyphens, like *folded*."""
    like = re.compile(spelled_like(folded))
    first = re.split(r"[-*?]", folded, maxsplit=1)[0]
    if "-" not in folded:
        terms = [term for term in part.terms("text", first) if like.fullmatch(term)]
        return among & reduce(or_, (part.bits("text", term) for term in terms), 0)
    found = part.bits_beginning("text", first)
    return _checked(part, among & found, lambda text: like.search(text) is not None)


def find_in_place(place: Place, folded: str, part: Part, among: int) -> int:
    """Records of *among* with *folded* in their *place*; kinds and statuses also by value."""
    if place in FACETS:
        return among & reduce(
            or_,
            (
                bits
                for tag, bits in part.tags(FACETS[place]).items()
                if folded in comparable(tag.label) or folded == tag.value.casefold()
            ),
            0,
        )
    if place is Place.NUMBER:
        among &= find_words(folded, part)
        squeezed = squeeze_number(folded)
        return _checked(part, among, lambda text: squeezed in squeeze_number(_nth(text, place)))
    among &= find_runs_loosely(folded, part) if place is Place.TITLE else -1
    if place is Place.CUSTOMER:
        return among & find_customers(folded, part)
    return _checked(part, among, lambda text: folded in _nth(text, place))


def find_titles(typed: str, part: Part, among: int) -> int:
    """Records of *among* with each word of *typed* in their title, a number or a name."""
    words = typed_words(typed)
    for word in words:
        named = find_in_place(Place.TITLE, word, part, among)
        if may_be_pinyin(word):
            named |= find_pinyin(word, part) & part.bits("named", BETWEEN_VALUES)
        if may_be_number(word):
            named |= find_number(word, part)
        among &= named
    return among if words else 0


def find_customers(folded: str, part: Part) -> int:
    """Records of the customers with *folded* in their names."""
    numbers = part.customers[1]
    named = {number for number, name in enumerate(part.customer_names) if folded in name}
    return bits_of([at for at, number in enumerate(numbers) if number in named], part.size)


def find_days(days: During, part: Part) -> int:
    """Records that happened on these days, on the company's clock."""
    first, last = seconds_of(days)
    instants = part.instants
    inside = [at for at, instant in enumerate(instants) if first <= instant < last and instant]
    return bits_of(inside, part.size)


def _checked(part: Part, among: int, accepts: Callable[[str], bool]) -> int:
    candidates = records_of(among)
    texts = part.texts(candidates)
    kept = [at for at, text in zip(candidates, texts, strict=True) if accepts(text)]
    return bits_of(kept, part.size)


def _nth(text: str, place: Place) -> str:
    return text.split(BETWEEN_PLACES, 4)[_PLACES_IN_TEXT.index(place)] if text else ""
