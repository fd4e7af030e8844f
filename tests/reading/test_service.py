"""Files are read once for each digest, a page at a time, in turns; killed anywhere it goes on."""

import hashlib
import io
from collections.abc import Callable
from datetime import datetime, timedelta

import docx
import pytest
from docx.oxml import parse_xml
from flask import Flask

from archive.docgen import PdfMaker
from archive.docgen.pdf import NO_PROGRAM
from archive.reading import Reading, ReadingState, ReadPage, pages_of, service
from archive.reading.lane import Lane
from archive.reading.service import LEASE, MOST_TRIES
from archive.recognition import FileType, PageReader
from archive.recognition.pages import TextSource
from archive.seams import Seams
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly
from tests.recognition.conftest import LIMITS

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SOON = timedelta(seconds=1)

Keep = Callable[[bytes], str]


@pytest.fixture
def keep(in_app: Flask, parts: Seams) -> Keep:
    """Keep bytes as the store does, and give their digest."""
    return lambda content: parts.blobs.keep_bytes(content, media_type="application/pdf")


@pytest.fixture
def read_one(parts: Seams) -> Callable[[datetime], Reading | None]:
    """Read the page whose turn it is."""

    def read(now: datetime) -> Reading | None:
        reading = service.take_turn(now)
        if reading:
            service.read_next_page(
                reading, now=now, blobs=parts.blobs, recognition=parts.recognition
            )
        return reading

    return read


ReadOne = Callable[[datetime], Reading | None]


def ask_for(sha256: str, pages: int, now: datetime, **more: int) -> Reading:
    reading = service.ask_for(sha256, file_type=FileType.PDF, pages=pages, now=now, **more)
    assert reading is not None
    return reading


def test_a_file_is_read_page_by_page_once_and_asking_again_changes_nothing(
    keep: Keep, read_one: ReadOne, now: datetime
) -> None:
    sha256 = keep(papers.blank_pages(3))
    ask_for(sha256, 3, now)
    progress = []
    for second in range(3):
        reading = read_one(now + second * SOON)
        assert reading is not None
        progress.append((reading.state, reading.pages_read, reading.pages))
    assert progress == [
        (ReadingState.READING, 1, 3),
        (ReadingState.READING, 2, 3),
        (ReadingState.READ, 3, 3),
    ]
    again = ask_for(sha256, 3, now + timedelta(days=1))
    assert (again.state, again.asked_at) == (ReadingState.READ, now)
    assert read_one(now + timedelta(days=2)) is None
    assert [each.number for each in pages_of(sha256)] == [1, 2, 3]


def test_a_long_file_does_not_hold_up_the_next_one(
    keep: Keep, read_one: ReadOne, now: datetime
) -> None:
    long, short = keep(papers.blank_pages(4)), keep(papers.blank_pages(1, "short"))
    ask_for(long, 4, now)
    turns = [read_one(now + SOON)]
    ask_for(short, 1, now + SOON)
    turns += [read_one(now + second * SOON) for second in range(2, 6)]
    order = [each.id for each in turns if each]
    assert order.index(short) <= 2
    assert len(order) == 5


def test_what_came_in_today_goes_before_what_is_on_file_for_long(
    keep: Keep, read_one: ReadOne, now: datetime
) -> None:
    old, new = keep(papers.blank_pages(1, "old")), keep(papers.blank_pages(1, "new"))
    ask_for(old, 1, now - timedelta(hours=1), rank=service.BEHIND)
    ask_for(new, 1, now)
    assert [read_one(now).id, read_one(now).id] == [new, old]  # type: ignore[union-attr]  # both wait


def test_a_page_whose_reader_is_killed_has_another_turn_and_is_left_in_the_end(
    keep: Keep, read_one: ReadOne, now: datetime
) -> None:
    sha256 = keep(papers.blank_pages(2))
    ask_for(sha256, 2, now)
    for _ in range(MOST_TRIES):
        assert service.take_turn(now) is not None  # and the worker is killed
        assert service.take_turn(now + LEASE - SOON) is None
        now += LEASE
    read_one(now)
    read_one(now + SOON)
    reading = Reading.objects.get(id=sha256)
    assert (reading.state, reading.failure) == (ReadingState.READ, "ReaderGaveUp")
    assert (reading.unread, [each.number for each in pages_of(sha256)]) == ([1], [2])


