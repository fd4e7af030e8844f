"""Word files for the tests, with what people leave in them."""

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

BY = 'w:id="9" w:author="客户" w:date="2026-01-01T00:00:00Z"'


def element(xml: str) -> BaseOxmlElement:
    """The element that *xml*, which starts with its name and a blank, writes."""
    return parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1))


def tracked(kind: str, text: str) -> BaseOxmlElement:
    """A run in a tracked change of this *kind* (``ins``, ``del``, ``moveFrom``)."""
    name = "w:delText" if kind == "del" else "w:t"
    return element(f"<w:{kind} {BY}><w:r><{name}>{text}</{name}></w:r></w:{kind}>")


def numbered(paragraph, level: int = 0, number: int = 7) -> None:
    """Put *paragraph* into a list."""
    paragraph._p.get_or_add_pPr().append(
        element(f'<w:numPr ><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def with_list(document, *levels: tuple[str, str], number: int = 7) -> None:
    """Add a list to *document* whose levels have these forms and texts (``第%1条``)."""
    part = document.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    key = number + 900
    part.insert(0, element(f'<w:abstractNum w:abstractNumId="{key}">{written}</w:abstractNum>'))
    part.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/></w:num>'))
