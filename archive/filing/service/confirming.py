"""Filing a paper as it is proposed: with one key, or many in one act."""

from collections.abc import Iterable
from datetime import datetime

from bson import ObjectId

from archive.actor import Actor, Right
from archive.filing import rules
from archive.filing.errors import NotSure, ProposedOtherwise
from archive.filing.models import Attachment, Deposit, Proposal
from archive.filing.rules import PaperFacts
from archive.filing.service import deciding, holding, looking
from archive.filing.service.several import Outcome, outcomes_of


def confirm(
    deposit: Deposit, *, seen: str | None = None, actor: Actor, now: datetime
) -> Attachment:
    """File *deposit* as it is proposed. The same request again is harmless.

    *seen* is the customer that the person was shown: a later reading may have proposed another.

    Raises:
        NotPermitted, NotFound, AlreadyDecided: as `deciding.file_deposit`.
        NotSure: kind or customer are not beyond doubt.
        ProposedOtherwise: the proposal is another than *seen* by now.
        HeldByOther: it is on somebody else's desk.
        NeedsYes: the file is damaged, or on file already.
    """
    actor.require(Right.FILE_DEPOSIT, deposit)
    proposal = deposit.proposal
    customer = proposal.customer_id if proposal else None
    if customer is None:
        raise NotSure()
    if seen is not None and ObjectId(seen) != customer:
        raise ProposedOtherwise()
    if deposit.is_waiting:
        looking.ask_about([deposit], is_sure=False)
        holding.check_free(deposit, actor=actor, now=now)
    return deciding.file_deposit(
        deposit, str(customer), proposed_facts(proposal), actor=actor, now=now
    )


def confirm_many(deposits: Iterable[Deposit], *, actor: Actor, now: datetime) -> list[Outcome]:
    """File those of *deposits* that are sure; each is told what became of it."""
    return outcomes_of(deposits, lambda each: confirm(each, actor=actor, now=now))


def proposed_facts(proposal: Proposal) -> PaperFacts:
    """What is said of a paper that is filed as proposed."""
    return PaperFacts(
        kind=proposal.kind,
        title=proposal.title or proposal.kind.label,
        confidentiality=rules.default_confidentiality(proposal.kind),
        document_on=proposal.document_on,
        valid_until=proposal.valid_until,
    )
