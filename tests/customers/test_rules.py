"""The credit code, names that mean the same company, and what Art. 6 asks for."""

import pytest

from archive.customers import rules
from archive.customers.rules import Origin, Relationship

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
    return body + rules.check_character(body)


@pytest.mark.parametrize("code", VALID)
def test_a_code_of_the_register_has_the_right_check_character(code: str) -> None:
    assert rules.is_credit_code(code)
    assert rules.has_right_check_character(code)


@pytest.mark.parametrize("department", "123456789ANY")
def test_a_code_with_any_department_in_first_place_is_well_formed(department: str) -> None:
    code = with_check_character(f"{department}1110000600037")
    assert rules.is_credit_code(code)
    assert rules.has_right_check_character(code)


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
    ],
)
def test_full_width_lower_case_gaps_and_slips_of_o_and_i_are_mended(typed: str) -> None:
    assert rules.normalise_credit_code(typed) == "91110000600037341L"


def test_s_and_z_are_5_and_2_only_where_the_check_character_says_so() -> None:
    code = "91440101MA5CX1234"
    right = code + rules.check_character(code + "0")
    for typed in (right.replace("5", "S"), right.replace("2", "Z"), right.replace("5", "s")):
        assert rules.normalise_credit_code(typed) == right
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    assert rules.normalise_credit_code(wrong.replace("5", "S")) == wrong.replace("5", "S")


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_character_anywhere_shows(place: int) -> None:
    right = VALID[0]
    other = "2" if right[place] != "2" else "3"
    wrong = right[:place] + other + right[place + 1 :]
    assert not rules.has_right_check_character(wrong)


@pytest.mark.parametrize("code", ["", "9111", VALID[0][:17], VALID[0] + "0", "S" + VALID[0][1:]])
def test_a_code_of_another_length_or_with_a_letter_outside_the_alphabet_is_none(code: str) -> None:
    assert not rules.is_credit_code(code)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广东华盛货运有限公司", "华盛货运（广东）股份有限公司"),
        ("华盛货运有限公司", "华盛货运有限责任公司"),
        ("上海锦程物流有限公司", "上海錦程物流有限公司"),
        ("ＡＢＣ物流有限公司", "abc物流有限公司"),
    ],
)
def test_two_ways_of_writing_a_company_are_alike(one: str, other: str) -> None:
    assert rules.are_alike(rules.core_of_name(one), rules.core_of_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华盛货运有限公司", "华茂货运有限公司"),
        ("中远物流有限公司", "中外运物流有限公司"),
        ("东方电器有限公司", "南方电器有限公司"),
    ],
)
def test_different_companies_are_not_alike(one: str, other: str) -> None:
    assert not rules.are_alike(rules.core_of_name(one), rules.core_of_name(other))


def test_a_name_of_nothing_but_form_and_place_keeps_something_to_compare() -> None:
    assert rules.core_of_name("有限公司") == "有限公司"


def test_what_article_6_asks_for_is_named_until_it_is_there() -> None:
    everything = [each.field for each in rules.ASKED_BY_ARTICLE_6]
    assert len(rules.missing_facts([], has_open_ended_licence=False)) == len(everything)
    assert rules.missing_facts(everything, has_open_ended_licence=False) == []
    left = rules.missing_facts(everything[1:], has_open_ended_licence=False)
    assert [each.field for each in left] == ["credit_code"]


def test_an_open_ended_licence_lacks_no_date() -> None:
    missing = rules.missing_facts([], has_open_ended_licence=True)
    assert "licence_valid_until" not in [each.field for each in missing]


def test_the_closed_lists_are_those_of_the_regulation() -> None:
    assert [each.label for each in Origin] == ["直接客户", "间接客户"]
    words = "".join(each.label for each in Relationship)
    assert all(word in words for word in ("潜在", "目标", "合作", "流失"))


@pytest.mark.parametrize("dot", [*"·•‧・･∙⋅●ꞏ⸱˙.-—/~＆", "", " ", "·\u200b"])
@pytest.mark.parametrize(
    "brackets", ["（）", "()", "［］", "【】", "〔〕", "「」", "『』", "〈〉", "｛｝"]
)
def test_a_name_is_one_with_any_dot_and_any_brackets(dot: str, brackets: str) -> None:
    written = f"演示{dot}东篱{brackets[0]}上海{brackets[1]}物流有限公司"
    assert rules.folded_name(written) == "演示东篱上海物流有限公司"
