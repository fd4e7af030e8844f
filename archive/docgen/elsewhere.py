"""Where tags are that nothing fills: each named by what a person knows it as, and its place.

Notes, comments, charts and drawings are parts of their own inside the file; what is said of them is
said at the paragraph in which a person sees them.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from archive.docgen.faults import Fault, FaultKind
from archive.docgen.fields import TAGS
from archive.docgen.places import Place, Region, paragraphs_of, story_parts

_P = qn("w:p")
_MAY_HOLD_TAGS = re.compile(rb"\{[{%#]|&#")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SHAPE_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_ALT_TEXT = ("docPr", "cNvPr", "shape", "rect", "group", "image", "line", "oval", "roundrect")
_KINDS = {
    "footnotes": FaultKind.IN_NOTE,
    "endnotes": FaultKind.IN_NOTE,
    "comments": FaultKind.IN_COMMENT,
    "chart": FaultKind.IN_CHART,
    "chartEx": FaultKind.IN_CHART,
    "diagramData": FaultKind.IN_DIAGRAM,
    "diagramDrawing": FaultKind.IN_DIAGRAM,
    "core-properties": FaultKind.IN_PROPERTIES,
    "extended-properties": FaultKind.IN_PROPERTIES,
    "custom-properties": FaultKind.IN_PROPERTIES,
    "settings": FaultKind.IN_SETTINGS,
}
# Shown nowhere: what a content control was bound to, or shows while it is empty.
_UNSEEN = ("customXml", "glossaryDocument")
# Written anew into every draft, so what a template has there is never seen.
_REWRITTEN = {"title", "creator", "lastModifiedBy", "identifier", "version"}


@dataclass(frozen=True)
class _Story:
    """A part that is filled, and where each of its paragraphs is."""

    part: Part
    root: etree._Element
    places: Mapping[etree._Element, Place]

    def place_of(self, element: etree._Element) -> Place | None:
        paragraph = element if element.tag == _P else next(element.iterancestors(_P), None)
        return self.places.get(paragraph) if paragraph is not None else None

    def leads_to(self, element: etree._Element, key: str) -> bool:
        """Does *element* name the relationship *key* of this part?"""
        return any(
            value == key and str(name).startswith(_RELATIONSHIP)
            for name, value in element.attrib.items()
        )


def find_elsewhere(document: Document) -> Iterator[Fault]:
    """Tags of *document* in places that are not filled, each once."""
    stories = [_read(region, part) for region, part in story_parts(document)]
    seen: set[tuple[FaultKind, str, Place]] = set()
    for fault in _find(document, stories):
        key = (fault.kind, fault.subject, fault.place)
        if key not in seen:
            seen.add(key)
            yield fault


def place_of_relationship(document: Document, part: str, key: str) -> Place | None:
    """Where in *document* a person sees what the relationship *key* of *part* leads to."""
    stories = [_read(region, each) for region, each in story_parts(document)]
    for story in stories:
        if str(story.part.partname) == part:
            return next(
                (
                    place
                    for element in story.root.iter()
                    if story.leads_to(element, key) and (place := story.place_of(element))
                ),
                None,
            )
    return _place_of_part(part, stories)


def _find(document: Document, stories: list[_Story]) -> Iterator[Fault]:
    for story in stories:
        yield from _in_story(story)
    filled = {story.part for story in stories}
    for part, kind in _parts_with_kinds(document.part.package):
        root = parse_part(part) if part not in filled and _MAY_HOLD_TAGS.search(part.blob) else None
        if root is None or kind.startswith(_UNSEEN) or "/glossary/" in str(part.partname):
            continue
        fault = _KINDS.get(kind, FaultKind.NOT_FILLED_HERE)
        for element in root.iter():
            if kind == "core-properties" and _local(element) in _REWRITTEN:
                continue
            for text in _texts(element):
                place = _place_of_note(element, kind, stories)
                place = place or _place_of_part(str(part.partname), stories)
                yield Fault(fault, text[:80], place or _inside(part))


def _in_story(story: _Story) -> Iterator[Fault]:
    for element in story.root.iter():
        for text in _texts(element, but_text=element.tag == qn("w:t")):
            name = _local(element)
            if name in _ALT_TEXT:
                kind = FaultKind.IN_ALT_TEXT
            elif name == "textpath" or element.tag == _SHAPE_TEXT:
                kind = FaultKind.IN_DRAWN_TEXT
            elif name in ("instrText", "fldSimple"):
                kind = FaultKind.IN_FIELD_CODE
            else:
                kind = FaultKind.NOT_FILLED_HERE
            yield Fault(kind, text[:80], story.place_of(element) or _inside(story.part))


def _texts(element: etree._Element, *, but_text: bool = False) -> Iterator[str]:
    """The stretches of *element* that a tag is in."""
    for text in (*element.attrib.values(), element.tail, None if but_text else element.text):
        if text and TAGS.search(text):
            yield text


def _read(region: Region, part: Part) -> _Story:
    root = parse_part(part)
    assert root is not None  # a story is XML by what it is
    return _Story(part, root, {each.element: each.place for each in paragraphs_of(region, root)})


def parse_part(part: Part) -> etree._Element | None:
    """The part parsed by lxml alone: python-docx's own elements have another idea of `text`."""
    if not str(part.partname).lower().endswith(".xml"):
        return None
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _parts_with_kinds(package: object) -> Iterator[tuple[Part, str]]:
    """Every part of *package*, and as what another one names it."""
    seen: set[Part] = set()
    waiting = [package]
    while waiting:
        for relationship in waiting.pop().rels.values():  # type: ignore[attr-defined]  # Part, package
            if relationship.is_external or relationship.target_part in seen:
                continue
            seen.add(relationship.target_part)
            waiting.append(relationship.target_part)
            yield relationship.target_part, relationship.reltype.rpartition("/")[2]


def _place_of_part(name: str, stories: list[_Story]) -> Place | None:
    """Where *name*, or what it belongs to, is named in a story."""
    for story in stories:
        keys = {
            key
            for key, relationship in story.part.rels.items()
            if not relationship.is_external and _belongs(name, relationship.target_part)
        }
        for element in story.root.iter():
            if any(story.leads_to(element, key) for key in keys):
                return story.place_of(element)
    return None


def _belongs(name: str, part: Part) -> bool:
    """Is *name* that of *part*, of a part that it names, or of the drawing of the same diagram?"""
    if name == str(part.partname):
        return True
    folder, file = posixpath.split(str(part.partname))
    if folder.endswith("/diagrams") and name.startswith(f"{folder}/"):
        return "".join(filter(str.isdigit, file)) == "".join(
            filter(str.isdigit, posixpath.basename(name))
        )
    return any(
        not each.is_external and name == str(each.target_part.partname)
        for each in part.rels.values()
    )


def _place_of_note(element: etree._Element, kind: str, stories: list[_Story]) -> Place | None:
    """The paragraph that a foot- or endnote, or a comment, is about."""
    name = kind.removesuffix("s")
    if name not in ("footnote", "endnote", "comment"):
        return None
    note = next(iter(element.iterancestors(qn(f"w:{name}"))), None)
    if note is None:
        return None
    for story in stories:
        for reference in story.root.iter(qn(f"w:{name}Reference")):
            if reference.get(qn("w:id")) == note.get(qn("w:id")):
                return story.place_of(reference)
    return None


def _inside(part: Part) -> Place:
    return Place(Region.PACKAGE, part=str(part.partname).lstrip("/"))


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
