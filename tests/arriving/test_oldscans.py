"""Years of old scans: judged first, taken in once, behind the day's own papers."""

import csv
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from archive.actor import Actor, Role
from archive.arriving.rules import Verdict
from archive.arriving.service.oldscans import OldScan, OldScans, in_words, scans_in
from archive.arriving.serving import tools
from archive.customers.models import Customer
from archive.errors import NotPermitted
from archive.filing import tasks
from archive.filing.models import Deposit
from archive.filing.rules import AttachmentKind
from archive.reading import Reading
from archive.reading.service import BEHIND
from tests.builders import a_customer, a_user
from tests.cli.test_commands import ask, zhang
from tests.filing.conftest import Receive, custodian, receive, spool
from tests.recognition import ugly_files as ugly

__all__ = ["ask", "custodian", "receive", "spool", "zhang"]

MANY = 100


def a_text(number: int) -> bytes:
    return f"Example of an old paper, number {number}.\n".encode()


@pytest.fixture
def customer(empty_site: Flask) -> Customer:
    return a_customer("演示海川物流有限公司", credit_code="91310115MA1K4ABC7E")


@pytest.fixture
def old(customer: Customer, tmp_path: Path) -> Path:
    """Old scans as offices keep them."""
    folder = tmp_path / "旧扫描"
    places = {
        f"{customer.customer_code}/营业执照/执照.pdf": ugly.a_pdf(),
        "2019/演示海川物流有限公司_合同.txt": a_text(1),
        f"2019/{customer.credit_code} 信函.txt": a_text(2),
        "2019/不知道是谁的.txt": a_text(3),
        "2020/又一份.txt": a_text(3),
        "2020/图.svg": b"<svg/>",
        "2020/Thumbs.db": b"of Windows",
    }
    for place, content in places.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def judged(folder: Path, actor: Actor, now: datetime | None = None) -> dict[str, OldScan]:
    judging = OldScans(actor, tools())
    found = [judging.judge(each, now=now) for each in scans_in(folder)]
    return {each.place: each for each in found}


def test_a_dry_run_says_what_each_file_is_taken_for_and_takes_nothing_in(
    old: Path, in_app: Flask, customer: Customer, custodian: Actor
) -> None:
    said = judged(old, custodian)
    code = customer.customer_code
    assert {place: each.verdict for place, each in said.items()} == {
        f"{code}/营业执照/执照.pdf": Verdict.NAMED,
        "2019/演示海川物流有限公司_合同.txt": Verdict.NAMED,
        f"2019/{customer.credit_code} 信函.txt": Verdict.NAMED,
        "2019/不知道是谁的.txt": Verdict.DOUBTFUL,
        "2020/又一份.txt": Verdict.THERE,
        "2020/图.svg": Verdict.REFUSED,
    }
    licence = said[f"{code}/营业执照/执照.pdf"]
    assert (licence.customer_id, licence.named_by) == (customer.id, code)
    assert licence.kind == AttachmentKind.LICENCE.label
    assert (why := said["2020/图.svg"].why) and "SVG" in why["zh"]
    assert Deposit.objects.count() == 0


def test_what_is_taken_in_carries_its_hints_and_waits_behind_todays_papers(
    old: Path,
    in_app: Flask,
    customer: Customer,
    custodian: Actor,
    now: datetime,
    receive: Receive,
) -> None:
    judged(old, custodian, now)
    today = receive(ugly.a_jpeg(), now=now + timedelta(days=1))
    first, *others = list(Deposit.waiting())
    assert first.key == today.key
    assert len(others) == 4
    licence = next(each for each in others if each.file.name == "执照.pdf")
    assert licence.origin.customer_id == customer.id
    assert licence.origin.kind is AttachmentKind.LICENCE
    tasks.prepare_deposit(licence.key)
    assert Reading.objects.get(id=licence.file.sha256).rank == BEHIND
    again = judged(old, custodian, now)
    assert Counter(each.verdict for each in again.values()) == {
        Verdict.THERE: 5,
        Verdict.REFUSED: 1,
    }


