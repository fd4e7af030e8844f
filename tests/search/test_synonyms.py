"""Which words of a query have others that mean the same, and what is then looked for."""

import pytest

from archive.search import parse_query
from archive.search.query import Alike, Every, Phrase, Words
from archive.search.synonyms import widen

GROUPS = [("货损", "破损", "摔坏"), ("赔付", "理赔")]


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("货损", ("破损", "摔坏")),
        ("貨損", ("破损", "摔坏")),
        ("理赔 司机", ("赔付",)),
        ("货损 赔付", ("破损", "摔坏", "理赔")),
        ("电视机破损", ("货损", "摔坏")),
        ("司机 OR 货损", ("破损", "摔坏")),
        ("司机", ()),
        ("", ()),
        ('"货损"', ()),  # word for word
        ("-货损 司机", ()),  # left out
        ("标题:货损", ()),
    ],
)
def test_unquoted_words_have_others(typed: str, also: tuple[str, ...]) -> None:
    assert widen(parse_query(typed), GROUPS).also == also


def test_what_is_around_a_word_must_be_there_too() -> None:
    root = widen(parse_query("电视机理赔"), GROUPS).query.root
    assert root == Alike(Words("电视机理赔"), (Every((Phrase("赔付"), Words("电视机"))),))


def test_without_groups_a_query_stays_as_it_is() -> None:
    assert widen(parse_query("货损"), []).query == parse_query("货损")
