"""Blank backs are told from pages that are merely faint, on white paper and on grey."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from archive.recognition import PageReader
from archive.recognition.page_texts.ink import marks_on
from archive.recognition.page_texts.picture import to_pixels
from archive.recognition.pages import TextSource
from tests.recognition import papers_drawn as papers

Shades = NDArray[np.floating]

INK = 1 - np.asarray(papers.a_sheet(papers.LETTER[:3]).convert("L"), np.float32) / 255
PAPERS = {"white": (250, 1.5), "grey": (215, 1.5), "a grey copy": (215, 7.0), "dark": (170, 7.0)}


def a_sheet_of(shade: float, noise: float) -> Shades:
    """An empty sheet as a scanner sees it; a copy has a dark edge, specks, and less light aside."""
    chance = np.random.default_rng(1)
    high, wide = INK.shape
    sheet = np.full(INK.shape, shade) * np.linspace(1, 0.9 if shade < 250 else 1, wide)
    sheet += chance.normal(0, noise, sheet.shape)
    if noise > 5:
        sheet[:, : wide // 60] -= 70
        for y, x in chance.integers((high - 2, wide - 2), size=(99, 2)):
            sheet[y : y + 2, x : x + 2] = 60
    return sheet.astype(np.float32)


def as_image(shades: Shades) -> Image.Image:
    return Image.fromarray(shades.clip(0, 255).astype(np.uint8)).convert("RGB")


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_is_on_an_empty_sheet_and_the_faintest_writing_is_something(paper: str) -> None:
    empty = a_sheet_of(*PAPERS[paper])
    pencil = np.zeros(empty.shape, np.uint8)
    cv2.polylines(pencil, [np.array([[300, 500], [340, 480], [350, 530], [400, 500]])], False, 1, 2)
    number = np.zeros(empty.shape, np.uint8)
    cv2.putText(number, "12", (600, 1650), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 1, 3)
    for mark, depth in ((pencil, 30), (number, 40), (INK, 16)):
        assert not marks_on(to_pixels(as_image(empty - depth * mark))).are_none
    assert marks_on(to_pixels(as_image(empty))).are_none


def test_what_is_seen_through_the_sheet_is_nothing_and_as_faint_in_print_is_read(
    reader: PageReader, keep: Callable[..., Path]
) -> None:
    empty = a_sheet_of(*PAPERS["grey"])
    through = empty - 28 * cv2.GaussianBlur(INK[:, ::-1], (0, 0), 1.3)
    back = reader.read_page(keep(papers.as_jpeg(as_image(through)), "back.jpg"), 1)
    assert back.source is TextSource.BLANK
    faint = reader.read_page(keep(papers.as_jpeg(as_image(empty - 24 * INK)), "faint.jpg"), 1)
    assert "示例货运有限公司" in faint.text
