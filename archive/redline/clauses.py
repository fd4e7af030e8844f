"""Which clause a paragraph belongs to, as a reader of the contract would name it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from archive.docgen.places import Paragraph, Region
from archive.redline.opened import Story, WordFile

_NUMBERED = re.compile(r"\s*(第[〇零一二三四五六七八九十百千\d]{1,6}[条章节款]|附件|附录)")
_LISTED = re.compile(r"\s*([一二三四五六七八九十]{1,3}、|\d{1,2}[、．.](?!\d))")
_OUTLINE = f"{qn('w:pPr')}/{qn('w:outlineLvl')}"
_LONGEST_HEADING = 40
_SHOWN = 24
_ENDS = "。；;，,"


@dataclass(frozen=True)
class Written:
    """A paragraph with the number that Word writes before it, and the heading it is under."""

    paragraph: Paragraph
    label: str
    clause: str


def written_in(file: WordFile, story: Story) -> Iterator[Written]:
    """The paragraphs of *story*; only the body has numbers and clauses."""
    clause = ""
    for each in story.paragraphs():
        label = file.numbering.next_for(each.element) if story.region is Region.BODY else ""
        if story.region is Region.BODY and each.place.table is None:
            text = f"{label} {each.text}".strip() if label else each.text.strip()
            if text and (is_heading(label, each.text) or is_styled(file, each.element)):
                clause = shorten(text)
        yield Written(each, label, clause)


def is_heading(label: str, text: str) -> bool:
    """Whether a paragraph opens a clause, by its number alone."""
    whole = f"{label} {text}" if label else text
    if _NUMBERED.match(whole):
        return True
    is_short = len(text.strip()) <= _LONGEST_HEADING and not text.rstrip().endswith(tuple(_ENDS))
    return is_short and bool(_LISTED.match(whole))


def shorten(text: str) -> str:
    """*text* as long as a heading may be shown."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def is_styled(file: WordFile, paragraph: etree._Element) -> bool:
    """Whether *paragraph* is a heading by its style."""
    own = paragraph.find(_OUTLINE)
    if own is None:
        own = file.styles.find(file.styles.of(paragraph), _OUTLINE)
    return own is not None and own.get(qn("w:val"), "9") in "012345678"
