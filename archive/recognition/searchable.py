"""A PDF whose pages can be searched and copied from. Runs in the child process only.

What was read is written over the pages in a font that draws nothing; nothing else of them changes.
Pictures are put into a PDF with the very bytes of their pixels wherever PDF can hold them.
"""

import io
import math
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image
from pypdfium2 import PdfDocument

from archive.recognition import pdf, wholeness
from archive.recognition.errors import PageUnreadable
from archive.recognition.facts import IMAGES, FileType, Limits
from archive.recognition.glyphless import DESCENT, UNITS, Glyphless, packed, width_of
from archive.recognition.joining import pictures_as_pdf
from archive.recognition.pages import Box, PageText
from archive.recognition.sniffing import BY_MEDIA_TYPE, sniff

INVISIBLE = 3
TALL = 1.5  # times as high as wide: its characters are one below the other
LEANS_LITTLE = 3.5  # degrees
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a page of a PDF is in its own space, and how far a reader turns it to the right."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, page: pikepdf.Page) -> "Sheet":
        """What is shown of *page*: what its two boxes have in common."""
        media, crop = box_of(page.mediabox), box_of(page.cropbox)
        left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
        right, top = min(media[2], crop[2]), min(media[3], crop[3])
        if left >= right or bottom >= top:
            left, bottom, right, top = media
        return cls(left, bottom, right, top, int(page.rotation) % 360)

    def place(self, point: Point) -> Point:
        """A point of the page as it is shown (fractions, from top left) in the page's space."""
        across, down = turned_back(point, self.turn)
        width, height = self.right - self.left, self.top - self.bottom
        return self.left + across * width, self.top - down * height


def searchable(
    path: Path, pages: Sequence[PageText], turns: Mapping[str, int], limits: Limits
) -> bytes:
    """The file at *path* as a PDF on which *pages* are written unseen, turned as *turns* say.

    Raises:
        PageUnreadable: it cannot be read, or is no PDF and no picture.
    """
    out = io.BytesIO()
    Image.MAX_IMAGE_PIXELS = limits.pixels
    with open_unchanged(path) as document:
        try:
            write_over(document, pages)
            for number, page in enumerate(document.pages, start=1):
                if turn := turns.get(str(number), 0):
                    page.rotate(turn, relative=True)
            # every stream that was there stays as it is
            document.save(
                out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
            )
        except pdf.DAMAGE as damage:
            raise PageUnreadable(str(damage)) from damage
    return out.getvalue()


def open_unchanged(path: Path) -> pikepdf.Pdf:
    """Whatever *path* is, as a PDF.

    Raises:
        PageUnreadable: it cannot be read, or is no PDF and no picture.
    """
    file_type = BY_MEDIA_TYPE.get(sniff(path))
    try:
        if file_type is FileType.PDF:
            return open_pdf(path)
        if file_type not in IMAGES:
            raise PageUnreadable("no pages")
        return pikepdf.open(io.BytesIO(pictures_as_pdf(path, file_type)))
    except (*pdf.DAMAGE, *wholeness.DAMAGE) as damage:
        raise PageUnreadable(str(damage)) from damage


def open_pdf(path: Path) -> pikepdf.Pdf:
    """The PDF itself; where only the reader that draws can open it, its pages as that has them."""
    try:
        document = pikepdf.open(path)
        len(document.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        written = io.BytesIO()
        with closing(pdf.open_document(path)) as drawn, closing(PdfDocument.new()) as copy:
            copy.import_pages(drawn)
            copy.save(written)
        return pikepdf.open(written)
    return document


def write_over(document: pikepdf.Pdf, pages: Sequence[PageText]) -> None:
    """Write each of *pages* over the page of its number; one that is not there is left out."""
    written = [each for each in pages if each.lines and each.number <= len(document.pages)]
    if not written:
        return
    glyphless = Glyphless("".join(line.text for each in written for line in each.lines))
    font = glyphless.added_to(document)
    for read in written:
        page = document.pages[read.number - 1]
        if Name.Resources not in page.obj:  # they may be those of its parents, which stay
            inherited = page.get_resources()
            page.obj.Resources = Dictionary(dict(inherited.items()) if inherited else {})
        name = page.add_resource(font, Name.Font, Name("/FRead"))
        content = layer_of(read, Sheet.of(page), glyphless, name)
        # ahead of the page's own content, whatever state that leaves behind
        page.contents_add(packed(document, content.encode()), prepend=True)


def layer_of(read: PageText, sheet: Sheet, glyphless: Glyphless, font: Name) -> str:
    """What *read* says as a content stream."""
    lines = [
        f"{font} {size:.3f} Tf {stretch:.2f} Tz {matrix} Tm {glyphless.encoded(line.text)} Tj"
        for line in read.lines
        if (laid := laid_out(line.box, line.text, read, sheet))
        for size, stretch, matrix in [laid]
    ]
    return "\n".join([f"q BT {INVISIBLE} Tr", *lines, "ET Q\n"])


def laid_out(box: Box, text: str, read: PageText, sheet: Sheet) -> tuple[float, float, str] | None:
    """Size, stretch and matrix with which *text* fills *box*; None where that has no area."""

    def corner(across: float, down: float) -> Point:
        return sheet.place(turned_back(leaned((across, down), box, read), read.turn))

    wide, high = (box.right - box.left) * read.width, (box.bottom - box.top) * read.height
    if len(text) > 1 and high > wide * TALL:  # from top to bottom, feet to the left
        start, end = corner(box.left, box.top), corner(box.left, box.bottom)
        over = corner(box.right, box.top)
    else:
        start, end = corner(box.left, box.bottom), corner(box.right, box.bottom)
        over = corner(box.left, box.top)
    length, size = math.dist(start, end), math.dist(start, over)
    width = width_of(text) / UNITS * size
    if not (length and width):
        return None
    along = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    up = (over[0] - start[0]) / size, (over[1] - start[1]) / size
    drop = -DESCENT / UNITS * size  # what is below the line that letters are written on
    x, y = start[0] + up[0] * drop, start[1] + up[1] * drop
    matrix = " ".join(f"{each:.4f}" for each in (*along, *up, x, y))
    return size, length / width * 100, matrix


def leaned(point: Point, box: Box, read: PageText) -> Point:
    """A point of *box*, which is on the straightened page, on the page as it leans.

    Where that leans a little only, the box is moved to its place and stays level: some readers
    break lines up that run askew.
    """
    axis = point
    if abs(read.skew) <= LEANS_LITTLE:
        axis = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    angle = math.radians(read.skew)
    across, down = (axis[0] - 0.5) * read.width, (axis[1] - 0.5) * read.height
    x = (across * math.cos(angle) - down * math.sin(angle)) / read.width + 0.5
    y = (across * math.sin(angle) + down * math.cos(angle)) / read.height + 0.5
    return x + point[0] - axis[0], y + point[1] - axis[1]


def turned_back(point: Point, turn: int) -> Point:
    """Where *point* was before its page was turned by *turn* degrees to the right."""
    across, down = point
    if turn == 90:
        return down, 1 - across
    if turn == 180:
        return 1 - across, 1 - down
    if turn == 270:
        return 1 - down, across
    return point


def box_of(corners: pikepdf.Array) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a rectangle, in whatever order its corners are."""
    x0, y0, x1, y1 = (float(each) for each in corners)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
