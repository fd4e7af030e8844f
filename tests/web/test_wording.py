"""Fields in words: what is a telephone number follows from how the field is declared."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from bson import Decimal128
from flask import Flask

from archive.contracts.forms import OwnCompanyInput
from archive.terms import Term
from archive.web.inputs import Code, Input, Instant, OwnPhone, Phone, asked
from archive.web.wording import (
    asks_for_numbers,
    differences,
    hide_numbers,
    holds_number,
    words_of_field,
)


class Colour(Term):
    """A closed list of this test."""

    RED = "red", "红"


class PersonInput(Input):
    """A row with a telephone number that is not called one."""

    name: str = asked("姓名")
    reach: Phone | None = asked("怎样找到", None)
    is_main: bool = asked("主要", False)


class ThingInput(Input):
    """Telephone numbers under names that do not say so, and a name that only seems to be one."""

    hotline: Phone | None = asked("热线", None)
    others: list[Phone] = asked("其他", [])
    own: OwnPhone | None = asked("本公司", None)
    phone: Code | None = asked("电话机型号", None)
    people: list[PersonInput] = asked("人", [])
    colour: Colour | None = asked("颜色", None)
    moment: Instant | None = asked("时间", None)
    amount: Decimal | None = asked("金额", None)


NUMBER, HIDDEN = "13800001234", "138****1234"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("hotline", NUMBER, HIDDEN),
        ("hotline", None, None),
        ("others", [NUMBER, NUMBER], [HIDDEN, HIDDEN]),
        ("own", NUMBER, NUMBER),
        ("phone", NUMBER, NUMBER),
        ("unknown", NUMBER, NUMBER),
        ("people", [{"name": "刘洋", "reach": NUMBER}], [{"name": "刘洋", "reach": HIDDEN}]),
    ],
)
def test_a_telephone_number_is_hidden_wherever_one_is_asked_for(
    name: str, value: Any, shown: Any
) -> None:
    assert hide_numbers(ThingInput, name, value) == shown
    assert holds_number(ThingInput, name, value) is (shown != value)


def test_a_model_asks_for_numbers_in_its_rows_too() -> None:
    assert asks_for_numbers(ThingInput)
    assert asks_for_numbers(PersonInput)
    assert not asks_for_numbers(OwnCompanyInput)


def compared(**given: Any) -> dict[str, tuple[str, str, str]]:
    """The fields that differ: how it was, theirs, yours; *given* holds the three values of each."""
    versions = [{name: values[place] for name, values in given.items()} for place in range(3)]
    before, theirs, yours = versions
    found = differences(ThingInput, before=before, theirs=theirs, yours=yours)
    return {each.name: (each.before, each.theirs, each.yours) for each in found}


def test_the_same_value_is_no_difference_however_it_is_kept(in_app: Flask) -> None:
    at = datetime(2026, 3, 15, 6, 30, tzinfo=UTC)
    with in_app.test_request_context():
        same = compared(
            colour=("red", Colour.RED, "red"),
            moment=(at, at, at),
            amount=(Decimal128("396.00"), Decimal("396.00"), Decimal(396)),
            people=(
                [{"is_main": True, "reach": NUMBER, "name": "刘洋"}],
                [{"name": "刘洋", "reach": NUMBER, "is_main": True}],
                [{"reach": NUMBER, "is_main": True, "name": "刘洋"}],
            ),
        )
        assert same == {}
        assert words_of_field(ThingInput, "people", [{"is_main": True, "name": "刘洋"}]) == (
            "刘洋 主要"
        )


def test_a_masked_difference_still_says_who_changed_it(in_app: Flask) -> None:
    with in_app.test_request_context():
        (found,) = differences(
            ThingInput,
            before={"hotline": NUMBER},
            theirs={"hotline": "13899991234"},
            yours={"hotline": NUMBER},
            masks=True,
        )
    assert (found.before, found.theirs, found.yours) == (HIDDEN, HIDDEN, NUMBER)
    assert (found.is_theirs, found.is_yours, found.has_number) == (True, False, True)
