"""One decision about several deposits: each is told what became of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.actor import Actor
from archive.errors import ArchiveError
from archive.filing import rules
from archive.filing.errors import NotSure
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import PaperFacts
from archive.filing.service import deciding, holding, looking, stack


@dataclass(frozen=True)
class Outcome:
    """What became of one deposit among several: done, or why not."""

    deposit: Deposit
    error: ArchiveError | None = None


def file_many(
    papers: Sequence[tuple[Deposit, PaperFacts]],
    customer_key: str,
    *,
    actor: Actor,
    now: datetime,
) -> list[Outcome]:
    """File several deposits into the archive of one customer, each with its own facts."""
    facts = {deposit.key: said for deposit, said in papers}

    def file_one(deposit: Deposit) -> Attachment:
        said = facts[deposit.key]
        return deciding.file_deposit(deposit, customer_key, said, actor=actor, now=now)

    return _each([deposit for deposit, _ in papers], file_one)


def file_proposed(deposits: Iterable[Deposit], *, actor: Actor, now: datetime) -> list[Outcome]:
    """File each of *deposits* as it is proposed, those of which it is sure and nothing is odd."""

    def file_one(deposit: Deposit) -> Attachment:
        looking.ask_about([deposit], is_sure=False)
        holding.check_free(deposit, actor=actor, now=now)
        proposal = deposit.proposal
        if not stack.is_sure(deposit):
            raise NotSure()
        facts = rules.PaperFacts(
            kind=proposal.kind,
            title=proposal.title or proposal.kind.label,
            confidentiality=rules.default_confidentiality(proposal.kind),
            document_on=proposal.document_on,
            valid_until=proposal.valid_until,
        )
        customer = str(proposal.customer_id)
        return deciding.file_deposit(deposit, customer, facts, actor=actor, now=now)

    return _each(deposits, file_one)


def reject_many(
    deposits: Iterable[Deposit], reason: str, *, actor: Actor, now: datetime
) -> list[Outcome]:
    """Reject several deposits for the same reason."""
    return _each(deposits, lambda each: deciding.reject(each, reason, actor=actor, now=now))


def undo_many(deposits: Iterable[Deposit], *, actor: Actor, now: datetime) -> list[Outcome]:
    """Take several filings back."""
    return _each(deposits, lambda each: deciding.undo_filing(each, actor=actor, now=now))


def _each(deposits: Iterable[Deposit], act: Callable[[Deposit], object]) -> list[Outcome]:
    """*act* on each of *deposits*; one that fails does not stop the others."""
    outcomes = []
    for deposit in deposits:
        try:
            act(deposit)
            outcomes.append(Outcome(deposit))
        except ArchiveError as error:
            outcomes.append(Outcome(deposit, error))
    return outcomes
