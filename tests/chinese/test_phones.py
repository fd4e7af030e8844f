"""Telephone numbers as papers and telephones write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.chinese.errors import PhoneUnreadable
from archive.chinese.phones import read_phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800001234", "13800001234"),
        ("138 0000 1234", "138 0000 1234"),
        ("+86 138-0000-1234", "+86 138-0000-1234"),
        ("１３８００００１２３４", "13800001234"),
        ("13800001234/13900001234", "13800001234、13900001234"),
        ("13800001234，13900001234", "13800001234、13900001234"),
        ("0755-12345678、12345679", "0755-12345678、12345679"),
        ("0755-12345678分机801", "0755-12345678转801"),
        ("0755-12345678 转 801", "0755-12345678转801"),
        ("0755-12345678 ext. 801", "0755-12345678转801"),
        ("0755-12345678-801", "0755-12345678-801"),
        ("0755-12345678/79", "0755-12345678、79"),
        ("0755–12345678", "0755-12345678"),
        ("0755—12345678", "0755-12345678"),
        ("0755‐12345678", "0755-12345678"),
        ("0755−12345678", "0755-12345678"),
        ("（0755）12345678", "(0755)12345678"),
        ("电话：0755-12345678", "0755-12345678"),
        ("手机 13800001234", "13800001234"),
        ("400-800-8888", "400-800-8888"),
        ("手机号：13800001234", "13800001234"),
        ("手机号码 13800001234", "13800001234"),
        ("电话/微信：13800001234", "13800001234"),
        ("联系方式:13800001234", "13800001234"),
        ("(+86)13800001234", "(+86)13800001234"),
        ("13800001234 13900001234", "13800001234、13900001234"),
        ("+86 138 0000 1234", "+86 138 0000 1234"),
    ],
)
def test_a_number_is_taken_and_put_into_one_spelling(text: str, number: str) -> None:
    assert read_phone(text) == number
    assert read_phone(number) == number


@pytest.mark.parametrize(
    "text", ["", "12", "abc", "13800001234 张经理", "138000012341390000123401234", "、", "转801"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(PhoneUnreadable):
        read_phone(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_what_was_read_is_read_again(text: str) -> None:
    try:
        number = read_phone(text)
    except PhoneUnreadable:
        return
    assert read_phone(number) == number
