"""From our query to tantivy's: which entries it finds, and how well each answers."""

import re
from collections.abc import Iterable

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as Condition

from archive.chinese.folding import fold
from archive.chinese.pinyin import LONGEST_SPELLING, initials_in
from archive.search.dates import seconds_of
from archive.search.entry import Tag
from archive.search.query import (
    Alike,
    During,
    Either,
    Every,
    Node,
    Pattern,
    Phrase,
    Place,
    Query,
    Within,
    Without,
    Words,
)
from archive.search.results import FACETS, Facet
from archive.search.tantivy.reading import reading
from archive.search.tantivy.schema import NO_TIME, SCHEMA, characters_of
from archive.search.terms import (
    LONGEST_WORD,
    NUMBER_PIECE,
    comparable,
    may_be_number,
    may_be_pinyin,
    pairs,
    pieces,
    runs,
    spelled_like,
    squeeze_number,
    typed_words,
)
from archive.search.texts import BETWEEN_VALUES, bounded, tag_key, tag_of
from archive.search.tiers import EXACT, NAMED, OWN_WORD, names_asked, own_words, runs_typed

NAME_SCORE = 13.0
"""What a name found by its pinyin counts: about a word in a title."""


class Conditions:
    """What texts, rights and choices mean in the index that *searcher* reads."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def visible(self, access: frozenset[str]) -> Condition:
        """Entries that *access* opens. Every search starts from them."""
        opened, hidden = one_of("access", access), one_of("unless", access)
        return Condition.boolean_query([(Occur.Must, opened), (Occur.MustNot, hidden)])

    def chosen(self, facet: Facet, values: Iterable[str]) -> Condition:
        """Entries with a tag of one of *values*."""
        return one_of(facet, self.tags(facet, values))

    def tags(self, facet: Facet, values: Iterable[str]) -> list[str]:
        """The keys of all tags of *values*: a customer may have had several names."""
        return [key for value in values for key in self._terms(facet, tag_key(Tag(value, "")))]

    def of(self, node: Node) -> Condition:
        """Entries that *node* finds."""
        match node:
            case Every() | Either() | Alike() | Without():
                return self._together(node)
            case During():
                return days(node)
            case Words(text):
                return words(comparable(text))
            case Phrase(text):
                return phrase(comparable(text))
            case Pattern(text):
                return self._pattern(fold(text))
            case Within(place, text):
                return self._in_place(place, comparable(text))

    def _together(self, node: Every | Either | Alike | Without) -> Condition:
        match node:
            case Every(parts):
                return every(map(self.of, parts))
            case Either(parts):
                return either(map(self.of, parts))
            case Alike(own, others):
                return either(map(self.of, (own, *others)))
            case Without(inner):
                return Condition.boolean_query(
                    [(Occur.Must, Condition.all_query()), (Occur.MustNot, self.of(inner))]
                )

    def titled(self, typed: str) -> Condition:
        """Entries with each word of *typed* in their title, a number or a name."""
        sought = typed_words(typed)
        if not sought:
            return Condition.empty_query()
        return every(
            either(
                (
                    self._in_place(Place.TITLE, word),
                    own_pinyin(word) if may_be_pinyin(word) else Condition.empty_query(),
                    number(word) if may_be_number(word) else Condition.empty_query(),
                )
            )
            for word in sought
        )

    def _pattern(self, folded: str) -> Condition:
        """A word, or words joined by hyphens, like *folded*."""
        like = re.compile(spelled_like(folded))
        first = re.split(r"[-*?]", folded, maxsplit=1)[0]
        if "-" in folded:
            return one_of("joined", filter(like.match, self._terms("joined", first)))
        return one_of("words", filter(like.fullmatch, self._terms("words", first)))

    def _in_place(self, place: Place, folded: str) -> Condition:
        """*folded* in this place; kinds, statuses and people also by value."""
        if place in FACETS:
            facet = FACETS[place]
            return one_of(
                facet,
                (
                    key
                    for key in self._terms(facet, "")
                    if folded in comparable(tag_of(key).label)
                    or folded == tag_of(key).value.casefold()
                ),
            )
        if place is Place.NUMBER:
            return every((words(folded), exactly("own_numbers", squeeze_number(folded))))
        if place is Place.CUSTOMER:
            return exactly("customer_name", folded)
        return every((words_loosely(folded), exactly("title", folded)))

    def _terms(self, field: str, prefix: str) -> list[str]:
        with reading():
            return [term for term, _ in self._searcher.terms_with_prefix(field, prefix)]


def words(folded: str) -> Condition:
    """All runs of *folded*, or it as part of a number or as pinyin."""
    found = [every(run_condition(run, is_han) for run, is_han in runs(folded))]
    if may_be_pinyin(folded):
        found.append(pinyin(folded))
    if may_be_number(folded):
        found.append(number(folded))
    return either(found)


def run_condition(run: str, is_han: bool) -> Condition:
    """Every pair of a Chinese run, or a word that may also be part of a number."""
    if not is_han:
        return either((term("words", run[:LONGEST_WORD]), number(run)))
    if len(run) == 1:
        return term("text", run)
    return every(term("pairs", pair) for pair in dict.fromkeys(pairs(run)))


def number(folded: str) -> Condition:
    """A number that *folded* is part of."""
    squeezed = squeeze_number(folded)
    if len(squeezed) < NUMBER_PIECE:
        return Condition.empty_query()
    held = [term("pieces", piece) for piece in dict.fromkeys(pieces(squeezed))]
    if len(squeezed) > NUMBER_PIECE:  # last: only what holds all pieces is looked at
        held.append(exactly("numbers", squeezed))
    return every(held)


def pinyin(letters: str) -> Condition:
    """A name that *letters* are the initials or the beginning of the spelling of."""
    found = [every(term("initials", stretch) for stretch in initials_in(letters))]
    if len(letters) > 2:  # two letters begin half of all spellings
        found.append(beginning("spelling", letters[:LONGEST_SPELLING]))
    return either(found)


def own_pinyin(letters: str) -> Condition:
    """A customer's own entry with a name that *letters* are the pinyin of."""
    return every((pinyin(letters), term("named", BETWEEN_VALUES)))


