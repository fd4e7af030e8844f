"""Draws the scans of the demonstration company: ``python -m archive.filing.demonstration FONT``.

FONT is a font file with Chinese letters. The images are in ``scans/``, so that a first start
needs no font; run this again after a change of the papers or of the companies.
"""

import sys

from PIL import Image, ImageChops, ImageDraw, ImageFont

from archive.customers.demonstration import companies, credit_code
from archive.filing.demonstration import FOLDER, Paper, papers

SIZE = (1240, 1754)  # A4 at 150 dpi
MARGIN = 130
MARK = "演示样张 · 无效"


def draw(paper: Paper, font_file: str) -> Image.Image:
    """The scan of *paper*, black on white, with the mark across it."""
    company = companies()[paper.place]
    page = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(page)
    head, body = (ImageFont.truetype(font_file, size) for size in (72, 38))
    pen.rectangle((60, 60, SIZE[0] - 60, SIZE[1] - 60), outline=0, width=4)
    pen.text((SIZE[0] / 2, 210), paper.kind.label, font=head, fill=0, anchor="mm")
    facts = (f"名称：{company.name}", f"统一社会信用代码：{credit_code(paper.place)}", *paper.lines)
    for number, line in enumerate(facts):
        pen.text((MARGIN, 380 + number * 96), line, font=body, fill=0)
    mark = Image.new("L", (1100, 170), 255)
    ImageDraw.Draw(mark).text((550, 85), MARK, font=head, fill=150, anchor="mm")
    layer = Image.new("L", SIZE, 255)
    layer.paste(mark.rotate(18, expand=True, fillcolor=255), (90, 1080))
    return ImageChops.darker(page, layer).convert("1")


def main(font_file: str) -> None:
    """Draw every paper into the folder of scans."""
    FOLDER.mkdir(exist_ok=True)
    for paper in papers():
        draw(paper, font_file).save(FOLDER / paper.file_name, optimize=True, dpi=(150, 150))


main(*sys.argv[1:])
