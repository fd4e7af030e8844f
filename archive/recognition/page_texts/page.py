"""One page of a file, read: by its own text where that is good, else from its picture."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
from pypdfium2 import raw

from archive.recognition import images, pdf
from archive.recognition.errors import NoSuchPage, PageUnreadable
from archive.recognition.facts import IMAGES, FileType, Limits
from archive.recognition.page_texts import layer, picture
from archive.recognition.page_texts.engine import Pixels, engine
from archive.recognition.pages import PageText, TextSource
from archive.recognition.sniffing import BY_MEDIA_TYPE, sniff

WIDEST_DRAWN = 3000
MUCH_OF_A_PAGE = 0.3  # share of it that pictures take, which may say what the text does not


def read(path: Path, page: int, limits: Limits) -> PageText:
    """What page *page* (from 1) of the file at *path* says.

    Raises:
        NoSuchPage: the file has fewer pages, or none of its own.
        PageUnreadable: the page is damaged or locked.
    """
    file_type = BY_MEDIA_TYPE.get(sniff(path))
    if file_type is FileType.PDF:
        return read_pdf(path, page)
    if file_type not in IMAGES:
        raise NoSuchPage(page)
    return picture.read(images.draw(path, file_type, page, WIDEST_DRAWN, 0, limits), page)


def read_pdf(path: Path, number: int) -> PageText:
    """What a page of a PDF says, seals and filled fields included."""
    with closing(pdf.open_document(path)) as document:
        sheet = pdf.flat_page(document, number)
        try:
            across, down = sheet.get_size()
            drawn = pdf.draw(sheet, picture.LONGEST if across >= down else wide_for(across, down))
            own = layer.layer_of(sheet, across, down)
            pictured = share_of_pictures(sheet, across * down)
        except pdf.DAMAGE as damage:
            raise PageUnreadable(str(damage)) from damage
    pixels = picture.to_pixels(picture.fit(drawn))
    if layer.is_plausible(own.text) and is_believed(own, pixels, pictured):
        return as_page(own, pixels, number)
    read = picture.read(drawn, number)
    if len(read.text) * 2 < len(own.text) and layer.is_plausible(own.text):
        return as_page(own, pixels, number)  # in a font that this machine does not have
    return read


def wide_for(across: float, down: float) -> int:
    """How many pixels across a page is drawn that is higher than wide."""
    if down > across * picture.LONG_STRIP:
        return picture.WIDEST_STRIP
    return round(picture.LONGEST * across / down)


def share_of_pictures(page: pypdfium2.PdfPage, area: float) -> float:
    """How much of *page* the largest picture on it takes."""
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    sizes = [(right - left) * (top - bottom) for left, bottom, right, top in map(bounds, found)]
    return max(sizes, default=0.0) / area


def bounds(item: pypdfium2.PdfObject) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of *item*."""
    left, bottom, right, top = item.get_bounds()
    return left, bottom, right, top


def is_believed(own: layer.Layer, pixels: Pixels, pictured: float) -> bool:
    """Whether the page shows what its text says, and its text says what the page shows."""
    models = engine()
    upright = np.ascontiguousarray(np.rot90(pixels, -own.turn // 90))
    if not layer.shows(models, upright, own):
        return False
    return pictured < MUCH_OF_A_PAGE or layer.covers(models.find(upright), upright, own)


def as_page(own: layer.Layer, pixels: Pixels, number: int) -> PageText:
    """The page as its own text says it, with the codes that are seen on it."""
    high, wide = pixels.shape[:2]
    if own.turn in (90, 270):
        high, wide = wide, high
    page = PageText(number, TextSource.LAYER, wide, high, own.lines, own.turn)
    return replace(page, codes=picture.codes_on(pixels))
