"""The unified social credit code (统一社会信用代码) of GB 32100-2015."""

import re
import unicodedata

from archive.chinese.folding import fold

# 31 characters, no I O S V Z; the value is the place in this list.
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
CREDIT_LENGTH = 18
_COPY = re.compile(
    r"(?:\((?:\d+-\d+|[正副]本)[^()]*\))+$"
)  # printed after the code: which copy it is
CODE_LABEL = re.compile(
    "^(?:(?:统一)?社会(?:统一)?信用代码|信用代码|纳税人识别号|税号|代码)证?号?:?"
)

_ORGANISATION = slice(8, 16)  # the code of GB 11714 inside, its check character follows
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normalise_credit_code(text: str) -> str:
    """*text* as a credit code: half-width, upper case, no separators, slips for a digit undone.

    I, O, S and Z are not in the alphabet. O and I can only be 0 and 1; S, Z and a small l are 5, 2
    and 1 where the check character says so. A label in front is left out.
    """
    plain = unicodedata.normalize("NFKC", text)
    code = _bare_code(plain)
    if is_credit_code(code) and has_right_check_character(code):
        return code
    perhaps = _bare_code(plain.replace("l", "1")).replace("S", "5").replace("Z", "2")
    return perhaps if is_credit_code(perhaps) and has_right_check_character(perhaps) else code


def _bare_code(text: str) -> str:
    plain = _COPY.sub("", re.sub(r"\s", "", fold(text)))
    letters = CODE_LABEL.sub("", re.sub(r"[\-_.,;=()\"'“”]", "", plain))
    return letters.upper().replace("O", "0").replace("I", "1")


def is_credit_code(code: str) -> bool:
    """Whether *code* has the length and the letters of a unified social credit code."""
    return len(code) == CREDIT_LENGTH and all(letter in CREDIT_ALPHABET for letter in code)


def check_character(code: str) -> str:
    """The 18th character that the first 17 of *code* ask for (GB 32100-2015)."""
    total = sum(
        CREDIT_ALPHABET.index(letter) * weight
        for letter, weight in zip(code[:17], CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def has_right_check_character(code: str) -> bool:
    """Whether the check character of a well-formed *code* is right."""
    return code[17] == check_character(code)


def organisation_check_character(code: str) -> str:
    """The 17th character that the organisation code inside *code* asks for (GB 11714-1997)."""
    total = sum(
        int(letter, 36) * weight
        for letter, weight in zip(code[_ORGANISATION], _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def has_right_organisation_code(code: str) -> bool:
    """Whether the organisation code inside a well-formed *code* is right."""
    return code[16] == organisation_check_character(code)
