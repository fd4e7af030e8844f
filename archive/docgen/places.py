"""Where in a Word file something is, in words that a person can follow."""

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from lxml import etree

from archive.terms import N_, Term

_P, _TBL, _TR, _TC, _T = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Region(Term):
    """The stretch of a Word file that a person sees as one."""

    BODY = "body", N_("正文")
    HEADER = "header", N_("页眉")
    FOOTER = "footer", N_("页脚")
    FOOTNOTE = "footnote", N_("脚注")
    ENDNOTE = "endnote", N_("尾注")
    PACKAGE = "package", N_("文件内部")


@dataclass(frozen=True)
class Place:
    """A paragraph, or a cell of a table; counted from 1 as a reader of the page counts.

    Paragraphs are counted outside tables, empty ones too. `part` names the file inside the package
    where nothing on the page can be pointed at.
    """

    region: Region
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    part: str = ""

    @property
    def message(self) -> str:
        """A msgid whose facts are the fields of this place, and `region` translated."""
        if self.table is not None:
            return N_("%(region)s第 %(table)s 个表格第 %(row)s 行第 %(cell)s 列")
        if self.paragraph is not None:
            return N_("%(region)s第 %(paragraph)s 段")
        return N_("文件内部：%(part)s")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a template: its own text (of `w:t` only) and where it is."""

    element: etree._Element
    text: str
    place: Place

    def container(self, tag: str) -> etree._Element | None:
        """The nearest element named *tag* (``w:tbl``, ``w:tr``) that this paragraph is in."""
        return next(self.element.iterancestors(qn(tag)), None)


def story_parts(document: Document) -> Iterator[tuple[Region, StoryPart]]:
    """The parts that people read and that placeholders are filled in: body, headers, footers."""
    main = document.part
    yield Region.BODY, main
    for relationship in main.rels.values():
        if relationship.is_external:
            continue
        kind = relationship.reltype.rpartition("/")[2]
        for region in (Region.HEADER, Region.FOOTER):
            if kind == region.value:
                yield region, relationship.target_part


def paragraphs_of(region: Region, root: etree._Element) -> Iterator[Paragraph]:
    """Every paragraph under *root* in the order of the file, those in tables and boxes too.

    A text box is written twice, the second time for old readers: that one is passed by.
    """
    repeated = {each for copy in root.iter(FALLBACK) for each in copy.iter(_P)}
    tables = {table: number for number, table in enumerate(root.iter(_TBL), start=1)}
    counted: dict[etree._Element, int] = {}
    texts = texts_of(root)
    count = 0
    for element in root.iter(_P):
        if element in repeated:
            continue
        cell = next(element.iterancestors(_TC), None)
        if cell is None:
            count += 1
            place = Place(region, paragraph=count)
        else:
            place = _place_in_table(region, cell, tables, counted)
        yield Paragraph(element, texts.get(element, ""), place)


def texts_of(root: etree._Element) -> dict[etree._Element, str]:
    """The text of each paragraph under *root* that has any, without that of text boxes in it."""
    pieces: dict[etree._Element, list[str]] = {}
    for text in root.iter(_T):
        paragraph = next(text.iterancestors(_P), None)
        if paragraph is not None and text.text:
            pieces.setdefault(paragraph, []).append(text.text)
    return {paragraph: "".join(found) for paragraph, found in pieces.items()}


def _place_in_table(
    region: Region,
    cell: etree._Element,
    tables: dict[etree._Element, int],
    counted: dict[etree._Element, int],
) -> Place:
    row = next(cell.iterancestors(_TR))
    table = next(row.iterancestors(_TBL))
    return Place(
        region,
        table=tables[table],
        row=_number_of(row, counted),
        cell=_number_of(cell, counted),
    )


def _number_of(element: etree._Element, counted: dict[etree._Element, int]) -> int:
    """Which of its like among its siblings *element* is; each row of siblings is counted once."""
    if element not in counted:
        siblings = element.itersiblings(element.tag, preceding=True)
        first = next(iter([*siblings][-1:]), element)
        counted[first] = 1
        following = first.itersiblings(element.tag)
        counted.update({each: number for number, each in enumerate(following, start=2)})
    return counted[element]
