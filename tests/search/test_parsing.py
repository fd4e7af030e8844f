"""From typed text to a query."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import Note, parse_query
from archive.search.dates import read_days
from archive.search.query import (
    During,
    Either,
    Every,
    Pattern,
    Phrase,
    Place,
    Within,
    Without,
    Words,
)


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("", None),
        ("投诉", Words("投诉")),
        ("投诉 延误", Every((Words("投诉"), Words("延误")))),
        ("投诉 AND 延误", Every((Words("投诉"), Words("延误")))),
        ("投诉 与 延误", Every((Words("投诉"), Words("延误")))),
        ("a OR b c", Either((Words("a"), Every((Words("b"), Words("c")))))),
        ("NOT a", Without(Words("a"))),
        ("NOT NOT a", Words("a")),
        ("a -b", Every((Words("a"), Without(Words("b"))))),
        ("HT-2026-00001", Words("HT-2026-00001")),
        ("“上海 华盛”", Phrase("上海 华盛")),
        ("「上海 华盛」", Phrase("上海 华盛")),
        ("客户：华盛", Within(Place.CUSTOMER, "华盛")),
        ('客户:"上海 华盛"', Within(Place.CUSTOMER, "上海 华盛")),
        ("編號:00001", Within(Place.NUMBER, "00001")),
        ("12:30", Words("12:30")),
        ("http://a.cn/x?y", Words("http://a.cn/x?y")),
        ("日期:2026-02", During(date(2026, 2, 1), date(2026, 2, 28))),
        ("至:2026-02", During(None, date(2026, 2, 28))),
        ("ab*", Pattern("ab*")),
        ("怎么办？", Words("怎么办")),
        ("上海*", Words("上海 ")),
        ("((a))", Words("a")),
    ],
)
def test_a_text_means(typed: str, root: object) -> None:
    query = parse_query(typed)
    if isinstance(root, Words) and isinstance(query.root, Words):
        assert query.root.text.replace("?", " ").split() == root.text.replace("?", " ").split()
    else:
        assert query.root == root


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("“没有关上", Note.UNCLOSED_QUOTE),
        ("(a", Note.UNPAIRED_PARENTHESIS),
        ("a))", Note.UNPAIRED_PARENTHESIS),
        ("AND a", Note.LOOSE_OPERATOR),
        ("a OR", Note.LOOSE_OPERATOR),
        ("OR", Note.LOOSE_OPERATOR),
        ("a AND NOT", Note.LOOSE_OPERATOR),
        ("*x", Note.BROAD_WILDCARD),
        ("日期:昨天", Note.BAD_DATE),
        ("，。！", Note.NOTHING_TO_FIND),
        ("很" * 400, Note.TOO_LONG),
        ("a " * 120, Note.TOO_LONG),
        ("(" * 40 + "a", Note.TOO_LONG),
    ],
)
def test_what_was_not_understood_is_said(typed: str, note: Note) -> None:
    assert note in parse_query(typed).notes


SYNTAX = st.lists(
    st.sampled_from(
        [
            *'()"“”「」-*?:：（） ',
            "AND",
            "OR",
            "NOT",
            "与",
            "客户:",
            "日期:",
            "货运",
            "a1",
        ]
    )
)


TYPED = st.one_of(st.text(max_size=60), SYNTAX.map("".join), SYNTAX.map(" ".join))


@given(TYPED)
def test_no_text_raises_and_each_means_the_same_every_time(typed: str) -> None:
    assert parse_query(typed) == parse_query(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2026-11-23", (date(2026, 11, 23), date(2026, 11, 23))),
        ("2026年11月3日", (date(2026, 11, 3), date(2026, 11, 3))),
        ("2026/2", (date(2026, 2, 1), date(2026, 2, 28))),
        ("2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026-01..2026-03", (date(2026, 1, 1), date(2026, 3, 31))),
        ("2026-01~", (date(2026, 1, 1), None)),
        ("..2026-03", (None, date(2026, 3, 31))),
        ("2026-13", None),
        ("2026-02-30", None),
        ("0000", None),
        ("..", None),
        ("昨天", None),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, days: object) -> None:
    assert read_days(typed) == days
