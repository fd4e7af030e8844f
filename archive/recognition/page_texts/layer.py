"""The text that a PDF page carries by itself, and whether it is worth believing.

Text that a machine put wrongly behind a scan, that a font maps to other letters, or that covers
only the stamp on a picture does not say what people see: such a page is read from its picture.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from ctypes import c_double, c_int
from dataclasses import dataclass
from functools import cache

import numpy as np
import pypdfium2
from pypdfium2 import raw
from rapidfuzz import fuzz

from archive.recognition.page_texts import tidying
from archive.recognition.page_texts.engine import Engine, Pixels, Quad
from archive.recognition.pages import Box, Line

SCALE = 10_000  # of the coordinates that pdfium rounds to whole numbers
MOST_CHARACTERS = 100_000
WIDE_GAP = 1.6  # times the height of the line: another column begins
LEAST_LETTERS = 4
LEAST_COMMON = 0.75  # share of characters that Chinese and English papers are written in
LEAST_WORDY = 0.45  # share of letters and digits
LEAST_USUAL = 0.6  # share of Chinese characters that are no rare ones
ENOUGH_CHINESE = 12
COMPARED = 3  # lines
ALIKE = 50.0  # per cent
MOST_UNCOVERED = 0.34  # share of the lines on the picture that the text does not hold


@dataclass(frozen=True, slots=True)
class Layer:
    """The lines as the file has them, and how the page is turned to be read."""

    lines: tuple[Line, ...]
    turn: int

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(each.text for each in self.lines)


@dataclass(frozen=True, slots=True)
class Letter:
    """One character and where it is, in fractions of the page as it is drawn."""

    text: str
    box: Box


def layer_of(page: pypdfium2.PdfPage, width: float, height: float) -> Layer:
    """The text of *page*, whose drawn size is *width* to *height*."""
    with closing(page.get_textpage()) as text:
        turn = turn_of(page, text)
        rows = list(rows_of(page, text, turn))
    ratio = height / width if turn in (90, 270) else width / height
    lines = [line for row in rows for line in parts_of(row, ratio)]
    cleaned = [Line(tidying.without_spaces(each.text), each.box) for each in lines]
    return Layer(tuple(tidying.in_reading_order([each for each in cleaned if each.text])), turn)


def turn_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> int:
    """How far most characters of the page as it is drawn have to be turned to the right."""
    count = min(text.count_chars(), MOST_CHARACTERS)
    step = max(1, count // 500)
    angles = Counter(
        round(np.degrees(raw.FPDFText_GetCharAngle(text, at)) / 90) * 90 % 360
        for at in range(0, count, step)
        if not chr(raw.FPDFText_GetUnicode(text, at)).isspace()
    )
    if not angles:
        return 0
    leftwards = angles.most_common(1)[0][0]  # counted against the clock
    return int((leftwards - page.get_rotation()) % 360)


def rows_of(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, turn: int
) -> Iterator[list[Letter]]:
    """The characters between two ends of lines, in boxes of the page turned by *turn*."""
    row: list[Letter] = []
    left, bottom, right, top = (c_double() for _ in range(4))
    for at in range(min(text.count_chars(), MOST_CHARACTERS)):
        letter = chr(raw.FPDFText_GetUnicode(text, at))
        if letter in "\r\n":
            if row:
                yield row
            row = []
            continue
        if not raw.FPDFText_GetCharBox(text, at, left, right, bottom, top):
            continue
        box = drawn_box(page, (left.value, bottom.value), (right.value, top.value))
        if letter == "\0" or not on_page(box):
            continue
        row.append(Letter(letter, turned(box, turn)))
    if row:
        yield row


def drawn_box(
    page: pypdfium2.PdfPage, corner: tuple[float, float], opposite: tuple[float, float]
) -> Box:
    """The box between two corners of the page's own space, as fractions of the page as drawn."""
    across, down = c_int(), c_int()
    points = []
    for x, y in (corner, opposite):
        raw.FPDF_PageToDevice(page, 0, 0, SCALE, SCALE, 0, x, y, across, down)
        points.append((across.value / SCALE, down.value / SCALE))
    (x0, y0), (x1, y1) = points
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def on_page(box: Box) -> bool:
    """Whether *box* is where it can be seen."""
    return box.right > 0 and box.bottom > 0 and box.left < 1 and box.top < 1


