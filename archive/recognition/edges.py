"""The edges of a paper on a photograph, and the photograph made straight. In the child only.

Edges are named only where they are beyond doubt: four straight lines, sharp all along, with
something of another colour outside of each. Print has frames, and light has borders; neither is
the end of a paper.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archive.recognition import images
from archive.recognition.errors import NoSuchPage
from archive.recognition.facts import IMAGES, Corners, Limits
from archive.recognition.sniffing import BY_MEDIA_TYPE, sniff

Pixels = NDArray[np.uint8]
Colours = NDArray[np.float32]  # lightness and two colours of each pixel (CIE Lab)
Points = NDArray[np.float64]

LOOKED_AT = 800  # pixels of the longer side
LEAST_AREA, MOST_AREA = 0.2, 0.97  # shares of the picture
LEAST_ANGLE, MOST_ANGLE = 55.0, 125.0  # degrees at a corner
MOST_UNEVEN = 1.7  # how many times longer a side is than the one opposite
SAMPLES = 48  # along each side
# shares of the diagonal:
REACH = 0.03  # how far from where a side seems to be it is looked for
NEAR, FAR = 0.006, 0.025  # how far inside and outside of it colours are compared
STRAY, MOST_STRAY = 0.003, 0.008  # from a straight line: half of the points, and nine of ten
ANOTHER = 14.0  # difference of colours that are not those of one paper in one light
SHARP = 0.55  # share of that difference which is there right at the side
CLEAR = 0.9  # share of the samples
SEEN = 0.5  # share of a side whose outside is on the picture
ALIKE = 0.93  # share that two answers have in common
A_PAPER, NEARLY = 2**0.5, 0.05  # the shape of A4
LEAST_ASKEW = 0.03
LEAST_FOCAL, MOST_FOCAL = 0.5, 4.0  # times the longer side of the picture
A_PHONE = 0.8  # that of most, where the picture does not tell
WIDEST = 4000
PREVIEW = 600


def find(path: Path, limits: Limits) -> tuple[Corners | None, Image.Image]:
    """The corners of the paper on a photograph, and what it looks like made straight, small.

    Raises:
        NoSuchPage: it is no picture.
        PageUnreadable: it cannot be decoded.
    """
    picture = drawn(path, LOOKED_AT * 2, limits)
    corners = corners_on(picture)
    if corners is not None:
        picture = straightened(picture, corners)
    picture.thumbnail((PREVIEW, PREVIEW))
    return corners, picture


def drawn(path: Path, width: int, limits: Limits) -> Image.Image:
    """The photograph, upright. Raises as `find`."""
    file_type = BY_MEDIA_TYPE.get(sniff(path))
    if file_type not in IMAGES:
        raise NoSuchPage(1)
    return images.draw(path, file_type, 1, width, 0, limits)


def straightened(picture: Image.Image, corners: Corners) -> Image.Image:
    """What is between *corners*, as if it had been looked at from straight above."""
    pixels = np.asarray(picture.convert("RGB"))
    high, wide = pixels.shape[:2]
    quad = np.array(corners, np.float64) * [wide, high]
    top, right, bottom, left = sides_of(quad)
    across, down = max(top, bottom), max(left, right)
    shape = shape_of(quad - [wide / 2, high / 2], max(wide, high))
    across, down = (down * shape, down) if across > down else (across, across / shape)
    scale = min(1.0, WIDEST / max(across, down))
    width, height = max(1, round(across * scale)), max(1, round(down * scale))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    change = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    made = cv2.warpPerspective(
        pixels, change, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Image.fromarray(np.asarray(made, np.uint8))


def shape_of(quad: Points, longest: float) -> float:
    """How wide the paper is for its height: seen from where the photograph was taken.

    *quad* is told from the middle of the picture. After Zhang and He, "Whiteboard scanning and
    image enhancement" (2007), 3.1.
    """
    first, second, last, third = (np.array([x, y, longest]) / longest for x, y in quad)
    over = np.cross(first, last)
    n2 = (over @ third) / (np.cross(second, last) @ third) * second - first
    n3 = (over @ second) / (np.cross(third, last) @ second) * third - first
    focal = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2] or 1e-9)  # squared
    if min(abs(n2[2]), abs(n3[2])) < LEAST_ASKEW or not LEAST_FOCAL**2 < focal < MOST_FOCAL**2:
        focal = A_PHONE**2
    across = (n2[0] ** 2 + n2[1] ** 2) / focal + n2[2] ** 2
    down = (n3[0] ** 2 + n3[1] ** 2) / focal + n3[2] ** 2
    shape = float(np.sqrt(across / down))
    for paper in (A_PAPER, 1 / A_PAPER):
        if abs(shape / paper - 1) < NEARLY:
            return paper
    return shape


def corners_on(picture: Image.Image) -> Corners | None:
    """The corners of the one paper on *picture*, clockwise from top left; None in any doubt."""
    small = picture.convert("RGB")
    small.thumbnail((LOOKED_AT, LOOKED_AT))
    pixels = np.asarray(small, np.uint8)
    colours = colours_of(pixels)
    high, wide = pixels.shape[:2]
    found: list[Points] = []
    for seems in quads_on(pixels, colours):
        quad = refined(colours, seems)
        if quad is not None and is_paper(quad, wide, high) and is_clear(colours, quad):
            found.append(quad)
    if not found:
        return None
    largest = max(found, key=area_of)
    if any(share_in_common(largest, each) < ALIKE for each in found):
        return None  # a card on a sheet, a sheet on a folder: which of them is meant?
    inside = np.clip(largest / [wide, high], 0, 1)
    return [[round(float(x), 4), round(float(y), 4)] for x, y in inside]


def colours_of(pixels: Pixels) -> Colours:
    """Colours whose differences are as large as they look; single specks are gone."""
    calm = cv2.medianBlur(pixels, 5)
    return np.asarray(cv2.cvtColor(calm.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)


def quads_on(pixels: Pixels, colours: Colours) -> Iterator[Points]:
    """Whatever may be a paper: by its lightness, by what is around it, by its outline."""
    light = stretched(colours[:, :, 0])
    rim = np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]])
    away = np.linalg.norm(colours - np.median(rim, axis=0), axis=2)
    unlike = stretched(away)
    lines = cv2.Canny(cv2.GaussianBlur(pixels, (5, 5), 0), 30, 90)
    for grey in (light, unlike):
        _, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
        yield from quads_in(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8)))
    yield from quads_in(cv2.dilate(lines, np.ones((5, 5), np.uint8)))


def stretched(values: NDArray[np.floating]) -> Pixels:
    """*values* as greys, from the lowest to the highest."""
    span = max(1e-6, float(values.max() - values.min()))
    return np.asarray((values - values.min()) * (255 / span), np.uint8)


def quads_in(mask: NDArray[Any]) -> Iterator[Points]:
    """The largest areas of *mask* that have four corners."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:3]:
        hull = cv2.convexHull(outline)
        if cv2.contourArea(hull) < mask.size * LEAST_AREA:
            return
        for share in (0.01, 0.02, 0.03, 0.045, 0.06):
            corners = cv2.approxPolyDP(hull, cv2.arcLength(hull, True) * share, True)
            if len(corners) == 4:
                yield from_top_left(corners.reshape(4, 2).astype(np.float64))
                break


