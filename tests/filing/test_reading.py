"""What follows once the file of a deposit or an attachment is read."""

import io
import os
import re
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from archive import clock
from archive.actor import Actor, Role
from archive.errors import NotPermitted
from archive.filing import tasks
from archive.filing.errors import NotRead
from archive.filing.models import Attachment, Deposit
from archive.filing.service import deciding, reading
from archive.reading import Reading, ReadingState
from archive.reading.lane import Lane
from archive.reading.service import BEHIND, FIRST, LEASE
from archive.seams import Seams
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, facts_of
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly

WORDS = [(70, 780, "Demo Logistics Company Limited"), (70, 700, "Example of a letter, no contract")]


def a_text() -> bytes:
    return papers.as_pdf(words=WORDS)


def read_all(parts: Seams) -> None:
    lane = Lane(parts.blobs, parts.recognition)
    while lane.read_one():
        pass


def test_a_deposit_is_read_after_its_preparation_and_something_is_proposed(
    receive: Receive, in_app: Flask, parts: Seams
) -> None:
    deposit = receive(a_text())
    tasks.prepare_deposit(deposit.key)
    assert Reading.objects.get(id=deposit.file.sha256).state is ReadingState.WAITING
    read_all(parts)
    for _ in range(2):
        tasks.take_up_reading(deposit.file.sha256)
    read = Deposit.find(deposit.key)
    assert read.proposal is not None
    assert [each.action for each in read.pending].count("deposit.proposed") == 1
    assert Reading.objects.get(id=deposit.file.sha256).told_at


def test_the_same_bytes_again_are_proposed_at_once(
    receive: Receive, in_app: Flask, parts: Seams
) -> None:
    content = a_text()
    tasks.prepare_deposit(receive(content).key)
    read_all(parts)
    second = receive(content)
    tasks.prepare_deposit(second.key)
    assert Deposit.find(second.key).proposal is not None


def test_what_was_read_and_told_to_nobody_is_told_by_the_sweep(
    receive: Receive, in_app: Flask, custodian: Actor, parts: Seams, now: datetime
) -> None:
    deposit = receive(a_text())
    paper = deciding.file_deposit(deposit, a_customer().key, facts_of(), actor=custodian, now=now)
    tasks.prepare_deposit(deposit.key)
    read_all(parts)
    revision = Attachment.find(paper.key).revision
    reading.take_up(deposit.file.sha256, now=now)
    told = Attachment.find(paper.key)
    assert (told.text_read_at, told.revision) == (now, revision)  # nobody's edit is refused


def test_papers_on_file_for_long_are_read_behind_what_comes_in_the_newest_first(
    receive: Receive, in_app: Flask, custodian: Actor, parts: Seams, now: datetime
) -> None:
    customer = a_customer()
    papers_filed = [
        deciding.file_deposit(
            receive(papers.blank_pages(pages)), customer.key, facts_of(), actor=custodian, now=at
        )
        for pages, at in ((1, now - timedelta(days=400)), (2, now - timedelta(days=1)))
    ]
    incoming = receive(papers.blank_pages(3))
    assert reading.ask_for_older(now) == 2
    assert reading.ask_for_older(now) == 0  # these wait
    tasks.prepare_deposit(incoming.key)
    ranks = {each.id: each.rank for each in Reading.objects}
    old, recent = (each.current.sha256 for each in papers_filed)
    assert ranks == {old: BEHIND, recent: BEHIND, incoming.file.sha256: FIRST}
    read_all(parts)
    order = [each.id for each in Reading.objects.order_by("read_at")]
    assert order[0] == incoming.file.sha256
    assert reading.ask_for_older(now) == 0


def test_a_custodian_has_a_file_read_again_that_could_not_be_read(
    receive: Receive, in_app: Flask, custodian: Actor, parts: Seams, now: datetime
) -> None:
    deposit = receive(ugly.a_jpeg()[:200])
    assert deposit.file.flaw
    tasks.prepare_deposit(deposit.key)
    with pytest.raises(NotRead):  # it waits
        reading.read_again(deposit, actor=custodian, now=now)
    read_all(parts)
    assert Reading.objects.get(id=deposit.file.sha256).state is ReadingState.FAILED
    with pytest.raises(NotPermitted):
        reading.read_again(deposit, actor=a_user(Role.SALESPERSON).as_actor(), now=now)
    again = reading.read_again(deposit, actor=custodian, now=now)
    assert (again.state, again.failure) == (ReadingState.WAITING, None)
    assert again.due_at <= clock.now() + LEASE


def readers() -> list[Path]:
    """The processes that read pages for this one."""
    threads = Path("/proc/self/task").glob("*/children")
    children = [Path("/proc") / pid for each in threads for pid in each.read_text().split()]
    reads = b"archive.recognition.child\0written"
    return [each for each in children if reads in (each / "cmdline").read_bytes()]


def test_300_pages_show_how_far_they_are_hold_up_nobody_and_go_on_after_their_reader_was_killed(
    receive: Receive, in_app: Flask, parts: Seams, client_as: ClientAs
) -> None:
    with pikepdf.open(io.BytesIO(a_text())) as document:
        with pikepdf.open(io.BytesIO(papers.blank_pages(299))) as blank:
            document.pages.extend(blank.pages)
        out = io.BytesIO()
        document.save(out)
    long, lane = receive(out.getvalue()), Lane(parts.blobs, parts.recognition)
    tasks.prepare_deposit(long.key)
    assert lane.read_one() and lane.read_one()
    assert "正在识别 2 / 300 页" in client_as(Role.CUSTODIAN).get("/intake").text
    children = readers()
    assert children
    for each in children:
        peak = re.search(r"VmHWM:\s+(\d+) kB", (each / "status").read_text())
        assert peak and int(peak.group(1)) < 1_000_000
        os.kill(int(each.name), signal.SIGKILL)
        os.waitid(os.P_PID, int(each.name), os.WEXITED | os.WNOWAIT)  # it is gone, and not ours
    short = receive(papers.blank_pages(1, "short"))
    tasks.prepare_deposit(short.key)
    assert lane.read_one() and lane.read_one()
    states = {each.id: (each.state, each.pages_read, each.unread) for each in Reading.objects}
    assert states[short.file.sha256] == (ReadingState.READ, 1, [])
    assert states[long.file.sha256] == (ReadingState.READING, 3, [])