def named(folded: str) -> Condition:
    """Customers' own entries with *folded* in a name, as its pinyin, or as a number."""
    found = [exactly("named", folded)]
    if may_be_pinyin(folded):
        found.append(own_pinyin(folded))
    if may_be_number(folded):
        found.append(every((number(folded), term("named", BETWEEN_VALUES))))
    return either(found)


def phrase(folded: str) -> Condition:
    """*folded* exactly."""
    return every((words_loosely(folded), exactly("text", folded)))


def words_loosely(folded: str) -> Condition:
    """All runs of *folded*; its last word may be the beginning of one."""
    *others, (last, is_han) = list(runs(folded)) or [("", True)]
    found = [run_condition(run, is_chinese) for run, is_chinese in others]
    if last:
        found.append(run_condition(last, True) if is_han else beginning("words", last))
    return every(found)


def exactly(field: str, folded: str) -> Condition:
    """These characters, one behind the other."""
    if not folded:
        return Condition.all_query()
    characters = characters_of(folded)
    if len(characters) == 1:
        return term(field, characters[0])
    return Condition.phrase_query(SCHEMA, field, [*characters])


def days(span: During) -> Condition:
    """What happened on these days, on the company's clock."""
    first, last = seconds_of(span)
    return either(
        Condition.range_query(SCHEMA, "at", FieldType.Integer, lower, upper, include_upper=False)
        for lower, upper in ((first, min(last, NO_TIME)), (max(first, NO_TIME + 1), last))
        if lower < upper
    )


def scores(query: Query) -> list[tuple[Occur, Condition]]:
    """What makes an entry that *query* finds a better answer; adds none."""
    texts = [comparable(node.text) for node in query.sought()]
    sought: list[Condition] = []
    for run, is_han in dict.fromkeys(run for text in texts for run in runs(text)):
        if not is_han:
            sought.append(term("words", run[:LONGEST_WORD]))
        elif len(run) == 1:
            sought.append(term("text", run))
        else:
            sought += (term("pairs", pair) for pair in dict.fromkeys(pairs(run)))
    sought += (
        Condition.const_score_query(pinyin(text), NAME_SCORE)
        for text in texts
        if may_be_pinyin(text)
    )
    return [(Occur.Should, each) for each in sought]


def raised(query: Query, conditions: Conditions) -> list[tuple[Occur, Condition]]:
    """What lifts an entry above all that do not have it; adds none."""
    lifted = [(conditions.of(node), OWN_WORD) for node in own_words(query)]
    lifted += ((phrase(run), EXACT) for run in runs_typed(query))
    if asked := names_asked(query):
        called = (either(exactly("named", bounded([each])) for each in some) for some in asked)
        lifted += [
            (every(either(map(named, some)) for some in asked), NAMED),
            (every(called), EXACT),
        ]
    return [(Occur.Should, Condition.const_score_query(each, worth)) for each, worth in lifted]


def term(field: str, text: str) -> Condition:
    """Exactly this term."""
    return Condition.term_query(SCHEMA, field, text, index_option="freq")


def one_of(field: str, terms: Iterable[str]) -> Condition:
    """At least one of these terms."""
    return Condition.term_set_query(SCHEMA, field, list(terms))


def beginning(field: str, prefix: str) -> Condition:
    """A term that begins with *prefix*, letters and digits."""
    return Condition.regex_query(SCHEMA, field, f"{prefix}.*")


def every(conditions: Iterable[Condition]) -> Condition:
    """All of these; everything where there is none."""
    return _together(Occur.Must, conditions, Condition.all_query())


def either(conditions: Iterable[Condition]) -> Condition:
    """At least one of these; nothing where there is none."""
    return _together(Occur.Should, conditions, Condition.empty_query())


def _together(occur: Occur, conditions: Iterable[Condition], none: Condition) -> Condition:
    held = list(conditions)
    if len(held) > 1:
        return Condition.boolean_query([(occur, each) for each in held])
    return held[0] if held else none
