"""The unified social credit code: its check characters, and the slips that are undone."""

import pytest

from archive.chinese import credit_codes

# From public registers; the check characters are right.
VALID = (
    "91110000600037341L",
    "91350100M000100Y43",
    "91310115591693856A",
    "91440300708461136T",
)


def with_check_character(start: str) -> str:
    """A code of ours: *start* filled up to 17 characters, and its check character."""
    body = start.ljust(17, "0")
    return body + credit_codes.check_character(body)


@pytest.mark.parametrize("code", VALID)
def test_a_code_of_the_register_has_the_right_check_character(code: str) -> None:
    assert credit_codes.is_credit_code(code)
    assert credit_codes.has_right_check_character(code)


@pytest.mark.parametrize("department", "123456789ANY")
def test_a_code_with_any_department_in_first_place_is_well_formed(department: str) -> None:
    code = with_check_character(f"{department}1110000600037")
    assert credit_codes.is_credit_code(code)
    assert credit_codes.has_right_check_character(code)


@pytest.mark.parametrize(
    "typed",
    [
        "９１１１００００６０００３７３４１Ｌ",
        "91110000600037341l",
        "9111 0000 6000 3734 1L",
        "91110000-60003734-1L",
        "9111OOOO6OOO37341L",
        "91110000600o37341L",
        "9IIIOOOO6OOO3734IL",
        "9iii0000600037341l",
        "9lll0000600037341L",
        "统一社会信用代码：91110000600037341L",
        "税号:9111 0000 6000 3734 1L",
        "“91110000600037341L”",
        "（91110000600037341L）",
        "社会统一信用代码：91110000600037341L（副本）（1-1）",
        "91110000600037341L，",
    ],
)
def test_full_width_lower_case_gaps_and_slips_of_o_and_i_are_mended(typed: str) -> None:
    assert credit_codes.normalise_credit_code(typed) == "91110000600037341L"


def test_s_and_z_are_5_and_2_only_where_the_check_character_says_so() -> None:
    code = "91440101MA5CX1234"
    right = code + credit_codes.check_character(code + "0")
    for typed in (right.replace("5", "S"), right.replace("2", "Z"), right.replace("5", "s")):
        assert credit_codes.normalise_credit_code(typed) == right
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    assert credit_codes.normalise_credit_code(wrong.replace("5", "S")) == wrong.replace("5", "S")


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_character_anywhere_shows(place: int) -> None:
    right = VALID[0]
    other = "2" if right[place] != "2" else "3"
    wrong = right[:place] + other + right[place + 1 :]
    assert not credit_codes.has_right_check_character(wrong)


@pytest.mark.parametrize("code", ["", "9111", VALID[0][:17], VALID[0] + "0", "S" + VALID[0][1:]])
def test_a_code_of_another_length_or_with_a_letter_outside_the_alphabet_is_none(code: str) -> None:
    assert not credit_codes.is_credit_code(code)


@pytest.mark.parametrize("code", VALID)
def test_the_organisation_code_inside_has_a_check_character_of_its_own(code: str) -> None:
    assert credit_codes.has_right_organisation_code(code)
    other = "2" if code[12] != "2" else "3"
    assert not credit_codes.has_right_organisation_code(code[:12] + other + code[13:])