def test_a_damaged_file_fails_in_a_named_way_and_is_tried_again_when_somebody_asks(
    keep: Keep, read_one: ReadOne, now: datetime
) -> None:
    sha256 = keep(ugly.a_jpeg()[:200])
    service.ask_for(sha256, file_type=FileType.JPEG, pages=1, now=now)
    reading = read_one(now)
    assert reading is not None
    assert (reading.state, reading.failure) == (ReadingState.FAILED, "PageUnreadable")
    again = service.read_again(sha256, now=now)
    assert again is not None
    assert (again.state, again.failure, again.unread) == (ReadingState.WAITING, None, [])


def test_bytes_that_are_gone_are_named_so(in_app: Flask, read_one: ReadOne, now: datetime) -> None:
    sha256 = hashlib.sha256(b"never kept").hexdigest()
    ask_for(sha256, 1, now)
    reading = read_one(now)
    assert reading is not None
    assert (reading.state, reading.failure) == (ReadingState.FAILED, "ContentLost")


def test_files_that_say_nothing_are_not_read(in_app: Flask, now: datetime) -> None:
    assert service.ask_for("0" * 64, file_type=FileType.MP3, pages=0, now=now) is None
    assert Reading.objects.count() == 0


def test_a_word_file_says_its_insertions_and_controls_where_nothing_prints_it(
    keep: Keep, parts: Seams, now: datetime
) -> None:
    document, out = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("运输合同：示例货运有限公司")
    for xml in (
        f'<w:ins xmlns:w="{W}" w:id="1" w:author="a"><w:r><w:t>（补充）</w:t></w:r></w:ins>',
        f'<w:del xmlns:w="{W}" w:id="2" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        f'<w:sdt xmlns:w="{W}"><w:sdtContent><w:r><w:t>控件内容</w:t></w:r></w:sdtContent></w:sdt>',
    ):
        paragraph._p.append(parse_xml(xml))  # python-docx writes none of these
    document.add_table(1, 1).cell(0, 0).text = "表格内的条款"
    document.save(out)
    sha256 = keep(out.getvalue())
    service.ask_for(sha256, file_type=FileType.DOCX, pages=0, now=now)
    unprinting = PageReader(LIMITS, printer=PdfMaker(NO_PROGRAM))
    assert Lane(parts.blobs, unprinting).read_one()
    unprinting.close()
    page = pages_of(sha256)[0]
    assert page.source is TextSource.OFFICE
    assert page.text == "运输合同：示例货运有限公司（补充）控件内容\n表格内的条款"


def test_a_table_says_its_rows_where_nothing_prints_it(
    keep: Keep, parts: Seams, now: datetime
) -> None:
    sha256 = keep("日期,运单号,金额\n2026-03-01,示例0001,320\n".encode())
    service.ask_for(sha256, file_type=FileType.CSV, pages=0, now=now)
    unprinting = PageReader(LIMITS, printer=PdfMaker(NO_PROGRAM))
    Lane(parts.blobs, unprinting).read_one()
    unprinting.close()
    assert "2026-03-01 示例0001 320" in pages_of(sha256)[0].text


def test_the_text_of_a_page_is_kept_with_where_it_comes_from(
    keep: Keep, parts: Seams, now: datetime
) -> None:
    words = [(70, 700, "Contract of carriage, example only")]
    sha256 = keep(papers.as_pdf(words=words))
    ask_for(sha256, 1, now)
    assert Lane(parts.blobs, parts.recognition).read_one()
    assert ReadPage.objects.get(sha256=sha256).source is TextSource.LAYER
    assert pages_of(sha256)[0].text == words[0][2]
