"""A page read from its picture: turned upright, straightened, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from PIL import Image

from archive.recognition.page_texts import seals, tidying
from archive.recognition.page_texts.engine import (
    LEAST_SURE,
    SIDE,
    SIDE_OF_FINE_PRINT,
    Engine,
    Pixels,
    Quad,
    engine,
    is_tall,
    measure,
)
from archive.recognition.page_texts.ink import marks_on
from archive.recognition.pages import Box, Line, PageText, TextSource

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
LONGEST = 2240  # pixels of a page that is looked at in one piece
WIDEST_STRIP = 1400
LONG_STRIP = 2.4  # times as high as wide: looked at piece by piece
PIECE, OVERLAP = 1.5, 0.2  # times the width
FINE = 8.5  # pixels that lines are high where they are looked for: print too fine for it
LEAST_SKEW, MOST_SKEW = 0.3, 30.0  # degrees
LONG_LINE = 4.0  # times as wide as high: says how the page is skewed
DOUBTFUL = 0.65  # how sure the lines of a page are on average that may be upside down
BEYOND_DOUBT = 0.85  # how sure they are where they are no other side's, seen through the sheet
LEAST_LETTERS = 8  # of the other side


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines that were read on pixels turned in one way, and how sure they are together."""

    pixels: Pixels
    turn: int
    quads: list[Quad]
    said: list[tuple[str, float]]

    @property
    def sure(self) -> float:
        """The mean over all characters."""
        letters = sum(len(text) for text, _ in self.said)
        return sum(len(text) * sure for text, sure in self.said) / letters if letters else 0.0


def read(picture: Image.Image, number: int) -> PageText:
    """What *picture* says, as page *number*; a blank page says nothing."""
    pixels = to_pixels(fit(picture))
    codes = codes_on(pixels)
    marks = marks_on(pixels)
    if marks.are_none:
        return said_nothing(pixels, number, codes, is_blank=True)
    models = engine()
    quads = find(models, pixels)
    turn = models.turn_of(pixels, quads)
    reading = read_turned(models, pixels, turn, quads if turn == 0 else None)
    if reading.quads and reading.sure < DOUBTFUL:
        other = read_turned(models, pixels, (turn + 180) % 360, None)
        reading = max(reading, other, key=lambda each: each.sure)
    if marks.are_faint and reading.sure < BEYOND_DOUBT and is_seen_through(models, pixels):
        return said_nothing(pixels, number, codes, is_blank=True)
    found, said = seals.read_under(models, reading.pixels, reading.quads, reading.said)
    skew = skew_of(found)
    high, wide = reading.pixels.shape[:2]
    lines = [
        Line(text, box, round(sure, 3))
        for quad, (text, sure) in zip(found, said, strict=True)
        if sure >= LEAST_SURE and (box := straight_box(quad, skew, wide, high))
    ]
    tidy = tidying.tidy(lines, ratio=wide / high)
    if not tidy:
        return said_nothing(reading.pixels, number, codes)
    return PageText(
        number, TextSource.OCR, wide, high, tuple(tidy), reading.turn, round(skew, 2), codes
    )


def said_nothing(
    pixels: Pixels, number: int, codes: tuple[str, ...], *, is_blank: bool = False
) -> PageText:
    """A page without text, which may bear codes all the same."""
    high, wide = pixels.shape[:2]
    source = TextSource.BLANK if is_blank and not codes else TextSource.NONE
    return PageText(number, source, wide, high, codes=codes)


def is_seen_through(models: Engine, pixels: Pixels) -> bool:
    """Whether what is on the page reads well in a mirror: it is printed on the other side."""
    mirrored = np.ascontiguousarray(pixels[:, ::-1])
    quads = find(models, mirrored)
    turn = models.turn_of(mirrored, quads)
    behind = read_turned(models, mirrored, turn, quads if turn == 0 else None)
    letters = sum(len(text) for text, _ in behind.said)
    return letters >= LEAST_LETTERS and behind.sure >= BEYOND_DOUBT


