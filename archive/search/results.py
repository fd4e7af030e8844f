"""What a search gives back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from archive.search.entry import Tag
from archive.search.query import Place


class Facet(StrEnum):
    """What results are counted and narrowed by."""

    KIND = "kind"
    CUSTOMER = "customer"
    PERSON = "person"
    STATUS = "status"


FACETS: Mapping[Place, Facet] = {
    Place.PERSON: Facet.PERSON,
    Place.KIND: Facet.KIND,
    Place.STATUS: Facet.STATUS,
}
"""The places that are asked for by a tag, not by text."""


class Order(StrEnum):
    """Which results come first."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True)
class Narrowing:
    """What was chosen in addition to the text: values of facets, and days (company's zone)."""

    values: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    """The last day, inclusive."""


class Segment(NamedTuple):
    """A piece of plain text; `marked` where it matches. To be escaped like any text."""

    text: str
    marked: bool


Snippet = tuple[Segment, ...]


@dataclass(frozen=True)
class Hit:
    """One found record."""

    id: str
    kind: Tag
    title: Snippet
    snippet: Snippet
    """Empty as the index gives it, which keeps no texts: made of the record that is shown."""
    customer: Tag | None
    people: tuple[Tag, ...]
    at: datetime | None
    status: Tag | None
    facts: Mapping[str, str]


class Count(NamedTuple):
    """How many results carry *tag*."""

    tag: Tag
    total: int


MOST_VALUES = 15
"""Values counted for a page of results: those with the most records, and the chosen ones."""


def most_frequent(counts: Iterable[Count], chosen: Collection[str]) -> tuple[Count, ...]:
    """The first of *counts*, most frequent first, then by label; the *chosen* values always."""
    carried = (each for each in counts if each.total)
    ordered = sorted(carried, key=lambda each: (-each.total, each.tag.label))
    return tuple(
        each
        for place, each in enumerate(ordered)
        if place < MOST_VALUES or each.tag.value in chosen
    )


@dataclass(frozen=True)
class Results:
    """One page of hits with what else the page needs.

    The counts of a facet ignore the choice made in that same facet, so that another value can
    be chosen; they obey the text, the other facets and the person's rights.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[Facet, tuple[Count, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    rebuilding: bool = False
    """The index is being rebuilt: the newest records may be missing."""
    is_behind: bool = False
    """Nobody has kept the index up to date for a while: there are no counts, and newer records
    are missing."""


@dataclass(frozen=True)
class Suggestion:
    """A title or number that begins with, or contains, what was typed so far."""

    text: str
    kind: Tag
    customer: Tag | None
    id: str
    facts: Mapping[str, str]
