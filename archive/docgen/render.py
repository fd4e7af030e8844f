"""Filling a template: docxtpl reads the tags out of Word's XML, the guarded grammar runs them."""

import hashlib
import html
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import cast

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.package import Unmarshaller
from docx.opc.part import PartFactory
from docx.opc.pkgreader import PackageReader
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.story import StoryPart
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError
from lxml import etree

from archive.docgen.catalogue import Catalogue
from archive.docgen.clauses import Clauses, as_xml, insert_clauses
from archive.docgen.errors import DraftTooLarge, TemplateRefused
from archive.docgen.grammar import ENVIRONMENT, MAX_TAG_LENGTH, MAX_TAGS, examine, parse
from archive.docgen.opening import open_template
from archive.docgen.package import find_package_faults
from archive.docgen.pages import count_through
from archive.docgen.places import story_parts
from archive.docgen.stamp import QR_MILLIMETRES, draw_qr, stamp_footers
from archive.docgen.values import BLANK_ENDS, BLANK_STARTS, QR_CODE

MAX_RESULT_CHARACTERS = 30_000_000
MAX_COMPILED = 32
MAX_COMPILED_BYTES = 100 * 1024 * 1024

_RPR, _T = qn("w:rPr"), qn("w:t")
_SPECIAL = (BLANK_STARTS, BLANK_ENDS, QR_CODE, "\n", "\t")
_patch_xml = DocxTemplate(BytesIO()).patch_xml


@dataclass(frozen=True)
class Compiled:
    """A template unpacked, stamped, its pages counted through, and its tags made into programs."""

    package: PackageReader
    """Its parts as they are packed; what a program writes is left out."""
    programs: Mapping[str, Template]
    size: int

    def open(self) -> Document:
        """A new document of these parts."""
        package = Package()
        unmarshal = cast(Callable[..., None], Unmarshaller.unmarshal)  # untyped in python-docx
        unmarshal(self.package, package, PartFactory)
        main = cast(DocumentPart, package.main_document_part)
        return cast(Document, main.document)


