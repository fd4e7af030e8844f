"""The piece of a text that shows why it was found, with the matches marked."""

import re
from collections.abc import Iterator

from archive.chinese.folding import BRACKETS, DOTS, HAN, fold, fold_with_positions
from archive.search.query import Pattern, Phrase, Place, Query, Within, Words
from archive.search.results import Segment, Snippet
from archive.search.terms import NUMBER_PIECE, comparable, runs, spelled_like, squeeze_number

WIDTH = 110
"""Characters of a snippet."""
_BEFORE = 24
_MOST_MARKS = 300
_ELLIPSIS = "…"
_SPACES = re.compile(r"\s+")
_IN_NAME = rf"(?:\s*|[{DOTS}{BRACKETS}])"
_IN_NUMBER = rf"[-_/.#,\s{DOTS}]?"


def marker_for(query: Query, place: Place | None = None) -> re.Pattern[str] | None:
    """What to mark in a folded text; None where the query has no text for it."""
    spellings = list(
        dict.fromkeys(
            spelling
            for node in query.sought()
            if not isinstance(node, Within) or node.place is place
            for spelling in _spellings(node)
        )
    )
    return re.compile("|".join(sorted(spellings, key=len, reverse=True))) if spellings else None


def _spellings(node: Words | Phrase | Pattern | Within) -> Iterator[str]:
    if isinstance(node, Pattern):
        yield spelled_like(fold(node.text))
        return
    folded = comparable(node.text)
    if isinstance(node, Phrase):
        if spaced := [_loosely(run) for run, _ in runs(folded)]:
            yield r"[^\w]*".join(spaced)
        return
    for run, is_han in runs(folded):
        yield (
            _loosely(run)
            if is_han or len(run) >= NUMBER_PIECE
            else rf"(?<![a-z0-9]){re.escape(run)}(?![a-z0-9])"
        )
        if is_han and len(run) > 2:
            yield from (_loosely(run[at : at + 2]) for at in range(len(run) - 1))
    squeezed = squeeze_number(folded)
    if squeezed.isascii() and len(squeezed) >= NUMBER_PIECE and any(map(str.isdigit, squeezed)):
        yield _IN_NUMBER.join(squeezed)


def _loosely(run: str) -> str:
    """Chinese in scans has spaces and line ends inside, a name its dot or brackets."""
    between = _IN_NAME if re.match(f"[{HAN}]", run) else ""
    return between.join(map(re.escape, run))


def mark(text: str, marker: re.Pattern[str] | None) -> Snippet:
    """The whole of *text*, for titles."""
    return tuple(_segments(text, _spans(text, marker)))


def cut(text: str, marker: re.Pattern[str] | None) -> Snippet:
    """The piece of *text* with the most different matches; its beginning where there is none."""
    spans = _spans(text, marker)
    start, end = _window(text, spans)
    inside = [
        (max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start
    ]
    segments = list(_segments(text[start:end], inside))
    if start > 0:
        segments.insert(0, Segment(_ELLIPSIS, False))
    if end < len(text):
        segments.append(Segment(_ELLIPSIS, False))
    return tuple(segments)


def _spans(text: str, marker: re.Pattern[str] | None) -> list[tuple[int, int]]:
    if marker is None:
        return []
    folded, positions = fold_with_positions(text)
    spans = []
    for match in marker.finditer(folded):
        if match.end() > match.start():
            spans.append((positions[match.start()], positions[match.end() - 1] + 1))
        if len(spans) == _MOST_MARKS:
            break
    return spans


def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    def different(first: int) -> int:
        seen = {text[a:b] for a, b in spans[first:] if b <= spans[first][0] + WIDTH - _BEFORE}
        return sum(map(len, seen))

    if not spans:
        return 0, min(len(text), WIDTH)
    best = max(range(len(spans)), key=lambda first: (different(first), -first))
    start = max(0, min(spans[best][0] - _BEFORE, len(text) - WIDTH))
    return start, min(len(text), max(start + WIDTH, min(spans[best][1], start + 2 * WIDTH)))


def _segments(text: str, spans: list[tuple[int, int]]) -> Iterator[Segment]:
    position = 0
    for start, end in spans:
        if start > position:
            yield Segment(_SPACES.sub(" ", text[position:start]), False)
        if end > max(start, position):
            yield Segment(_SPACES.sub(" ", text[max(start, position) : end]), True)
        position = max(position, end)
    if position < len(text):
        yield Segment(_SPACES.sub(" ", text[position:]), False)
