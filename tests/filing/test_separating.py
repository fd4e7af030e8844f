"""A stack comes apart at separator sheets by itself, and is proposed to at blank pages."""

import io
from datetime import datetime, timedelta

import pikepdf
import pytest
import segno
from flask import Flask
from PIL import Image

from archive.actor import SYSTEM, Actor
from archive.customers.models import Customer
from archive.filing import tasks
from archive.filing.models import Candidate, Deposit, Origin
from archive.filing.rules import AttachmentKind, DepositState, MatchedBy
from archive.filing.service import arranging, holding
from archive.filing.service.carrying import origin_of
from archive.filing.service.proposing import first_pages_of, parting_pages, spare_pages_of
from archive.filing.service.separating import papers_of
from archive.reading import Reading, pages_of
from archive.recognition.codes import SeparatorCode, write
from archive.recognition.pages import PageText, TextSource
from archive.seams import Seams
from archive.trail.history import history_of
from tests.builders import a_customer
from tests.filing.conftest import Receive, digest
from tests.filing.test_reading import read_all
from tests.recognition import papers_drawn as papers


def a_page(number: int, *codes: str, blank: bool = False) -> PageText:
    source = TextSource.BLANK if blank else TextSource.NONE
    return PageText(number, source, 1000, 1400, codes=codes)


def a_stack(*said: str) -> list[PageText]:
    """Pages from words: ``sheet``, ``blank``, anything else is a paper's."""
    return [
        a_page(number, *(["FENGE"] if each == "sheet" else []), blank=each == "blank")
        for number, each in enumerate(said, 1)
    ]


def a_picture_of(code: SeparatorCode) -> Image.Image:
    picture = io.BytesIO()
    segno.make(write(code, "https://archive.example.com")).save(picture, "png", scale=8, border=4)
    sheet = Image.new("RGB", (1240, 1754), "white")
    sheet.paste(Image.open(picture).convert("RGB"), (300, 300))
    return sheet


def a_scan(*codes: SeparatorCode | None) -> bytes:
    """A PDF with a separator sheet for each code, and a page of words for each None."""
    made, out = pikepdf.new(), io.BytesIO()
    for number, code in enumerate(codes):
        page = io.BytesIO()
        if code:
            a_picture_of(code).save(page, "PDF", resolution=150)
        else:
            page.write(papers.as_pdf(words=[(70, 700, f"Example letter, number {number}")]))
        with pikepdf.open(page) as opened:
            made.pages.extend(opened.pages)
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("stack", "made"),
    [
        (("a", "sheet", "b", "b", "sheet", "c"), [[1], [3, 4], [6]]),
        (("sheet", "blank", "a", "blank", "sheet", "blank", "b", "blank"), [[3], [7]]),
        (("sheet", "sheet", "a", "blank", "a"), [[3, 4, 5]]),
        (("sheet", "blank"), []),
    ],
)
def test_papers_lie_between_sheets_without_blank_ends(
    stack: tuple[str, ...], made: list[list[int]]
) -> None:
    assert papers_of(a_stack(*stack)) == made


def test_a_blank_page_parts_papers_but_blank_backs_do_not() -> None:
    stack = a_stack("a", "a", "blank", "b")
    assert first_pages_of(stack) == [1, 4]
    assert spare_pages_of(stack, [1, 4]) == [3]
    assert parting_pages(a_stack("a", "blank", "b", "blank")) == []
    assert first_pages_of(a_stack("a", "blank")) == [1]


def test_a_sheet_speaks_for_the_paper_after_it_and_for_nobody_where_it_names_a_stranger(
    empty_site: Flask,
) -> None:
    customer = a_customer()
    folder = Origin(words="夹", customer_id=a_customer("演示另一家物流有限公司").id)
    sheet = str(SeparatorCode(customer.customer_code, "licence"))
    pages = [a_page(1), a_page(2, sheet), a_page(3, blank=True), a_page(4), a_page(5)]
    named = origin_of(folder, [4, 5], pages)
    assert named is not None
    assert (named.customer_id, named.kind) == (customer.id, AttachmentKind.LICENCE)
    assert origin_of(folder, [1], pages) is folder
    stranger = [a_page(1, "FENGE/C99999999"), a_page(2)]
    assert (found := origin_of(folder, [2], stranger)) and found.customer_id is None


@pytest.fixture
def scanned(receive: Receive, in_app: Flask, parts: Seams) -> tuple[Deposit, Customer]:
    """A stack of three papers and two sheets that was read."""
    customer = a_customer()
    named = SeparatorCode(customer.customer_code, "letter")
    content = a_scan(None, SeparatorCode(), None, None, named, None)
    deposit = receive(content, name="一叠.pdf")
    tasks.prepare_deposit(deposit.key)
    read_all(parts)
    return deposit, customer


def test_a_read_stack_is_split_at_its_sheets_in_its_place_of_the_queue_and_not_read_again(
    scanned: tuple[Deposit, Customer], receive: Receive, parts: Seams, now: datetime
) -> None:
    stack, customer = scanned
    later = receive(a_scan(None), now=now + timedelta(minutes=1))
    for _ in range(2):
        tasks.take_up_reading(stack.file.sha256)
    kept, pieces = Deposit.find(stack.key), list(Deposit.waiting())
    assert kept.state is DepositState.CUT
    assert digest(parts.blobs.copy_of(kept.file.sha256).read_bytes()) == stack.file.sha256
    event = history_of(kept)[0]
    assert (event.action, event.reason) == ("deposit.cut", "1 | 3-4 | 6")
    assert kept.decided_by_id == SYSTEM.id
    assert [each.cut_pages for each in pieces] == [[1], [3, 4], [6], []]
    assert pieces[-1].key == later.key
    assert {each.uploader_id for each in pieces} == {stack.uploader_id}
    read = Reading.objects.count()
    for piece in pieces[:-1]:
        tasks.prepare_deposit(piece.key)
    assert Reading.objects.count() == read
    assert [each.text for each in pages_of(pieces[1].file.sha256)] == [
        "Example letter, number 2",
        "Example letter, number 3",
    ]
    proposal = Deposit.find(pieces[2].key).proposal
    assert proposal is not None
    assert (proposal.kind, proposal.is_sure) == (AttachmentKind.LETTER, False)
    [found] = proposal.candidates
    assert isinstance(found, Candidate)
    assert (found.customer_id, found.by) == (customer.id, MatchedBy.OUR_CODE)


def test_a_stack_that_was_put_back_together_stays_whole(
    scanned: tuple[Deposit, Customer], custodian: Actor, now: datetime
) -> None:
    stack, _ = scanned
    tasks.take_up_reading(stack.file.sha256)
    [first, *_] = Deposit.waiting()
    arranging.put_back(first, actor=custodian, now=now)
    tasks.prepare_deposit(stack.key)
    tasks.take_up_reading(stack.file.sha256)
    assert [each.key for each in Deposit.waiting()] == [stack.key]
    proposal = Deposit.find(stack.key).proposal
    assert proposal is not None
    assert (proposal.first_pages, proposal.spare_pages) == ([1, 3, 6], [2, 5])


def test_a_stack_on_somebodys_desk_is_left_to_them(
    scanned: tuple[Deposit, Customer], custodian: Actor, now: datetime
) -> None:
    stack, _ = scanned
    holding.take_up(Deposit.find(stack.key), actor=custodian, now=now + timedelta(days=9999))
    tasks.take_up_reading(stack.file.sha256)
    assert Deposit.find(stack.key).state is not DepositState.CUT
