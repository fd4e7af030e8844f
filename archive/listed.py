"""What can be done with rows of a list that somebody has chosen, some or all that was found.

A chapter declares its lists, and what it does with rows of them or of another chapter's list.
Choosing, naming what may not be changed, progress and the way back are the work of
`archive.listwork`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.actor import Actor, Right


@dataclass(frozen=True)
class Listed:
    """A list of which rows can be chosen."""

    key: str
    page: Any
    """Its `archive.web.listing.ListPage`."""
    endpoint: str
    """Its page, whose address holds all that narrows it."""
    rows: Callable[[Actor], Any]
    """All that a person may see of it, as a query."""
    within: Callable[[Any], Any] | None = None
    """What of it the address shows, such as a tab: what is meant by all that was found."""


@dataclass(frozen=True)
class RowPage:
    """A page about chosen rows: it gets their list's address, filters and choice included."""

    key: str
    on: str
    """The key of the list."""
    label: str
    icon: str
    right: Right
    endpoint: str


@dataclass(frozen=True)
class RowAct:
    """Something done to each of many records, which can be taken back.

    Each record is changed by a verb of its own, with an event and the reason of the whole. A verb
    that refuses has its row named, and the others go on.
    """

    key: str
    on: str
    """The key of the list."""
    label: str
    icon: str
    right: Right
    """What it needs on each record."""
    lead: str
    """What the person should know before: a msgid."""
    model: Any
    """The `Input` that asks for the facts of it and for its reason, ``reason``."""
    facts: Callable[[Any], Mapping[str, Any]]
    """What of the typed input is kept, as MongoDB keeps it; the reason is kept apart.

    Raises:
        ArchiveError: it cannot be done to any record.
    """
    tell: Callable[[Mapping[str, Any]], str]
    """The facts in words, without those that name the act itself."""
    find: Callable[[Any], Any]
    """The record with an identity, or None."""
    is_so: Callable[[Any, Mapping[str, Any]], bool]
    """Whether a record already is what the act makes of it."""
    before: Callable[[Any], Mapping[str, Any]]
    """What taking it back restores, as MongoDB keeps it."""
    do: Callable[[Any, Mapping[str, Any], Actor, datetime, str], object]
    """Do it to a record, with the facts and the reason; `restore` puts back what `before` gave."""
    restore: Callable[[Any, Mapping[str, Any], Actor, datetime, str], object]
    addresses: Callable[[Sequence[Any]], Mapping[Any, str]]
    """Where the records with these identities are."""
    is_offered: bool = True
    """Whether the list offers it; False where a page of its own begins it."""
    choices: Callable[[], Mapping[str, Any]] = dict
    """The choices of fields of `model` that are no closed lists."""
