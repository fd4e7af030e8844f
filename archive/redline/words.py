"""What a paragraph says to its reader: fields as they show, pictures as a mark."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

PICTURE = "〔图片〕"
COUNTED = "#"
"""What stands for a page number, which nobody typed."""
_UNREAD = {
    qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), qn("w:delText"), qn("w:txbxContent"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_SAID = {
    qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
    qn("w:sym"): "□",
}  # fmt: skip
_TEXT = (qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_PICTURES = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
_MARK, _CODE, _SIMPLE, _KIND = (
    qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple"), qn("w:fldCharType"),
)  # fmt: skip
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SECTION")


def text_of(paragraph: etree._Element) -> str:
    """The text of *paragraph*, without that of boxes anchored in it."""
    said: list[str] = []
    fields: list[list[str]] = []  # of each field that is open: its code, then whether it shows
    for element in _walk(paragraph):
        if element.tag == _MARK:
            _follow(element.get(_KIND), fields, said)
        elif element.tag == _CODE:
            if fields:
                fields[-1][0] += element.text or ""
        elif not any(state == "hidden" for _, state in fields):
            said.append(_say(element))
    return "".join(said)


def _walk(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == _SIMPLE and _counts(child.get(qn("w:instr"), "")):
            counted = etree.Element(_TEXT[0])
            counted.text = COUNTED
            yield counted
            continue
        if child.tag not in _UNREAD or child.tag == _CODE:
            yield child
            if child.tag not in _PICTURES:
                yield from _walk(child)


def _follow(kind: str | None, fields: list[list[str]], said: list[str]) -> None:
    if kind == "begin":
        fields.append(["", "hidden"])
    elif kind == "separate" and fields:
        counts = _counts(fields[-1][0])
        fields[-1][1] = "hidden" if counts else "shown"
        if counts and not any(state == "hidden" for _, state in fields[:-1]):
            said.append(COUNTED)
    elif kind == "end" and fields:
        fields.pop()


def _counts(code: str) -> bool:
    """Whether a field shows a page number."""
    return (code.split() or [""])[0].upper() in _PAGES


def _say(element: etree._Element) -> str:
    if element.tag in _TEXT:
        return element.text or ""
    if element.tag in _PICTURES:
        has_box = next(element.iter(qn("w:txbxContent")), None) is not None
        return "" if has_box else PICTURE
    return _SAID.get(element.tag, "")
