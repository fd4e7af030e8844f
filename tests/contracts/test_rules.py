"""The arithmetic of the price table."""

from decimal import Decimal

import pytest

from archive.contracts import rules
from archive.contracts.forms import ContractInput
from archive.web.inputs import InvalidInput


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [("12.5", "320", "4000.00"), ("0.333", "0.05", "0.02"), ("1", "0.005", "0.01")],
)
def test_a_row_comes_to_quantity_times_price_rounded_to_the_fen(quantity, price, amount):
    assert rules.row_amount(Decimal(quantity), Decimal(price)) == Decimal(amount)


def test_a_row_without_quantity_or_price_has_no_amount():
    assert rules.row_amount(None, Decimal(1)) is None
    assert rules.row_amount(Decimal(1), None) is None


def test_a_table_with_an_open_row_has_no_total_rather_than_a_wrong_one():
    assert rules.total_of([Decimal(1), Decimal(2)]) == Decimal(3)
    assert rules.total_of([Decimal(1), None]) is None
    assert rules.total_of([]) is None


def test_an_amount_that_cannot_be_written_in_capitals_is_left_open():
    assert rules.in_capitals(Decimal(12000)) == "人民币壹万贰仟元整"
    assert rules.in_capitals(None) == ""
    assert rules.in_capitals(Decimal(10) ** 12) == ""


def test_a_contract_that_ends_before_it_starts_is_refused(in_app):
    with in_app.test_request_context(), pytest.raises(InvalidInput) as refusal:
        ContractInput.read({"title": "x", "starts_on": "2026-02-01", "ends_on": "2026-01-31"})
    assert "早于" in str(refusal.value.errors)


def test_a_price_table_beyond_what_capitals_can_say_is_refused(in_app):
    rows = [{"quantity": "999999999", "unit_price": "999999"}]
    with in_app.test_request_context(), pytest.raises(InvalidInput) as refusal:
        ContractInput.read({"title": "x", "prices": rows})
    assert list(refusal.value.errors) == ["prices"]
