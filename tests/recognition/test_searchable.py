"""A scan becomes a PDF that is searched and copied from; its pictures stay as they are."""

import ctypes
import io
import math
import subprocess
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from archive.recognition import PageReader, PageUnreadable
from archive.recognition.pages import Box, Line, PageText, TextSource
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly
from tests.recognition import uneven_files as uneven

Keep = Callable[..., Path]
PLACED = Box(0.2, 0.6, 0.5, 0.63)
SAID = (
    Line("示例货运有限公司 关于 2026 年运费的函", Box(0.1, 0.1, 0.7, 0.13)),
    Line("㐂𠮷堂（示例）：Demo Logistics", Box(0.1, 0.3, 0.55, 0.33)),
    Line("请于三十日内回复", PLACED),
)
READ = PageText(1, TextSource.OCR, 1240, 1754, SAID)
SIDEWAYS = replace(READ, width=1754, height=1240)


def text_of(content: bytes) -> list[str]:
    """The lines that poppler finds, in reading order."""
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    found = subprocess.run(command, input=content, capture_output=True, check=True)
    return [each for each in found.stdout.decode().replace("\f", "").split("\n") if each]


def place_of(content: bytes, text: str) -> Box:
    """Where pdfium finds *text* on the first page as that is shown."""
    sheet = pypdfium2.PdfDocument(content)[0]
    width, height = (round(each * 100) for each in sheet.get_size())
    said, points = sheet.get_textpage(), []
    found = said.search(text).get_next()
    assert found is not None
    across, down = ctypes.c_int(), ctypes.c_int()
    for at in range(found[0], sum(found)):
        left, bottom, right, top = said.get_charbox(at, loose=True)
        for x, y in ((left, bottom), (right, top)):
            raw.FPDF_PageToDevice(sheet, 0, 0, width, height, 0, x, y, across, down)
            points.append((across.value / width, down.value / height))
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def pictures_in(content: bytes) -> list[bytes]:
    """The pictures of each page, as their bytes are in the file."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return [
            each.read_raw_bytes() for page in document.pages for each in page.get_images().values()
        ]


def test_a_scan_is_found_and_copied_from_and_its_picture_stays_byte_for_byte(
    reader: PageReader, keep: Keep
) -> None:
    content = papers.as_pdf(picture=papers.a_sheet())
    made = reader.searchable(keep(content), [READ], turns={})
    assert text_of(made) == [each.text for each in SAID]
    said = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    assert said.split("\r\n") == [each.text for each in SAID]
    assert astuple(place_of(made, SAID[2].text)) == pytest.approx(astuple(PLACED), abs=0.002)
    assert pictures_in(made) == pictures_in(content) != []
    before, after = (pypdfium2.PdfDocument(each)[0].render().to_pil() for each in (content, made))
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_are_over_their_place_however_the_page_came(
    reader: PageReader, keep: Keep, turn: int, rotate: int
) -> None:
    path = keep(papers.as_pdf(picture=papers.a_sheet(), rotate=rotate))
    read = replace(SIDEWAYS if (turn + rotate) % 180 else READ, turn=turn)
    made = reader.searchable(path, [read], turns={"1": turn} if turn else {})
    assert astuple(place_of(made, SAID[2].text)) == pytest.approx(astuple(PLACED), abs=0.002)
    assert text_of(made) == [each.text for each in SAID]


def test_what_a_page_hides_at_its_edges_moves_no_words(reader: PageReader, keep: Keep) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.as_pdf(picture=papers.a_sheet(), rotate=90))) as document:
        document.pages[0].CropBox = pikepdf.Array([60, 90, 560, 1000])
        document.pages[0].Parent.Resources = document.pages[0].Resources
        del document.pages[0].obj["/Resources"]  # those of all pages
        document.save(out)
    made = reader.searchable(keep(out.getvalue()), [SIDEWAYS], turns={})
    assert astuple(place_of(made, SAID[2].text)) == pytest.approx(astuple(PLACED), abs=0.002)


def test_what_was_really_read_askew_is_over_what_the_paper_says(
    reader: PageReader, keep: Keep
) -> None:
    path = keep(papers.as_jpeg(papers.a_sheet(turn=90, skew=2.0)), "scan.jpg")
    read = reader.read_page(path, 1)
    assert (read.turn, round(read.skew)) == (270, 2)
    made = reader.searchable(path, [read], turns={"1": read.turn})
    assert pictures_in(made) == [path.read_bytes()]
    assert papers.LETTER[1] in text_of(made)
    first = place_of(made, papers.LETTER[0])
    # drawn from 130 to 402, 167 down; then the sheet of 1240 by 1754 was turned around its middle
    x, y, angle = 266 - 620, 167 - 877, math.radians(2)
    leaning = (
        (x * math.cos(angle) - y * math.sin(angle)) / 1240 + 0.5,
        (x * math.sin(angle) + y * math.cos(angle)) / 1754 + 0.5,
    )
    middle = (first.left + first.right) / 2, (first.top + first.bottom) / 2
    assert middle == pytest.approx(leaning, abs=0.01)


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "1"])
def test_pictures_lose_nothing_on_their_way_into_a_pdf(
    reader: PageReader, keep: Keep, mode: str
) -> None:
    content = ugly.a_png(mode)
    made = reader.searchable(keep(content, "scan.png"), [READ], turns={})
    with pikepdf.open(io.BytesIO(made)) as document:
        (picture,) = document.pages[0].get_images().values()
        assert isinstance(picture, pikepdf.Stream)
        kept = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    paper = Image.new("RGB", kept.size, "white")
    original = Image.open(io.BytesIO(content)).convert("RGBA")
    paper.paste(original, mask=original.getchannel("A"))
    assert kept.tobytes() == paper.tobytes()
    assert text_of(made) == [each.text for each in SAID]


def test_each_page_of_a_tiff_has_its_own_words(reader: PageReader, keep: Keep) -> None:
    pages = [replace(READ, number=at, lines=(SAID[at - 1],)) for at in (1, 2, 3)]
    made = reader.searchable(keep(ugly.a_tiff(3), "scan.tif"), pages, turns={})
    with pypdfium2.PdfDocument(made) as document:
        said = [page.get_textpage().get_text_range() for page in document]
    assert said == [each.text for each in SAID]


@pytest.mark.parametrize("which", uneven.pdfs_of_one_reader())
def test_what_one_reader_opens_becomes_searchable(
    reader: PageReader, keep: Keep, which: str
) -> None:
    path = keep(uneven.pdfs_of_one_reader()[which])
    made = reader.searchable(path, [READ], turns={})
    assert text_of(made) == [each.text for each in SAID]


def test_what_cannot_be_read_is_a_clean_error(reader: PageReader, keep: Keep) -> None:
    for content in (ugly.a_docx(), b"%PDF-1.7 and nothing", ugly.a_jpeg()[:40]):
        with pytest.raises(PageUnreadable):
            reader.searchable(keep(content), [READ], turns={})
