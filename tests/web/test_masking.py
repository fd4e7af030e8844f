"""Personal numbers are hidden in a text of any kind, and nothing else is."""

import pytest

from archive.masking import masked_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人李某，电话13800001234。", "联系人李某，电话138****1234。"),
        ("139 0123 4567 转 8", "139 **** 4567 转 8"),
        ("+86 138-0000-1234", "+86 1**-****-1234"),
        ("座机 0755-12345678", "座机 0755-12345678"),  # no exchange begins with 1
        ("座机 0755-82345678、021 5234 5678", "座机 0755-****5678、021 **** 5678"),
        ("2026-03-15 13800001234", "2026-03-15 138****1234"),
        ("身份证 11010519491231002X", "身份证 110105********002X"),
        ("编码 110105194912310021", "编码 110105194912310021"),  # wrong check digit
        ("信用代码 91350100M000100Y43", "信用代码 91350100M000100Y43"),
        ("账号 6222 0213 8000 0123 456", "账号 6222 0213 8000 0123 456"),
        ("账号 6222021380000123456", "账号 6222021380000123456"),
        (
            "金额 138,000,012.34 元，合同 HT-2026-00001",
            "金额 138,000,012.34 元，合同 HT-2026-00001",
        ),
    ],
)
def test_numbers_of_people_are_hidden_and_other_figures_stay(text: str, shown: str) -> None:
    assert masked_text(text) == shown
    assert len(masked_text(text)) == len(text)


@pytest.mark.parametrize("spelled", ["12345-678", "1234 5678", "12345678"])
def test_a_number_that_is_known_is_hidden_in_any_spelling(spelled: str) -> None:
    hidden = masked_text(f"请拨 {spelled} 找张某", ["12345678"])
    assert spelled not in hidden
    assert "*" in hidden
