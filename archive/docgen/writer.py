"""The seam to Word: a template is checked, asked what it lacks, filled; a document read."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from archive.clock import local_day
from archive.docgen.catalogue import STAMP, Catalogue
from archive.docgen.check import check_template
from archive.docgen.errors import TemplateRefused
from archive.docgen.faults import CheckReport
from archive.docgen.hiding import hide_in
from archive.docgen.render import MAX_COMPILED, CompiledTemplates, render
from archive.docgen.stamp import write_payload
from archive.docgen.text import read_text
from archive.docgen.values import Missing, prepare

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
    mappings. What is None, empty or absent counts as missing.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._compiled = CompiledTemplates(catalogue)
        self._checked: dict[bytes, CheckReport] = {}

    def check(self, template: bytes) -> CheckReport:
        """Every fault of *template* in one answer, with its place; and the placeholders it uses.

        The answers on the last templates are kept: the same file has the same faults.
        """
        digest = hashlib.sha256(template).digest()
        if digest not in self._checked:
            report = check_template(template, self.catalogue, self._try_filling)
            self._checked[digest] = report
            if len(self._checked) > MAX_COMPILED:
                del self._checked[next(iter(self._checked))]
            return report
        return self._checked[digest]

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
        context = prepare({**values, STAMP: stamp}, self.catalogue, shown)
        payload = write_payload(str(stamp["编号"]), int(str(stamp["版本"])))
        return render(template, context, self._compiled, payload)

    def _try_filling(self, template: bytes) -> None:
        try:
            document = self._render(template, self.catalogue.examples(), _TRIAL, [])
            document.save(BytesIO())
        except TemplateRefused as error:
            raise ValueError(str(error)) from error
