"""The recognition of characters (rapidocr, PP-OCR): where text is, and what it says.

The classifier that says whether a line is upside down is asked about a page, by many lines
together: of single lines it turns good ones over. Lines are recognised one by one, which costs less
than padding all of them to the longest.
"""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_cls import TextClsOutput
from rapidocr.ch_ppocr_rec import TextRecOutput
from rapidocr.utils.process_img import get_rotate_crop_image

Pixels = NDArray[np.uint8]
Quad = NDArray[np.float32]  # four corners: top left, top right, bottom right, bottom left

SIDE, SIDE_OF_FINE_PRINT = 960, 1600  # pixels that text is looked for in
NARROWEST = 96  # pixels that a line is padded to
LINE_HEIGHT = 48
LEAST_SURE = 0.5
SURE = 0.9
MOST_ACROSS = 20_000  # pixels of all lines that a page is read in without squeezing
NARROWEST_SQUEEZE = 0.6
LONG_LINE = 8.0  # times as wide as high
VOTERS = 16
TALL = 1.5
UPSIDE_DOWN = "180"


class Engine:
    """Finds and reads text on pictures; one picture at a time."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._models = RapidOCR(
            params={
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Global.log_level": "critical",
                "Global.use_preprocess_img": False,
                "Det.limit_type": "max",
                "Det.limit_side_len": SIDE,
                "Rec.rec_batch_num": 1,
                "Rec.rec_img_shape": [3, LINE_HEIGHT, NARROWEST],
            }
        )

    def find(self, pixels: Pixels, side: int = SIDE) -> list[Quad]:
        """Where text is on *pixels*, which are looked at no larger than *side*."""
        if self._models.text_det is not None:
            self._models.text_det.limit_side_len = side
        found = self._models(pixels, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [np.asarray(each, np.float32) for each in boxes]

    def turn_of(self, pixels: Pixels, quads: Sequence[Quad]) -> int:
        """How far the page has to be turned to the right to be read: 0, 90, 180 or 270 degrees.

        The longest lines vote, each with the weight of its certainty.
        """
        lengths = [max(measure(each)) for each in quads]
        longest = sorted(range(len(quads)), key=lambda at: -lengths[at])[:VOTERS]
        if not longest:
            return 0
        tall = {at for at in longest if is_tall(quads[at])}
        aside = sum(lengths[at] for at in tall) * 2 > sum(lengths[at] for at in longest)
        votes = 0.0
        for at in longest:
            if (at in tall) == aside:
                line = cut_out(pixels, quads[at])
                said = self._models(line, use_det=False, use_cls=True, use_rec=False)
                if isinstance(said, TextClsOutput) and said.cls_res:
                    label, sure = said.cls_res[0]
                    votes += sure if label == UPSIDE_DOWN else -sure
        if aside:  # a tall line was cut out turned to the left
            return 90 if votes > 0 else 270
        return 180 if votes > 0 else 0

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> list[tuple[str, float]]:
        """What each of *quads* says, and how sure that is.

        Where a page says very much, long lines are first read squeezed.
        """
        across = sum(max(NARROWEST, LINE_HEIGHT * ratio(each)) for each in quads)
        squeeze = min(1.0, max(NARROWEST_SQUEEZE, MOST_ACROSS / across)) if quads else 1.0
        return [self._read_line(cut_out(pixels, each), squeeze) for each in quads]

    def _read_line(self, line: Pixels, squeeze: float) -> tuple[str, float]:
        high, wide = line.shape[:2]
        if squeeze < 1 and wide > high * LONG_LINE:
            width = max(1, round(wide * squeeze * LINE_HEIGHT / high))
            small = cv2.resize(line, (width, LINE_HEIGHT), interpolation=cv2.INTER_AREA)
            text, sure = self._recognise(np.asarray(small, np.uint8))
            if sure >= SURE:
                return text, sure
        return self._recognise(line)

    def _recognise(self, line: Pixels) -> tuple[str, float]:
        said = self._models(line, use_det=False, use_cls=False, use_rec=True)
        if not (isinstance(said, TextRecOutput) and said.txts and said.scores):
            return "", 0.0
        return str(said.txts[0]), float(said.scores[0])


@cache
def engine() -> Engine:
    """The models, loaded when they are first needed."""
    return Engine()


def cut_out(pixels: Pixels, quad: Quad) -> Pixels:
    """The line in *quad*, straight; a tall one is turned to the left."""
    return np.ascontiguousarray(get_rotate_crop_image(pixels, quad.copy()), np.uint8)


def measure(quad: Quad) -> tuple[float, float]:
    """Length and height of the line in *quad*."""
    return float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[3] - quad[0]))


def ratio(quad: Quad) -> float:
    """How many times the longer side is longer than the shorter one."""
    wide, high = measure(quad)
    return max(wide, high) / max(1.0, min(wide, high))


def is_tall(quad: Quad) -> bool:
    """Whether *quad* is no line from left to right."""
    wide, high = measure(quad)
    return high >= TALL * wide
