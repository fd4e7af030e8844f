"""What one page says: its lines of text, where each of them is, and the codes printed on it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class TextSource(StrEnum):
    """Where the text of a page comes from."""

    LAYER = "layer"  # the file's own text
    OCR = "ocr"  # read from the picture
    OFFICE = "office"  # a Word, Excel or OFD file's own words
    NONE = "none"  # a page that says nothing
    BLANK = "blank"  # a page with nothing on it


@dataclass(frozen=True, slots=True)
class Box:
    """Part of a page as it is shown upright: fractions of its width and height, from top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A run of characters in one box; `confidence` is 1 for a file's own text."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PageText:
    """One page in reading order.

    `turn` says how many degrees to the right the page as it came is turned so that it reads
    upright (0, 90, 180, 270), `skew` how many more degrees it was off (right is positive).
    `width` and `height` are those of the upright page in any unit: only their ratio counts.
    `codes` are the contents of the QR codes found on it.
    """

    number: int  # from 1
    source: TextSource
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    turn: int = 0
    skew: float = 0.0
    codes: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """A page as `asdict` made it, after its way through JSON."""
        lines = tuple(
            Line(each["text"], Box(**each["box"]), each["confidence"]) for each in told["lines"]
        )
        source, codes = TextSource(told["source"]), tuple(told["codes"])
        return cls(**told | {"source": source, "lines": lines, "codes": codes})

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on it."""
        return self.source is TextSource.BLANK

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)
