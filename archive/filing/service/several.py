"""One decision about several deposits: each is told what became of it."""

from collections.abc import Callable, Iterable
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
    deposits: Iterable[Deposit],
    customer_key: str,
    facts: PaperFacts,
    *,
    actor: Actor,
    now: datetime,
) -> list[Outcome]:
    """File several deposits with the same facts."""

    def file_one(deposit: Deposit) -> Attachment:
        return deciding.file_deposit(deposit, customer_key, facts, actor=actor, now=now)

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
