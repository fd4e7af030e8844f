"""The papers that a reviewer looks at, whatever their rights else: the exception of Art. 10."""

from datetime import datetime

from archive.actor import Actor, Right
from archive.blobs import Blobs
from archive.contracts.models import Contract
from archive.contracts.service.papers import LOOKED_AT
from archive.errors import NotFound
from archive.filing.models import Attachment
from archive.filing.service import images
from archive.recognition import PageImage, PageReader
from archive.trail.looks import note_look


def credit_papers(contract: Contract) -> list[Attachment]:
    """The papers on file that show the customer's standing, kind by kind."""
    found = Attachment.filed().filter(customer_id=contract.customer_id, kind__in=list(LOOKED_AT))
    return sorted(found, key=lambda each: (LOOKED_AT.index(each.kind), each.created_at))


def open_credit_paper(contract: Contract, key: str, *, actor: Actor) -> Attachment:
    """One of them, for somebody who is asked about *contract*.

    Raises:
        NotPermitted.
        NotFound: it is no such paper of this customer's.
    """
    actor.require(Right.REVIEW_CONTRACT, contract)
    found = next((each for each in credit_papers(contract) if each.key == key), None)
    if found is None:
        raise NotFound()
    return found


def look_at_credit_paper(
    contract: Contract,
    key: str,
    page: int,
    *,
    width: int,
    actor: Actor,
    now: datetime,
    blobs: Blobs,
    recognition: PageReader,
) -> PageImage:
    """The image of a page of it; each look is written down, with the contract that it was for.

    Raises:
        NotPermitted, NotFound, NoPageImage, PageTooDemanding, PagesBusy, DatabaseAway.
    """
    paper = open_credit_paper(contract, key, actor=actor)
    image = images.page_image(
        paper.current, page, width=width, asker=actor.id, blobs=blobs, recognition=recognition
    )
    note_look(
        paper,
        actor=actor,
        now=now,
        action="attachment.seen_in_review",
        reason=f"{contract.number} p{page}",
        counted=True,
    )
    return image
