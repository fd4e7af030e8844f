"""One decision about several deposits: each is told what became of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.actor import Actor
from archive.errors import ArchiveError
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import PaperFacts
from archive.filing.service import deciding


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

    return outcomes_of([deposit for deposit, _ in papers], file_one)


def reject_many(
    deposits: Iterable[Deposit], reason: str, *, actor: Actor, now: datetime
) -> list[Outcome]:
    """Reject several deposits for the same reason."""
    return outcomes_of(deposits, lambda each: deciding.reject(each, reason, actor=actor, now=now))


def undo_many(deposits: Iterable[Deposit], *, actor: Actor, now: datetime) -> list[Outcome]:
    """Take several filings back."""
    return outcomes_of(deposits, lambda each: deciding.undo_filing(each, actor=actor, now=now))


def outcomes_of(deposits: Iterable[Deposit], act: Callable[[Deposit], object]) -> list[Outcome]:
    """*act* on each of *deposits*; one that fails does not stop the others."""
    outcomes = []
    for deposit in deposits:
        try:
            act(deposit)
            outcomes.append(Outcome(deposit))
        except ArchiveError as error:
            outcomes.append(Outcome(deposit, error))
    return outcomes
