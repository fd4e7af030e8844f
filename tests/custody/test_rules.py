"""What needs no store: sheets of labels, and places in their order."""

import pytest

from archive.custody.rules.places import is_inside, ordered, shelved, tidied
from archive.custody.rules.sheets import Sheet, laid_out


@pytest.mark.parametrize(("sheet", "places"), [("3x8", 24), ("3x7", 21), ("2x7", 14), ("4x10", 40)])
def test_each_sheet_has_its_number_of_labels(sheet: str, places: int) -> None:
    assert next(each for each in Sheet if each.value == sheet).places == places


def test_labels_begin_at_the_first_free_place_and_go_on_over_as_many_sheets_as_they_need() -> None:
    sheets = laid_out(list(range(24)), Sheet.S3X8, 4)
    assert [len(each) for each in sheets] == [24, 3]
    assert sheets[0][:4] == [None, None, None, 0]
    assert sheets[1] == [21, 22, 23]


def test_a_first_place_beyond_the_sheet_is_its_last_one() -> None:
    assert laid_out(["a"], Sheet.S2X7, 40) == [[None] * 13 + ["a"]]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" 03 — 2－015 ", "03-2-015"),
        ("03", "03"),
        ("甲柜-2", "甲柜-2"),
        ("03-2-015-1", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_place_is_taken_in_any_spelling_of_its_dashes(typed: str, meant: str | None) -> None:
    assert tidied(typed) == meant


def test_a_cabinet_holds_what_is_in_its_compartments_and_no_other_cabinet_does() -> None:
    assert is_inside("03-2-015", "03") and is_inside("03", "03")
    assert not is_inside("031-2-015", "03") and not is_inside(None, "03")


def test_places_are_counted_by_cabinet_and_compartment_in_the_order_of_the_shelves() -> None:
    places = shelved({"10-1-001": 1, "2-1-001": 2, "2-1-002": 3, "2-3-001": 4})
    assert [(each.name, each.papers, each.parts) for each in places] == [
        ("2", 9, 2), ("2-1", 5, 2), ("2-3", 4, 1), ("10", 1, 1), ("10-1", 1, 1),
    ]  # fmt: skip
    assert ordered(["B-1", "2-10", "2-9", "2"]) == ["2", "2-9", "2-10", "B-1"]
