"""Finding the head of a table and what its columns mean."""

import pytest

from archive.importing import rules

NAMES = {
    "name": ("公司名称", "客户名称"),
    "phone": ("电话", "联系电话"),
    "credit_code": ("统一社会信用代码", "信用代码"),
    "started": ("合作起始日期",),
}


def test_the_head_is_found_below_a_title_and_empty_rows() -> None:
    rows = [
        ["2025 年客户名单", "", ""],
        ["", "", ""],
        ["客户名称", "联系电话", "备注"],
        ["甲", "1", ""],
    ]
    assert rules.find_head(rows, NAMES) == 2


def test_without_a_known_name_the_first_filled_row_is_the_head() -> None:
    assert rules.find_head([["", ""], ["A", "B"], ["1", "2"]], NAMES) == 1


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("公司名称*", "name"),
        ("客户 名称（必填）", "name"),
        ("客戶名稱", "name"),
        ("信用代码", "credit_code"),
        ("统一社会信用代码/税号", "credit_code"),
        ("联系电话(手机)", "phone"),
        ("合作起始日", "started"),
    ],
)
def test_a_column_is_known_by_its_name_however_it_is_written(head: str, field: str) -> None:
    assert rules.match_names(["序号", head], NAMES) == {field: 1}


def test_no_column_fills_two_fields_and_the_surest_name_wins() -> None:
    assert rules.match_names(["客户名称", "公司名称", "备注"], NAMES) == {"name": 0}
