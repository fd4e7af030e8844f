"""One spelling for what people hold to be the same: 貨運 ＡＢＣ and 货运 abc."""

import re
import unicodedata
from functools import cache

import opencc

from archive.chinese.variants import RADICALS, VARIANTS

HAN = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\ue000-\uf8ff\uf900-\ufaff\U000f0000-\U000ffffd\U00020000-\U0003ffff"
)
"""Inside a regex class: scripts written without spaces, with the private-use areas that old
Chinese fonts put rare characters of names in."""

_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Mn"})
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_MEETING = (
    "瞭了覆复俱具帐账徵征藉借著着淸清靑青凃涂锺钟迳径钜巨伕夫揹背馀余甯宁薰熏鎗枪讬托镕熔雠仇"
    "耡锄谘咨彷仿幺么衹只糭粽苧苎澂澄斲斫稣苏祇只仝同"
)
"""Pairs of which one side stands for the other in some words only (了解 and 瞭解, 答复 and 答覆):
both spellings have to meet. The second is what both become."""

# Begins with the space itself, which is looked for at the speed of a plain string.
_SPACE_WITHIN_HAN = re.compile(f"\\s(?<=[{HAN}]\\s)\\s*(?=[{HAN}])")
DOTS = "·•‧∙⋅・･"
BRACKETS = r"()\[\]【】〔〕"
_DOT_WITHIN_NAME = re.compile(f"[{DOTS}](?<=\\w[{DOTS}])(?=\\w)")
_BRACKET_WITHIN_HAN = re.compile(
    f"[{BRACKETS}](?:(?<=[{HAN}][{BRACKETS}])(?=\\w)|(?<=\\w[{BRACKETS}])(?=[{HAN}]))"
)


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


def plain(character: str) -> str:
    """*character* in half width, simplified and in lower case."""
    return str(_to_simplified().convert(unicodedata.normalize("NFKC", character))).casefold()


@cache
def _usual_forms() -> dict[str, str]:
    pairs = RADICALS + VARIANTS + _MEETING
    return dict(zip(pairs[::2], pairs[1::2], strict=True)) | _DASHES


def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    usual = _usual_forms()
    folded = plain(usual.get(character, character))
    return plain(usual[folded]) if folded in usual else folded


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
    """*folded* without what stands inside a Chinese name or text and is not heard.

    Spaces and line ends (scans read by OCR are full of them), the dot of 阿不都·热合曼 and of
    粤B·12345, the brackets of 嘉禾(上海)货运.
    """
    joined = _SPACE_WITHIN_HAN.sub("", folded)
    return _BRACKET_WITHIN_HAN.sub("", _DOT_WITHIN_NAME.sub("", joined))
