"""Other words for the same: looked for together with the word that was typed, and after it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from archive.search.query import Alike, Either, Every, Node, Phrase, Query, Words
from archive.search.terms import comparable, runs

Groups = Iterable[Sequence[str]]
"""Words that mean the same, as `comparable` gives them."""


class Widened(NamedTuple):
    """A query with the other words, and which they are."""

    query: Query
    also: tuple[str, ...]


def widen(query: Query, groups: Groups) -> Widened:
    """*query* with the other words of *groups* for every unquoted word that has some.

    What was typed in quotation marks, into one place or to be left out is looked for as it is.
    """
    others = {word: [each for each in group if each != word] for group in groups for word in group}
    if query.root is None or not others:
        return Widened(query, ())
    known = re.compile("|".join(map(re.escape, sorted(others, key=len, reverse=True))))
    also: dict[str, None] = {}
    root = _widened(query.root, known, others, also)
    return Widened(replace(query, root=root), tuple(also))


def _widened(
    node: Node, known: re.Pattern[str], others: dict[str, list[str]], also: dict[str, None]
) -> Node:
    if isinstance(node, Every | Either):
        parts = (_widened(each, known, others, also) for each in node.parts)
        return replace(node, parts=tuple(parts))
    if not isinstance(node, Words):
        return node
    text = comparable(node.text)
    found = known.search(text)
    if found is None:
        return node
    words = others[found[0]]
    also.update(dict.fromkeys(words))
    rest = [text[: found.start()], text[found.end() :]]
    return Alike(node, tuple(_together(word, rest) for word in words))


def _together(word: str, rest: list[str]) -> Node:
    others = [Words(text) for text in rest if any(runs(text))]
    return Every((Phrase(word), *others)) if others else Phrase(word)
