"""Codes with check characters, as they come out of reading a picture: slips undone where certain.

A slip is undone only where exactly one likely reading has every check character right.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from archive.chinese.credit_codes import (
    CREDIT_LENGTH,
    has_right_check_character,
    has_right_organisation_code,
    is_credit_code,
)

_RUN = re.compile(r"[0-9A-Z][0-9A-Z\s.\-_·:]{14,40}[0-9A-Z]")
_CHARACTERS = re.compile(r"[^0-9A-Z]")
# Letters that the alphabet has not, and those that a region (a number) has not: what they were.
_FOREIGN = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "UY"}
_IN_REGION = {"A": "4", "B": "8", "D": "0", "G": "6", "L": "1", "Q": "0", "T": "7", "U": "0"}
_REGION = range(2, 8)
# Which characters a reading takes for which.
_ALIKE = {
    "0": "DQCU8", "1": "LT7", "2": "7", "3": "8B5", "4": "A", "5": "36", "6": "G8C", "7": "T12",
    "8": "B36", "9": "G8", "A": "4R", "B": "8R3", "C": "G0", "D": "0Q", "E": "F", "F": "EP",
    "G": "6C9", "H": "NM", "J": "1", "K": "XR", "L": "1", "M": "NHW", "N": "MH", "P": "FR",
    "Q": "0DG", "R": "KPBA", "T": "71Y", "U": "0WY", "W": "MNU", "X": "KY", "Y": "XTU",
}  # fmt: skip
_CATEGORIES = {
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "123459", "6": "129", "7": "129",
    "8": "19", "9": "123", "A": "19", "N": "1239", "Y": "19",
}  # fmt: skip
"""Second characters by first: the departments that register, and whom."""
_PROVINCES = frozenset(
    str(each)
    for some in (
        (10,), range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55),
        range(61, 66), (71, 81, 82),
    )
    for each in some
)  # fmt: skip

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_RUN = re.compile(r"(?<![0-9A-Z])[0-9OIZSBLGDQ](?:\s?[0-9OIZSBLGDQ]){16}\s?[0-9XK]?(?![0-9A-Z])")
_DIGIT_OF = str.maketrans("OIZSBLGDQ", "012581600")


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A code, and how sure it is that the paper says it."""

    code: str
    confidence: float


def credit_code_from(text: str) -> str:
    """The unified social credit code in *text*, slips of reading undone; nothing if none is sure.

    Of several in *text* the first.
    """
    return next((each.code for each in credit_codes_in(text)), "")


def credit_codes_in(text: str) -> list[CodeRead]:
    """Every credit code in *text* whose check characters are right, or can be made right."""
    found: dict[str, CodeRead] = {}
    for run in _runs(text):
        read = read_credit_code(run)
        if read is not None:
            found.setdefault(read.code, read)
    return list(found.values())


def read_credit_code(text: str) -> CodeRead | None:
    """The one credit code that *text*, nothing else, may be."""
    code = _CHARACTERS.sub("", unicodedata.normalize("NFKC", text).upper())
    if len(code) == CREDIT_LENGTH + 1:
        return _with_one_less(code)
    if len(code) != CREDIT_LENGTH:
        return None
    spelt = list(_in_alphabet(code))
    right = [each for each in spelt if _is_right(each)]
    if right:
        best = [each for each in right if has_right_organisation_code(each)] or right
        return CodeRead(best[0], 0.99 if best[0] == code else 0.98) if len(best) == 1 else None
    return _only(spelt)


def bare_credit_code(text: str) -> str:
    """What *text* has for a credit code though no check character bears it out, or nothing."""
    found = re.search(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])", _spaceless(text))
    return next(_in_alphabet(found[0])) if found else ""


def read_id_number(text: str) -> CodeRead | None:
    """The number of an identity card in *text* (GB 11643), if its check digit is right."""
    for match in _ID_RUN.finditer(unicodedata.normalize("NFKC", text).upper()):
        letters = re.sub(r"\s", "", match.group())
        if len(letters) != CREDIT_LENGTH:
            continue
        last = "X" if letters[17] in "XK" else letters[17].translate(_DIGIT_OF)
        number = letters[:17].translate(_DIGIT_OF) + last
        if _is_id_number(number):
            return CodeRead(number, 0.99 if number == letters else 0.97)
    return None


def _is_id_number(number: str) -> bool:
    total = sum(int(one) * weight for one, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    month, day = int(number[10:12]), int(number[12:14])
    is_born = number[6:8] in ("19", "20") and 1 <= month <= 12 and 1 <= day <= 31
    return is_born and number[:2] in _PROVINCES and number[17] == "10X98765432"[total % 11]


def _spaceless(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).upper())


def _runs(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text).upper()
    for match in _RUN.finditer(plain):
        bare = _CHARACTERS.sub("", match.group())
        if CREDIT_LENGTH <= len(bare) <= CREDIT_LENGTH + 1:
            yield bare
            continue
        for piece in re.split(r"[\s:]+", match.group()):
            if CREDIT_LENGTH <= len(_CHARACTERS.sub("", piece)) <= CREDIT_LENGTH + 1:
                yield piece


def _in_alphabet(code: str) -> Iterator[str]:
    choices = (
        (_IN_REGION if place in _REGION else {}).get(each) or _FOREIGN.get(each, each)
        for place, each in enumerate(code)
    )
    for letters in product(*choices):
        yield "".join(letters)


def _has_shape(code: str) -> bool:
    is_known = code[1] in _CATEGORIES.get(code[0], "") and code[2:4] in _PROVINCES
    return is_known and code[2:8].isdigit()


def _is_right(code: str) -> bool:
    return is_credit_code(code) and has_right_check_character(code) and _has_shape(code)


def _only(spelt: Iterable[str]) -> CodeRead | None:
    """The one code that a single likely slip makes of *spelt*, with every check character right.

    Without the check of the organisation code too, one invented or misprinted code in four would
    have a repair.
    """
    near = {
        code[:place] + other + code[place + 1 :]
        for code in spelt
        for place in range(CREDIT_LENGTH)
        for other in _likely(code[place])
    }
    right = {code for code in near if _is_right(code) and has_right_organisation_code(code)}
    return CodeRead(right.pop(), 0.95) if len(right) == 1 else None


def _likely(letter: str) -> Iterator[str]:
    yield from _ALIKE.get(letter, "")
    yield from (other for other, alike in _ALIKE.items() if letter in alike)


def _with_one_less(code: str) -> CodeRead | None:
    """*code* without the one character that a stamp or an edge added."""
    shorter = {code[:place] + code[place + 1 :] for place in range(len(code))}
    right = {
        each
        for one in shorter
        for each in _in_alphabet(one)
        if _is_right(each) and has_right_organisation_code(each)
    }
    return CodeRead(right.pop(), 0.9) if len(right) == 1 else None
