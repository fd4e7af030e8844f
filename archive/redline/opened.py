"""A Word file as its stories: body, headers, footers, notes, each a tree of elements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from docx.document import Document
from docx.opc.part import Part, XmlPart
from lxml import etree

from archive.docgen.opening import read_document
from archive.docgen.package import PackageFlaw, find_package_faults
from archive.docgen.places import Paragraph, Region, paragraphs_of
from archive.redline.errors import WordFileUnreadable
from archive.redline.numbering import Numbering
from archive.redline.styles import Styles

_REGIONS = {
    "header": Region.HEADER,
    "footer": Region.FOOTER,
    "footnotes": Region.FOOTNOTE,
    "endnotes": Region.ENDNOTE,
}
_ORDER = (Region.HEADER, Region.BODY, Region.FOOTNOTE, Region.ENDNOTE, Region.FOOTER)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_NOTHING = etree.Element("nothing")


@dataclass(frozen=True)
class Story:
    """A stretch that is read as one."""

    region: Region
    root: etree._Element

    def paragraphs(self) -> Iterator[Paragraph]:
        """Its paragraphs in order, without the second copies that are kept for old readers."""
        for each in paragraphs_of(self.region, self.root):
            if next(each.element.iterancestors(_FALLBACK), None) is None:
                yield each


@dataclass
class WordFile:
    """An opened Word file. Its trees are its own: they may be changed."""

    document: Document
    stories: list[Story] = field(default_factory=list)

    @cached_property
    def styles(self) -> Styles:
        """The styles that its paragraphs and runs name."""
        return Styles(self.tree("styles"))

    @cached_property
    def numbering(self) -> Numbering:
        """The numbers that Word writes before its paragraphs."""
        return Numbering(self.tree("numbering"), self.styles)

    def tree(self, kind: str) -> etree._Element:
        """The part that the main one names as *kind*; an empty element where there is none."""
        for relationship in self.document.part.rels.values():
            if not relationship.is_external and _kind_of(relationship.reltype) == kind:
                return _root_of(relationship.target_part)
        return _NOTHING


def open_word(content: bytes) -> WordFile:
    """The Word file in *content*, its changes still marked.

    Raises:
        WordFileUnreadable: it is none, or one that nothing here opens.
    """
    if faults := find_package_faults(content):
        raise WordFileUnreadable(why=faults[0].flaw)
    try:
        document = read_document(content)
        return WordFile(document, sorted(_stories(document), key=_place_of))
    except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as broken:
        raise WordFileUnreadable(why=PackageFlaw.NO_DOCX) from broken


def _stories(document: Document) -> Iterator[Story]:
    main = document.part
    yield Story(Region.BODY, main.element)
    seen = set()
    for relationship in main.rels.values():
        region = _REGIONS.get(_kind_of(relationship.reltype))
        if region is None or relationship.is_external:
            continue
        part = relationship.target_part
        if part.partname not in seen:
            seen.add(part.partname)
            yield Story(region, _root_of(part))


def _place_of(story: Story) -> int:
    return _ORDER.index(story.region)


def _kind_of(relationship: str) -> str:
    return relationship.rpartition("/")[2]


def _root_of(part: Part) -> etree._Element:
    """The tree of *part*: python-docx has read some parts and left others as bytes."""
    if isinstance(part, XmlPart):
        root: etree._Element = part.element
        return root
    return etree.fromstring(part.blob, _PARSER)
