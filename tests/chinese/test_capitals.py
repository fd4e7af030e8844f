"""Amounts in capital characters."""

from decimal import Decimal

import pytest

from archive.chinese.capitals import write_capitals
from archive.chinese.errors import AmountRefused, AmountTooFine, AmountTooLarge, NegativeAmount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("0.56", "人民币伍角陆分"),
        ("0.05", "人民币伍分"),
        ("0", "人民币零元整"),
        ("10", "人民币壹拾元整"),
        ("10.05", "人民币壹拾元零伍分"),
        ("10.50", "人民币壹拾元伍角"),
        ("100500", "人民币壹拾万零伍佰元整"),
        ("12000", "人民币壹万贰仟元整"),
        ("100000000.00", "人民币壹亿元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("100010000", "人民币壹亿零壹万元整"),
        ("100007000", "人民币壹亿零柒仟元整"),
        ("170000000", "人民币壹亿柒仟万元整"),
        ("10203040.50", "人民币壹仟零贰拾万叁仟零肆拾元伍角"),
        ("1001", "人民币壹仟零壹元整"),
        (
            "999999999999.99",
            "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_an_amount_reads_as_on_a_cheque(amount, words):
    assert write_capitals(Decimal(amount)) == words


def test_a_negative_amount_is_refused():
    with pytest.raises(NegativeAmount):
        write_capitals(Decimal("-0.01"))


def test_ten_to_the_twelfth_is_refused():
    with pytest.raises(AmountTooLarge):
        write_capitals(Decimal(1000000000000))


def test_a_third_decimal_is_refused_but_trailing_zeros_are_not():
    with pytest.raises(AmountTooFine):
        write_capitals(Decimal("1.005"))
    assert write_capitals(Decimal("1.500")) == "人民币壹元伍角"


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_what_is_no_number_is_refused(amount):
    with pytest.raises(AmountRefused):
        write_capitals(Decimal(amount))
