"""What an event changed, in words that a person reads."""

from datetime import UTC, datetime

import pytest
from bson import ObjectId
from flask import Flask

from archive.web.changes import changes_in_words

AT = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
PHOTO = {
    "_cls": "StoredFile.Evidence", "id": ObjectId(), "sha256": "a" * 64, "size": 48_213,
    "original_name": "破损的箱子.jpg", "file_type": "jpeg", "pages": 1, "turns": {"1": 90},
    "added_at": AT, "added_by_id": str(ObjectId()), "added_by_name": "周文",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        (
            "complaints",
            {"field": "evidence", "before": [], "after": [PHOTO]},
            [("照片与文件", "", "破损的箱子.jpg 2026-03-16 10:00 周文")],
        ),
        (
            "complaints",
            {"field": "status", "before": "recorded", "after": "closed"},
            [("状态", "待受理", "已结案")],
        ),
        (
            "complaints",
            {"field": "handler_id", "before": None, "after": str(ObjectId())},
            [],
        ),
        ("attachments", {"field": "customer_id", "before": None, "after": ObjectId()}, []),
        ("attachments", {"field": "title", "before": "旧", "after": "新"}, [("题名", "旧", "新")]),
        ("users", {"field": "password_hash", "before": None, "after": None}, [("密码", "", "")]),
    ],
)
def test_a_change_reads_in_words(
    site: Flask, kind: str, change: dict[str, object], told: list[tuple[str, str, str]]
) -> None:
    with site.test_request_context():
        assert changes_in_words(kind, [change]) == told


def test_an_identity_whose_record_is_known_is_named(site: Flask) -> None:
    before, after = ObjectId(), ObjectId()
    change = {"field": "customer_id", "before": before, "after": after}
    names = {str(before): "甲公司", str(after): "乙公司"}
    with site.test_request_context():
        told = changes_in_words("attachments", [change], names)
    assert told == [("所属客户", "甲公司", "乙公司")]
