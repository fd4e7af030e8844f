"""Deposits and attachments for the walk of rights."""

from datetime import timedelta

from archive.customers.samples import a_customer
from archive.filing.demonstration import papers, take_in
from archive.filing.models import Deposit
from archive.filing.rules import AttachmentKind, Confidentiality, PaperFacts
from archive.filing.service.deciding import file_deposit
from archive.web.chapter import Sample, Sampling


def a_deposit(given: Sampling) -> Deposit:
    """A scan that waits to be filed."""
    return take_in(papers()[0], given.maker, given.now, given.seams)


def of_deposits(given: Sampling) -> Sample:
    """A deposit."""
    return Sample({"key": a_deposit(given).key, "page": 1})


def of_attachments(given: Sampling) -> Sample:
    """An internal attachment of the owner's customer."""
    customer = a_customer(given)
    attachment = file_deposit(
        a_deposit(given),
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


SAMPLES = {
    "intake": of_deposits,
    "working": of_deposits,
    "several": of_deposits,
    "deposits_api": of_deposits,
    "attachments": of_attachments,
    "attachments_api": of_attachments,
}
