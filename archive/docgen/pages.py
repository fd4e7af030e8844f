"""Page numbers: counted through the whole document, whatever sections it has.

A contract of which a page could be taken out or put in unseen is none: every page says which it is
of how many, and the count does not start again with an annex.
"""

from collections.abc import Iterator

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from archive.docgen.places import story_parts

_CODE, _MARK, _SIMPLE, _INSTRUCTION = (
    qn("w:instrText"), qn("w:fldChar"), qn("w:fldSimple"), qn("w:instr"),
)  # fmt: skip
_OF_SECTION, _OF_WHOLE = "SECTIONPAGES", "NUMPAGES"


def counts_by_section(document: Document) -> bool:
    """Whether the pages of *document* are counted anew in a later section."""
    return bool(_restarts(document)) or any(
        _OF_SECTION in instruction
        for _, part in story_parts(document)
        for instruction in _instructions(part.element)
    )


def count_through(document: Document) -> None:
    """Let the pages of *document* be counted from its first to its last."""
    for numbering in _restarts(document):
        del numbering.attrib[qn("w:start")]
    for _, part in story_parts(document):
        for simple in part.element.iter(_SIMPLE):
            instruction = simple.get(_INSTRUCTION, "")
            simple.set(_INSTRUCTION, instruction.replace(_OF_SECTION, _OF_WHOLE))
        for codes in _fields(part.element):
            instruction = "".join(code.text or "" for code in codes)
            if _OF_SECTION in instruction:
                for code in codes[1:]:
                    code.text = ""
                codes[0].text = instruction.replace(_OF_SECTION, _OF_WHOLE)


def shows_page(story: etree._Element) -> bool:
    """Whether a header or footer says which page it is on."""
    return any(words[:1] == ["PAGE"] for words in map(str.split, _instructions(story)))


def write_page_of_pages(paragraph: Paragraph) -> list[Run]:
    """Append ``第 1 页　共 4 页`` to *paragraph*, counted by whoever opens the document."""
    return [
        paragraph.add_run("第 "), *_write_field(paragraph, "PAGE"),
        paragraph.add_run(" 页　共 "), *_write_field(paragraph, _OF_WHOLE),
        paragraph.add_run(" 页　"),
    ]  # fmt: skip


def _write_field(paragraph: Paragraph, instruction: str) -> Iterator[Run]:
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run(kind if kind == "1" else "")
        if not kind:
            code = OxmlElement("w:instrText")
            code.text = f" {instruction} "
            code.set(qn("xml:space"), "preserve")
            run._r.append(code)
        elif kind != "1":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        yield run


def _restarts(document: Document) -> list[etree._Element]:
    """Where a section after the first starts counting again."""
    sections = [*document.element.iter(qn("w:sectPr"))][1:]
    numberings = (each for section in sections for each in section.iter(qn("w:pgNumType")))
    return [each for each in numberings if each.get(qn("w:start"))]


def _instructions(story: etree._Element) -> Iterator[str]:
    for simple in story.iter(_SIMPLE):
        yield simple.get(_INSTRUCTION, "")
    for codes in _fields(story):
        yield "".join(code.text or "" for code in codes)


def _fields(story: etree._Element) -> Iterator[list[etree._Element]]:
    """The pieces of each field's instruction: Word cuts them where the looks change."""
    codes: list[etree._Element] = []
    for element in story.iter(_CODE, _MARK):
        if element.tag == _CODE:
            codes.append(element)
        elif codes:
            yield codes
            codes = []
