"""What a page looks like, and what happens where it cannot be drawn."""

import io
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from archive.recognition import (
    FileType,
    Flaw,
    NoSuchPage,
    PageImage,
    PageReader,
    PageUnreadable,
    ReaderBusy,
    ReaderGaveUp,
)
from archive.recognition.pool import Budget, Turns
from tests.recognition import ugly_files as ugly
from tests.recognition.conftest import LIMITS, NO_PRINTER

Keep = Callable[..., Path]


def colour_at(page: PageImage, across: float, down: float) -> str:
    """Which of the sample's two colours stands at a place given as shares of the page."""
    with Image.open(io.BytesIO(page.content)) as picture:
        pixel = picture.convert("RGB").getpixel((int(page.width * across), int(page.height * down)))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    if min(red, green, blue) > 200:
        return "white"
    return "red" if red > blue else "blue"


@pytest.mark.parametrize(
    "content",
    [
        ugly.a_jpeg(), ugly.a_jpeg(orientation=3), ugly.a_jpeg(orientation=6), ugly.a_png(),
        ugly.a_png("RGBA"), ugly.a_png("P"), ugly.a_heic(), ugly.a_tiff(), ugly.a_pdf(),
    ],
    ids=["jpeg", "upside-down", "sideways", "png", "rgba", "palette", "heic", "tiff", "pdf"],
)  # fmt: skip
def test_a_page_is_drawn_upright_at_the_width_asked_for(
    reader: PageReader, keep: Keep, content: bytes
) -> None:
    page = reader.render_page(keep(content), 1, width=200)
    assert page.width == 200
    assert colour_at(page, 0.5, 0.2) == "red"
    assert colour_at(page, 0.5, 0.8) != "red"
    assert page.media_type == "image/jpeg"


def test_a_rotated_sheet_of_a_pdf_is_turned_as_its_page_says(
    reader: PageReader, keep: Keep
) -> None:
    page = reader.render_page(keep(ugly.a_pdf(rotate=90)), 1, width=400)
    assert page.width > page.height
    assert colour_at(page, 0.8, 0.5) == "red"
    assert colour_at(page, 0.2, 0.5) == "white"


def test_a_tiff_turned_by_its_tag_is_shown_upright(reader: PageReader, keep: Keep) -> None:
    page = reader.render_page(keep(ugly.a_tiff(1, orientation=3)), 1, width=200)
    assert colour_at(page, 0.5, 0.2) == "blue"


def test_bilevel_and_sixteen_bit_scans_can_be_shown(reader: PageReader, keep: Keep) -> None:
    for mode in ("1", "I;16", "L", "LA"):
        assert reader.thumbnail(keep(ugly.a_png(mode))).width > 0


def test_a_small_picture_is_not_blown_up(reader: PageReader, keep: Keep) -> None:
    assert reader.render_page(keep(ugly.a_jpeg()), 1, width=1600).width == 400


def test_any_page_of_three_hundred_is_drawn(reader: PageReader, keep: Keep) -> None:
    path = keep(ugly.a_scanned_pdf(300))
    assert reader.inspect(path).pages == 300
    assert reader.render_page(path, 300, width=1200).width == 1200


@pytest.mark.parametrize(
    ("content", "page"),
    [(ugly.a_pdf(3), 4), (ugly.a_pdf(3), 0), (ugly.a_tiff(2), 3), (ugly.a_jpeg(), 2),
     (ugly.a_docx(), 1)],
    ids=["after-the-last", "before-the-first", "tiff", "jpeg", "docx"],
)  # fmt: skip
def test_a_page_that_does_not_exist_is_said_to_be_missing(
    reader: PageReader, keep: Keep, content: bytes, page: int
) -> None:
    with pytest.raises(NoSuchPage):
        reader.render_page(keep(content), page, width=200)