def from_top_left(quad: Points) -> Points:
    """The corners clockwise, from the one nearest to the top left."""
    around = quad - quad.mean(axis=0)
    clockwise = quad[np.argsort(np.arctan2(around[:, 1], around[:, 0]))]
    first = int(np.argmin(clockwise.sum(axis=1)))
    return np.roll(clockwise, -first, axis=0)


def refined(colours: Colours, quad: Points) -> Points | None:
    """*quad* with its sides where the colours change; None where one is no straight line."""
    diagonal = float(np.hypot(*colours.shape[:2]))
    lines = []
    for start, end in pairs_of(quad):
        points = changes_along(colours, start, end, diagonal)
        if len(points) < SAMPLES * SEEN:
            return None
        dx, dy, x, y = (
            float(each[0]) for each in cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01)
        )
        strays = np.abs((points[:, 0] - x) * dy - (points[:, 1] - y) * dx) / diagonal
        if np.quantile(strays, 0.5) > STRAY or np.quantile(strays, 0.9) > MOST_STRAY:
            return None
        lines.append((np.array([x, y]), np.array([dx, dy])))
    corners = [crossing(lines[at - 1], lines[at]) for at in range(4)]
    if any(each is None for each in corners):
        return None
    moved = np.array(corners, np.float64)
    if np.linalg.norm(moved - quad, axis=1).max() > diagonal * REACH * 2:
        return None
    return moved


