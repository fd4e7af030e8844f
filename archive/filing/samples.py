"""Deposits and attachments for the walk of rights."""

from datetime import datetime, timedelta

from archive.actor import SYSTEM
from archive.customers.samples import a_customer
from archive.filing.demonstration import papers, take_in
from archive.filing.models import Candidate, Deposit, Proposal, ReadField, StoredFile
from archive.filing.rules import AttachmentKind, Confidentiality, MatchedBy, PaperFacts
from archive.filing.service.deciding import file_deposit
from archive.reading import Reading, ReadingState, ReadPage, service
from archive.recognition.pages import TextSource
from archive.recognition.papers import FieldName
from archive.web.chapter import Sample, Sampling


def a_deposit(given: Sampling) -> Deposit:
    """A scan that waits to be filed."""
    return take_in(papers()[0], given.maker, given.now, given.seams)


def of_deposits(given: Sampling) -> Sample:
    """A deposit."""
    return Sample({"key": a_deposit(given).key, "page": 1})


def of_attachments(given: Sampling) -> Sample:
    """An internal attachment of the owner's customer, whose one page was read."""
    customer, deposit = a_customer(given), a_deposit(given)
    read(deposit.file, given.now)
    attachment = file_deposit(
        deposit,
        customer.key,
        PaperFacts(
            kind=AttachmentKind.LICENCE,
            title="样例",
            confidentiality=Confidentiality.INTERNAL,
        ),
        actor=given.maker,
        now=given.now + timedelta(seconds=1),
    )
    return Sample(
        {"key": attachment.key, "number": 1},
        sent={"attachments_api.list_attachments": {"customer": customer.archive_number}},
    )


def read(file: StoredFile, now: datetime) -> None:
    """A line was read on the first page of *file*."""
    service.ask_for(file.sha256, file_type=file.file_type, pages=1, now=now)
    ReadPage.objects(sha256=file.sha256, number=1).update_one(
        upsert=True,
        set__source=TextSource.OCR,
        set__width=210,
        set__height=297,
        set__lines=[["样例货运公司", 0.1, 0.1, 0.5, 0.13, 1.0]],
    )
    Reading.objects(id=file.sha256).update_one(set__state=ReadingState.READ, set__read_at=now)


def of_read_papers(given: Sampling) -> Sample:
    """A paper on file that was read, and differs from the archive of the owner's customer."""
    customer, deposit = a_customer(given), a_deposit(given)
    name = ReadField(name=FieldName.NAME, value="样例货运公司", confidence=1.0, page=1, box=[])
    proposal = Proposal(
        made_at=given.now,
        kind=AttachmentKind.LICENCE,
        fields_read=[name],
        candidates=[Candidate(customer_id=customer.id, by=MatchedBy.NAME, score=0.9)],
    )
    deposit.change(SYSTEM, given.now, "deposit.proposed", {"proposal": proposal})
    facts = PaperFacts(
        kind=AttachmentKind.LICENCE, title="样例", confidentiality=Confidentiality.INTERNAL
    )
    file_deposit(deposit, customer.key, facts, actor=given.maker, now=given.now)
    return Sample({"key": deposit.key})


SAMPLES = {
    "intake": of_deposits,
    "working": of_deposits,
    "several": of_deposits,
    "facts": of_read_papers,
    "deposits_api": of_deposits,
    "proposals_api": of_deposits,
    "attachments": of_attachments,
    "attachments_api": of_attachments,
}
