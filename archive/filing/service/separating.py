"""Stacks that come apart: at separator sheets by themselves, at blank pages where a person agrees.

The sheets are in none of the papers, nor are blank pages at the beginning or the end of one: those
are backs. The original keeps them all, and comes back by `archive.filing.service.arranging`.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from archive.actor import SYSTEM
from archive.blobs import Blobs
from archive.filing.errors import AlreadyDecided, NotArrangeable, NotClean
from archive.filing.models import Deposit
from archive.filing.service.arranging import cut_up
from archive.filing.service.carrying import separator_on
from archive.recognition import PageReader
from archive.recognition.pages import PageText


def papers_of(pages: Sequence[PageText]) -> list[list[int]]:
    """The numbers of the pages of each paper between the separator sheets."""
    papers: list[list[PageText]] = [[]]
    for page in pages:
        if separator_on(page):
            papers.append([])
        else:
            papers[-1].append(page)
    return [trimmed for paper in papers if (trimmed := _without_blank_ends(paper))]


def _without_blank_ends(paper: Sequence[PageText]) -> list[int]:
    written = [at for at, page in enumerate(paper) if not page.is_blank]
    return [each.number for each in paper[written[0] : written[-1] + 1]] if written else []


def split_at_sheets(
    deposit: Deposit,
    pages: Sequence[PageText],
    *,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> list[Deposit]:
    """Make papers of a stack with separator sheets in it, unless somebody has it on the desk.

    One that was put back together by hand stays whole.

    Raises:
        PagesBusy: others have too many files looked into; it may be tried again.
    """
    papers = papers_of(pages)
    has_all = len(pages) == deposit.file.pages
    if (
        not (papers and has_all and any(map(separator_on, pages)))
        or deposit.pieces
        or deposit.held_by_other(SYSTEM.id, now)
        or not deposit.file.has_own_pages
    ):
        return []
    with suppress(AlreadyDecided, NotArrangeable, NotClean):  # then a person sees to it
        return cut_up(deposit, papers, actor=SYSTEM, now=now, blobs=blobs, recognition=recognition)
    return []
