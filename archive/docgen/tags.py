"""Reading one paragraph: its tags, and what is wrong with their braces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.docgen.faults import FaultKind, Finding
from archive.docgen.grammar import MAX_TAG_LENGTH

_HALF_WIDTH = str.maketrans("｛｝％＃“”‘’", "{}%#\"\"''")
_FULL_WIDTH = "｛｝％＃"
_DELIMITER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
# One class and one end: any other way to leave out the blanks tries them in every split.
_SINGLE_BRACES = re.compile(r"(?<!\{)\{([^{}%#]+)\}(?!\})")
_REACH = re.compile(r"^(p|tr|tc|r)\s+")


@dataclass(frozen=True)
class Tag:
    """One tag as written in a paragraph.

    `reach` is docxtpl's prefix: "" the tag alone, "p" its whole paragraph, "tr" its whole row.
    """

    text: str
    opener: str
    reach: str
    inner: str

    @property
    def is_statement(self) -> bool:
        return self.opener == "{%"

    @property
    def keyword(self) -> str:
        return self.inner.split(maxsplit=1)[0] if self.inner else ""


def read_paragraph(text: str) -> Iterator[Tag | Finding]:
    """The tags of a paragraph with *text*, and the faults of its braces, from left to right.

    A brace at the very end or start is one: docxtpl would join it to one in the next paragraph.
    """
    plain = text.translate(_HALF_WIDTH)
    position = 0
    if re.match(r"\}(?!\})", plain):
        yield Finding(FaultKind.UNOPENED, text[:20])
    while match := _DELIMITER.search(plain, position):
        start, opener = match.start(), match.group()
        yield from _read_single_braces(plain[position:start])
        position = match.end()
        if opener not in _CLOSERS:
            yield Finding(FaultKind.UNOPENED, text[max(0, start - 20) : match.end()])
            continue
        following = _DELIMITER.search(plain, position)
        if following is None or following.group() != _CLOSERS[opener]:
            end = following.start() if following else len(text)
            yield Finding(FaultKind.UNCLOSED, text[start : min(end, start + 40)])
            continue
        position = following.end()
        yield from _read_tag(text[start:position], plain[start:position])
    yield from _read_single_braces(plain[position:])
    if plain.endswith("{", position):
        yield Finding(FaultKind.UNCLOSED, text[-20:])


def _read_tag(written: str, plain: str) -> Iterator[Tag | Finding]:
    if any(sign in written[:2] + written[-2:] for sign in _FULL_WIDTH):
        yield Finding(FaultKind.FULL_WIDTH, written, plain)
    if len(plain) > MAX_TAG_LENGTH:
        yield Finding(FaultKind.FORBIDDEN, written[:40] + "…")
        return
    inner = plain[2:-2].strip()
    if plain[:2] == "{#":
        yield Finding(FaultKind.FORBIDDEN, written)
        return
    if inner.startswith(("-", "+")) or inner.endswith(("-", "+")):
        yield Finding(FaultKind.FORBIDDEN, written)
        return
    # As docxtpl reads it: the prefix counts only directly after the opener.
    reach = _REACH.match(plain[2:-2])
    yield Tag(
        written,
        plain[:2],
        reach.group(1) if reach else "",
        inner[len(reach.group()) :].strip() if reach else inner,
    )


def _read_single_braces(stretch: str) -> Iterator[Finding]:
    for match in _SINGLE_BRACES.finditer(stretch):
        name = match.group(1).strip()
        if "." in name:
            yield Finding(FaultKind.SINGLE_BRACE, match.group(), f"{{{{ {name} }}}}")
