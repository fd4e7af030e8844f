"""The papers that show a customer's standing (Art. 6.3, 20.1): what is missing or has run out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.contracts.rules import PaperFlaw
from archive.customers.models import Customer
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind, Validity

EXPECTED = (AttachmentKind.LICENCE, AttachmentKind.TAX_REGISTRATION)
"""Art. 6.3 asks for copies of these from every customer."""
LOOKED_AT = (*EXPECTED, AttachmentKind.TRANSPORT_PERMIT, AttachmentKind.REPRESENTATIVE_ID)


@dataclass(frozen=True)
class PaperFault:
    """A paper that is missing, or is past its date; `attachment_key` leads to the one on file."""

    kind: AttachmentKind
    flaw: PaperFlaw
    valid_until: date | None = None
    attachment_key: str | None = None


def find_paper_faults(customer: Customer, today: date) -> Iterator[PaperFault]:
    """What is wrong with the papers of *customer* on *today*, in the order of the regulation.

    A paper of a kind is past its date when none of that kind is good any more.
    """
    on_file: dict[AttachmentKind, list[Attachment]] = {kind: [] for kind in LOOKED_AT}
    for paper in Attachment.filed().filter(customer_id=customer.id, kind__in=list(LOOKED_AT)):
        on_file[paper.kind].append(paper)
    for kind, papers in on_file.items():
        if not papers and kind in EXPECTED:
            yield PaperFault(kind, PaperFlaw.MISSING)
        if papers and all(each.validity(today) is Validity.EXPIRED for each in papers):
            newest = max(papers, key=lambda each: each.valid_until)
            yield PaperFault(kind, PaperFlaw.EXPIRED, newest.valid_until, newest.key)
        elif kind is AttachmentKind.LICENCE and customer.licence_has_expired(today):
            yield PaperFault(kind, PaperFlaw.EXPIRED_IN_ARCHIVE, customer.licence_valid_until)
