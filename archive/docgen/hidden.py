"""Text that is in a Word file and that nobody sees: not on the screen, not on paper."""

import re

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from archive.docgen.places import Paragraph

_VANISH, _RPR, _VAL = qn("w:vanish"), qn("w:rPr"), qn("w:val")
_STATEMENTS = re.compile(r"\{%.*?%\}")
_OFF = ("0", "false", "off")


def hiding_styles(document: Document) -> frozenset[str]:
    """The identities of the styles that hide what is written in them, those built on them too."""
    styles = {
        each.get(qn("w:styleId"), ""): each for each in document.styles.element.iter(qn("w:style"))
    }
    hiding = {name for name, style in styles.items() if _says(style.find(_RPR)) is True}
    while True:
        more = {
            name
            for name, style in styles.items()
            if name not in hiding
            and _says(style.find(_RPR)) is None
            and _named(style, "w:basedOn") in hiding
        }
        if not more:
            return frozenset(hiding)
        hiding |= more


def hidden_text(paragraph: Paragraph, hiding: frozenset[str]) -> str:
    """What of *paragraph* is hidden; loops and conditions leave nothing behind, so they may be."""
    properties = paragraph.element.find(qn("w:pPr"))
    by_paragraph = properties is not None and _named(properties, "w:pStyle") in hiding
    text = "".join(
        each.text or ""
        for each in paragraph.element.iter(qn("w:t"))
        if next(each.iterancestors(qn("w:p"))) is paragraph.element
        and _is_hidden(each.getparent(), hiding, by_paragraph=by_paragraph)
    )
    return _STATEMENTS.sub("", text).strip()


def _is_hidden(run: etree._Element | None, hiding: frozenset[str], *, by_paragraph: bool) -> bool:
    properties = run.find(_RPR) if run is not None else None
    said = _says(properties)
    if said is not None:
        return said
    return by_paragraph or (properties is not None and _named(properties, "w:rStyle") in hiding)


def _says(properties: etree._Element | None) -> bool | None:
    """Whether *properties* hide; None where they say nothing of it."""
    vanish = properties.find(_VANISH) if properties is not None else None
    return None if vanish is None else vanish.get(_VAL, "1") not in _OFF


def _named(element: etree._Element, name: str) -> str:
    found = element.find(qn(name))
    return found.get(_VAL, "") if found is not None else ""
