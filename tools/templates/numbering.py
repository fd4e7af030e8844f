"""Articles and clauses numbered by Word itself: who inserts one need not count the others."""

from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

ARTICLE, CLAUSE = 0, 1
_ABSTRACT = 90
_NUMBER = 90

_LEVELS = (
    ("chineseCountingThousand", "第%1条　", '<w:rFonts w:eastAsia="黑体"/>'),
    ("decimal", "%2．", ""),
)


def add_numbering(document: Document) -> None:
    """Give *document* the numbering of articles (第一条) and, anew in each, of clauses (1．)."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr><w:rPr>{fonts}</w:rPr></w:lvl>'
        for level, (kind, text, fonts) in enumerate(_LEVELS)
    )
    numbering = document.part.numbering_part.element
    first = numbering.index(numbering.num_lst[0])
    numbering.insert(
        first,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_ABSTRACT}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{_NUMBER}">'
            f'<w:abstractNumId w:val="{_ABSTRACT}"/></w:num>'
        )
    )


def number(paragraph: Paragraph, level: int) -> None:
    """Let Word number *paragraph* on this level."""
    properties: Any = paragraph._p.get_or_add_pPr()  # python-docx's stubs leave numbers out
    numbers = properties.get_or_add_numPr()
    numbers.get_or_add_ilvl().val = level
    numbers.get_or_add_numId().val = _NUMBER
