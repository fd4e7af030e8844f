"""A Word file as the units that are compared: paragraphs and rows of tables, in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.oxml.ns import qn
from lxml import etree

from archive.docgen.opening import accept_changes
from archive.docgen.places import Place, Region
from archive.redline.clauses import is_heading, is_styled, shorten
from archive.redline.errors import TooLongToCompare
from archive.redline.opened import Story, WordFile
from archive.redline.words import text_of

MOST = 20_000
_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_AROUND = (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:smartTag"), qn("w:body"))
_NOTES = (qn("w:footnote"), qn("w:endnote"))
# A number that is typed before a paragraph. What could be an amount (1.5 吨) is none: a wide blank
# or a tab has to follow.
_TYPED = re.compile(
    r"(第[〇零一二三四五六七八九十百千\d]{1,6}[条章节款]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}、|\d{1,2}(?:\.\d{1,2}){0,3}[.．]?(?=[\u3000\t]))[\s\u3000]*"
)
_SERIAL = ("序号", "编号", "项次", "序", "No.", "NO.", "No")
_VERSION = re.compile(r"第\s*\d+\s*版")
_BLANKS = re.compile(r"[\s\u3000]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, or a row with its cells. `label` is its number, by Word or typed."""

    region: Region
    place: Place
    label: str
    cells: tuple[str, ...]
    clause: str
    above: str
    """The heading before it: the clause, but for a heading itself."""
    is_row: bool = False
    heads: tuple[str, ...] = ()
    """Of a row: what the first row of its table says above each cell."""

    @property
    def text(self) -> str:
        """All that it says, without its number."""
        return " ".join(self.cells)

    @property
    def key(self) -> str:
        """What two units have in common that say the same, whatever their numbers and blanks."""
        key = "\x1f".join(_BLANKS.sub("", each) for each in self.cells)
        # Each version has its own number at the foot of its pages.
        return key if self.region is Region.BODY else _VERSION.sub("第#版", key)


def units_of(file: WordFile) -> dict[Region, list[Unit]]:
    """The units of *file*, its tracked changes accepted.

    What headers say alike on first, odd and even pages is there once; so are footers.

    Raises:
        TooLongToCompare: there are more than `MOST`.
    """
    found: dict[Region, list[Unit]] = {region: [] for region in Region}
    for story in file.stories:
        accept_changes(story.root)
        found[story.region] += _Reader(file, story).read()
    if sum(map(len, found.values())) > MOST:
        raise TooLongToCompare(limit=MOST)
    for region in (Region.HEADER, Region.FOOTER):
        found[region] = [*{unit.key: unit for unit in found[region]}.values()]
    return found


class _Reader:
    """Reads one story; counts its paragraphs and tables as a person would."""

    def __init__(self, file: WordFile, story: Story) -> None:
        self._file = file
        self._story = story
        self._paragraphs = self._tables = 0
        self._clause = ""

    def read(self) -> list[Unit]:
        notes = [*self._story.root.iter(*_NOTES)]
        return [unit for root in notes or [self._story.root] for unit in self._blocks(root, None)]

    def _blocks(self, holder: etree._Element, place: Place | None) -> Iterator[Unit]:
        for child in holder:
            if child.tag == _P:
                yield from self._paragraph(child, place)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag in _AROUND:
                yield from self._blocks(child, place)

    def _paragraph(self, element: etree._Element, place: Place | None) -> Iterator[Unit]:
        """The paragraph, then what is in boxes anchored to it."""
        if place is None:
            self._paragraphs += 1
            place = Place(self._story.region, paragraph=self._paragraphs)
        label, text = self._say(element)
        if text.strip():
            above, is_body = self._clause, self._story.region is Region.BODY
            if is_body and (is_heading(label, text) or is_styled(self._file, element)):
                self._clause = shorten(f"{label} {text}".strip())
            if not label:
                label, text = split_label(text)
            yield Unit(self._story.region, place, label, (text.strip(),), self._clause, above)
        for box in element.iter(qn("w:txbxContent")):
            if next(box.iterancestors("{*}Fallback"), None) is None:
                yield from self._blocks(box, place)

    def _say(self, element: etree._Element) -> tuple[str, str]:
        is_body = self._story.region is Region.BODY
        return self._file.numbering.next_for(element) if is_body else "", text_of(element)

    def _table(self, table: etree._Element) -> Iterator[Unit]:
        self._tables += 1
        number, rows = self._tables, list[Unit]()
        for at, row in enumerate(_rows(table), start=1):
            cells = [*_cells(row)]
            place = Place(self._story.region, table=number, row=at, cell=1)
            if len(cells) == 1:  # a frame around text
                yield from self._flush(rows)
                rows = []
                yield from self._blocks(cells[0], place)
                continue
            texts = tuple(self._cell(each) for each in cells)
            if any(texts):
                rows.append(
                    Unit(
                        self._story.region,
                        place,
                        "",
                        texts,
                        self._clause,
                        self._clause,
                        is_row=True,
                    )
                )
        yield from self._flush(rows)

    def _flush(self, rows: list[Unit]) -> Iterator[Unit]:
        """The rows of a table, the serial numbers in its first column taken for what they are."""
        serial = [row.cells[0] for row in rows if row.cells[0].isdecimal()]
        heads = rows[0].cells if len(rows) > 1 else ()
        is_counted = _BLANKS.sub("", heads[0]) in _SERIAL if heads else False
        is_counted |= len(serial) > 1 and serial == [str(n) for n in range(1, len(serial) + 1)]
        for row in rows:
            is_like = len(row.cells) == len(heads) and row is not rows[0]
            shown = replace(row, heads=heads if is_like else ())
            if is_counted and row.cells[0].isdecimal():
                shown = replace(shown, label=row.cells[0], cells=("", *row.cells[1:]))
            yield shown

    def _cell(self, cell: etree._Element) -> str:
        """What a cell says, with the numbers before its paragraphs and the tables in it."""
        said = []
        for paragraph in cell.iter(_P):
            label, text = self._say(paragraph)
            said.append(f"{label} {text}".strip())
        return "\n".join(filter(None, said))


def split_label(text: str) -> tuple[str, str]:
    """The number typed before *text*, and the rest of it."""
    found = _TYPED.match(text.lstrip())
    if not found or found.end() == len(text.lstrip()):
        return "", text
    return found[1], text.lstrip()[found.end() :]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in table.iter(_TR):
        if next(row.iterancestors(_TBL)) is table:
            yield row


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in row.iter(_TC):
        if next(cell.iterancestors(_TR)) is row:
            yield cell
