"""Taking files in: what is kept, what is refused, what a retry finds."""

import io
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

import pikepdf
import pytest
from bson import ObjectId
from flask import Flask
from PIL import Image

from archive.actor import SCAN_FOLDER, Actor, Role
from archive.blobs import thumbnail_key
from archive.errors import NotPermitted
from archive.filing import rules
from archive.filing.errors import (
    FileEmpty,
    FileTooLarge,
    NoPageImage,
    PageTooDemanding,
    TypeNotTaken,
    UploadKeyReused,
)
from archive.filing.models import Deposit, Origin
from archive.filing.rules import AttachmentKind, DepositState
from archive.filing.service import images, looking, receiving
from archive.recognition import FileType, Flaw, PageReader
from archive.recognition.pool import Budget
from archive.seams import Seams
from archive.storage import StoreUnavailable, blob_key
from archive.web.spool import SpooledFile
from tests.blobs.conftest import forget_copy
from tests.builders import a_user
from tests.filing.conftest import Receive, digest
from tests.recognition import ugly_files as ugly
from tests.recognition import uneven_files as uneven


def prepared(deposit: Deposit, parts: Seams, now: datetime) -> Deposit:
    """What the worker makes of it."""
    return receiving.prepare(
        deposit,
        now=now,
        blobs=parts.blobs,
        recognition=parts.recognition,
    )


def test_a_file_is_stored_whole_under_its_digest_and_waits(
    receive: Receive, parts: Seams, custodian: Actor
) -> None:
    content = ugly.a_pdf(3)
    deposit = Deposit.find(receive(content, name="C:\\scans\\营业执照.pdf").key)
    assert deposit.state is DepositState.RECEIVED
    assert (deposit.file.sha256, deposit.file.size) == (digest(content), len(content))
    assert (deposit.file.file_type, deposit.file.pages) == (FileType.PDF, 3)
    assert deposit.file.original_name == "C:\\scans\\营业执照.pdf"
    assert deposit.file.name == "营业执照.pdf"
    assert deposit.uploader_id == custodian.id
    with parts.blobs.store.open(blob_key(digest(content))) as blob:
        assert blob.read() == content


def test_what_the_way_in_says_of_a_file_is_kept_with_it(receive: Receive) -> None:
    hint = Origin(words="C00012 / 营业执照", customer_id=ObjectId(), kind=AttachmentKind.LICENCE)
    deposit = Deposit.find(receive(origin=hint, actor=SCAN_FOLDER).key)
    assert deposit.origin == hint
    assert deposit.uploader_name == "扫描文件夹"


def test_receiving_is_an_event_of_the_same_write(receive: Receive) -> None:
    deposit = receive()
    assert [event.action for event in deposit.pending] == ["deposit.received"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", FileEmpty),
        (b"<svg onload='alert(1)'/>", TypeNotTaken),
        (ugly.a_fake_docx(), TypeNotTaken),
    ],
)
def test_a_file_that_is_not_taken_in_leaves_nothing_behind(
    receive: Receive, content: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        receive(content)
    assert Deposit.objects.count() == 0


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528)
MAIL = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: rates\r\n\r\nAs agreed.\r\n"


@pytest.mark.parametrize(
    ("content", "name", "word", "saved"),
    [
        (uneven.a_package(**{"OFD.xml": "<ofd/>"}), "invoice.ofd", "OFD", "ofd"),  # and broken
        (OLE, "message.msg", "Outlook", "msg"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "x", "Outlook", "msg"),
        (OLE, "text.wps", "WPS", "wps"),
        (OLE, "old.doc", "旧版 Office", "doc"),
        (ugly.a_locked_office_file(), "offer.xlsx", "有密码的 Office", "xlsx"),
        (MAIL, "x.txt", "邮件", "eml"),
        (b"ID3\x03\x00" + bytes(600), "call.mp3", "MP3", "mp3"),
    ],
)
def test_what_cannot_be_shown_is_kept_called_what_it_is_and_comes_out_as_it_was(
    receive: Receive,
    parts: Seams,
    now: datetime,
    content: bytes,
    name: str,
    word: str,
    saved: str,
) -> None:
    deposit = prepared(receive(content, name=name), parts, now)
    stored = Deposit.find(deposit.key)
    assert (stored.state in rules.WAITING, stored.file.pages) == (True, 0)
    assert word in stored.file.called.label
    assert rules.saved_name("题名", stored.file.file_type, name) == f"题名.{saved}"
    assert parts.blobs.copy_of(stored.file.sha256).read_bytes() == content