def turned(box: Box, turn: int) -> Box:
    """*box* once its page is turned by *turn* degrees to the right."""
    if turn == 90:
        return Box(1 - box.bottom, box.left, 1 - box.top, box.right)
    if turn == 180:
        return Box(1 - box.right, 1 - box.bottom, 1 - box.left, 1 - box.top)
    if turn == 270:
        return Box(box.top, 1 - box.right, box.bottom, 1 - box.left)
    return box


def parts_of(row: Sequence[Letter], ratio: float) -> Iterator[Line]:
    """The lines in *row*: what is far apart belongs to different columns."""
    heights = [each.box.bottom - each.box.top for each in row if not each.text.isspace()]
    if not heights:
        return
    gap = float(np.median(heights)) * WIDE_GAP / ratio
    part: list[Letter] = []
    last = None
    for letter in row:
        if letter.text.isspace():
            part.append(letter)
            continue
        if last is not None and letter.box.left - last.box.right > gap:
            yield as_line(part)
            part = []
        part.append(letter)
        last = letter
    yield as_line(part)


def as_line(letters: Sequence[Letter]) -> Line:
    """*letters* as one line, in the box around those that can be seen."""
    boxes = [each.box for each in letters if not each.text.isspace()]
    around = Box(
        max(0.0, round(min(each.left for each in boxes), 4)),
        max(0.0, round(min(each.top for each in boxes), 4)),
        min(1.0, round(max(each.right for each in boxes), 4)),
        min(1.0, round(max(each.bottom for each in boxes), 4)),
    )
    return Line("".join(each.text for each in letters), around)


def is_plausible(text: str) -> bool:
    """Whether *text* may be what a page says: no garbage, no letters of a font's own."""
    letters = [each for each in text if not each.isspace()]
    if len(letters) < LEAST_LETTERS:
        return False
    if sum(is_common(each) for each in letters) < len(letters) * LEAST_COMMON:
        return False
    if sum(each.isalnum() for each in letters) < len(letters) * LEAST_WORDY:
        return False
    chinese = [each for each in letters if "\u4e00" <= each <= "\u9fff"]
    usual = sum(is_usual(each) for each in chinese)
    return len(chinese) < ENOUGH_CHINESE or usual >= len(chinese) * LEAST_USUAL


@cache
def is_common(letter: str) -> bool:
    """Whether *letter* is one that Chinese and English papers are written in."""
    return " " < letter <= "~" or is_within(letter, "gb18030", 2)


@cache
def is_usual(letter: str) -> bool:
    """Whether *letter* is among the usual characters, simplified (GB 2312) or traditional (Big5).

    Of text in a wrong encoding most are not.
    """
    return is_within(letter, "gb2312", 2, b"\xb0\xa1", b"\xd7\xfe") or is_within(
        letter, "big5", 2, b"\xa4\x40", b"\xc6\x7e"
    )


def is_within(
    letter: str, encoding: str, length: int, first: bytes = b"", last: bytes = b"\xff\xff"
) -> bool:
    """Whether *letter* has *length* bytes in *encoding*, between *first* and *last*."""
    try:
        code = letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return len(code) == length and first <= code <= last


def shows(models: Engine, pixels: Pixels, layer: Layer) -> bool:
    """Whether the picture of the page, turned upright, says the longest lines of *layer*."""
    high, wide = pixels.shape[:2]
    longest = sorted(layer.lines, key=lambda each: -len(each.text))[:COMPARED]
    quads = [quad_of(each.box, wide, high) for each in longest]
    said = models.read(pixels, quads)
    alike = [
        fuzz.ratio(plain(text), plain(line.text)) >= ALIKE
        for line, (text, _) in zip(longest, said, strict=True)
    ]
    return sum(alike) * 2 > len(alike)


def covers(quads: Sequence[Quad], pixels: Pixels, layer: Layer) -> bool:
    """Whether *layer* has text wherever text was found on the picture."""
    high, wide = pixels.shape[:2]
    uncovered = 0
    for quad in quads:
        x, y = quad.mean(axis=0) / [wide, high]
        uncovered += not any(
            each.box.left <= x <= each.box.right and each.box.top <= y <= each.box.bottom
            for each in layer.lines
        )
    return uncovered <= max(1, len(quads) * MOST_UNCOVERED)


def quad_of(box: Box, wide: int, high: int) -> Quad:
    """The corners of *box*, a little wider, on a picture of *wide* by *high* pixels."""
    edge = (box.bottom - box.top) * high * 0.15 + 1
    left, right = box.left * wide - edge, box.right * wide + edge
    top, bottom = box.top * high - edge, box.bottom * high + edge
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def plain(text: str) -> str:
    """*text* without spaces and case, to be compared."""
    return "".join(text.split()).casefold()
