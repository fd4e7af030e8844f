"""Marks that nobody sees: one rule for all of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.chinese.invisible import visible

SIGNS_BEFORE_NUMBERS = {0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890,
                        0x0891, 0x08E2, 0x110BD, 0x110CD}  # fmt: skip
HIEROGLYPHS = range(0x13430, 0x13456)
"""Format characters that are drawn."""


def test_of_marks_alone_nothing_is_left() -> None:
    marks = [
        chr(each)
        for each in range(0x110000)
        if unicodedata.category(chr(each)) in ("Cf", "Cc", "Cs")
        and each not in SIGNS_BEFORE_NUMBERS
        and each not in HIEROGLYPHS
    ]
    assert visible("".join(marks)).strip() == ""


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\u202d13800001234\u202c", "13800001234"),
        ("华\u200b盛\ufeff", "华盛"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("\u3164\u2800", "  "),
        ("a\u200db", "ab"),
        ("长\u00ad安", "长安"),
        ("\ud800x", "x"),
    ],
)
def test_marks_go_and_line_ends_are_one(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    "text", ["👨\u200d👩\u200d👧", "❤\ufe0f", "1\ufe0f\u20e3", "👍🏽", "葛\U000e0100城",
             "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "a\tb\nc"],
)  # fmt: skip
def test_what_changes_the_picture_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_twice_is_as_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)
