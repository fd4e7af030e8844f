"""A sheet to draw on: fonts of this machine, letters apart, wrapped text, seals, backgrounds."""

import math
import random
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFont

from bench.drawing.shapes import Ink, Paper

DPI = 200
INK: Ink = (38, 32, 32)
_SEAL: Ink = (214, 36, 42)
_FALLBACK = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)


@cache
def font_files() -> Sequence[str]:
    """The files with simplified Chinese letters on this machine."""
    lister = shutil.which("fc-list")
    if lister is None:
        return _FALLBACK
    listed = subprocess.run(
        [lister, ":lang=zh-cn", "file"], capture_output=True, text=True, check=True
    )
    return sorted({each.split(":")[0].strip() for each in listed.stdout.splitlines() if each})


@cache
def font(file: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The simplified face of *file*."""
    index = 2 if "NotoS" in file and file.endswith(".ttc") else 0
    return ImageFont.truetype(file, pixels, index=index)


class Pen:
    """Draws on one sheet; places are millimetres from the top left corner."""

    def __init__(self, wide: float, high: float, chance: random.Random, paper: Paper) -> None:
        self.chance = chance
        self.wide, self.high = wide, high
        self.image = Image.new("RGB", (self.pixels(wide), self.pixels(high)), paper)
        self._draw = ImageDraw.Draw(self.image)
        self._body = chance.choice([each for each in font_files() if "Bold" not in each])
        bold = [each for each in font_files() if "Bold" in each]
        self._head = chance.choice(bold) if bold else self._body

    @staticmethod
    def pixels(millimetres: float) -> int:
        return round(millimetres / 25.4 * DPI)

    def font(self, points: float, *, is_bold: bool = False) -> ImageFont.FreeTypeFont:
        return font(self._head if is_bold else self._body, max(8, round(points * DPI / 72)))

    def text(
        self, x: float, y: float, text: str, points: float = 11, *, is_bold: bool = False,
        ink: Ink = INK,
    ) -> float:  # fmt: skip
        """*text* with its top left corner at *x*, *y*; where it ends."""
        face = self.font(points, is_bold=is_bold)
        self._draw.text((self.pixels(x), self.pixels(y)), text, font=face, fill=ink)
        return x + self._draw.textlength(text, font=face) * 25.4 / DPI

    def middle(
        self, y: float, text: str, points: float, *, is_bold: bool = True, x: float | None = None,
        apart: float = 0.0, ink: Ink = INK,
    ) -> None:  # fmt: skip
        """*text* around the middle of the sheet, its letters *apart* millimetres."""
        face = self.font(points, is_bold=is_bold)
        width = self._draw.textlength(text, font=face) * 25.4 / DPI + apart * (len(text) - 1)
        left = (self.wide / 2 if x is None else x) - width / 2
        for letter in text:
            self._draw.text((self.pixels(left), self.pixels(y)), letter, font=face, fill=ink)
            left += self._draw.textlength(letter, font=face) * 25.4 / DPI + apart

    def spread(self, x: float, y: float, text: str, width: float, points: float = 11) -> None:
        """*text* with its letters spread over *width*, as labels of a form are."""
        face = self.font(points, is_bold=True)
        letters = [self._draw.textlength(each, font=face) * 25.4 / DPI for each in text]
        gap = (width - sum(letters)) / max(1, len(text) - 1)
        for letter, wide in zip(text, letters, strict=True):
            self._draw.text((self.pixels(x), self.pixels(y)), letter, font=face, fill=INK)
            x += wide + gap

    def block(
        self, x: float, y: float, text: str, width: float, points: float = 11,
        leading: float = 1.45,
    ) -> float:  # fmt: skip
        """*text* in lines of *width*; the place under the last one."""
        face = self.font(points)
        step = points * 25.4 / 72 * leading
        for line in self.lines(text, width, face):
            self._draw.text((self.pixels(x), self.pixels(y)), line, font=face, fill=INK)
            y += step
        return y

    def lines(self, text: str, width: float, face: ImageFont.FreeTypeFont) -> list[str]:
        lines, line = [], ""
        for letter in text:
            if line and self._draw.textlength(line + letter, font=face) > self.pixels(width):
                lines.append(line)
                line = ""
            line += letter
        return [*lines, line]

    def rule(self, x: float, y: float, to_x: float, to_y: float, width: float = 0.3) -> None:
        points = [self.pixels(each) for each in (x, y, to_x, to_y)]
        self._draw.line(points, fill=INK, width=max(1, self.pixels(width)))

    def frame(self, inset: float, ink: Ink, width: float = 0.8) -> None:
        box = [self.pixels(each) for each in (inset, inset, self.wide - inset, self.high - inset)]
        self._draw.rectangle(box, outline=ink, width=self.pixels(width))

    def security(self, ink: Ink) -> None:
        """Waves and the letters of the guilloche, as on a licence."""
        layer = Image.new("RGB", self.image.size, (255, 255, 255))
        pen = ImageDraw.Draw(layer)
        for y in range(0, self.image.height, self.pixels(3)):
            points = [
                (x, y + self.pixels(1.2) * math.sin(x / self.pixels(6) + y))
                for x in range(0, self.image.width, 12)
            ]
            pen.line(points, fill=ink, width=1)
        face = self.font(9)
        for y in range(self.pixels(55), self.image.height - self.pixels(40), self.pixels(24)):
            for x in range(self.pixels(20), self.image.width - self.pixels(30), self.pixels(46)):
                pen.text((x, y), "SCJDGL", font=face, fill=ink)
        self._multiply(layer)

    def emblem(self, x: float, y: float, size: float) -> None:
        """A red disc with a ring, where the state's emblem is; it is none."""
        box = [self.pixels(each) for each in (x - size, y - size, x + size, y + size)]
        self._draw.ellipse(box, fill=(206, 44, 38))
        inner = [
            self.pixels(each)
            for each in (x - size * 0.7, y - size * 0.7, x + size * 0.7, y + size * 0.7)
        ]
        self._draw.ellipse(inner, outline=(232, 192, 70), width=self.pixels(0.8))

    def seal(self, x: float, y: float, radius: float, around: str) -> None:
        """A round red seal over what is written there."""
        side = self.pixels(radius * 2.2)
        layer = Image.new("RGB", (side, side), (255, 255, 255))
        pen, middle, size = ImageDraw.Draw(layer), side / 2, self.pixels(radius)
        pen.ellipse(
            [middle - size, middle - size, middle + size, middle + size],
            outline=_SEAL, width=max(3, self.pixels(0.9)),
        )  # fmt: skip
        star = [
            (
                middle + size * (0.32 if each % 2 == 0 else 0.13) * math.sin(each * math.pi / 5),
                middle - size * (0.32 if each % 2 == 0 else 0.13) * math.cos(each * math.pi / 5),
            )
            for each in range(10)
        ]
        pen.polygon(star, fill=_SEAL)
        face, tall = self.font(radius * 0.62, is_bold=True), self.pixels(radius * 0.44)
        for place, letter in enumerate(around):
            angle = math.radians(-125 + 250 * place / max(1, len(around) - 1))
            tile = Image.new("L", (tall, tall), 0)
            ImageDraw.Draw(tile).text(
                (tile.width / 2, tile.height / 2), letter, font=face, fill=255, anchor="mm"
            )
            tile = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
            at = (
                int(middle + size * 0.76 * math.sin(angle) - tile.width / 2),
                int(middle - size * 0.76 * math.cos(angle) - tile.height / 2),
            )
            layer.paste(_SEAL, at, tile)
        turned = layer.rotate(
            self.chance.uniform(-12, 12),
            fillcolor=(255, 255, 255),
            resample=Image.Resampling.BICUBIC,
        )
        whole = Image.new("RGB", self.image.size, (255, 255, 255))
        whole.paste(turned, (self.pixels(x) - side // 2, self.pixels(y) - side // 2))
        self._multiply(whole)

    def qr(self, x: float, y: float, size: float, content: str) -> None:
        code = segno.make(content, error="m", micro=False)
        side = int(code.symbol_size(border=2)[0])
        matrix = Image.new("1", (side, side), 1)
        for row, line in enumerate(code.matrix_iter(scale=1, border=2)):
            for column, is_dark in enumerate(line):
                if is_dark:
                    matrix.putpixel((column, row), 0)
        scale = max(1, self.pixels(size) // side)
        large = matrix.resize((side * scale, side * scale))
        self.image.paste(large.convert("RGB"), (self.pixels(x), self.pixels(y)))

    def mark(self) -> None:
        """Says that the paper is a sample."""
        self.text(self.wide - 45, self.high - 6.5, "样张·仅供测试", 7, ink=(150, 150, 150))

    def _multiply(self, layer: Image.Image) -> None:
        self.image = ImageChops.multiply(self.image, layer)
        self._draw = ImageDraw.Draw(self.image)
