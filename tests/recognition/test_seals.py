"""What is written under a red seal is read without its red."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from archive.recognition import PageReader
from archive.recognition.page_texts.picture import to_pixels
from archive.recognition.page_texts.seals import seals_on
from tests.recognition import papers_drawn as papers

pytestmark = pytest.mark.slow

Keep = Callable[..., Path]
DAY = "2026年03月16日"


def a_sealed_sheet(ink: tuple[int, int, int] = (210, 30, 40)) -> Image.Image:
    """A small sheet with a day under a seal."""
    sheet = Image.new("RGB", (900, 500), "white")
    draw = ImageDraw.Draw(sheet)
    draw.text((60, 60), "示例货运有限公司", font=papers.font(34), fill=(30, 30, 40))
    draw.text((430, 300), DAY, font=papers.font(30), fill=(30, 30, 40))
    seal = Image.new("RGB", sheet.size, "white")
    pen = ImageDraw.Draw(seal)
    pen.ellipse((440, 190, 680, 430), outline=ink, width=9)
    pen.regular_polygon((560, 318, 62), 5, fill=ink)
    for place, letter in enumerate("示例专用章"):
        pen.text((500 + place * 24, 352), letter, font=papers.font(24), fill=ink)
    return ImageChops.multiply(sheet, seal)


def test_a_day_under_a_seal_is_read(reader: PageReader, keep: Keep) -> None:
    page = reader.read_page(keep(papers.as_jpeg(a_sealed_sheet())), 1)
    assert DAY in [line.text.replace(" ", "") for line in page.lines]
    assert "示例货运有限公司" in page.text


def test_only_what_is_red_and_of_a_seals_size_is_one() -> None:
    (seal,) = seals_on(to_pixels(a_sealed_sheet()))
    assert (seal.left < 440, seal.top < 190) == (True, True)
    assert (seal.right > 680, seal.bottom > 430) == (True, True)
    assert seals_on(to_pixels(a_sealed_sheet(ink=(40, 40, 50)))) == []
    assert seals_on(np.full((200, 200, 3), 255, np.uint8)) == []
