"""What a template passes with although a person should know it: each with its place, once."""

from collections.abc import Iterator
from itertools import islice

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from archive.docgen.faults import Fault, FaultKind
from archive.docgen.fields import FIXED, TAGS, fields_of
from archive.docgen.opening import CHANGED, DELETED, INSERTED
from archive.docgen.pages import counts_by_section
from archive.docgen.places import Paragraph, Place, Region, paragraphs_of, story_parts

MOST = 20
_TEXT = (qn("w:t"), qn("w:delText"))
_COMMENT = qn("w:commentReference")
_LONGEST = 60


def find_notices(document: Document) -> Iterator[Fault]:
    """The notices of *document* as it was uploaded, before its tracked changes are accepted."""
    yield from islice(_of_paragraphs(document), MOST)
    yield from islice(_of_fields(document), MOST)
    if counts_by_section(document):
        place = Place(Region.FOOTER, paragraph=1)
        yield Fault(FaultKind.PAGES_OF_SECTION, "", place)
    protection = document.settings.element.find(qn("w:documentProtection"))
    if protection is not None and protection.get(qn("w:enforcement"), "0") not in ("0", "false"):
        yield Fault(FaultKind.PROTECTED, "", Place(Region.PACKAGE, part="word/settings.xml"))


def _of_fields(document: Document) -> Iterator[Fault]:
    """Fields that repeat a property of the template's: they are fixed at what they show."""
    for region, part in story_parts(document):
        found = [each for each in fields_of(part.element) if each.name in FIXED]
        found = [each for each in found if not TAGS.search(each.text)]
        if not found:
            continue
        places = {each.element: each.place for each in paragraphs_of(region, part.element)}
        for each in found:
            place = each.place_in(places) or Place(region, paragraph=1)
            yield Fault(FaultKind.FIXED_FIELD, f"{each.instruction} → {_cut(each.text)}", place)


def _of_paragraphs(document: Document) -> Iterator[Fault]:
    for region, part in story_parts(document):
        for paragraph in paragraphs_of(region, part.element):
            change = _describe_change(paragraph)
            if change:
                yield Fault(FaultKind.TRACKED_CHANGE, change, paragraph.place)
            if next(paragraph.element.iter(_COMMENT), None) is not None:
                yield Fault(FaultKind.COMMENT, _cut(paragraph.text), paragraph.place)


def _describe_change(paragraph: Paragraph) -> str:
    """What is marked in *paragraph*: ``+inserted −deleted``; ``…`` where only looks changed."""
    marked = [
        f"{sign}{_cut(text)}"
        for sign, names in (("+", INSERTED), ("−", DELETED))
        if (text := _text_in(paragraph.element, names))
    ]
    if marked:
        return " ".join(marked)
    is_changed = next(paragraph.element.iter(*CHANGED, *INSERTED, *DELETED), None) is not None
    row = paragraph.container("w:tr")
    row_is_deleted = row is not None and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
    return _cut(paragraph.text) or "…" if is_changed or row_is_deleted else ""


def _text_in(paragraph: etree._Element, names: tuple[str, ...]) -> str:
    return "".join(
        text.text or "" for change in paragraph.iter(*names) for text in change.iter(*_TEXT)
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
