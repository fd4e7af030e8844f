"""What a paper is and says, understood from its lines alone: no files, no store."""

from collections.abc import Sequence

from archive.recognition.codes import DraftCode, parse
from archive.recognition.pages import PageText
from archive.recognition.papers.codes import credit_code_from
from archive.recognition.papers.entries import entries_of
from archive.recognition.papers.facts import FieldName, FieldRead, PaperKind, Understood
from archive.recognition.papers.fields import fields_of
from archive.recognition.papers.kinds import kind_of
from archive.recognition.papers.layout import sheet_of

__all__ = [
    "FieldName", "FieldRead", "PaperKind", "Understood", "credit_code_from", "understand",
]  # fmt: skip

_PAGES_READ = 6
"""What a paper is and whose stands on its first pages; a contract's other fifty repeat it."""


def understand(pages: Sequence[PageText]) -> Understood:
    """What the paper on *pages* is, and the facts that it states.

    Never raises: a paper that says nothing is `OTHER` without facts.
    """
    sheets = [sheet_of(page) for page in pages[:_PAGES_READ]]
    entries = [entries_of(sheet) for sheet in sheets]
    is_ours = any(isinstance(parse(code), DraftCode) for page in pages for code in page.codes)
    kind, confidence = kind_of(sheets, entries, is_our_draft=is_ours)
    return Understood(kind, confidence, fields_of(kind, sheets, entries))