@pytest.mark.parametrize(
    ("content", "word", "way_out"),
    [
        (ugly.a_zip({"a.txt": b"a"}), "ZIP", "解压"),
        (b"<html><script>1</script></html>", "网页", "PDF"),
        (b"MZ" + bytes(600), "程序", "PDF"),
    ],
)
def test_a_refused_file_is_called_what_it_is_with_a_way_out(
    receive: Receive, content: bytes, word: str, way_out: str
) -> None:
    with pytest.raises(TypeNotTaken) as refused:
        receive(content)
    assert word in cast("rules.Seems", refused.value.facts["seems"]).label
    assert way_out in refused.value.remedy


def test_a_file_that_cannot_be_drawn_says_why_in_the_database(
    receive: Receive, parts: Seams, now: datetime
) -> None:
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(300, 300))
    document.pages[0].CropBox = pikepdf.Array([2000, 2000, 3000, 3000])
    document.save(out)
    deposit = receive(out.getvalue())
    prepared(deposit, parts, now)
    stored = Deposit.objects.get(id=deposit.id)
    assert (stored.state, stored.file.flaw) == (DepositState.FAILED, Flaw.DAMAGED)


def test_an_upload_beyond_the_limit_is_refused_with_both_numbers(
    parts: Seams, custodian: Actor, now: datetime, spool: Callable[..., SpooledFile]
) -> None:
    with pytest.raises(FileTooLarge) as refusal:
        receiving.receive(
            spool(bytes(3 * 1024 * 1024), limit=2 * 1024 * 1024),
            name="big.jpg",
            upload_key=None,
            actor=custodian,
            now=now,
            blobs=parts.blobs,
            recognition=parts.recognition,
        )
    assert refusal.value.facts == {"found": "3 MB", "limit": "2 MB"}


def test_only_those_with_the_right_may_upload(receive: Receive) -> None:
    with pytest.raises(NotPermitted):
        receive(actor=a_user(Role.SALESPERSON).as_actor())


def test_a_retry_finds_its_own_first_try_and_not_a_duplicate(receive: Receive) -> None:
    first = receive(upload_key="try-1")
    again = receive(upload_key="try-1")
    assert again.id == first.id
    assert Deposit.objects.count() == 1
    assert looking.twins_of([again])[again.key] == []


def test_two_tries_at_the_same_time_end_as_one_deposit(receive: Receive) -> None:
    keys: list[str] = []
    tries = [
        threading.Thread(target=lambda: keys.append(receive(upload_key="both").key))
        for _ in range(4)
    ]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    assert len(keys) == 4
    assert len(set(keys)) == 1


def test_an_upload_key_stands_for_one_file_only(receive: Receive) -> None:
    receive(upload_key="try-1")
    with pytest.raises(UploadKeyReused):
        receive(ugly.a_png(), upload_key="try-1")


def test_the_same_bytes_again_are_taken_in_and_said_so(receive: Receive) -> None:
    first, second = receive(name="a.jpg"), receive(name="b.jpg")
    twins = looking.twins_of([first, second])
    assert twins[first.key] == []
    assert [twin.deposit.id for twin in twins[second.key] if twin.deposit] == [first.id]


def test_when_the_store_is_away_nothing_is_taken_in(
    receive: Receive, parts: Seams, settings_without_store: Seams
) -> None:
    with pytest.raises(StoreUnavailable):
        receive(blobs=settings_without_store.blobs)
    assert Deposit.objects.count() == 0