def changes_along(
    colours: Colours, start: Points, end: Points, diagonal: float
) -> NDArray[np.float32]:
    """Where colours change most across the side from *start* to *end*: a point for each sample."""
    outward = outward_of(start, end)
    reach, step = diagonal * REACH, 3.0
    offsets = np.arange(-reach, reach + 0.5, 0.5)
    likely = np.exp(-2 * (offsets / reach) ** 2)  # a frame that is printed near it is not meant
    points = []
    for at in np.linspace(0.04, 0.96, SAMPLES):
        line = start + (end - start) * at + offsets[:, None] * outward
        beyond, within = (sampled(colours, line + outward * way) for way in (step, -step))
        change = np.nan_to_num(np.linalg.norm(beyond - within, axis=1))
        if change.max() > ANOTHER / 2:
            points.append(line[int((change * likely).argmax())])
    return np.array(points, np.float32).reshape(-1, 2)


def is_clear(colours: Colours, quad: Points) -> bool:
    """Whether all along each side the inside is of another colour than the outside, sharply."""
    return all(is_clear_along(colours, start, end) for start, end in pairs_of(quad))


def is_clear_along(colours: Colours, start: Points, end: Points) -> bool:
    """Whether that is so along one side; what is off the picture says nothing."""
    diagonal, outward = float(np.hypot(*colours.shape[:2])), outward_of(start, end)
    along = start + (end - start) * np.linspace(0.03, 0.97, SAMPLES)[:, None]
    steps = np.linspace(diagonal * NEAR, diagonal * FAR, 5)
    outside = np.stack([sampled(colours, along + outward * step) for step in steps])
    inside = np.stack([sampled(colours, along - outward * step) for step in steps])
    seen = ~np.isnan(outside[0, :, 0]) & ~np.isnan(inside[0, :, 0])
    if seen.mean() < SEEN:
        return False
    outside, inside = outside[:, seen], inside[:, seen]
    apart = np.linalg.norm(np.nanmedian(outside, axis=0) - np.nanmedian(inside, axis=0), axis=1)
    at_once = np.linalg.norm(outside[0] - inside[0], axis=1)
    return bool(((apart > ANOTHER) & (at_once > apart * SHARP)).mean() >= CLEAR)


def is_paper(quad: Points, wide: int, high: int) -> bool:
    """Whether *quad* is a rectangle seen askew, of a size that was meant."""
    if not LEAST_AREA < area_of(quad) / (wide * high) < MOST_AREA:
        return False
    if not cv2.isContourConvex(quad.astype(np.float32)):
        return False
    angles = []
    for at in range(4):
        one, other = quad[at - 1] - quad[at], quad[(at + 1) % 4] - quad[at]
        cosine = one @ other / (np.linalg.norm(one) * np.linalg.norm(other))
        angles.append(float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))))
    top, right, bottom, left = sides_of(quad)
    uneven = max(top / bottom, bottom / top, left / right, right / left)
    return min(angles) >= LEAST_ANGLE and max(angles) <= MOST_ANGLE and uneven <= MOST_UNEVEN


def sampled(colours: Colours, points: Points) -> Colours:
    """The colours at *points*; nothing where they are off the picture."""
    high, wide = colours.shape[:2]
    x, y = np.rint(points[:, 0]).astype(int), np.rint(points[:, 1]).astype(int)
    off = (x < 0) | (y < 0) | (x >= wide) | (y >= high)
    found = colours[np.clip(y, 0, high - 1), np.clip(x, 0, wide - 1)].copy()
    found[off] = np.nan
    return np.asarray(found, np.float32)


def pairs_of(quad: Points) -> list[tuple[Points, Points]]:
    """Its sides: top, right, bottom, left."""
    return [(quad[at], quad[(at + 1) % 4]) for at in range(4)]


def sides_of(quad: Points) -> Sequence[float]:
    """How long its sides are."""
    return [float(np.linalg.norm(end - start)) for start, end in pairs_of(quad)]


def outward_of(start: Points, end: Points) -> Points:
    """The direction out of a quad whose corners run clockwise."""
    across, down = (end - start) / max(1e-9, float(np.linalg.norm(end - start)))
    return np.array([down, -across])


def crossing(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points | None:
    """Where two lines meet."""
    try:
        along = np.linalg.solve(np.column_stack([one[1], -other[1]]), other[0] - one[0])
    except np.linalg.LinAlgError:
        return None
    return np.asarray(one[0] + along[0] * one[1])


def area_of(quad: Points) -> float:
    """What it covers, in pixels."""
    return float(cv2.contourArea(quad.astype(np.float32)))


def share_in_common(one: Points, other: Points) -> float:
    """What two quads have in common, as a share of what they cover together."""
    common, _ = cv2.intersectConvexConvex(one.astype(np.float32), other.astype(np.float32))
    return common / max(1.0, area_of(one) + area_of(other) - common)
