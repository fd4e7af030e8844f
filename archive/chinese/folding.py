"""One spelling for what people hold to be the same: 貨運 ＡＢＣ and 货运 abc."""

import re
import unicodedata
from functools import cache

import opencc

HAN = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\ue000-\uf8ff\uf900-\ufaff\U000f0000-\U000ffffd\U00020000-\U0003ffff"
)
"""Inside a regex class: scripts written without spaces, with the private-use areas that old
Chinese fonts put rare characters of names in."""

_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Mn"})
# Begins with the space itself, which is looked for at the speed of a plain string.
_SPACE_WITHIN_HAN = re.compile(f"\\s(?<=[{HAN}]\\s)\\s*(?=[{HAN}])")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


class _Folds(dict[int, str]):
    """`str.translate` table that works out each character once.

    Character by character, because the same must come out of a query and of a text, whatever
    stands around; 乾坤 and 干坤 are one word here.
    """

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = folded = _fold_character(chr(codepoint))
        return folded


def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return str(_to_simplified().convert(plain)).casefold()


_FOLDS = _Folds()


def tidy(text: str) -> str:
    """*text* with composed characters (NFC): the form that is stored, shown and folded."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """*text* as it is compared: simplified, half width, lower case, without invisible marks.

    Mostly as long as *text*, so positions carry over; see `fold_with_positions`.
    """
    return text.translate(_FOLDS)


def fold_with_positions(text: str) -> tuple[str, list[int] | range]:
    """`fold` and, for each folded character, the position in *text* it comes from."""
    folded = fold(text)
    if len(folded) == len(text) and _is_one_to_one(text):
        return folded, range(len(text))
    positions: list[int] = []
    for position, character in enumerate(text):
        positions.extend([position] * len(_FOLDS[ord(character)]))
    return folded, positions


def _is_one_to_one(text: str) -> bool:
    return all(len(_FOLDS[ord(character)]) == 1 for character in set(text))


def join_han(folded: str) -> str:
    """*folded* without the spaces and line ends inside Chinese: 运 输 合同 -> 运输合同.

    Scans read by OCR are full of them.
    """
    return _SPACE_WITHIN_HAN.sub("", folded)
