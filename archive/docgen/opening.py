"""Opening a template: what Word writes in several ways is brought into one.

The file that was uploaded stays as it is; this is how it is read, for the check as for filling.
"""

import posixpath
import re
import zipfile
from copy import deepcopy
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from lxml import etree

from archive.chinese.invisible import visible
from archive.docgen.fields import fix_fields
from archive.docgen.package import LEFT_OUT_KINDS
from archive.docgen.places import FALLBACK, story_parts, texts_of

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_HYPHENATED = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
INSERTED = (qn("w:ins"), qn("w:moveTo"))
DELETED = (qn("w:del"), qn("w:moveFrom"))
CHANGED = tuple(
    qn(f"w:{name}Change")
    for name in ("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "tcPr", "trPr", "numbering")
)
"""What was there before a change of looks."""
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BOX = qn("w:txbxContent")
_SETTINGS = (qn("w:attachedTemplate"), qn("w:mailMerge"), qn("w:docVars"))
_BINDINGS = (
    qn("w:dataBinding"),
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
)


def open_template(content: bytes) -> Document:
    """The document in *content*, ready to be filled.

    ISO Strict is read as the usual form; relationships to parts that are not there, to the template
    and to the data of letters on somebody's disk are left out; tracked changes are accepted; marks
    that nobody sees are taken out of tags. A content control is no longer bound, a field that holds
    a tag or repeats a property is text, and both copies of a text box say the same: else Word would
    show something else than what is filled in.

    Raises:
        KeyError, ValueError, etree.XMLSyntaxError: it is no Word document after all.
    """
    document = read_document(content)
    for _, part in story_parts(document):
        accept_changes(part.element)
        _repeat_boxes(part.element)
        _unbind(part.element)
        fix_fields(part.element)
        _drop_lost_links(part)
        _clean_tags(part.element)
    return document


def read_document(content: bytes) -> Document:
    """The document in *content*, its changes still marked; raises as `open_template`."""
    return docx.Document(BytesIO(_in_one_form(content)))


def _in_one_form(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {each.filename: package.read(each) for each in package.infolist()}
    present = {
        name: _without_dangling(name, _transitional(part), parts)
        if name.endswith((".xml", ".rels"))
        else part
        for name, part in parts.items()
    }
    if present == parts:
        return content
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in present.items():
            package.writestr(name, part)
    return out.getvalue()


def _transitional(part: bytes) -> bytes:
    """*part* with the namespaces of ISO/IEC 29500 Strict in those of Transitional (annex A)."""
    if b"purl.oclc.org" not in part:
        return part
    return _STRICT.sub(
        lambda name: (
            b"http://schemas.openxmlformats.org/%s/2006/%s"
            % (name[1], _HYPHENATED.get(name[2], name[2]))
        ),
        part,
    )


def _without_dangling(name: str, part: bytes, parts: dict[str, bytes]) -> bytes:
    if name == "word/settings.xml":
        return _without_sources(part)
    if not name.endswith(".rels"):
        return part
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    folder = posixpath.dirname(posixpath.dirname(name))
    dangling = [
        each
        for each in root.iter(_RELATIONSHIPS)
        if each.get("Type", "").rpartition("/")[2] in LEFT_OUT_KINDS
        or (
            each.get("TargetMode") != "External"
            and not each.get("Target", "").startswith("#")
            and posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
            not in parts
        )
    ]
    if not dangling:
        return part
    for each in dangling:
        root.remove(each)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_sources(settings: bytes) -> bytes:
    """*settings* without what Word would read from elsewhere, or keeps for fixed fields."""
    root = etree.fromstring(settings, etree.XMLParser(resolve_entities=False, no_network=True))
    found = [*root.iter(*_SETTINGS)]
    for each in found:
        _remove(each)
    if not found:
        return settings
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def accept_changes(root: etree._Element) -> None:
    """Let what *root* says be what its tracked changes make of it."""
    for row in [*root.iter(qn("w:tr"))]:
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            _remove(row)
    ended = [paragraph for paragraph in root.iter(qn("w:p")) if _ends_deleted(paragraph)]
    for element in [*root.iter(*DELETED, *CHANGED)]:
        _remove(element)
    for element in [*root.iter(*INSERTED)]:
        for child in [*element]:
            element.addprevious(child)
        _remove(element)
    for paragraph in ended:
        _join_to_next(paragraph)


def _ends_deleted(paragraph: etree._Element) -> bool:
    """Is the end of *paragraph* marked as deleted?"""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _join_to_next(paragraph: etree._Element) -> None:
    """Put what is left of *paragraph* at the start of the one after it, as its end is deleted."""
    following = paragraph.getnext()
    if following is None or following.tag != qn("w:p"):
        return
    place = 1 if following.find(qn("w:pPr")) is not None else 0
    for child in reversed([each for each in paragraph if each.tag != qn("w:pPr")]):
        following.insert(place, child)
    _remove(paragraph)


def _unbind(root: etree._Element) -> None:
    for control in root.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        if properties is None:
            continue
        for binding in [*properties.iter(*_BINDINGS)]:
            _remove(binding)
        text = "".join(each.text or "" for each in control.iter(qn("w:t")))
        if "{" in text:  # else Word takes the value for its invitation to type something
            for mark in properties.findall(qn("w:showingPlcHdr")):
                properties.remove(mark)


def _repeat_boxes(root: etree._Element) -> None:
    """Let the copy of a text box that old readers show say what the box says."""
    for alternatives in [*root.iter(_ALTERNATIVES)]:
        for copy in alternatives.findall(FALLBACK):
            boxes = [*alternatives[0].iter(_BOX)]
            copies = [*copy.iter(_BOX)]
            if len(boxes) != len(copies):
                alternatives.remove(copy)
                continue
            for box, repeated in zip(boxes, copies, strict=True):
                if etree.tostring(box) != etree.tostring(repeated):
                    repeated[:] = [deepcopy(each) for each in box]


def _drop_lost_links(part: StoryPart) -> None:
    """Make text of a link whose relationship is left out: Word calls the file damaged otherwise."""
    for link in part.element.iter(qn("w:hyperlink")):
        key = link.get(qn("r:id"))
        if key is not None and key not in part.rels:
            del link.attrib[qn("r:id")]


def _clean_tags(root: etree._Element) -> None:
    for paragraph, written in texts_of(root).items():
        if "{" in written:
            for text in paragraph.iter(qn("w:t")):
                text.text = visible(text.text or "")


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
