"""A copy of a Word file in which some of the text is hidden."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from docx.oxml.ns import qn
from lxml import etree

_P, _T = qn("w:p"), qn("w:t")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def hide_in(document: bytes, hide: Callable[[str], str]) -> bytes:
    """A copy of *document* with *hide* applied to whatever can be read in it.

    *hide* leaves a text as long as it was, so what Word splits into runs stays where it is. It
    sees whole paragraphs, then each other text (field codes, properties) and the links.
    """
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as package, zipfile.ZipFile(made, "w") as copy:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                content = _hidden(content, hide)
            copy.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _hidden(content: bytes, hide: Callable[[str], str]) -> bytes:
    root = etree.fromstring(content, _PARSER)
    before = etree.tostring(root)
    for texts in _stretches(root):
        whole = hide("".join(str(each.text) for each in texts))
        for each in texts:
            length = len(str(each.text))
            each.text, whole = whole[:length], whole[length:]
    for link in root.iter(_RELATIONSHIP):
        if link.get("TargetMode") == "External":
            link.set("Target", hide(link.get("Target", "")))
    if etree.tostring(root) == before:
        return content
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _stretches(root: etree._Element) -> Iterator[list[etree._Element]]:
    """The elements whose texts are read in one go: a paragraph's; every other one by itself."""
    paragraphs: dict[etree._Element, list[etree._Element]] = {}
    for element in root.iter():
        if not element.text or not isinstance(element.tag, str):  # a comment has no name
            continue
        paragraph = next(element.iterancestors(_P), None) if element.tag == _T else None
        if paragraph is None:
            yield [element]
        else:
            paragraphs.setdefault(paragraph, []).append(element)
    yield from paragraphs.values()
