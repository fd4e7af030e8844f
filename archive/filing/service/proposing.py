"""What a paper that was read seems to be, and whose: written on its deposit for a person to see.

A proposal decides nothing. It is sure where one key may file the paper: its kind and its customer
are beyond doubt (`archive.filing.service.judging`). Everything else is asked.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import pairwise

from archive.actor import SYSTEM
from archive.filing.errors import AlreadyDecided
from archive.filing.models import Candidate, Deposit, Origin, Proposal, ReadField
from archive.filing.rules import AttachmentKind, own_words
from archive.filing.service.carrying import separator_on
from archive.filing.service.deciding import while_waiting
from archive.filing.service.judging import Verdict, judge
from archive.filing.service.learning import text_of
from archive.filing.service.matching import Aids, Read, look_up
from archive.filing.service.turning import set_upright
from archive.recognition.codes import Code, DraftCode, parse
from archive.recognition.pages import PageText
from archive.recognition.papers import FieldName, PaperKind, Understood, understand

KIND_SURE = 0.9  # from here on the kind of a paper is beyond doubt
TITLE_LENGTH = 120
KINDS = {each.value: each for each in AttachmentKind}
IDENTIFYING = (
    FieldName.CREDIT_CODE,
    FieldName.PERMIT_NUMBER,
    FieldName.ID_NUMBER,
    FieldName.DOCUMENT_NUMBER,
    FieldName.NAME,
)
"""What two papers of a kind differ in, the surest first."""


def propose(
    deposit: Deposit, pages: Sequence[PageText], *, now: datetime, aids: Aids | None = None
) -> Deposit:
    """Write on *deposit* what its *pages* make of it, and show them upright.

    The same pages again change nothing. Whoever decides about the deposit in this very moment
    wins: it is left as they made it.
    """
    proposal = proposal_of(deposit, pages, now=now, aids=aids or Aids())

    def write(waiting: Deposit) -> Deposit:
        if waiting.proposal and _says_the_same(waiting.proposal, proposal):
            return waiting
        return waiting.change(SYSTEM, now, "deposit.proposed", {"proposal": proposal})

    with suppress(AlreadyDecided):
        return while_waiting(set_upright(deposit, pages, now=now), write)
    return deposit


def proposal_of(
    deposit: Deposit, pages: Sequence[PageText], *, now: datetime, aids: Aids
) -> Proposal:
    """What *pages* make of *deposit*; nothing is written."""
    understood = understand(pages)
    codes = [code for page in pages for each in page.codes if (code := parse(each))]
    kind, sure = _kind_of(understood, codes, deposit.origin)
    if kind is AttachmentKind.OTHER and (
        guess := aids.guess(text_of([each.text for each in pages]))
    ):
        kind, sure = guess
    read = Read(
        pages=pages,
        understood=understood,
        kind=kind,
        codes=codes,
        file_name=deposit.file.original_name,
        origin=deposit.origin,
    )
    verdict = judge(*look_up(read, aids))
    first_pages = first_pages_of(pages)
    is_stack = len(first_pages) > 1
    document_on, valid_until = _days_of(understood)
    return Proposal(
        made_at=now,
        kind=kind,
        kind_confidence=sure,
        title=_title_of(kind, understood, deposit.file.original_name),
        document_on=document_on,
        valid_until=valid_until,
        fields_read=[
            ReadField(
                name=each.name,
                value=each.value,
                confidence=each.confidence,
                page=each.page,
                box=[each.box.left, each.box.top, each.box.right, each.box.bottom],
            )
            for each in understood.fields
        ],
        candidates=_candidates_of(verdict),
        is_sure=_is_sure(verdict, kind, sure) and not is_stack and not deposit.file.flaw,
        first_pages=first_pages if is_stack else [],
        spare_pages=spare_pages_of(pages, first_pages) if is_stack else [],
    )


def first_pages_of(pages: Sequence[PageText]) -> list[int]:
    """With which pages a paper seems to begin.

    After a separator sheet or a blank page, with another kind, or the same of somebody else's. One
    that says too little of itself belongs to the paper before it. Where every other page is blank
    they are backs, and say nothing.
    """
    parting = parting_pages(pages)
    pages = [each for each in pages if not (each.is_blank or separator_on(each))]
    if len(pages) < 2:
        return [each.number for each in pages]
    first, before = [pages[0].number], understand(pages[:1])
    for last, page in pairwise(pages):
        if any(last.number < each < page.number for each in parting):
            first.append(page.number)
            before = understand([page])
            continue
        here = understand([page])
        if here.kind is PaperKind.OTHER or here.confidence < KIND_SURE:
            continue
        if before.kind is not PaperKind.OTHER and _are_different(before, here):
            first.append(page.number)
        before = here
    return first


def parting_pages(pages: Sequence[PageText]) -> list[int]:
    """The separator sheets and the blank pages that part papers."""
    blank = [each.number for each in pages if each.is_blank]
    are_backs = len(pages) % 2 == 0 and all(each.is_blank for each in pages[1::2])
    sheets = [each.number for each in pages if separator_on(each)]
    return sheets if are_backs else sorted({*sheets, *blank})


def spare_pages_of(pages: Sequence[PageText], first_pages: Sequence[int]) -> list[int]:
    """The pages that no paper needs: separator sheets, and blank ones at the end of a paper."""
    spare: list[int] = []
    is_end = True
    for page in reversed(pages):
        if separator_on(page) or (page.is_blank and is_end):
            spare.append(page.number)
        else:
            is_end = page.number in first_pages
    return spare[::-1]


def _are_different(one: Understood, other: Understood) -> bool:
    if one.kind is not other.kind:
        return True
    for name in IDENTIFYING:
        mine, theirs = one.value_of(name), other.value_of(name)
        if mine and theirs:
            return mine != theirs
    return False


def _kind_of(
    understood: Understood, codes: Sequence[Code], origin: Origin | None
) -> tuple[AttachmentKind, float]:
    """What the paper is and how sure that is; where it does not say, what the way in said."""
    if any(isinstance(code, DraftCode) for code in codes):
        return AttachmentKind.CONTRACT_COPY, 1.0
    if origin and origin.kind and understood.confidence < KIND_SURE:
        return origin.kind, KIND_SURE
    return KINDS[understood.kind.value], understood.confidence


def _is_sure(verdict: Verdict, kind: AttachmentKind, sure: float) -> bool:
    return verdict.is_sure and kind is not AttachmentKind.OTHER and sure >= KIND_SURE


def _candidates_of(verdict: Verdict) -> list[Candidate]:
    return [
        Candidate(customer_id=each.customer, by=each.by, score=each.score)
        for each in verdict.candidates
    ]


def _title_of(kind: AttachmentKind, understood: Understood, file_name: str) -> str:
    """The word for the kind (records speak Chinese) and the number that the paper bears."""
    if kind is AttachmentKind.OTHER:
        return own_words(file_name)
    number = understood.value_of(FieldName.DOCUMENT_NUMBER)
    return f"{kind.label} {number}".strip()[:TITLE_LENGTH]


def _days_of(understood: Understood) -> tuple[date | None, date | None]:
    """The day of the paper, and until when it is good; a day that cannot be is left out."""
    document_on = _day(understood.value_of(FieldName.ISSUED_ON))
    valid_until = _day(understood.value_of(FieldName.VALID_UNTIL))
    if document_on and valid_until and valid_until < document_on:
        return None, None
    return document_on, valid_until


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _says_the_same(one: Proposal, other: Proposal) -> bool:
    kept, made = one.to_mongo(), other.to_mongo()
    return bool({**kept, "made_at": None} == {**made, "made_at": None})