def read_turned(models: Engine, pixels: Pixels, turn: int, quads: Sequence[Quad] | None) -> Reading:
    """What *pixels* say once turned by *turn* degrees to the right."""
    turned = np.ascontiguousarray(np.rot90(pixels, -turn // 90))
    found = find(models, turned) if quads is None else list(quads)
    return Reading(turned, turn, found, models.read(turned, found))


def fit(picture: Image.Image) -> Image.Image:
    """*picture* no larger than it is looked at."""
    wide, high = picture.size
    short, long = min(wide, high), max(wide, high)
    scale = WIDEST_STRIP / short if long > short * LONG_STRIP else LONGEST / long
    if scale >= 1:
        return picture
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def to_pixels(picture: Image.Image) -> Pixels:
    """As the models were taught: blue, green, red."""
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"), np.uint8)[:, :, ::-1])


def codes_on(pixels: Pixels) -> tuple[str, ...]:
    """The contents of the QR codes, from top to bottom."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    found = zxingcpp.read_barcodes(grey, formats=QR)
    placed = sorted(found, key=lambda each: (each.position.top_left.y, each.position.top_left.x))
    return tuple(dict.fromkeys(each.text for each in placed if each.text))


def find(models: Engine, pixels: Pixels) -> list[Quad]:
    """Where text is: once more and closer where the print is very fine."""
    high, wide = pixels.shape[:2]
    if max(high, wide) > min(high, wide) * LONG_STRIP:
        return find_in_pieces(models, pixels)
    quads = models.find(pixels)
    scale = SIDE / max(high, wide)
    if quads and scale < 1 and float(np.median([min(measure(q)) for q in quads])) * scale < FINE:
        quads = models.find(pixels, SIDE_OF_FINE_PRINT)
    return quads


def find_in_pieces(models: Engine, pixels: Pixels) -> list[Quad]:
    """A long strip, looked at in pieces that overlap: a line counts where its middle is."""
    is_wide = pixels.shape[1] > pixels.shape[0]
    length, across = max(pixels.shape[:2]), min(pixels.shape[:2])
    step, overlap = int(across * (PIECE - OVERLAP)), int(across * OVERLAP)
    quads: list[Quad] = []
    for start in range(0, max(1, length - overlap), step):
        end = min(length, start + step + overlap)
        piece = pixels[:, start:end] if is_wide else pixels[start:end]
        first = 0 if start == 0 else start + overlap / 2
        last = length if end == length else end - overlap / 2
        for quad in models.find(np.ascontiguousarray(piece)):
            quad[:, 0 if is_wide else 1] += start
            if first <= float(quad[:, 0 if is_wide else 1].mean()) < last:
                quads.append(quad)
    return quads


def skew_of(quads: Sequence[Quad]) -> float:
    """How many degrees the lines run downwards to the right: the median by length."""
    runs = []
    for quad in quads:
        wide, high = measure(quad)
        if not is_tall(quad) and wide > high * LONG_LINE:
            across, down = quad[1] - quad[0]
            runs.append((float(np.degrees(np.arctan2(down, across))), wide))
    runs.sort()
    half = sum(wide for _, wide in runs) / 2
    for degrees, wide in runs:
        half -= wide
        if half <= 0:
            return degrees if LEAST_SKEW < abs(degrees) <= MOST_SKEW else 0.0
    return 0.0


def straight_box(quad: Quad, skew: float, wide: int, high: int) -> Box | None:
    """The box around *quad* on the page turned back by *skew* degrees, in fractions of it."""
    angle = np.radians(-skew)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    centre = np.array([wide / 2, high / 2])
    points = ((quad - centre) @ turn.T + centre) / [wide, high]
    left, top = (float(each) for each in np.clip(points.min(axis=0), 0, 1))
    right, bottom = (float(each) for each in np.clip(points.max(axis=0), 0, 1))
    if right <= left or bottom <= top:
        return None
    return Box(round(left, 4), round(top, 4), round(right, 4), round(bottom, 4))
