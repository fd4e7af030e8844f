"""What the pages of strangers' files say, and where."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.recognition import NoSuchPage, PageReader, PageUnreadable, ReaderGaveUp
from archive.recognition.pages import Line, PageText, TextSource
from archive.recognition.pool import Budget
from tests import waiting
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly
from tests.recognition.conftest import LIMITS, NO_PRINTER
from tests.recognition.papers_drawn import LETTER

Keep = Callable[..., Path]

pytestmark = pytest.mark.slow

WORDS = [
    (70, 780, "Contract of carriage, example only"),
    (70, 740, "Demo Logistics Company Limited, Shanghai"),
    (70, 400, "Party A pays the freight within thirty days"),
]


def as_written(text: str) -> str:
    return text.replace(" ", "").replace("（", "(").replace("）", ")").replace("：", ":")


def readers_running() -> list[int]:
    """The children of this process that may hold the models."""
    own = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    children = {int(pid) for each in own for pid in each.read_text().split()}
    return [pid for pid in children if b"written" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def line_of(page: PageText, text: str) -> Line:
    return next(each for each in page.lines if as_written(text) in as_written(each.text))


def test_a_sideways_and_leaning_scan_is_read_upright_and_straight(
    reader: PageReader, keep: Keep
) -> None:
    sheet = papers.a_sheet(turn=90, skew=2.0, code="HTTPS://EXAMPLE.INVALID/D/42")
    page = reader.read_page(keep(papers.as_jpeg(sheet)), 1)
    assert page.source is TextSource.OCR
    assert (page.turn, round(page.skew)) == (270, 2)
    assert page.height > page.width
    read = as_written(page.text)
    assert all(as_written(line) in read for line in LETTER[:5])
    assert page.codes == ("HTTPS://EXAMPLE.INVALID/D/42",)
    title = line_of(page, LETTER[1])
    assert title.box.left == pytest.approx(130 / 1240, abs=0.01)
    assert title.box.top == pytest.approx(276 / 1754, abs=0.015)
    assert title.box.right == pytest.approx((130 + 34 * 8) / 1240, abs=0.015)


def test_a_page_upside_down_is_turned(reader: PageReader, keep: Keep) -> None:
    page = reader.read_page(keep(papers.as_jpeg(papers.a_sheet(turn=180))), 1)
    assert page.turn == 180
    assert as_written(page.lines[0].text) == as_written(LETTER[0])


def test_a_long_strip_is_read_to_its_end(reader: PageReader, keep: Keep) -> None:
    lines = [f"第{number}行 示例货运单" for number in range(1, 25)]
    strip = papers.a_sheet(lines, size=(700, 2600))
    page = reader.read_page(keep(papers.as_jpeg(strip)), 1)
    assert [as_written(line) for line in lines] == [as_written(each.text) for each in page.lines]


def test_a_blank_page_says_nothing_and_is_no_fault(reader: PageReader, keep: Keep) -> None:
    scanned = reader.read_page(keep(papers.as_jpeg(papers.dust())), 1)
    made = reader.read_page(keep(papers.as_pdf()), 1)
    assert [each.source for each in (scanned, made)] == [TextSource.BLANK] * 2
    assert scanned.lines == made.lines == ()


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_good_text_of_a_pdf_is_taken_as_it_is_with_its_places(
    reader: PageReader, keep: Keep, rotate: int
) -> None:
    page = reader.read_page(keep(papers.as_pdf(words=WORDS, rotate=rotate)), 1)
    assert page.source is TextSource.LAYER
    assert [each.text for each in page.lines] == [text for *_, text in WORDS]
    assert page.turn == (270 if rotate else 0)  # a person sees it turned, and turns it back
    assert page.width / page.height == pytest.approx(595 / 842, abs=0.01)
    last = page.lines[2].box
    assert last.left == pytest.approx(70 / 595, abs=0.01)
    assert last.bottom == pytest.approx(1 - 400 / 842, abs=0.01)


def test_columns_far_apart_are_lines_of_their_own(reader: PageReader, keep: Keep) -> None:
    row = [(70, 700, "Registered capital"), (330, 700, "Established on 1 March 2020")]
    page = reader.read_page(keep(papers.as_pdf(words=row)), 1)
    assert [each.text for each in page.lines] == [text for *_, text in row]


def test_what_is_filled_into_a_form_is_read_with_it(reader: PageReader, keep: Keep) -> None:
    page = reader.read_page(keep(papers.a_filled_form()), 1)
    assert "Demo Logistics Shanghai" in page.text
    assert "Application for an account" in page.text


@pytest.mark.parametrize(
    ("words", "is_hidden"),
    [
        ([(70, 780, "Quarterly lunch menu for the canteen"), (70, 700, "Soup and salad")], True),
        ([(300, 20, "Scanned with Example Scanner")], False),
        ([(70, 780, "\\001\\002\\003\\004\\005\\006 \\007\\016\\017\\020\\021\\022")], True),
    ],
    ids=["another text behind it", "a stamp of the scanner alone", "letters of no font"],
)
def test_a_text_that_is_not_what_the_page_shows_is_not_believed(
    reader: PageReader, keep: Keep, words: list[tuple[float, float, str]], is_hidden: bool
) -> None:
    content = papers.as_pdf(picture=papers.a_sheet(LETTER[:4]), words=words, is_hidden=is_hidden)
    page = reader.read_page(keep(content), 1)
    assert page.source is TextSource.OCR
    assert as_written(LETTER[3]) in as_written(page.text)


def test_a_page_that_is_not_there_or_locked_is_named_as_when_it_is_drawn(
    reader: PageReader, keep: Keep
) -> None:
    with pytest.raises(NoSuchPage):
        reader.read_page(keep(papers.as_pdf(words=WORDS)), 2)
    with pytest.raises(PageUnreadable):
        reader.read_page(keep(ugly.a_jpeg()[:200]), 1)


def test_reading_stays_within_its_memory_and_lets_it_go(keep: Keep) -> None:
    poor = PageReader(LIMITS, printer=NO_PRINTER, reading=Budget(memory=200 * 1024 * 1024))
    with pytest.raises(ReaderGaveUp):
        poor.read_page(keep(papers.as_jpeg(papers.a_sheet(LETTER[:2]))), 1)
    poor.close()
    hasty = PageReader(LIMITS, printer=NO_PRINTER, reading=Budget(rests=0.2, only_written=True))
    before = set(readers_running())  # others may end at any moment
    hasty.read_page(keep(papers.as_jpeg(papers.dust())), 1)
    begun = set(readers_running()) - before
    assert len(begun) == 1
    waiting.until(lambda: not begun & set(readers_running()))
    hasty.close()
