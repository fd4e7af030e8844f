"""Taking one file in for a way: with what, and what is noted of it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from archive.actor import Actor
from archive.arriving.errors import ArrivedBefore
from archive.arriving.models import Arrival, Words
from archive.arriving.rules import Outcome, Way
from archive.blobs import Blobs
from archive.errors import ArchiveError
from archive.filing.models import Deposit, Origin
from archive.filing.rules import DepositState, showable_name
from archive.filing.service import receiving
from archive.recognition import PageReader

PIECE = 1024 * 1024


class Spooled(Protocol):
    """A file while it is received: see `archive.web.spool`."""

    limit: int
    size: int

    @property
    def path(self) -> Path: ...
    @property
    def sha256(self) -> str: ...
    @property
    def is_too_large(self) -> bool: ...
    def write(self, part: bytes) -> int: ...
    def seek(self, offset: int, whence: int = 0) -> int: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Tools:
    """The outside parts that taking files in needs."""

    blobs: Blobs
    recognition: PageReader
    spool: Callable[[], Spooled]
    in_words: Callable[[ArchiveError], Words]
    """What an error says, by language."""


@dataclass(frozen=True)
class Taken:
    """What became of one file."""

    outcome: Outcome
    deposit: Deposit | None = None
    why: Mapping[str, str] | None = None


def take(
    upload: Spooled,
    *,
    name: str,
    same: str,
    origin: Origin | None,
    actor: Actor,
    now: datetime,
    tools: Tools,
) -> Taken:
    """Take a received file in, by the verb of the page. *same* names it: it comes in once.

    Raises:
        Unavailable: a store cannot be reached; nothing was taken in, and it may be tried again.
        PagesBusy: as `archive.filing.service.receiving`.
    """
    upload.seek(0)
    key = hashlib.sha256(f"{same}\0{upload.sha256}".encode("utf-8", "surrogateescape")).hexdigest()
    if earlier := Deposit.by_upload(actor.id, key):
        if earlier.state is DepositState.REJECTED:
            error = ArrivedBefore(by=earlier.decided_by_name)
            return Taken(Outcome.REFUSED, earlier, tools.in_words(error))
        return Taken(Outcome.AGAIN, earlier)
    deposit = receiving.receive(
        upload,
        name=name,
        upload_key=key,
        origin=origin,
        actor=actor,
        now=now,
        blobs=tools.blobs,
        recognition=tools.recognition,
    )
    return Taken(Outcome.TAKEN, deposit)


def note(way: Way, name: str, words: str, taken: Taken, now: datetime) -> None:
    """Keep for the page what became of a file."""
    Arrival(
        way=way,
        at=now,
        name=showable_name(name),
        words=words or None,
        outcome=taken.outcome,
        why=dict(taken.why or {}),
        deposit_id=taken.deposit.id if taken.deposit else None,
    ).save()
