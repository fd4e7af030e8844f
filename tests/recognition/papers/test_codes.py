"""Codes with check characters: slips of reading are undone where certain, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.chinese.credit_codes import (
    CREDIT_ALPHABET,
    check_character,
    has_right_check_character,
    has_right_organisation_code,
    is_credit_code,
    organisation_check_character,
)
from archive.recognition.papers.codes import (
    credit_code_from,
    credit_codes_in,
    read_credit_code,
    read_id_number,
)

# From public registers.
REGISTERED = ("91110000600037341L", "91350100M000100Y43", "91310115591693856A")
_LETTERS = st.sampled_from(CREDIT_ALPHABET)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    """A code with the shape and both check characters of a real one."""
    region = draw(st.sampled_from(["310115", "440300", "110000", "330201", "510104"]))
    start = draw(st.sampled_from(["91", "92", "93"])) + region
    organisation = draw(st.sampled_from(["MA", ""]))
    fill = "0123456789ABCDEFGHJKLMNPQRTUWXY" if organisation else "0123456789"
    rest = draw(st.text(st.sampled_from(fill), min_size=8, max_size=8))
    body = start + (organisation + rest)[:8]
    body += organisation_check_character(body)
    return body + check_character(body)


@given(code=credit_codes())
def test_a_code_that_was_read_well_stays_as_it_is(code: str) -> None:
    assert credit_code_from(f"统一社会信用代码:{code}") == code


@given(code=credit_codes(), data=st.data())
def test_letters_that_no_code_has_are_undone(code: str, data: st.DataObject) -> None:
    slips = {"0": "O", "1": "I", "2": "Z", "5": "S"}
    places = [place for place, letter in enumerate(code) if letter in slips]
    chosen = data.draw(st.sets(st.sampled_from(places), max_size=4))
    wrong = "".join(slips[each] if at in chosen else each for at, each in enumerate(code))
    assert credit_code_from(wrong) == code


@given(code=credit_codes(), data=st.data())
def test_what_is_made_of_a_slip_has_every_check_character_right(
    code: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, 17))
    wrong = code[:place] + data.draw(_LETTERS) + code[place + 1 :]
    read = read_credit_code(wrong)
    if read is not None and read.code != code:
        assert read.code == wrong or has_right_organisation_code(read.code)
    if read is not None:
        assert is_credit_code(read.code)
        assert has_right_check_character(read.code)


@pytest.mark.parametrize("code", REGISTERED)
@pytest.mark.parametrize(("right", "slip"), [("6", "G"), ("8", "B"), ("0", "D")])
def test_a_slip_with_one_likely_reading_is_undone(code: str, right: str, slip: str) -> None:
    place = code.find(right, 8)
    if place < 0:
        place = code.find(right, 2)
    wrong = code[:place] + slip + code[place + 1 :] if place >= 0 else code
    read = read_credit_code(wrong)
    assert read is not None
    assert read.code == code


def test_a_code_that_was_invented_gets_no_other_in_its_place() -> None:
    assert credit_code_from("91330201MA2AG7XK5P") == ""


def test_spaces_dots_and_labels_around_a_code_do_not_matter() -> None:
    for written in (
        "9111 0000 6000 3734 1L",
        "统一社会信用代码：9111 0000 6000 3734 1L",
        "９１１１００００６０００３７３４１Ｌ",
        "信用代码91110000-60003734-1L（副本）",
    ):
        assert credit_code_from(written) == "91110000600037341L"


def test_every_code_of_a_text_is_found_once() -> None:
    text = f"甲方：{REGISTERED[0]} 乙方：{REGISTERED[1]} 又：{REGISTERED[0]}"
    assert [each.code for each in credit_codes_in(text)] == list(REGISTERED[:2])


def test_an_account_number_and_an_identity_number_are_no_credit_code() -> None:
    assert credit_code_from("账号 6222021001116245702") == ""
    assert credit_code_from("公民身份号码 11010519491231002X") == ""


def test_an_identity_number_is_taken_with_its_check_digit_only() -> None:
    read = read_id_number("公民身份号码 11010519491231002X")
    assert read is not None
    assert read.code == "11010519491231002X"
    assert read_id_number("公民身份号码 110105194912310021") is None
    slip = read_id_number("1101O519491231002X")
    assert slip is not None
    assert slip.code == "11010519491231002X"
