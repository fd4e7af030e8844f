"""Company names as they are typed without an input method: hshy or huasheng for 华盛货运."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from archive.chinese.folding import fold

INITIALS = (2, 3, 4)
"""Lengths of the stretches of initials that are kept; longer queries are put together of them."""
LONGEST_SPELLING = 24

_SYLLABLES = 5
_MOST_READINGS = 32
_LEGAL_FORM = re.compile(r"(股份|集团|责任|有限)*公司$|集团$")
_SPOKEN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|[a-z0-9]")

_ORDERED = re.compile(r"([0-9]+)|([a-z]+)|([\u3400-\u9fff\U00020000-\U0003ffff])")
DIGITS_IN_ORDER = 12

# Readings that names have and dictionaries do not put first, or not at all.
_READINGS_OF_NAMES = {
    "晟": "sheng",
    "单": "shan",
    "曾": "zeng",
    "解": "xie",
    "仇": "qiu",
    "厦": "xia",
}


@lru_cache(maxsize=4096)
def _readings(folded: str) -> tuple[tuple[str, ...], ...]:
    """For each character that is spoken, its readings without tones, the likeliest first."""
    characters = _SPOKEN.findall(folded)
    # Its dictionaries take 55 MB, and a process that looks up no name needs none of it.
    from pypinyin import Style, lazy_pinyin, pinyin  # noqa: PLC0415

    in_context = lazy_pinyin(
        "".join(characters),
        style=Style.NORMAL,
        errors=list,  # type: ignore[arg-type]  # it takes a list for a run without Chinese
    )
    all_readings = pinyin(characters, style=Style.NORMAL, heteronym=True)
    return tuple(
        tuple(
            dict.fromkeys(
                reading
                for reading in (
                    _READINGS_OF_NAMES.get(character, first),
                    first,
                    *others,
                )
                if reading.isascii()
            )
        )
        for character, first, others in zip(characters, in_context, all_readings, strict=True)
    )


@lru_cache(maxsize=4096)  # a customer's name comes with each of its records
def initials_terms(name: str) -> frozenset[str]:
    """Every stretch of initials in *name*, in every reading."""
    readings = _readings(fold(name))
    letters = [tuple(dict.fromkeys(each[0] for each in options)) for options in readings if options]
    return frozenset(
        "".join(choice)
        for start in range(len(letters))
        for length in INITIALS
        if start + length <= len(letters)
        for choice in islice(product(*letters[start : start + length]), _MOST_READINGS)
    )


@lru_cache(maxsize=4096)
def spelling_terms(name: str) -> frozenset[str]:
    """*name* spelled out from each of its characters on: a query is the beginning of one."""
    folded = fold(name)
    body = _LEGAL_FORM.sub("", folded) or folded
    readings = [options for options in _readings(folded) if options]
    starts = min(len(readings), len(_SPOKEN.findall(body)))
    return frozenset(
        "".join(choice)[:LONGEST_SPELLING]
        for start in range(starts)
        for choice in islice(product(*readings[start : start + _SYLLABLES]), _MOST_READINGS)
    )


def first_letters(text: str) -> str:
    """The initial of each character of *text* in its likeliest reading: yyzz for 营业执照."""
    return "".join(options[0][0] for options in _readings(fold(text)) if options)


def initials_in(typed: str) -> Iterator[str]:
    """The stretches that must all occur where *typed* letters are read as initials."""
    longest = INITIALS[-1]
    if len(typed) <= longest:
        yield typed
    else:
        yield from (typed[at : at + longest] for at in range(len(typed) - longest + 1))


def name_order(name: str) -> str:
    """What lists of names are sorted by: Chinese by its sound, numbers as numbers.

    安华2号 comes before 安华10号 and both before 华盛. Signs do not count; of two characters that
    sound alike all of one come before all of the other.
    """
    folded = fold(name)
    readings = iter(_readings(folded))
    parts = []
    for match in _ORDERED.finditer(folded):
        digits, letters, character = match.groups()
        spoken = list(islice(readings, len(match[0])))
        if digits:
            parts.append(digits.lstrip("0").zfill(DIGITS_IN_ORDER))
        else:
            parts.append(letters or f"{next(iter(spoken[0]), '')} {character}")
    return " ".join(parts)