def test_the_worker_makes_a_thumbnail_and_the_deposit_is_ready(
    receive: Receive, parts: Seams, now: datetime
) -> None:
    deposit = prepared(receive(), parts, now)
    assert deposit.state is DepositState.READY
    assert parts.blobs.store.head(thumbnail_key(deposit.file.sha256)) is not None
    assert prepared(Deposit.find(deposit.key), parts, now).state is DepositState.READY


def test_a_locked_pdf_is_kept_marked_and_can_still_be_filed(
    receive: Receive, parts: Seams, now: datetime
) -> None:
    locked = ugly.a_pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
    deposit = prepared(receive(locked, name="locked.pdf"), parts, now)
    assert (deposit.state, deposit.file.flaw) == (DepositState.FAILED, Flaw.LOCKED)
    assert deposit.is_waiting
    with pytest.raises(NoPageImage):
        images.page_image(
            deposit.file,
            1,
            width=900,
            asker="somebody",
            blobs=parts.blobs,
            recognition=parts.recognition,
        )


def test_a_picture_damaged_in_its_middle_is_marked_when_it_is_drawn(
    receive: Receive, parts: Seams, now: datetime
) -> None:
    scan, out = Image.open(ugly.SCANS / "licence_q40.jpg"), io.BytesIO()
    scan.resize((400, 280)).save(out, "PNG")
    whole, middle = out.getvalue(), len(out.getvalue()) // 2
    hurt = whole[: middle - 20] + bytes(40) + whole[middle + 20 :]
    deposit = prepared(receive(hurt), parts, now)
    assert (deposit.state, deposit.file.flaw) == (DepositState.READY, Flaw.DAMAGED)


def test_where_nothing_prints_a_word_file_is_ready_without_pages(
    receive: Receive, parts: Seams, unprinting: PageReader, now: datetime
) -> None:
    deposit = receive(ugly.a_docx(), name="方案.docx")
    receiving.prepare(deposit, now=now, blobs=parts.blobs, recognition=unprinting)
    kept = Deposit.find(deposit.key)
    assert (kept.state, kept.file.pages, kept.file.flaw) == (DepositState.READY, 0, None)


def test_what_waits_too_long_is_asked_for_again(receive: Receive, now: datetime) -> None:
    receive()
    assert receiving.ask_again(now + timedelta(seconds=30)) == 0
    assert receiving.ask_again(now + timedelta(minutes=5)) == 1


def test_a_preview_is_made_on_sight_where_the_worker_was_late(
    empty_site: Flask, receive: Receive, parts: Seams
) -> None:
    deposit = receive()
    image = images.thumbnail(
        deposit.file,
        asker="somebody",
        blobs=parts.blobs,
        recognition=parts.recognition,
    )
    assert image.startswith(b"\xff\xd8")


def test_a_page_that_proved_too_demanding_is_drawn_again_only_when_asked_for(
    receive: Receive, parts: Seams
) -> None:
    file = receive(ugly.a_pdf(), name="plan.pdf").file
    impatient = PageReader(
        parts.recognition.limits,
        printer=parts.pdfs,
        children=1,
        budget=Budget(wall_seconds=0.001),
    )

    def draw(reader: PageReader, **given: bool) -> int:
        return images.page_image(
            file, 1, width=900, asker="somebody", blobs=parts.blobs, recognition=reader, **given
        ).width

    with pytest.raises(PageTooDemanding):
        draw(impatient)
    impatient.close()
    with pytest.raises(PageTooDemanding):
        draw(parts.recognition)
    assert draw(parts.recognition, again=True) > 0


def test_what_took_long_to_draw_is_kept_and_not_drawn_again(
    receive: Receive, parts: Seams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "TOOK_LONG", 0.0)
    file = receive(ugly.a_pdf(), name="plan.pdf").file
    given: dict[str, Any] = {"width": 900, "asker": "somebody", "blobs": parts.blobs}
    first = images.page_image(file, 1, recognition=parts.recognition, **given)
    forget_copy(parts, file.sha256)
    parts.blobs.store.delete(blob_key(file.sha256))
    assert images.page_image(file, 1, recognition=parts.recognition, **given) == first
