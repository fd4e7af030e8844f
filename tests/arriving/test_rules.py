"""What names of files and folders say."""

import pytest

from archive.arriving import rules
from archive.filing.rules import AttachmentKind


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.pdf",
        "~$合同.docx",
        "scan.pdf.tmp",
        "scan.PART",
        "Thumbs.db",
        "a.pdf~",
        "x.filepart",
    ],
)
def test_what_is_not_finished_or_a_systems_own_is_passed_over(name: str) -> None:
    assert rules.is_passed_over(name)


@pytest.mark.parametrize(
    "name", ["扫描0001.pdf", "temp.pdf", "part 1.jpg", "no ending", "a.lock.pdf"]
)
def test_what_a_person_put_there_is_not(name: str) -> None:
    assert not rules.is_passed_over(name)


@pytest.mark.parametrize("name", ["@eaDir", "#recycle", "$RECYCLE.BIN", ".Trash", "lost+found"])
def test_folders_of_systems_are_not_looked_into(name: str) -> None:
    assert rules.is_folder_passed_over(name)


def test_a_name_that_is_held_gets_a_number_before_its_ending() -> None:
    assert rules.numbered("执照.pdf", 1) == "执照.pdf"
    assert rules.numbered("执照.pdf", 3) == "执照 (3).pdf"


@pytest.mark.parametrize(
    ("stem", "kind"),
    [
        ("测试公司营业执照", AttachmentKind.LICENCE),
        ("開戶許可證", AttachmentKind.ACCOUNT_LICENCE),
        ("道路运输经营许可证2026", AttachmentKind.TRANSPORT_PERMIT),
        ("licence", AttachmentKind.LICENCE),
        ("营业执照和法人身份证", None),
        ("IMG_2041", None),
    ],
)
def test_a_files_name_says_one_kind_or_none(stem: str, kind: AttachmentKind | None) -> None:
    assert rules.kind_within(stem) == kind


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("C00012_营业执照", ["C00012"]),
        ("kh-2026-00007 合同", ["kh-2026-00007"]),
        ("ABC00012", ["ABC00012"]),
        (
            "昆明示例物流有限公司-营业执照",
            ["昆明示例物流有限公司-营业执照", "昆明示例物流有限公司", "营业执照"],
        ),
    ],
)
def test_numbers_in_a_files_name_count_before_its_words(stem: str, found: list[str]) -> None:
    assert list(rules.possible_customers(stem)) == found
