"""The text of a Word file for the search index: what a reader sees, tracked insertions too."""

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from archive.docgen.places import FALLBACK, story_parts

_P, _T, _TAB, _BR = qn("w:p"), qn("w:t"), qn("w:tab"), qn("w:br")
# Text that is deleted, moved away, or a second copy for old readers.
_UNSEEN = {
    qn("w:del"),
    qn("w:moveFrom"),
    FALLBACK,
}


def read_text(document: Document) -> str:
    """The text of *document*: body, headers and footers, a line for each paragraph.

    python-docx's own text drops tracked insertions and content controls; this does not.
    """
    lines: list[str] = []
    for _, part in story_parts(document):
        _read(part.element, lines)
    return "\n".join(line for line in lines if line.strip())


def _read(element: etree._Element, lines: list[str]) -> None:
    for child in element:
        if child.tag in _UNSEEN:
            continue
        if child.tag == _P:
            lines.append("")
        if child.tag == _T and lines:
            lines[-1] += child.text or ""
        elif child.tag in (_TAB, _BR) and lines:
            lines[-1] += " "
        _read(child, lines)
