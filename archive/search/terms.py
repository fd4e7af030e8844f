"""From text to what the index keeps: pairs of characters, words, and pieces of numbers.

Chinese is not cut into words: every two neighbouring characters are a term, so that a
two-character query is one look-up and no dictionary has to know a company's name. A single
character is looked up as all terms that begin with it; the last one of a run is kept alone.
"""

import itertools
import re
from collections.abc import Iterable, Iterator

from archive.chinese.folding import HAN, fold, join_han

NUMBER_PIECE = 4
"""Letters and digits in a piece of a number. Five characters with one hyphen still hold four."""

_RUN = re.compile(f"([{HAN}]+)|([^\\W_{HAN}]+)")
_AMOUNT = r"(?<=[0-9])[0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"
# Begins with a set of characters, so that Chinese is passed over at the speed of a plain search.
_NUMBER = re.compile(rf"[a-z0-9](?:{_AMOUNT}|[a-z0-9]*(?:[-_/.#][a-z0-9]+)*)")
# A telephone or waybill number as people read it aloud: 139 0123 4567, 0755-1234 5678.
_GROUPS = r"[0-9]{2,5}(?:[ -][0-9]{3,5}){1,4}"
_GROUPED_NUMBER = re.compile(rf"(?<![a-z0-9]){_GROUPS}(?![a-z0-9])")
LONGEST_WORD = 64
_TYPED_NUMBER = re.compile(rf"[a-z0-9]+(?:[-_/.#]+[a-z0-9]+)*[-_/.#]?|[-_/.#][a-z0-9]+.*|{_GROUPS}")
_LETTERS = re.compile("[a-z]{2,}")


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """The stretches of *folded* that can be searched; True for Chinese ones."""
    for match in _RUN.finditer(folded):
        yield match.group(), match.group(1) is not None


def runs_apart(folded: str) -> tuple[list[str], list[str]]:
    """The Chinese stretches of *folded*, and the others."""
    found = _RUN.findall(folded)
    return [han for han, _ in found if han], [word for _, word in found if word]


def pairs(run: str) -> Iterator[str]:
    """Every two neighbours of a Chinese *run*."""
    return map("".join, itertools.pairwise(run))


def typed_words(typed: str) -> list[str]:
    """The words of what was *typed* so far that can be searched."""
    return [word for word in comparable(typed).split() if any(runs(word))]


def text_terms(folded: str) -> Iterator[str]:
    """The terms of a text, with repetitions. *folded* has gone through `fold` and `join_han`."""
    for run, is_han in runs(folded):
        if is_han:
            yield from pairs(run)
            yield run[-1]
        else:
            yield run[:LONGEST_WORD]


def number_pieces(folded: str) -> Iterator[str]:
    """The pieces of every number in a text."""
    for number in numbers_in(folded):
        yield from pieces(number)


def numbers_in(folded: str) -> Iterator[str]:
    """The numbers in a text that have pieces, letters and digits alone.

    A number is a word with a digit, words joined by - _ / . #, an amount like 12,300.50, or
    groups of digits with spaces between, like 139 0123 4567.
    """
    for found in _NUMBER.findall(folded):
        number = squeeze_number(found)
        if len(number) >= NUMBER_PIECE and not number.isalpha():
            yield number
    for match in _GROUPED_NUMBER.finditer(folded):
        if " " in match[0]:
            yield squeeze_number(match[0])


def squeeze_number(number: str) -> str:
    """Letters and digits alone: ``ht-2026-00001`` -> ``ht202600001``."""
    return "".join(filter(str.isalnum, number))


def may_be_number(folded: str) -> bool:
    """Whether *folded*, as typed, can be a part of a number."""
    return _TYPED_NUMBER.fullmatch(folded) is not None


def may_be_pinyin(folded: str) -> bool:
    """Whether *folded*, as typed, can be the pinyin of a name or its initials."""
    return _LETTERS.fullmatch(folded) is not None


def pieces(squeezed: str) -> Iterable[str]:
    """Every stretch of `NUMBER_PIECE` characters."""
    last = len(squeezed) - NUMBER_PIECE
    return (squeezed[start : start + NUMBER_PIECE] for start in range(last + 1))


def spelled_like(pattern: str) -> str:
    """The regular expression of a folded *pattern* with ``*`` and ``?``; whole words only.

    What is between two stars is taken where it first fits, for good: time grows with the
    text, whatever the pattern.
    """
    first, *rest = (
        re.escape(piece).replace(r"\?", "[a-z0-9]") for piece in re.split(r"\*+", pattern)
    )
    middle = "".join(f"(?>[a-z0-9]*?{piece})" for piece in rest[:-1])
    last = f"[a-z0-9]*{rest[-1]}" if rest else ""
    return f"(?<![a-z0-9]){first}{middle}{last}(?![a-z0-9])"


def comparable(text: str) -> str:
    """*text* as phrases are compared with it: folded, single spaces, none inside Chinese."""
    return join_han(" ".join(fold(text).split()))
