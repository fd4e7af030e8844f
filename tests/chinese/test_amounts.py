"""Numbers and amounts: read in every usual spelling, and a slip is refused."""

import contextlib
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.chinese.amounts import read_number
from archive.chinese.capitals import write_capitals
from archive.chinese.errors import Unreadable
from archive.chinese.numbers import write_money, write_number

AMOUNTS = st.decimals(0, Decimal("999999999999.99"), places=2)
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")

SPELLINGS: list[Callable[[Decimal], str]] = [
    write_money,
    write_number,
    str,
    lambda amount: f"¥{amount:,}",
    lambda amount: f"￥ {amount:,}元",
    lambda amount: f"{amount:,}".replace(",", "，"),
    lambda amount: f"{amount:,}".replace(",", " "),
    lambda amount: f"人民币{amount}元整",
    lambda amount: f"RMB {amount}",
    lambda amount: f"{amount}".translate(DIGITS),
    lambda amount: f"{amount}".replace(".", "。"),  # an input method's full stop
    lambda amount: f"{amount / 10_000}万",
    write_capitals,
]


@given(AMOUNTS, st.sampled_from(range(len(SPELLINGS))))
def test_an_amount_is_read_in_every_spelling(amount: Decimal, spelling: int) -> None:
    assert read_number(SPELLINGS[spelling](amount)) == amount


@given(st.decimals(Decimal("-1e11"), Decimal("1e11"), places=4), st.booleans())
def test_a_loss_is_read_with_a_sign_or_in_brackets(number: Decimal, in_brackets: bool) -> None:
    text = f"({-number})" if in_brackets and number < 0 else str(number).replace("-", "−")
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.385", "0.385"),
        ("３，５００元整", "3500"),
        ("3500块", "3500"),
        ("3500块钱", "3500"),
        ("1.2w", "12000"),
        ("1.2W元", "12000"),
        ("2.5k", "2500"),
        ("2500元人民币", "2500"),
        ("¥3500.00整", "3500"),
        ("人民币（大写）叁仟伍佰元整", "3500"),
        ("大写：壹万贰仟元整", "12000"),
        (".5", "0.5"),
        ("12.", "12"),
        ("1.5万元", "15000"),
        ("3千", "3000"),
        ("2亿", "200000000"),
        ("两万", "20000"),
        ("十五", "15"),
        ("一百二十", "120"),
        ("三千零五", "3005"),
        ("玖角", "0.9"),
        ("100.000", "100"),
        ("1'234", "1234"),
        ("'1234", "1234"),
        ("12万3千", "123000"),
        ("1亿2000万元", "120000000"),
        ("3万5000", "35000"),
        ("1千5百", "1500"),
        ("5元5角5分", "5.55"),
        ("8角", "0.8"),
        ("人民币叁万伍仟元整（¥35,000.00）", "35000"),
        ("￥35,000.00（大写：叁万伍仟元整）", "35000"),
        ("负3.5万", "-35000"),
        ("负伍元", "-5"),
        ("（¥1,234.50）", "-1234.5"),
        ("¥(1,234.50)", "-1234.5"),
        ("百万", "1000000"),
        ("一万零二", "10002"),
        ("十", "10"),
    ],
)
def test_other_spellings(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["1,23", "12,3456", "1.234,50", "1,234,5", "1e5", "NaN", "Infinity", "$12", "12美元", "-", ",",
     "一二三", "三千五", "0x10", "1_000", "", "12 30", "壹元贰", "十百", "3万5", "3万50", "1万2亿",
     "一万二", "十万五", "壹亿贰", "万", "万元", "亿", "百", "千元", "5²", "①", "12m²", "5块5",
     "5元5", "人民币叁万伍仟元整（¥3,500.00）", "负", "负-5",
     "负(5)", "负负5", "12万12345", "5%"],
)  # fmt: skip
def test_what_could_be_a_slip_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_number(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Unreadable):
        assert read_number(text).is_finite()
