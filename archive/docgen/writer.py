"""The seam to Word: a template is checked, asked what it lacks, filled; a document read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import BytesIO
from types import MappingProxyType
from typing import cast

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from archive.clock import local_day
from archive.docgen.catalogue import STAMP, Catalogue
from archive.docgen.check import check_template
from archive.docgen.clauses import CLAUSES, Clauses
from archive.docgen.errors import TemplateRefused
from archive.docgen.faults import CheckReport, Fault, FaultKind
from archive.docgen.hiding import hide_in
from archive.docgen.places import Place, Region
from archive.docgen.render import (
    MAX_COMPILED,
    CompiledTemplates,
    digest_of,
    fill_text,
    render,
)
from archive.docgen.stamp import write_payload
from archive.docgen.text import read_text
from archive.docgen.values import Missing, prepare

NO_CLAUSES: Clauses = MappingProxyType({})
_REACHING = re.compile(r"\{%\s*(?:p|tr|tc|r)\s")
# Stands for the stamp where nothing is made yet.
_TRIAL: Mapping[str, object] = {
    "编号": "HT-0000-00000",
    "版本": 1,
    "日期": date(2000, 1, 1),
    "起草人": "—",
}


def _claim_properties(document: Document) -> None:
    """Drop properties filed under another relationship than Word's, as LibreOffice files them.

    python-docx would not see them and add a second part of the same name.
    """
    relationships = document.part.package.rels
    for key, relationship in [*relationships.items()]:
        kind = relationship.reltype
        if kind.endswith("/core-properties") and kind != RELATIONSHIP_TYPE.CORE_PROPERTIES:
            del relationships[key]


@dataclass(frozen=True)
class Filled:
    """A document made of a template: its bytes, its text for the index, and what it lacks."""

    content: bytes
    text: str
    missing: list[Missing]


class DraftWriter:
    """Makes Word documents from the company's templates.

    *catalogue* says what they may name. Values are plain: a mapping of its groups (``客户``) to
    mappings of str, int, Decimal or date, and of its lists (``价格表``) to sequences of such
    mappings. What is None, empty or absent counts as missing. Among them may be ``条款``, the texts
    of the clauses that templates name.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._compiled = CompiledTemplates(catalogue)
        self._checked: dict[bytes, CheckReport] = {}

    def check(self, template: bytes, clauses: Clauses = NO_CLAUSES) -> CheckReport:
        """Every fault of *template* in one answer, with its place; and the placeholders it uses.

        It may name *clauses*.

        The answers on the last templates are kept: the same file has the same faults.
        """
        digest = digest_of(template, clauses)
        if digest not in self._checked:
            fill = partial(self._try_filling, clauses=clauses)
            report = check_template(template, self.catalogue, fill, clauses)
            self._checked[digest] = report
            if len(self._checked) > MAX_COMPILED:
                del self._checked[next(iter(self._checked))]
            return report
        return self._checked[digest]

    def check_clause(self, text: str) -> CheckReport:
        """Every fault of the *text* of a clause, each with the line that it is in.

        A clause stands within a paragraph, so it has no loops over rows or paragraphs of its own,
        and it names no other clause.
        """
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        made = BytesIO()
        document.save(made)
        report = self.check(made.getvalue())
        reaching = tuple(
            Fault(FaultKind.FORBIDDEN, line[:80], Place(Region.BODY, paragraph=number))
            for number, line in enumerate(text.splitlines(), start=1)
            if _REACHING.search(line)
        )
        return CheckReport((*report.faults, *reaching), report.placeholders)

    def fill_text(self, text: str, values: Mapping[str, object]) -> str:
        """*text*, a clause that passed its check, as words; what is missing as 【待填：…】."""
        return fill_text(
            text, prepare({**values, STAMP: _TRIAL}, self.catalogue, []), self.catalogue
        )

    def missing(self, template: bytes, values: Mapping[str, object]) -> list[Missing]:
        """What a draft would show as 【待填：…】, in the order of the document.

        A placeholder that a condition leaves out is not missing.
        """
        shown: list[Missing] = []
        self._render(template, values, _TRIAL, shown)
        return shown

    def fill(
        self,
        template: bytes,
        values: Mapping[str, object],
        *,
        number: str,
        version: int,
        made_at: datetime,
        made_by: str,
    ) -> Filled:
        """A .docx made of *template* and *values*, stamped with number, version and QR code.

        Missing values appear as marked 【待填：…】, and are named.

        Raises:
            TemplateRefused: *template* would not pass `check`.
            DraftTooLarge: the result passes the limit.
            ValueError, TypeError: *values* are not as the catalogue has them.
        """
        stamp = {"编号": number, "版本": version, "日期": local_day(made_at), "起草人": made_by}
        missing: list[Missing] = []
        document = self._render(template, values, stamp, missing)
        _claim_properties(document)
        properties = document.core_properties
        properties.title = properties.identifier = number
        properties.author = properties.last_modified_by = made_by
        properties.created = properties.modified = made_at
        properties.version = str(version)
        made = BytesIO()
        document.save(made)
        return Filled(made.getvalue(), read_text(document), missing)

    def text_of(self, document: bytes) -> str:
        """The text of a .docx as a reader sees it, for the search index."""
        return read_text(docx.Document(BytesIO(document)))

    def hide_in(self, document: bytes, hide: Callable[[str], str]) -> bytes:
        """A copy of a .docx with *hide*, which leaves a text as long as it was, applied to it."""
        return hide_in(document, hide)

    def _render(
        self,
        template: bytes,
        values: Mapping[str, object],
        stamp: Mapping[str, object],
        shown: list[Missing],
    ) -> Document:
        clauses = cast(Clauses, values.get(CLAUSES, NO_CLAUSES))
        known = {group: given for group, given in values.items() if group != CLAUSES}
        context = prepare({**known, STAMP: stamp}, self.catalogue, shown)
        payload = write_payload(str(stamp["编号"]), int(str(stamp["版本"])))
        return render(template, context, self._compiled, payload, clauses)

    def _try_filling(self, template: bytes, clauses: Clauses) -> None:
        values = self.catalogue.examples() | {CLAUSES: clauses}
        try:
            document = self._render(template, values, _TRIAL, [])
            document.save(BytesIO())
        except TemplateRefused as error:
            raise ValueError(str(error)) from error