def test_locked_and_broken_files_have_no_page_image(reader: PageReader, keep: Keep) -> None:
    locked = ugly.a_pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
    for content in (locked, ugly.a_pdf()[:200], ugly.a_jpeg()[:200], ugly.a_pixel_bomb()):
        with pytest.raises(PageUnreadable):
            reader.thumbnail(keep(content))


def test_a_page_as_long_as_a_road_is_drawn_smaller(reader: PageReader, keep: Keep) -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(100, 14_400))
    path = keep(b"")
    document.save(path)
    page = reader.render_page(path, 1, width=2400)
    assert page.width * page.height < 30_000_000


def test_a_reader_that_runs_out_of_memory_gives_up_and_the_next_file_is_read(keep: Keep) -> None:
    reader = PageReader(
        LIMITS, printer=NO_PRINTER, children=1, budget=Budget(memory=220 * 1024 * 1024)
    )
    huge = io.BytesIO()
    Image.new("RGB", (6000, 6000), "red").save(huge, "PNG")
    with pytest.raises((ReaderGaveUp, PageUnreadable)):
        reader.thumbnail(keep(huge.getvalue(), "huge"))
    assert reader.thumbnail(keep(ugly.a_jpeg())).width == 320
    reader.close()


def test_a_reader_that_takes_too_long_is_ended(keep: Keep) -> None:
    reader = PageReader(LIMITS, printer=NO_PRINTER, children=1, budget=Budget(wall_seconds=0.001))
    path = keep(ugly.a_pdf())
    with pytest.raises(ReaderGaveUp):
        reader.thumbnail(path)
    facts = reader.inspect(path)
    assert (facts.type, facts.flaw) == (FileType.PDF, Flaw.TOO_DEMANDING)
    reader.close()


def test_one_person_s_pages_keep_nobody_else_waiting() -> None:
    turns = Turns(most=3, most_each=2)
    with turns.taken("one"), turns.taken("one"):
        with pytest.raises(ReaderBusy), turns.taken("one"):
            pass
        with turns.taken("another"), pytest.raises(ReaderBusy), turns.taken("a third"):
            pass
        with turns.taken(""):  # nobody waits for what the worker does
            pass
    with turns.taken("one"), turns.taken("one"), turns.taken("another"):
        pass


def test_a_reader_killed_while_idle_is_replaced_unnoticed(keep: Keep) -> None:
    reader = PageReader(LIMITS, printer=NO_PRINTER, children=1)
    path = keep(ugly.a_jpeg())
    reader.thumbnail(path)
    os.kill(reader._pool._idle[0]._process.pid, signal.SIGKILL)
    reader._pool._idle[0]._process.wait()
    assert reader.thumbnail(path).width == 320
    reader.close()


def test_many_threads_share_a_reader(reader: PageReader, keep: Keep) -> None:
    path, widths = keep(ugly.a_jpeg()), []
    threads = [
        threading.Thread(target=lambda: widths.append(reader.thumbnail(path).width))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert widths == [320] * 12


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_is_turned_further_to_the_right(reader: PageReader, keep: Keep, turn: int) -> None:
    """The upper left corner is red; what is turned keeps to the width that was asked for."""
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste((255, 0, 0), (0, 0, 100, 100))
    as_jpeg, as_pdf = io.BytesIO(), io.BytesIO()
    picture.save(as_jpeg, "JPEG")
    picture.save(as_pdf, "PDF")
    corner = {90: (0.9, 0.1), 180: (0.9, 0.9), 270: (0.1, 0.9)}[turn]
    for content in (as_jpeg.getvalue(), as_pdf.getvalue()):
        page = reader.render_page(keep(content), 1, width=240, turn=turn)
        assert page.width == 240
        assert page.height == pytest.approx(180 if turn == 180 else 320, abs=1)
        places = [(across, down) for across in (0.1, 0.9) for down in (0.1, 0.9)]
        assert [each for each in places if colour_at(page, *each) == "red"] == [corner]
