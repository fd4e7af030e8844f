"""What the index holds about a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Tag(NamedTuple):
    """A value that results are counted and filtered by, with the words that people see.

    `label` of a customer or a person is a name; of a kind or a status it is a Chinese msgid.
    """

    value: str
    label: str


@dataclass(frozen=True)
class IndexEntry:
    """A record as search sees it; a chapter's ``indexing.py`` makes it.

    Everything in `title`, `body`, `customer`, `people`, `numbers` and `names` can be found by
    whoever sees the entry: put nothing in that not all holders of `access` may read.
    """

    id: str
    """Unique over all kinds: ``visit:6561...``."""
    kind: Tag
    title: str
    access: frozenset[str]
    """Tokens (`archive.actor.access_token`): whoever holds one of them sees the entry."""
    unless: frozenset[str] = frozenset()
    """Whoever holds one of these sees a fuller entry of the same record instead of this one."""
    body: str = ""
    quoted: str | None = None
    """What of `body` may be shown beside a hit; None: any of it."""
    customer: Tag | None = None
    people: tuple[Tag, ...] = ()
    at: datetime | None = None
    """When it happened (aware): for "newest first" and the date filter."""
    status: Tag | None = None
    """Its value is unique over all kinds: ``complaint.accepted``."""
    numbers: tuple[str, ...] = ()
    """Contract, waybill, archive numbers: found by any part of five or more characters."""
    names: tuple[str, ...] = ()
    """Company names: also found by their pinyin and its initials."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the chapter needs to link to the record; carried, never searched."""

    def __post_init__(self) -> None:
        """Refuse here, where the record is known, what the index could not take later."""
        tags = (self.kind, *self.people, *filter(None, (self.customer, self.status)))
        texts = (self.id, self.title, self.body, *self.numbers, *self.names, *self.access)
        texts += (*self.unless, *self.facts, *self.facts.values())
        for text in (*texts, *(part for tag in tags for part in tag)):
            if not isinstance(text, str):
                raise TypeError(f"{self.id}: {text!r} is no text")
        if self.at is not None and getattr(self.at, "tzinfo", None) is None:
            raise TypeError(f"{self.id}: {self.at!r} is no instant with a zone")
