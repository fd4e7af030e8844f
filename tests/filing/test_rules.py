"""The rules of filing, without any store."""

from datetime import date
from typing import cast

import pytest

from archive.filing import rules
from archive.filing.errors import FileRefused, TooManyPixels, TypeNotTaken
from archive.filing.rules import AttachmentKind, Confidentiality, Validity
from archive.recognition import FileFacts, FileType, Flaw, Reason, Refusal

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize("kind", [AttachmentKind.LICENCE, AttachmentKind.CONTRACT_COPY])
def test_licences_and_contract_copies_are_confidential_by_default(kind: AttachmentKind) -> None:
    assert rules.default_confidentiality(kind) is Confidentiality.CONFIDENTIAL


def test_a_visit_record_is_internal_by_default() -> None:
    default = rules.default_confidentiality(AttachmentKind.VISIT_RECORD)
    assert default is Confidentiality.INTERNAL


@pytest.mark.parametrize(
    ("valid_until", "expected"),
    [
        (None, None),
        (date(2026, 3, 15), Validity.EXPIRED),
        (date(2026, 3, 16), Validity.EXPIRING),
        (date(2026, 5, 15), Validity.EXPIRING),
        (date(2026, 5, 16), Validity.VALID),
    ],
)
def test_a_paper_is_good_to_its_last_day_and_warns_sixty_days_before(
    valid_until: date | None, expected: Validity | None
) -> None:
    assert rules.validity(valid_until, TODAY) is expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\scan\\营业执照.jpg", "营业执照.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("\n\t.", "file"),
        ("长" * 200 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_folders_and_tricks(name: str, shown: str) -> None:
    assert rules.showable_name(name) == shown


def test_an_original_is_saved_under_its_title_and_the_ending_its_bytes_deserve() -> None:
    assert rules.saved_name("营业执照.exe", FileType.JPEG, "a.png") == "营业执照.exe.jpg"


@pytest.mark.parametrize(
    ("came", "ending"),
    [("报价.wps", "wps"), ("报价.ET", "et"), ("报价.exe", "doc"), ("报价", "doc")],
)
def test_an_old_container_keeps_its_ending_if_an_office_program_wrote_it(
    came: str, ending: str
) -> None:
    assert rules.saved_name("报价", FileType.OLE, came) == f"报价.{ending}"


def test_every_type_of_file_is_called_by_a_word() -> None:
    words = {rules.called(each, None, "x") for each in FileType}
    assert len(words) == len(FileType)
    assert rules.called(FileType.OLE, Flaw.LOCKED, "x.docx") is rules.Called.LOCKED


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_for_refusing_has_words_of_its_own(reason: Reason) -> None:
    facts = FileFacts(None, 1, refusal=Refusal(reason, 10, 5))
    with pytest.raises(FileRefused) as refusal:
        rules.check_taken_in(facts)
    assert refusal.value.message != FileRefused.message
    assert refusal.value.message % refusal.value.facts
    assert refusal.value.remedy


def test_a_limit_is_told_in_the_units_that_people_use() -> None:
    refusal = Refusal(Reason.TOO_MANY_PIXELS, 900_000_000, 120_000_000)
    with pytest.raises(TooManyPixels) as refused:
        rules.check_taken_in(FileFacts(FileType.PNG, 1, refusal=refusal))
    assert refused.value.facts == {"found": "900", "limit": "120"}


def test_what_a_refused_file_seems_to_be_is_said_in_words() -> None:
    refusal = Refusal(Reason.UNKNOWN_TYPE, "image/svg+xml")
    with pytest.raises(TypeNotTaken) as refused:
        rules.check_taken_in(FileFacts(None, 1, refusal=refusal))
    assert refused.value.facts["seems"] is rules.Seems.SVG


@pytest.mark.parametrize(
    ("media_type", "name", "way_out"),
    [
        ("image/jpx", "JPEG 2000 图片", "JPEG、PNG 或 PDF"),
        ("image/x-icon", "图标", "JPEG、PNG 或 PDF"),
        ("image/vnd.dwg", "AutoCAD 图纸", "导出为 PDF"),
        ("application/gzip", "gzip 压缩包", "先解压"),
        ("video/x-msvideo", "AVI 视频", "MP4"),
    ],
)
def test_a_file_that_is_not_taken_is_called_by_its_name_and_has_a_way_out(
    media_type: str, name: str, way_out: str
) -> None:
    facts = FileFacts(None, 100, refusal=Refusal(Reason.UNKNOWN_TYPE, media_type))
    with pytest.raises(FileRefused) as refused:
        rules.check_taken_in(facts)
    assert name in cast("rules.Seems", refused.value.facts["seems"]).label
    assert way_out in refused.value.remedy


def test_a_file_within_the_limits_is_taken_in() -> None:
    rules.check_taken_in(FileFacts(FileType.PDF, 1, pages=3))
