"""Lines as they were recognised become lines as they are written: pure functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import opencc

from archive.chinese.folding import HAN
from archive.recognition.pages import Box, Line

MARKS = "\u3000-\u303f\uff00-\uffef“”‘’·…—"
SPACE_IN_CHINESE = re.compile(f"(?<=[{HAN}{MARKS}])\\s+(?=[{HAN}{MARKS}])")
BACKGROUND = "SCJDGL"  # 市场监督管理, repeated in the paper of business licences
OF_BACKGROUND = re.compile(r"^[SCJDGLIO01l]{2,9}$")
RUN_OF_BACKGROUND = re.compile(r"S?CJDGL?|SCJDG?|JDGL")
NEIGHBOURS = tuple(f"{a}{b}" for a, b in zip(BACKGROUND, BACKGROUND[1:] + "S", strict=True))
MOST_STACKED = 8
STACKED = 1.5  # times as high as wide
SAME_ROW = 0.45  # of the lower line's height
SLIPS = 0.35  # of the characters that tell: more traditional ones are no slips


def tidy(lines: Iterable[Line], *, ratio: float) -> list[Line]:
    """*lines* of a page *ratio* times as wide as high, in reading order, as they are written."""
    cleaned = [replace(each, text=without_spaces(each.text)) for each in lines]
    written = without_background([each for each in cleaned if each.text])
    split = [part for each in written for part in unstacked(each, ratio)]
    return in_reading_order(simplified_slips(split))


def without_spaces(text: str) -> str:
    """*text* without the spaces between Chinese characters."""
    return SPACE_IN_CHINESE.sub("", text.strip())


def without_background(lines: Sequence[Line]) -> list[Line]:
    """*lines* without the letters printed in the paper of a licence."""
    printed = [each for each in lines if is_background(each.text)]
    is_licence = any("执照" in each.text for each in lines)
    if not is_licence and len(printed) < 3:
        return list(lines)
    kept = (
        replace(each, text=RUN_OF_BACKGROUND.sub("", each.text).strip())
        for each in lines
        if each not in printed
    )
    return [each for each in kept if each.text]


def is_background(text: str) -> bool:
    """Whether *text* is a piece of those letters."""
    plain = text.replace(" ", "")
    if not OF_BACKGROUND.match(plain) or not any(each in plain for each in NEIGHBOURS):
        return False
    return sum(each in BACKGROUND for each in plain) * 2 > len(plain)


def unstacked(line: Line, ratio: float) -> list[Line]:
    """The characters of labels below each other that were taken for one line, each in its box."""
    box, letters = line.box, line.text.replace(" ", "")
    wide, high = (box.right - box.left) * ratio, box.bottom - box.top
    if not 2 <= len(letters) <= MOST_STACKED or high <= STACKED * wide:
        return [line]
    size = min(wide, high / len(letters))
    step = (high - size) / (len(letters) - 1)
    tops = [box.top + step * place for place in range(len(letters))]
    return [
        Line(letter, Box(box.left, round(top, 4), box.right, round(top + size, 4)), line.confidence)
        for letter, top in zip(letters, tops, strict=True)
    ]


def simplified_slips(lines: Sequence[Line]) -> list[Line]:
    """Traditional forms that the recognition took for simplified ones, put right.

    A paper that is traditional throughout stays as it is written.
    """
    text = "".join(each.text for each in lines)
    traditional = sum(1 for each in text if is_only_traditional(each))
    simplified = sum(1 for each in text if is_only_simplified(each))
    if not traditional or traditional > (traditional + simplified) * SLIPS:
        return list(lines)
    return [
        replace(each, text="".join(simplified_form(letter) for letter in each.text))
        for each in lines
    ]


OF_NAMES = frozenset("昇堃喆邨甯龢迺谿锺頫颺晳瞋噘蹚凓勠犇仝淼翀祎")
"""Simplified too (通用规范汉字表, 2013), most of them in names; not in GB 2312."""


@cache
def is_only_traditional(letter: str) -> bool:
    """Whether *letter* is no part of the simplified script (GB 2312) and has a form there."""
    return simplified_form(letter) != letter


@cache
def is_only_simplified(letter: str) -> bool:
    """Whether *letter* has another form in the traditional script."""
    return letter >= "\u3400" and _converter("s2t").convert(letter) != letter


@cache
def simplified_form(letter: str) -> str:
    """*letter* as simplified papers write it."""
    if letter < "\u3400" or letter in OF_NAMES or is_in_gb2312(letter):
        return letter
    form = str(_converter("t2s").convert(letter))
    return form if is_in_gb2312(form) else letter


def is_in_gb2312(text: str) -> bool:
    """Whether *text* can be written in the characters of GB 2312."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter(way: str) -> opencc.OpenCC:
    return opencc.OpenCC(way)


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Row by row from the top, each from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=middle):
        row = next((each for each in reversed(rows[-3:]) if is_in_row(line, each)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return [line for row in rows for line in sorted(row, key=lambda each: each.box.left)]


def middle(line: Line) -> float:
    """How far down the middle of *line* is."""
    return (line.box.top + line.box.bottom) / 2


def is_in_row(line: Line, row: Sequence[Line]) -> bool:
    """Whether *line* continues *row*."""
    centre = sum(middle(each) for each in row) / len(row)
    height = min(each.box.bottom - each.box.top for each in (line, *row))
    return abs(middle(line) - centre) < SAME_ROW * height
