"""The check of a template: every fault in one answer, each with its place and what to do."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from docx.document import Document
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from jinja2 import TemplateSyntaxError
from lxml import etree

from archive.docgen.catalogue import Catalogue
from archive.docgen.clauses import Clauses, clause_named, nearest_clause
from archive.docgen.elsewhere import find_elsewhere, place_of_relationship
from archive.docgen.faults import CheckReport, Fault, FaultKind, Finding
from archive.docgen.fields import INSTEAD, changes_by_itself, fields_of
from archive.docgen.grammar import (
    MAX_NESTING,
    MAX_TAGS,
    examine,
    find_placeholders,
    parse,
)
from archive.docgen.hidden import hidden_text, hiding_styles
from archive.docgen.notices import find_notices
from archive.docgen.opening import open_template, read_document
from archive.docgen.package import PackageFault, find_package_faults
from archive.docgen.places import Paragraph, Place, Region, paragraphs_of, story_parts
from archive.docgen.tags import Tag, read_paragraph

MAX_FAULTS = 200

_FIELDS = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|DATABASE|RD)\b"
)
_ENDINGS = {"endif": ("if", "elif", "else"), "endfor": ("for",)}
_BRANCHES = {"elif": ("if", "elif"), "else": ("if", "elif")}


def check_template(
    template: bytes,
    catalogue: Catalogue,
    try_filling: Callable[[bytes], None],
    clauses: Clauses,
) -> CheckReport:
    """Read *template*, which may name *clauses*, from end to end and name every fault in it.

    *try_filling* fills it with the catalogue's examples and raises `ValueError` when the result
    is no sound document; it is called only when nothing else was found.
    """
    if flaws := find_package_faults(template):
        return CheckReport(tuple(_name_flaws(flaws, template)))
    try:
        notices = [*find_notices(read_document(template))]
        document = open_template(template)
    except (KeyError, ValueError, etree.XMLSyntaxError):
        # A zip of sound parts that do not add up to a Word document.
        return CheckReport((Fault(FaultKind.BROKEN, "", _inside("")),))
    reader = _Reader(catalogue, clauses)
    for region, part in story_parts(document):
        reader.read_story(region, part)
    found = chain(_look_at_stories(document), find_elsewhere(document))
    reader.faults.extend(islice(found, MAX_FAULTS))
    if reader.tags > MAX_TAGS:
        reader.faults.append(Fault(FaultKind.TOO_MANY_TAGS, str(MAX_TAGS), _inside("")))
    if not reader.faults:
        try:
            try_filling(template)
        except ValueError:
            reader.faults.append(Fault(FaultKind.BROKEN, "", _inside("")))
    if len(reader.faults) > MAX_FAULTS:
        rest = Fault(FaultKind.TOO_MANY_FAULTS, str(MAX_FAULTS), _inside(""))
        reader.faults[MAX_FAULTS:] = [rest]
    if not reader.placeholders:
        notices.insert(0, Fault(FaultKind.NO_PLACEHOLDERS, "", _inside("")))
    return CheckReport(
        tuple(reader.faults),
        tuple(sorted(reader.placeholders)),
        () if reader.faults else (*notices,),
    )


def _name_flaws(flaws: list[PackageFault], template: bytes) -> Iterator[Fault]:
    """What the package is refused for, at the paragraph where a person sees it."""
    document = None
    if all(flaw.key for flaw in flaws):  # else it is no file to open, not even to look for a place
        try:
            document = read_document(template)
        except (KeyError, ValueError, etree.XMLSyntaxError):
            document = None
    for flaw in flaws:
        place = place_of_relationship(document, flaw.names, flaw.key) if document else None
        said, shown = flaw.flaw.label, flaw.detail
        yield Fault(FaultKind.PACKAGE, said, place or _inside(flaw.part), shown)


def _inside(part: str) -> Place:
    return Place(Region.PACKAGE, part=part or "word/document.xml")


@dataclass(frozen=True)
class _Block:
    """An open ``for`` or ``if``."""

    tag: Tag
    paragraph: Paragraph
    keyword: str

    def container(self) -> object:
        """What the block must be closed in: the same paragraph, table, or run of paragraphs."""
        return _container(self.tag, self.paragraph)


def _container(tag: Tag, paragraph: Paragraph) -> object:
    if tag.reach == "tr":
        return paragraph.container("w:tbl")
    return paragraph.element.getparent() if tag.reach == "p" else paragraph.element


@dataclass
class _Reader:
    """Walks the paragraphs of a template and gathers faults and names."""

    catalogue: Catalogue
    clauses: Clauses
    faults: list[Fault] = field(default_factory=list)
    placeholders: set[str] = field(default_factory=set)
    tags: int = 0
    _order: dict[Place, int] = field(default_factory=dict)
    _rows: dict[etree._Element, str] = field(default_factory=dict)
    _open: list[_Block] = field(default_factory=list)

    def read_story(self, region: Region, part: StoryPart) -> None:
        self._open.clear()
        for paragraph in paragraphs_of(region, part.element):
            self._order.setdefault(paragraph.place, len(self._order))
            for found in read_paragraph(paragraph.text):
                if self._has_seen_enough():
                    break
                if isinstance(found, Finding):
                    self._add(found, paragraph)
                else:
                    self.tags += 1
                    self._read_tag(found, paragraph)
        for block in self._open:
            self._add(Finding(FaultKind.UNCLOSED_BLOCK, block.tag.text), block.paragraph)
        # A block left open is noticed at the end, but belongs where it was opened.
        self.faults.sort(key=lambda fault: self._order[fault.place])

    def _has_seen_enough(self) -> bool:
        """Whether more would help nobody: reading on only costs time."""
        return self.tags > MAX_TAGS or len(self.faults) > MAX_FAULTS

    def _add(self, finding: Finding, paragraph: Paragraph) -> None:
        around = _around(paragraph.text, finding.subject)
        self.faults.append(
            Fault(finding.kind, finding.subject, paragraph.place, around, finding.suggestion)
        )

    def _read_tag(self, tag: Tag, paragraph: Paragraph) -> None:
        if tag.reach in ("tc", "r") or (tag.reach and not tag.is_statement):
            self._add(Finding(FaultKind.FORBIDDEN, tag.text), paragraph)
            return
        if tag.reach:
            self._check_reach(tag, paragraph)
        if (name := clause_named(tag.inner)) and not tag.is_statement:
            self._read_clause(name, paragraph)
        elif not tag.is_statement:
            self._examine(tag, f"{{{{ {tag.inner} }}}}", paragraph)
        elif tag.keyword in ("for", "if"):
            ending = "{% endfor %}" if tag.keyword == "for" else "{% endif %}"
            self._examine(tag, f"{{% {tag.inner} %}}{ending}", paragraph)
            if len(self._open) >= MAX_NESTING:
                self._add(Finding(FaultKind.TOO_DEEP, tag.text), paragraph)
            self._open.append(_Block(tag, paragraph, tag.keyword))
        elif tag.keyword in _BRANCHES:
            condition = f"if {tag.inner[4:]}" if tag.keyword == "elif" else "if true"
            self._examine(tag, f"{{% {condition} %}}{{% endif %}}", paragraph)
            if self._close(tag, paragraph, _BRANCHES[tag.keyword]):
                self._open.append(_Block(tag, paragraph, tag.keyword))
        elif tag.inner in _ENDINGS:
            self._close(tag, paragraph, _ENDINGS[tag.inner])
        else:
            self._add(Finding(FaultKind.FORBIDDEN, tag.text), paragraph)

    def _read_clause(self, name: str, paragraph: Paragraph) -> None:
        """The clause *name*: its own tags were checked when it was kept."""
        if name not in self.clauses:
            nearest = nearest_clause(name, self.clauses)
            self._add(Finding(FaultKind.UNKNOWN_CLAUSE, name, nearest), paragraph)
            return
        for found in read_paragraph(self.clauses[name]):
            if isinstance(found, Tag):
                self._read_tag(found, paragraph)

    def _check_reach(self, tag: Tag, paragraph: Paragraph) -> None:
        stretch = paragraph.text
        if tag.reach == "tr":
            row = paragraph.container("w:tr")
            if row is None:
                self._add(Finding(FaultKind.OUTSIDE_TABLE, tag.text), paragraph)
                return
            if row not in self._rows:
                self._rows[row] = "".join(text.text or "" for text in row.iter(qn("w:t")))
            stretch = self._rows[row]
        if stretch.strip() != tag.text:
            self._add(Finding(FaultKind.LOST_TEXT, tag.text), paragraph)

    def _close(self, tag: Tag, paragraph: Paragraph, openers: tuple[str, ...]) -> bool:
        """Close the innermost block that *tag* may close; blocks left open inside it are faults."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].keyword in openers:
                break
        else:
            self._add(Finding(FaultKind.UNOPENED_BLOCK, tag.text), paragraph)
            return False
        for unclosed in self._open[index + 1 :]:
            self._add(Finding(FaultKind.UNCLOSED_BLOCK, unclosed.tag.text), unclosed.paragraph)
        block = self._open[index]
        del self._open[index:]
        if block.tag.reach != tag.reach or block.container() is not _container(tag, paragraph):
            self._add(Finding(FaultKind.CROSSED_BLOCK, tag.text, block.tag.text), paragraph)
        return True

    def _scope(self) -> dict[str, str]:
        """The words of the loops that are open."""
        words = (block.tag.inner.split() for block in self._open if block.keyword == "for")
        return {part[1]: part[3] for part in words if len(part) == 4}

    def _examine(self, tag: Tag, source: str, paragraph: Paragraph) -> None:
        try:
            tree = parse(source)
        except TemplateSyntaxError:
            self._add(Finding(FaultKind.UNREADABLE, tag.text, self._repair(tag)), paragraph)
            return
        scope = self._scope()
        findings = [*examine(tree.body, self.catalogue, scope)]
        for finding in findings:
            self._add(finding, paragraph)
        if not findings:
            names = find_placeholders(tree, scope)
            self.placeholders.update(name for name in names if self.catalogue.find(name))

    def _repair(self, tag: Tag) -> str | None:
        """What was meant, where full-width signs or blanks crept into a name."""
        name = unicodedata.normalize("NFKC", tag.inner).replace("。", ".").replace(" ", "")
        return f"{{{{ {name} }}}}" if self.catalogue.find(name) else None


