"""Names that mean the same company, and what Art. 6 asks for."""

import pytest

from archive.customers import rules
from archive.customers.rules import Origin, Relationship


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
