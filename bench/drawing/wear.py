"""What happens to a paper between its printer and the archive."""

import io
import random
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from bench.drawing.pen import DPI, font, font_files

Pixels = NDArray[np.uint8]
Wear = Callable[[Image.Image, random.Random], Image.Image]
_PAPER = (250, 250, 248)


def clean(image: Image.Image, _: random.Random) -> Image.Image:
    return image


def turned(degrees: int) -> Wear:
    """The page on its side or head."""

    def turn(image: Image.Image, _: random.Random) -> Image.Image:
        return image.rotate(degrees, expand=True)

    return turn


def skewed(image: Image.Image, chance: random.Random) -> Image.Image:
    """1 to 5 degrees off, as a feeder takes it."""
    degrees = chance.uniform(1, 5) * chance.choice((-1, 1))
    return image.rotate(degrees, expand=True, fillcolor=_PAPER, resample=Image.Resampling.BICUBIC)


def blurred(image: Image.Image, chance: random.Random) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(chance.uniform(1.2, 2.0)))


def jpeg30(image: Image.Image, _: random.Random) -> Image.Image:
    return _through_jpeg(image, 30)


def grey_copy(image: Image.Image, chance: random.Random) -> Image.Image:
    """A photocopy: grey, a dark edge, specks, little contrast."""
    pixels = np.asarray(image.convert("L")).astype(np.float32)
    noise = np.random.default_rng(chance.randrange(10**6))
    pixels = np.asarray(235 - (235 - pixels) * 0.82 + noise.normal(0, 7, pixels.shape), np.float32)
    pixels[:, : pixels.shape[1] // 60] -= 70
    for _ in range(120):
        y, x = chance.randrange(pixels.shape[0]), chance.randrange(pixels.shape[1])
        pixels[y : y + 2, x : x + 2] = 60
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).convert("RGB")


def fax(lines_per_inch: int) -> Wear:
    """Black and white at 204 dots across, in fine or standard lines, with a header."""

    def send(image: Image.Image, _: random.Random) -> Image.Image:
        wide, high = (round(image.width * 204 / DPI), round(image.height * lines_per_inch / DPI))
        grey = image.convert("L").resize((wide, high), Image.Resampling.LANCZOS)
        black = grey.point(lambda value: 255 if value > 150 else 0).convert("1")
        black.info["dpi"] = (204, lines_per_inch)
        return black

    return send


def watermarked(image: Image.Image, chance: random.Random) -> Image.Image:
    """Words across the page, as people put on copies of their papers."""
    words = chance.choice(("仅供办理货运业务使用 复印无效", "仅限示例物流合作存档 他用无效"))
    layer = Image.new("L", image.size, 0)
    size = round(20 * DPI / 72)
    face = font(next(each for each in font_files() if "Sans" in each), size)
    tile = Image.new("L", (size * 16, size * 2), 0)
    ImageDraw.Draw(tile).text((0, 0), words, font=face, fill=70)
    tile = tile.rotate(chance.choice((25, 30, 45)), expand=True)
    for y in range(0, image.height, tile.height + 60):
        for x in range(-tile.width // 3, image.width, tile.width + 80):
            layer.paste(tile, (x + (y // 7) % 200, y))
    ink = Image.new("RGB", image.size, (110, 110, 110))
    return Image.composite(ink, image, layer)


def photographed(image: Image.Image, chance: random.Random) -> Image.Image:
    """By a telephone on a table: perspective, shading, a shadow, blur, noise."""
    noise = np.random.default_rng(chance.randrange(10**6))
    page = np.asarray(image.convert("RGB"))
    high, wide = page.shape[:2]
    out_w, out_h = round(wide * 1.28), round(high * 1.28)
    table = np.zeros((out_h, out_w, 3)) + chance.choice(
        ((96, 72, 52), (130, 128, 122), (62, 66, 74))
    )
    grain = noise.normal(0, 16, (out_h, 1, 1)) + noise.normal(0, 6, (out_h, out_w, 1))
    table = (table + grain).clip(0, 255)
    off = min(wide, high) * 0.045
    corners = np.array([
        (out_w * 0.11 + chance.uniform(-off, off), out_h * 0.11 + chance.uniform(-off, off)),
        (out_w * 0.89 + chance.uniform(-off, off), out_h * 0.11 + chance.uniform(-off, off)),
        (out_w * 0.89 + chance.uniform(-off, off), out_h * 0.89 + chance.uniform(-off, off)),
        (out_w * 0.11 + chance.uniform(-off, off), out_h * 0.89 + chance.uniform(-off, off)),
    ], np.float32)  # fmt: skip
    edges = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    matrix = cv2.getPerspectiveTransform(edges, corners)
    drawn = cv2.warpPerspective(page, matrix, (out_w, out_h), flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), matrix, (out_w, out_h))
    whole = np.asarray(np.where(mask[..., None] > 127, drawn, table), np.float32)
    across = np.linspace(chance.uniform(0.7, 1.0), chance.uniform(0.7, 1.0), out_w)
    down = np.linspace(chance.uniform(0.8, 1.0), chance.uniform(0.75, 1.0), out_h)
    whole *= (across[None, :] * down[:, None])[..., None]
    shadow = np.zeros((out_h, out_w), np.float32)
    centre = (chance.randrange(out_w), chance.randrange(out_h))
    cv2.circle(shadow, centre, out_w // 4, 1.0, -1)
    whole *= (1 - 0.25 * cv2.GaussianBlur(shadow, (0, 0), out_w / 20))[..., None]
    soft = np.asarray(cv2.GaussianBlur(whole, (0, 0), chance.uniform(0.7, 1.3)))
    soft = soft + noise.normal(0, 7, soft.shape)
    return _through_jpeg(Image.fromarray(np.clip(soft, 0, 255).astype(np.uint8)), 75)


def _through_jpeg(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def on_one_sheet(first: Image.Image, second: Image.Image) -> Image.Image:
    """Two papers copied onto one sheet, one above the other."""
    wide, high = round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)
    sheet = Image.new("RGB", (wide, high), _PAPER)
    for place, paper in enumerate((first, second)):
        scale = min((wide - 80) / paper.width, (high / 2 - 60) / paper.height)
        small = paper.resize(
            (round(paper.width * scale), round(paper.height * scale)), Image.Resampling.LANCZOS
        )
        sheet.paste(small, ((wide - small.width) // 2, round(place * high / 2 + 30)))
    return sheet


WEARS: dict[str, Wear] = {
    "clean": clean, "turned 90": turned(90), "turned 180": turned(180), "turned 270": turned(270),
    "skewed": skewed, "blurred": blurred, "phone": photographed, "jpeg 30": jpeg30,
    "grey copy": grey_copy, "fax 204x196": fax(196), "fax 204x98": fax(98),
    "watermark": watermarked,
}  # fmt: skip
