"""A search as a person asks it: what the address holds, with their rights."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.chinese.days import read_day
from archive.chinese.errors import Unreadable
from archive.dossier.serving.current import as_they_are_now, suggested_now
from archive.seams import Seams
from archive.search import (
    Facet,
    Hit,
    Narrowing,
    Order,
    Query,
    Results,
    SearchUnavailable,
    Suggestion,
    parse_query,
)
from archive.search.meant import FEW
from archive.search.pulse import is_followed
from archive.search.synonyms import widen
from archive.web import projection
from archive.web.chapter import found_in, mounted
from archive.web.projection import Address

PARAMETERS: Mapping[str, Facet] = {
    "type": Facet.KIND,
    "customer": Facet.CUSTOMER,
    "status": Facet.STATUS,
    "person": Facet.PERSON,
}
"""How the address names the facets."""
PER_PAGE = 20
OFF = "off"
FINDING = (
    Right.FIND_CUSTOMER,
    Right.OPEN_CUSTOMER,
    Right.OPEN_VISIT,
    Right.OPEN_COMPLAINT,
    Right.LIST_ATTACHMENTS,
    Right.OPEN_CONTRACT,
)
"""The rights that entries of the index ask for."""


@dataclass(frozen=True)
class Answered:
    """What was found, and what else there is to say about it."""

    results: Results
    also: tuple[str, ...] = ()
    """The other words for the same: looked for too, or left out as it was asked."""
    meant: tuple[str, ...] = ()
    """Texts that may have been meant, where nothing or nearly nothing was found."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks for."""

    text: str = ""
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    """The days as they were typed."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """What of the days cannot be read, in words; nothing is narrowed by it."""
    order: Order = Order.BEST
    page: int = 1
    per_page: int = PER_PAGE
    is_wide: bool = True
    """Whether other words for the same are looked for too."""

    @cached_property
    def query(self) -> Query:
        """The text, understood."""
        return parse_query(self.text)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen in addition to the text."""
        return any(self.chosen.values()) or bool(self.since or self.until)

    def has_chosen(self, facet: Facet, value: str) -> bool:
        """Whether *value* is chosen in *facet*."""
        return value in self.chosen.get(facet, ())


def asked_in(arguments: Any) -> Asked:
    """What the *arguments* of an address ask for; what cannot be read narrows nothing."""
    order = arguments.get("sort", "")
    typed = {name: arguments.get(name, "").strip() for name in ("from", "to")}
    days: dict[str, date] = {}
    faults: dict[str, str] = {}
    for name, text in typed.items():
        try:
            if text:
                days[name] = read_day(text)
        except Unreadable as refused:
            faults[name] = refused.message
    return Asked(
        text=arguments.get("q", "").strip(),
        chosen={
            facet: frozenset(filter(None, arguments.getlist(name)))
            for name, facet in PARAMETERS.items()
        },
        since=days.get("from"),
        until=days.get("to"),
        typed=typed,
        faults=faults,
        order=Order(order) if order in list(Order) else Order.BEST,
        page=max(1, arguments.get("page", 1, type=int)),
        is_wide=arguments.get("synonyms") != OFF,
    )


def find(asked: Asked, *, actor: Actor, parts: Seams) -> Answered:
    """What *asked* finds among all that *actor* may open, as the records are now.

    Raises:
        SearchUnavailable: the index is damaged.
    """
    kept = (chapter.alike() for chapter in mounted() if asked.text and chapter.alike)
    groups = list(chain.from_iterable(kept))
    wide, also = widen(asked.query, groups)
    query = wide if asked.is_wide else asked.query
    access = actor.access_tokens()
    narrowing = Narrowing(asked.chosen, asked.since, asked.until)
    results = parts.search.search(
        query,
        access=access,
        narrowing=narrowing,
        order=asked.order,
        page=asked.page,
        per_page=asked.per_page,
    )
    if not is_followed(parts.settings.index, clock.now()):
        results = replace(results, counts=dict.fromkeys(Facet, ()), is_behind=True)
    meant: tuple[str, ...] = ()
    # An old index may hold what this person may open no more: only checked hits are told of it.
    if results.total <= FEW and asked.text and not results.is_behind:
        vocabulary = [word for group in groups for word in group]
        meant = parts.search.meant(
            asked.text, access=access, narrowing=narrowing, vocabulary=vocabulary
        )
    return Answered(as_they_are_now(results, query, access), also, meant)


def suggest(typed: str, *, actor: Actor, parts: Seams) -> tuple[Suggestion, ...]:
    """Titles that *actor* may see now and that what was *typed* so far may mean."""
    access = actor.access_tokens()
    return suggested_now(parts.search.suggest(typed, access=access), access)


def offered(typed: str, *, actor: Actor, parts: Seams) -> tuple[Suggestion, ...]:
    """What *typed* so far may lead to: customers first. Nothing while the index is mended."""
    try:
        return suggest(typed, actor=actor, parts=parts) if typed else ()
    except SearchUnavailable:
        return ()


def may_find(actor: Actor) -> bool:
    """Whether there is any kind of record that *actor* may find."""
    return any(map(actor.may, FINDING))


def address_of(found: Hit | Suggestion) -> Address | None:
    """Where the record is shown, as its chapter says."""
    return projection.address_of(found_in(mounted()), found.id, found.kind.value, found.facts)
