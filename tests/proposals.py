"""What the reading of a paper would propose, made by hand: the desk is tried without reading."""

from collections.abc import Mapping, Sequence

from archive import clock
from archive.customers.models import Customer
from archive.filing.models import Candidate, Deposit, Proposal, ReadField
from archive.filing.rules import AttachmentKind, MatchedBy
from archive.reading import Reading, ReadingState, ReadPage
from archive.recognition.pages import TextSource
from archive.recognition.papers import FieldName

LINE = 0.06
"""How far apart the fields are down the page."""


def a_proposal(
    deposit: Deposit,
    *customers: Customer,
    is_sure: bool = True,
    kind: AttachmentKind | None = AttachmentKind.LICENCE,
    fields: Mapping[FieldName, str] | None = None,
    confidence: float = 0.99,
    turn: int = 0,
    first_pages: Sequence[int] = (),
    **facts: object,
) -> Deposit:
    """Have *deposit* read, and proposed for *customers*, as its fields one below the other say."""
    named = {FieldName.NAME: customers[0].name} if customers and fields is None else fields or {}
    read = [
        ReadField(
            name=name,
            value=value,
            confidence=confidence,
            page=1,
            box=[0.2, 0.2 + place * LINE, 0.8, 0.2 + (place + 0.8) * LINE],
        )
        for place, (name, value) in enumerate(named.items())
    ]
    proposal = Proposal(
        made_at=clock.now(),
        kind=kind,
        kind_confidence=1.0,
        fields_read=read,
        candidates=[
            Candidate(customer_id=each.id, by=MatchedBy.CREDIT_CODE, score=0.99 - place / 10)
            for place, each in enumerate(customers)
        ],
        is_sure=is_sure and bool(customers),
        first_pages=list(first_pages),
        **facts,
    )
    Deposit.objects(id=deposit.id).update_one(set__proposal=proposal)
    a_reading(deposit, ReadingState.READ)
    page = ReadPage(sha256=deposit.file.sha256, number=1, turn=turn)
    page.source, page.width, page.height = TextSource.OCR, 210.0, 297.0
    ReadPage.objects(sha256=deposit.file.sha256, number=1).delete()
    page.save()
    return Deposit.find(deposit.key)


def a_reading(deposit: Deposit, state: ReadingState, **facts: object) -> Reading:
    """How far the reading of *deposit* is."""
    pages = {"pages": deposit.file.pages, "pages_read": deposit.file.pages}
    if state in (ReadingState.WAITING, ReadingState.FAILED):
        pages["pages_read"] = 0
    known = {"state": state, "asked_at": clock.now(), **pages, **facts}
    said = {f"set__{name}": value for name, value in known.items()}
    Reading.objects(id=deposit.file.sha256).update_one(upsert=True, **said)
    reading = Reading.of(deposit.file.sha256)
    assert reading is not None
    return reading
