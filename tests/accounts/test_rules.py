"""Which passwords are too easily guessed."""

import pytest

from archive.accounts import rules
from archive.accounts.errors import WeakPassword


@pytest.mark.parametrize(
    "password",
    [
        "",
        "短",
        "Ab3$efgh9",
        "1234567890",
        "0987654321",
        "abcdefghij",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "ababababab",
        "my-chenxiao-2026",
        "CHENXIAO!!!!",
        "123-456-789-0",
    ],
)
def test_an_obvious_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        rules.check_password(password, "chenxiao")


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "今天的货车在东莞装了三十吨", "k7#Wq2vL9x", "x" * 5 + "abc%7"],
)
def test_a_long_password_of_any_letters_is_taken(password: str) -> None:
    rules.check_password(password, "chenxiao")


def test_a_short_username_may_stand_in_a_password() -> None:
    rules.check_password("lighthouse-li-42", "li")
