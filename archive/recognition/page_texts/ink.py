"""What stands out from the paper: nothing on a blank page, however grey or specked it is."""

from dataclasses import dataclass

import cv2
import numpy as np

from archive.recognition.page_texts.engine import Pixels

COARSE = 4  # pixels that are seen as one: noise goes, the finest pencil stays
MARGIN = 0.025  # of the page on each side, where copiers leave dark edges
GROUND = 0.03  # of the width over which the shade of the paper is taken
FAINTEST = 6.0  # shades that a mark is darker than the paper around it, at least
OVER_NOISE = 4.0  # standard deviations of the paper
SPECK = 8  # coarse pixels: what is no larger is dirt, or two specks that touch
FAINT = 30.0  # shades: what is on the other side of the sheet is seen through it no darker


@dataclass(frozen=True, slots=True)
class Marks:
    """How much of a page is darker than its paper, specks aside, and by how many shades."""

    share: float
    depth: float

    @property
    def are_none(self) -> bool:
        """Whether the page is blank."""
        return self.share == 0

    @property
    def are_faint(self) -> bool:
        """Whether all of it may be on the other side of the sheet."""
        return self.depth < FAINT


def marks_on(pixels: Pixels) -> Marks:
    """What is on the page."""
    high, wide = pixels.shape[:2]
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    coarse = max(1, wide // COARSE), max(1, high // COARSE)
    small = cv2.resize(grey, coarse, interpolation=cv2.INTER_AREA).astype(np.float32)
    down, across = (round(side * MARGIN) for side in small.shape)
    small = small[down : small.shape[0] - down, across : small.shape[1] - across]
    darker = cv2.GaussianBlur(small, (0, 0), max(1.0, coarse[0] * GROUND)) - small
    noise = 1.4826 * float(np.median(np.abs(darker - np.median(darker))))
    mask = (darker > max(FAINTEST, OVER_NOISE * noise)).astype(np.uint8)
    _, marks, facts, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    large = np.flatnonzero(facts[1:, cv2.CC_STAT_AREA] > SPECK) + 1
    found = darker[np.isin(marks, large)]
    if not found.size:
        return Marks(0.0, 0.0)
    return Marks(found.size / darker.size, float(np.percentile(found, 95)))
