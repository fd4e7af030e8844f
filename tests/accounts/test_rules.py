"""Which passwords are too easily guessed."""

import secrets

import pytest

from archive.accounts import rules
from archive.accounts.errors import CommonPassword, WeakPassword

OWN = ("chenxiao", "陈晓", "D0417")


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
        "一二三四五六七八九十",
        "月台上的D0417号门",
        "陈晓每天六点半到仓库",
    ],
)
def test_an_obvious_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        rules.check_password(password, *OWN)


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "Password123!",
        "P@ssw0rd123",
        "iloveyou2024",
        "1qaz2wsx3edc",
        "a1b2c3d4e5",
        "abc123456789",
        "Admin@123456",
        "Huawei@123",
        "woaini1314520",
        "Woaini_5201314",
        "5201314520",
        "aa5201314520",
        "aa123456aa",
        "Aa123456!!",
        "qq123456789",
        "zhongguo2026",
        "我爱你中国我爱你中国",
    ],
)
def test_a_common_password_is_refused_also_with_figures_and_signs_around_it(password: str) -> None:
    with pytest.raises(CommonPassword):
        rules.check_password(password, *OWN)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "今天的货车在东莞装了三十吨", "k7#Wq2vL9x", "another good one"],
)
def test_a_long_password_of_any_letters_is_taken(password: str) -> None:
    rules.check_password(password, *OWN)


def test_a_short_username_may_stand_in_a_password() -> None:
    rules.check_password("lighthouse-li-42", "li")


def test_what_the_archive_makes_itself_is_always_taken() -> None:
    for _ in range(20):
        rules.check_password(secrets.token_urlsafe(12), *OWN)


def test_a_password_of_any_length_is_judged() -> None:
    rules.check_password("correct horse battery" * 20, *OWN)
    with pytest.raises(CommonPassword):
        rules.check_password("password1" * 20, *OWN)
