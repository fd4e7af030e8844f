"""What is written under red seals: their places are read once more without the red.

A day under a seal is what most papers are valid from, and its strokes are lost among those of the
seal. Without its red only what was printed or typed is left.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from archive.recognition.page_texts.engine import SIDE, SURE, Engine, Pixels, Quad

REDDER = 30  # by how much red is over green and blue where there is red ink
SMALLEST, LARGEST = 0.05, 0.45  # shares of the page's width that a seal takes
MOST_OBLONG = 2.2
MOST_SEALS = 4
LOOKED_AT = 1000  # pixels that seals are looked for in
BESIDE, ABOVE = 1.0, 0.15  # shares of a seal that are looked at around it
EDGE = 3  # pixels from the edge of what is looked at: a line may go on beyond


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a page, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def read_under(
    models: Engine, pixels: Pixels, quads: Sequence[Quad], said: Sequence[tuple[str, float]]
) -> tuple[list[Quad], list[tuple[str, float]]]:
    """*quads* and what they *said*, with the lines under red seals read without the red."""
    kept = list(zip(quads, said, strict=True))
    for place in seals_on(pixels):
        part = without_red(pixels[place.top : place.bottom, place.left : place.right])
        found = [each for each in models.find(part, SIDE) if is_inside(each, part)]
        for quad, (text, sure) in zip(found, models.read(part, found), strict=True):
            moved = quad + np.array([place.left, place.top], np.float32)
            over = [each for each in kept if covered(each[0], moved) > 0.5]
            if sure >= SURE and all(is_worse(each[1], text, sure) for each in over):
                kept = [each for each in kept if all(each is not other for other in over)]
                kept.append((moved, (text, sure)))
    return [quad for quad, _ in kept], [each for _, each in kept]


def is_worse(said: tuple[str, float], text: str, sure: float) -> bool:
    """Whether *text* is to be believed rather than what was *said*, a piece of it perhaps."""
    before, how_sure = said
    return len(before) * 2 <= len(text) or (how_sure < sure and len(before) <= len(text) + 2)


def seals_on(pixels: Pixels) -> list[Place]:
    """Where red seals are, the largest first, each with what is written to its sides."""
    high, wide = pixels.shape[:2]
    scale = min(1.0, LOOKED_AT / max(high, wide))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    red = is_red(np.asarray(small, np.uint8)).astype(np.uint8)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found: list[tuple[int, int, int, int]] = []
    for box in sorted(seal_boxes(stats[1:], small.shape[1]), key=lambda each: -each[2] * each[3]):
        if not any(is_within(box, other) for other in found):
            found.append(box)
    return [
        Place(
            max(0, int((left - across * BESIDE) / scale)),
            max(0, int((top - down * ABOVE) / scale)),
            min(wide, int((left + across * (1 + BESIDE)) / scale)),
            min(high, int((top + down * (1 + ABOVE)) / scale)),
        )
        for left, top, across, down in found[:MOST_SEALS]
    ]


def seal_boxes(stats: Iterable[Iterable[float]], wide: int) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of what is as large and as round as a seal; not the emblem, which is filled."""
    for box in stats:
        left, top, across, down, area = (int(each) for each in box)
        is_round = max(across, down) <= MOST_OBLONG * min(across, down)
        is_large = SMALLEST * wide <= min(across, down) and max(across, down) <= LARGEST * wide
        if is_round and is_large and area < 0.75 * across * down:
            yield left, top, across, down


def is_within(box: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether the middle of *box* is in *other*: the star of a seal is none of its own."""
    across, down = box[0] + box[2] / 2, box[1] + box[3] / 2
    return other[0] <= across <= other[0] + other[2] and other[1] <= down <= other[1] + other[3]


def is_red(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where *pixels* (blue, green, red) have red ink."""
    blue, green, red = (pixels[..., each].astype(np.int16) for each in range(3))
    return np.asarray(red - np.maximum(blue, green) > REDDER)


def without_red(pixels: Pixels) -> Pixels:
    """*pixels* in grey; red ink as light as red light sees it."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    light = np.clip(pixels[..., 2].astype(np.float32) * 1.15, 0, 255).astype(np.uint8)
    plain = np.where(is_red(pixels), light, grey)
    return np.ascontiguousarray(np.repeat(plain[..., None], 3, axis=2))


def is_inside(quad: Quad, pixels: Pixels) -> bool:
    """Whether *quad* ends before the edges of *pixels*."""
    high, wide = pixels.shape[:2]
    across, down = quad[:, 0], quad[:, 1]
    return bool(
        across.min() > EDGE
        and down.min() > EDGE
        and across.max() < wide - EDGE
        and down.max() < high - EDGE
    )


def covered(quad: Quad, other: Quad) -> float:
    """Which share of the box of *quad* that of *other* covers."""
    low = np.maximum(quad.min(axis=0), other.min(axis=0))
    high = np.minimum(quad.max(axis=0), other.max(axis=0))
    size = np.prod(quad.max(axis=0) - quad.min(axis=0))
    return float(np.prod(np.maximum(high - low, 0)) / size) if size > 0 else 0.0
