"""The watched folder: nothing half-written, nothing lost, nothing twice, every refusal in words."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from archive import clock
from archive.actor import SCAN_FOLDER
from archive.arriving.errors import FolderAway
from archive.arriving.models import Arrival, WayState
from archive.arriving.rules import KEPT_FOLDER, REFUSED_FOLDER, Outcome, Way
from archive.arriving.service.taking import Tools
from archive.filing.models import Deposit
from archive.filing.rules import AttachmentKind, DepositState
from archive.filing.service import deciding
from tests.arriving.conftest import LATER, Watched, digest
from tests.builders import a_custodian, a_customer
from tests.recognition import ugly_files as ugly


def test_a_file_that_two_looks_found_unchanged_is_taken_in_and_moved_away(watched: Watched) -> None:
    content = ugly.a_pdf(2)
    watched.put("扫描0001.pdf", content)
    watched.look()
    assert Deposit.objects.count() == 0
    watched.look()
    [deposit] = Deposit.objects
    assert (deposit.file.original_name, deposit.file.sha256) == ("扫描0001.pdf", digest(content))
    assert (deposit.uploader_id, deposit.uploader_name) == (SCAN_FOLDER.id, "扫描文件夹")
    assert deposit.state is DepositState.RECEIVED
    assert watched.left() == []
    assert watched.kept() == ["扫描0001.pdf"]
    [arrival] = Arrival.objects
    assert (arrival.outcome, arrival.deposit_id) == (Outcome.TAKEN, deposit.id)


def test_a_file_that_grows_is_waited_for(watched: Watched) -> None:
    content = ugly.a_pdf(3)
    for part in range(1, 4):
        watched.put("scan.pdf", content[: len(content) * part // 4])
        watched.look()
    watched.put("scan.pdf", content)
    watched.look()
    assert Deposit.objects.count() == 0
    watched.look()
    assert [each.file.sha256 for each in Deposit.objects] == [digest(content)]


def test_a_scanner_that_pauses_in_the_middle_is_waited_for_and_then_taken_as_it_is(
    watched: Watched,
) -> None:
    content = ugly.a_pdf(3)
    watched.put("scan.pdf", content[:-40])
    watched.put("empty.pdf", b"")
    watched.look(3)
    assert Deposit.objects.count() == 0
    watched.look(after=timedelta(minutes=6))
    assert [each.file.sha256 for each in Deposit.objects] == [digest(content[:-40])]
    assert watched.kept(REFUSED_FOLDER) == ["empty.pdf", "empty.pdf.原因.txt"]


def test_files_that_a_program_is_at_work_on_wait_until_it_has_ended(watched: Watched) -> None:
    watched.put("合同.docx", ugly.a_docx())
    lock = watched.put("~$合同.docx", b"owner")
    watched.put("download.pdf.part", ugly.a_pdf())
    watched.look(3)
    assert Deposit.objects.count() == 0
    lock.unlink()
    watched.look()
    assert [each.file.original_name for each in Deposit.objects] == ["合同.docx"]
    assert watched.left() == ["download.pdf.part"]


def test_what_is_refused_is_moved_with_the_reason_in_words(watched: Watched) -> None:
    watched.put("C00012/drawing.svg", b"<svg onload='alert(1)'/>")
    watched.look(2)
    assert Deposit.objects.count() == 0
    assert watched.kept(REFUSED_FOLDER) == [
        "C00012/drawing.svg",
        "C00012/drawing.svg.原因.txt",
    ]
    [reason] = (watched.path / REFUSED_FOLDER).rglob("*.txt")
    text = reason.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert "SVG 矢量图" in text.decode("utf-8-sig")
    assert "SVG" in Arrival.objects.get(outcome=Outcome.REFUSED).why["en"]


def test_sub_folders_name_the_customer_and_the_kind_as_a_hint(watched: Watched) -> None:
    one, other = a_customer("昆明示例物流有限公司"), a_customer("大理演示贸易有限公司")
    cases = {
        f"{one.customer_code}/营业执照/a.pdf": (one.id, AttachmentKind.LICENCE),
        f"{one.archive_number}/b.pdf": (one.id, None),
        "大理演示贸易有限公司/运单/c.pdf": (other.id, AttachmentKind.WAYBILL),
        f"{one.customer_code}/{other.customer_code}/d.pdf": (None, None),
        f"随便/{other.customer_code}_身份证.pdf": (other.id, AttachmentKind.REPRESENTATIVE_ID),
        "没有这个公司/e.pdf": (None, None),
    }
    for number, name in enumerate(cases, start=1):
        watched.put(name, ugly.a_pdf(number))
    watched.look(2)
    for name, (customer, kind) in cases.items():
        origin = Deposit.objects.get(file__original_name=Path(name).name).origin
        assert (origin.customer_id, origin.kind) == (customer, kind), name
        assert origin.words == " / ".join(Path(name).parts[:-1])


def test_a_file_in_the_folder_itself_has_no_origin(watched: Watched) -> None:
    watched.put("scan.pdf", ugly.a_pdf())
    watched.look(2)
    assert Deposit.objects.get().origin is None


def test_scanners_that_use_a_name_again_lose_nothing(watched: Watched) -> None:
    for pages in range(1, 4):
        watched.put("scan.pdf", ugly.a_pdf(pages))
        watched.look(2)
    assert sorted(each.file.pages for each in Deposit.objects) == [1, 2, 3]
    assert watched.kept() == ["scan (2).pdf", "scan (3).pdf", "scan.pdf"]


def test_what_was_taken_in_and_could_not_be_moved_is_not_taken_in_twice(watched: Watched) -> None:
    watched.put("scan.pdf", ugly.a_pdf())
    watched.look()
    today = clock.local_day(watched.now + LATER).isoformat()
    day = watched.path / KEPT_FOLDER / today
    day.write_text("in the way of the folder of that day")
    watched.look(3)
    assert Deposit.objects.count() == 1
    assert watched.left() == ["scan.pdf"]
    assert WayState.of(Way.FOLDER).unreadable == 1
    day.unlink()
    watched.look()
    assert Deposit.objects.count() == 1
    assert watched.left() == []


def test_a_file_that_was_rejected_and_comes_again_is_said_to_be_so(watched: Watched) -> None:
    content = ugly.a_pdf()  # it says when it was made
    watched.put("scan.pdf", content)
    watched.look(2)
    custodian = a_custodian()
    deciding.reject(Deposit.objects.get(), "重复", actor=custodian, now=watched.now)
    watched.put("scan.pdf", content)
    watched.look(2)
    assert Deposit.objects.count() == 1
    [reason] = (watched.path / REFUSED_FOLDER).rglob("*.txt")
    assert custodian.name in reason.read_text("utf-8-sig")


def test_links_and_folders_of_systems_are_left_alone(watched: Watched, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(ugly.a_pdf())
    (watched.path / "link.pdf").symlink_to(secret)
    (watched.path / "linked").symlink_to(tmp_path, target_is_directory=True)
    watched.put("@eaDir/scan.pdf", ugly.a_pdf())
    os.mkfifo(watched.path / "pipe.pdf")
    watched.look(3)
    assert Deposit.objects.count() == 0
    assert secret.exists()


def test_a_folder_that_is_gone_is_a_fault_in_words(watched: Watched, tools: Tools) -> None:
    watched.path.rmdir()
    with pytest.raises(FolderAway) as away:
        watched.look()
    words = tools.in_words(away.value)
    assert str(watched.path) in words["zh"]
    assert "mounted" in words["en"]


def test_one_process_at_a_time_looks_and_a_fault_makes_it_rest(watched: Watched) -> None:
    now = watched.now
    assert WayState.take_in_hand(Way.FOLDER, now)
    assert not WayState.take_in_hand(Way.FOLDER, now)
    assert WayState.take_in_hand(Way.FOLDER, now + timedelta(minutes=4))  # the other was killed
    WayState.note_fault(Way.FOLDER, now, {"zh": "不在"})
    assert not WayState.take_in_hand(Way.FOLDER, now)
    WayState.try_now(Way.FOLDER)
    assert WayState.take_in_hand(Way.FOLDER, now)
    WayState.note_well(Way.FOLDER, now, waiting=0)
    assert WayState.of(Way.FOLDER).fault == {}
