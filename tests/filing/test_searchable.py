"""A scan is taken as a PDF that can be searched, by those who may take the original."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pypdfium2
import pytest
from flask import Flask

from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.filing.errors import NotSearchable, OriginalHeldBack, SearchableTooDemanding
from archive.filing.models import Attachment
from archive.filing.rules import Confidentiality, Searchable, Turning
from archive.filing.service import deciding, searchable, turning
from archive.reading import Reading, ReadingState, ReadPage
from archive.recognition import FileType
from archive.recognition.pages import TextSource
from archive.seams import Seams
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, facts_of
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly

LINE = ["示例货运有限公司", 0.1, 0.1, 0.5, 0.13, 0.98]
File = Callable[..., tuple[Attachment, Customer]]
Take = Callable[..., bytes]


@pytest.fixture
def file_paper(receive: Receive, custodian: Actor, now: datetime) -> File:
    """A confidential paper filed to a customer, and that customer."""

    def file_one(content: bytes) -> tuple[Attachment, Customer]:
        customer = a_customer()
        facts = facts_of(confidentiality=Confidentiality.CONFIDENTIAL)
        deposit = receive(content)
        return deciding.file_deposit(
            deposit, customer.key, facts, actor=custodian, now=now
        ), customer

    return file_one


@pytest.fixture
def take(parts: Seams, custodian: Actor, now: datetime) -> Take:
    """Take a paper: ``take(attachment, customer)``."""

    def take_it(attachment: Attachment, customer: Customer, actor: Actor = custodian) -> bytes:
        _, content = searchable.take_searchable(
            attachment,
            customer,
            number=None,
            actor=actor,
            now=now,
            blobs=parts.blobs,
            recognition=parts.recognition,
        )
        return content

    return take_it


def has_been_read(
    attachment: Attachment, at: datetime, source: TextSource = TextSource.OCR, text: str = ""
) -> None:
    """The first page says a line, as *source* has it."""
    sha256 = attachment.current.sha256
    ReadPage.objects(sha256=sha256).delete()
    Reading.objects(id=sha256).delete()
    told = [] if source is TextSource.NONE else [[text or LINE[0], *LINE[1:]]]
    page = {"source": source, "width": 400, "height": 300, "lines": told}
    ReadPage(sha256=sha256, number=1, **page).save()
    asked = {"file_type": attachment.current.file_type, "asked_at": at, "due_at": at}
    Reading(id=sha256, state=ReadingState.READ, read_at=at, pages=1, pages_read=1, **asked).save()


def text_of(content: bytes) -> str:
    """What the first page says."""
    return str(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range())


def test_the_custodian_takes_a_scan_that_can_be_searched_and_every_time_is_written_down(
    file_paper: File, take: Take, custodian: Actor, now: datetime
) -> None:
    paper = file_paper(ugly.a_jpeg())
    has_been_read(paper[0], now)
    assert [text_of(take(*paper)) for _ in range(2)] == [LINE[0]] * 2
    taken = TrailEntry.objects(action="attachment.searchable_taken")
    assert [(each.actor_id, each.reason) for each in taken] == [(custodian.id, "v1")] * 2
    with pytest.raises(OriginalHeldBack):
        take(*paper, actor=a_user(Role.SALES_MANAGER).as_actor())
    assert taken.count() == 2


def test_what_was_read_again_or_turned_since_is_made_again(
    file_paper: File, take: Take, custodian: Actor, now: datetime
) -> None:
    attachment, customer = file_paper(ugly.a_jpeg())
    has_been_read(attachment, now)
    first = pypdfium2.PdfDocument(take(attachment, customer))[0].get_size()
    has_been_read(attachment, now + timedelta(minutes=1), text="演示货运有限公司")
    turned = turning.turn_attachment(
        attachment, 1, Turning.RIGHT, number=1, actor=custodian, now=now
    )
    made = take(turned, customer)
    assert text_of(made) == "演示货运有限公司"
    assert pypdfium2.PdfDocument(made)[0].get_size() == pytest.approx(first[::-1])


def test_a_pdf_whose_own_text_is_good_is_given_as_it_came(
    file_paper: File, take: Take, now: datetime
) -> None:
    content = papers.as_pdf(words=[(70, 780, "Demo Logistics Company Limited")])
    paper = file_paper(content)
    has_been_read(paper[0], now, TextSource.LAYER)
    assert take(*paper) == content


def test_what_is_not_read_yet_or_says_nothing_is_refused_and_the_page_says_why(
    file_paper: File, take: Take, client_as: ClientAs, now: datetime
) -> None:
    attachment, customer = file_paper(ugly.a_jpeg())
    page = f"/attachments/{attachment.key}"
    client = client_as(Role.CUSTODIAN)
    assert "文字还没有识别完" in client.get(page).text
    with pytest.raises(NotSearchable) as refusal:
        take(attachment, customer)
    assert refusal.value.facts["why"] is Searchable.UNREAD
    has_been_read(attachment, now, TextSource.NONE)
    assert "页面上没有认出文字" in client.get(page).text
    assert client.get(f"{page}/searchable").status_code == 409
    has_been_read(attachment, now)
    assert f"{page}/searchable" in client.get(page).text
    answer = client.get(f"{page}/searchable")
    assert (answer.mimetype, text_of(answer.data)) == ("application/pdf", LINE[0])
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client_as(Role.GENERAL_MANAGER).get(f"{page}/searchable").status_code == 403


def test_what_is_no_scan_has_none(file_paper: File, take: Take) -> None:
    paper = file_paper(ugly.a_docx())
    assert paper[0].current.file_type is FileType.DOCX
    with pytest.raises(NotSearchable) as refusal:
        take(*paper)
    assert refusal.value.facts["why"] is Searchable.NO_SCAN


def test_a_damaged_file_of_which_a_page_was_read_is_a_clean_refusal(
    file_paper: File, take: Take, in_app: Flask, now: datetime
) -> None:
    paper = file_paper(ugly.a_jpeg()[:40])
    has_been_read(paper[0], now)
    with pytest.raises(SearchableTooDemanding):
        take(*paper)