def _around(text: str, subject: str) -> str:
    """The stretch of *text* that holds *subject*, cut to what fits on a line."""
    at = max(text.find(subject), 0)
    start, end = max(0, at - 20), at + len(subject) + 20
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _look_at_stories(document: Document) -> Iterator[Fault]:
    """Fields that fetch or change by themselves, and hidden text: each with its paragraph."""
    hiding = hiding_styles(document)
    for region, part in story_parts(document):
        paragraphs = [*paragraphs_of(region, part.element)]
        for paragraph in paragraphs:
            yield from _look_at_fields(paragraph)
            if hidden := hidden_text(paragraph, hiding):
                yield Fault(FaultKind.HIDDEN, hidden[:80], paragraph.place)
        places = {each.element: each.place for each in paragraphs}
        for found in fields_of(part.element):
            if changes_by_itself(found):
                place = found.place_in(places) or _inside(str(part.partname).lstrip("/"))
                said = found.instruction[:80]
                yield Fault(
                    FaultKind.LIVE_FIELD, said, place, found.text[:80], INSTEAD.get(found.name)
                )


def _look_at_fields(paragraph: Paragraph) -> Iterator[Fault]:
    root = paragraph.element
    code = "".join(text.text or "" for text in root.iter(qn("w:instrText")))
    simple = (field.get(qn("w:instr"), "") for field in root.iter(qn("w:fldSimple")))
    for instruction in (code, *simple):
        if _FIELDS.search(instruction.upper()):
            yield Fault(FaultKind.FORBIDDEN_FIELD, instruction.strip()[:80], paragraph.place)