class CompiledTemplates:
    """Templates looked over and compiled once: most drafts are made of the same few.

    The newest of them are kept, as many as are below `MAX_COMPILED` and `MAX_COMPILED_BYTES`.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: OrderedDict[bytes, Compiled] = OrderedDict()
        self._lock = Lock()

    def of(self, template: bytes, clauses: Clauses) -> Compiled:
        """*template* with *clauses* where it names them, compiled.

        Raises:
            TemplateRefused: the package is not one to open, or a tag is not in the grammar.
        """
        digest = digest_of(template, clauses)
        with self._lock:
            if digest in self._known:
                self._known.move_to_end(digest)
                return self._known[digest]
        compiled = compile_template(template, self._catalogue, clauses)
        with self._lock:
            self._known[digest] = compiled
            while len(self._known) > 1 and self._is_full():
                self._known.popitem(last=False)
        return compiled

    def _is_full(self) -> bool:
        size = sum(each.size for each in self._known.values())
        return len(self._known) > MAX_COMPILED or size > MAX_COMPILED_BYTES


def digest_of(template: bytes, clauses: Clauses) -> bytes:
    """What tells a template with these clauses from any other."""
    return hashlib.sha256(template + repr(sorted(clauses.items())).encode()).digest()


def compile_template(template: bytes, catalogue: Catalogue, clauses: Clauses) -> Compiled:
    """Look over, open, stamp and compile *template*; raises as `CompiledTemplates.of`."""
    faults = find_package_faults(template)
    if faults:
        raise TemplateRefused(count=len(faults))
    try:
        document = open_template(template)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise TemplateRefused(count=1, detail=str(error)) from error
    stamp_footers(document)
    count_through(document)
    programs, length = {}, 0
    for _, part in story_parts(document):
        source = etree.tostring(part.element, encoding="unicode")
        if "{" not in source:
            continue
        programs[str(part.partname)] = _compile(
            insert_clauses(_patch_xml(source), clauses), catalogue
        )
        length += len(source)
        for child in [*part.element]:
            part.element.remove(child)
    packed = BytesIO()
    document.save(packed)
    read = cast(Callable[..., PackageReader], PackageReader.from_file)  # untyped in python-docx
    package = read(packed)
    with zipfile.ZipFile(packed) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    # A program is several times as large as what it was made of.
    return Compiled(package, programs, unpacked + 4 * length)


def render(
    template: bytes,
    context: Mapping[str, object],
    compiled: CompiledTemplates,
    payload: str,
    clauses: Clauses,
) -> Document:
    """*template* filled with *context*, every page's footer stamped with *payload* as QR code.

    Raises:
        TemplateRefused: a tag says what the grammar does not allow.
        DraftTooLarge: the result passes the limit.
        ValueError: a tag breaks the structure of the file.
    """
    made = compiled.of(template, clauses)
    document = made.open()
    for _, part in [*story_parts(document)]:
        program = made.programs.get(str(part.partname))
        if program is not None:
            _fill_part(part, program, context)
            _finish_part(part, payload)
    _number_drawings(document)
    return document


def fill_text(text: str, context: Mapping[str, object], catalogue: Catalogue) -> str:
    """*text* with its tags filled, as plain words; raises as `render`."""
    made = html.unescape(_run(_compile(as_xml(text), catalogue), context))
    return made.replace(BLANK_STARTS, "").replace(BLANK_ENDS, "").replace(QR_CODE, "")


def _fill_part(part: StoryPart, program: Template, context: Mapping[str, object]) -> None:
    try:
        part._element = parse_xml(_run(program, context))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def _compile(source: str, catalogue: Catalogue) -> Template:
    tags = source.split("{{")[1:] + source.split("{%")[1:]
    longest = max((min(len(t.partition("}")[0]), len(source)) for t in tags), default=0)
    if len(tags) > MAX_TAGS or longest > 2 * MAX_TAG_LENGTH:
        raise TemplateRefused(count=1)
    try:
        tree = parse(source)
    except TemplateSyntaxError as error:
        raise TemplateRefused(count=1, detail=str(error)) from error
    faults = [*examine(tree.body, catalogue)]
    if faults:
        raise TemplateRefused(count=len(faults), detail=str(faults[0]))
    return Template.from_code(ENVIRONMENT, ENVIRONMENT.compile(tree), {})


def _run(template: Template, context: Mapping[str, object]) -> str:
    """The text that *template* makes, given up as soon as it passes the limit."""
    pieces, length = [], 0
    for piece in template.generate(context):
        length += len(piece)
        if length > MAX_RESULT_CHARACTERS:
            raise DraftTooLarge(limit=MAX_RESULT_CHARACTERS // 1_000_000)
        pieces.append(piece)
    return "".join(pieces)


def _finish_part(part: StoryPart, payload: str) -> None:
    """Turn line ends, marks of blanks and the place of the QR code into what Word has for them."""
    runs = {
        text.getparent(): None
        for text in part.element.iter(_T)
        if text.text and any(sign in text.text for sign in _SPECIAL)
    }
    for run in runs:
        if isinstance(run, CT_R):
            _rebuild_run(run, part, payload)


def _rebuild_run(run: CT_R, part: StoryPart, payload: str) -> None:
    """Replace *run* by runs of the same looks, split where a blank or the QR code is."""
    runs = [_like(run)]
    for child in [*run]:
        if child.tag == _T:
            for sign, stretch in _split(child.text or ""):
                if sign == QR_CODE:
                    runs += [_draw(_like(run), part, payload), _like(run)]
                elif sign in (BLANK_STARTS, BLANK_ENDS):
                    runs.append(_like(run, blank=sign == BLANK_STARTS))
                _write_stretch(runs[-1], sign, stretch)
        elif child.tag != _RPR:
            runs[-1].append(child)
    for made in runs:
        if any(child.tag != _RPR for child in made):
            run.addprevious(made)
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)


def _write_stretch(run: CT_R, sign: str, stretch: str) -> None:
    """Write the plain *stretch* into *run*, after the line end or tab that *sign* stands for."""
    if sign in ("\n", "\t"):
        run.append(OxmlElement("w:br" if sign == "\n" else "w:tab"))
    if stretch:
        text = OxmlElement("w:t")
        text.text = stretch
        text.set(qn("xml:space"), "preserve")
        run.append(text)


def _split(text: str) -> list[tuple[str, str]]:
    """*text* cut before each special sign: pairs of the sign and the plain stretch after it."""
    pieces, start, sign = [], 0, ""
    for index, character in enumerate(text):
        if character in _SPECIAL:
            pieces.append((sign, text[start:index]))
            sign, start = character, index + 1
    return [*pieces, (sign, text[start:])]


def _like(run: CT_R, *, blank: bool = False) -> CT_R:
    """An empty run that looks like *run*; highlighted when it is to hold a blank's mark."""
    made = cast(CT_R, OxmlElement("w:r"))
    if run.rPr is not None:
        made.append(deepcopy(run.rPr))
    if blank:
        made.get_or_add_rPr().highlight_val = WD_COLOR_INDEX.YELLOW
    return made


def _draw(run: CT_R, part: StoryPart, payload: str) -> CT_R:
    inline = part.new_pic_inline(
        BytesIO(draw_qr(payload)), width=Mm(QR_MILLIMETRES), height=Mm(QR_MILLIMETRES)
    )
    inline.docPr.set("descr", payload)
    run.add_drawing(inline)
    return run


def _number_drawings(document: Document) -> None:
    """Word calls a file damaged in which two drawings have one number."""
    number = 0
    for _, part in story_parts(document):
        for properties in part.element.iter(qn("wp:docPr")):
            number += 1
            properties.set("id", str(number))
