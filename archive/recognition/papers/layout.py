"""A page as words with places: cleaned of background and watermarks, put in rows.

Places are in widths of the page in both directions, so that they compare.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from archive.chinese.folding import HAN
from archive.recognition.pages import Box, PageText

_SPACES_WITHIN_HAN = re.compile(f"(?<=[{HAN}（）()：:，、。])\\s+(?=[{HAN}（）()：:，、。])")
_WIDE_GAP = re.compile(r"\s{3,}|\t+")
# The guilloche of licences (市场监督管理 by its initials), read as letters in any run.
_BACKGROUND = re.compile(r"(?:[S5]?[C0]?[JI]?D?[GC6]?[L1I]?)+", re.IGNORECASE)
_BACKGROUND_WITHIN = re.compile(r"S?CJDGL?|SCJD?G?|JDGL", re.IGNORECASE)
_BACKGROUND_AT_LABEL = re.compile(f"(?<=^[{HAN}])[SCJDGL]{{1,6}}(?=$|[{HAN}])")
_WATERMARK = re.compile(
    r"仅供|仅限|仅用于|业务使用|复印无效|再次复印|再复印|他用无效|挪作他用|"
    r"样张|水印|不得用于|印无效|使用无效"
)
_TICKS = str.maketrans(dict.fromkeys("☑☐☒√✓✔■□▪●◆", ""))


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters, and where it is on the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    page: int

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    def cut(self, start: int, end: int) -> "Word":
        """The characters from *start* to *end*, where they would be."""
        widths = [_width(each) for each in self.text]
        whole = sum(widths) or 1.0
        scale = (self.right - self.left) / whole
        left = self.left + scale * sum(widths[:start])
        right = self.left + scale * sum(widths[:end])
        return replace(self, text=self.text[start:end], left=left, right=right)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its words from top to bottom, the height of its usual letters, its codes."""

    number: int
    ratio: float
    """Height by width."""
    words: tuple[Word, ...]
    letter: float
    codes: tuple[str, ...]

    def box_of(self, words: Sequence[Word]) -> Box:
        """Where *words* are, in fractions of the page."""
        return Box(
            left=max(0.0, min(each.left for each in words)),
            top=max(0.0, min(each.top for each in words) / self.ratio),
            right=min(1.0, max(each.right for each in words)),
            bottom=min(1.0, max(each.bottom for each in words) / self.ratio),
        )


def sheet_of(page: PageText) -> Sheet:
    """*page* with its words cleaned; what the background and watermarks say is left out."""
    ratio = page.height / page.width if page.width and page.height else 1.0
    words = [
        word
        for line in page.lines
        for word in _words_of(line.text, line.box, line.confidence, ratio, page.number)
    ]
    letter = median([each.height for each in words if len(each.text) > 1] or [0.02])
    kept = (each for each in words if not _is_background(each, letter))
    pieces = (piece for each in kept for piece in _split_tall(each))
    ordered = sorted(pieces, key=lambda each: (each.middle, each.left))
    return Sheet(page.number, ratio, tuple(ordered), letter, page.codes)


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """*words* in rows from top to bottom, each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.middle):
        for row in reversed(rows[-4:]):
            middle = sum(each.middle for each in row) / len(row)
            height = min(word.height, median(each.height for each in row))
            if abs(word.middle - middle) < 0.5 * height:
                row.append(word)
                break
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda each: each.left)
    return rows


def plain(text: str) -> str:
    """*text* in half width without spaces, as labels and titles are compared."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _words_of(text: str, box: Box, confidence: float, ratio: float, page: int) -> list[Word]:
    whole = Word(
        _tidied(text), box.left, box.top * ratio, box.right, box.bottom * ratio, confidence, page
    )
    pieces, start = [], 0
    for gap in [*_WIDE_GAP.finditer(whole.text), None]:
        end = gap.start() if gap else len(whole.text)
        if whole.text[start:end].strip():
            pieces.append(whole.cut(start, end))
        start = gap.end() if gap else end
    return [replace(each, text=_joined(each.text)) for each in pieces if _joined(each.text)]


def _tidied(text: str) -> str:
    return "".join(
        unicodedata.normalize("NFKC", each) if "！" <= each <= "～" and each.isalnum() else each
        for each in text.translate(_TICKS).replace("\u3000", " ").replace("\xa0", " ")
    ).strip()


def _joined(text: str) -> str:
    bare = _BACKGROUND_AT_LABEL.sub("", _BACKGROUND_WITHIN.sub("", text))
    return _SPACES_WITHIN_HAN.sub("", bare).strip()


def _is_background(word: Word, letter: float) -> bool:
    text = plain(word.text)
    if 2 <= len(text) <= 8 and _BACKGROUND.fullmatch(text) and not text.isdigit():
        return True
    if _WATERMARK.search(text) and len(text) <= 40:
        return True
    wide = (word.right - word.left) / max(word.height, 1e-6)
    written = sum(_width(each) for each in text)
    is_askew = word.height > 1.8 * letter and 0.6 < wide < 0.6 * written
    return len(text) >= 2 and is_askew


def _split_tall(word: Word) -> list[Word]:
    """Labels of several rows that were read as one run from top to bottom, a word for each."""
    count, wide = len(word.text), word.right - word.left
    if not 2 <= count <= 10 or word.height < 1.5 * wide:
        return [word]
    side = min(wide, word.height / count)
    step = (word.height - side) / (count - 1)
    return [
        replace(word, text=each, top=word.top + step * n, bottom=word.top + step * n + side)
        for n, each in enumerate(word.text)
    ]


def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.55