def test_a_file_that_cannot_be_read_is_refused_and_names_of_an_old_windows_are_read(
    old: Path, in_app: Flask, custodian: Actor
) -> None:
    first, *_ = scans_in(old)
    gone = OldScans(custodian, tools()).judge(
        replace(first, path=first.path.with_name("没有.pdf")), now=None
    )
    assert gone.verdict is Verdict.REFUSED
    assert gone.why
    assert in_words(os.fsdecode("执照.pdf".encode("gb18030"))) == "执照.pdf"
    assert in_words("执照.pdf") == "执照.pdf"


@pytest.fixture
def too_deep(old: Path) -> str:
    """A folder that nobody can look into by its path, not even root; its place below *old*."""
    inside, names = os.open(old, os.O_RDONLY), ["2018", *["深" * 80] * 18]
    for name in names:
        os.mkdir(name, dir_fd=inside)
        deeper = os.open(name, os.O_RDONLY, dir_fd=inside)
        os.close(inside)
        inside = deeper
    os.close(inside)
    return "/".join(names)


def test_a_folder_that_cannot_be_read_is_named_and_counted_and_hides_no_other(
    ask: Callable[..., Result], zhang: str, old: Path, too_deep: str, tmp_path: Path
) -> None:
    refused = tmp_path / "refused.csv"
    said = ask("import", "scans", str(old), "--as", zhang, "--refused", str(refused))
    assert said.exit_code == 1
    assert "1  Folder that cannot be opened" in said.output
    with refused.open(encoding="utf-8-sig") as opened:
        _, folder, drawing = csv.reader(opened)
    assert too_deep.startswith(folder[0].rstrip("/"))
    assert folder[1::4] == ["Folder that cannot be opened", "File name too long"]
    assert drawing[0] == "2020/图.svg"


def test_who_may_not_upload_brings_no_scans_in(empty_site: Flask, in_app: Flask) -> None:
    with pytest.raises(NotPermitted):
        OldScans(a_user(Role.AUDITOR).as_actor(), tools())


def test_the_command_reports_each_file_goes_on_where_it_was_and_ends_with_a_code(
    ask: Callable[..., Result], zhang: str, customer: Customer, old: Path, tmp_path: Path
) -> None:
    many = old / "2021"
    many.mkdir()
    for number in range(MANY):
        (many / f"{number:03}.txt").write_bytes(a_text(1000 + number))
    report, refused = tmp_path / "all.csv", tmp_path / "refused.csv"
    dry = ask("import", "scans", str(old), "--as", zhang, "--report", str(report))
    assert dry.exit_code == 1, dry.output
    assert f"{MANY + 1}  To the inbox, customer to be found" in dry.output
    assert "--apply" in dry.output
    assert Deposit.objects.count() == 0
    with report.open(encoding="utf-8-sig") as opened:
        rows = list(csv.reader(opened))
    assert len(rows) == 1 + 6 + MANY
    assert next(row[:2] for row in rows if "svg" in row[0]) == ["2020/图.svg", "Not taken in"]
    applied = ask("import", "scans", str(old), "--as", zhang, "--apply", "--refused", str(refused))
    assert applied.exit_code == 1
    assert Deposit.objects.count() == MANY + 4
    (old / "2020" / "图.svg").unlink()
    (many / "new.txt").write_bytes(a_text(1))
    (many / "newer.txt").write_bytes(a_text(7))
    again = ask("import", "scans", str(old), "--as", zhang, "--apply")
    assert again.exit_code == 0, again.output
    assert Deposit.objects.count() == MANY + 5
    with refused.open(encoding="utf-8-sig") as opened:
        assert [row[0] for row in csv.reader(opened)] == ["file", "2020/图.svg"]
