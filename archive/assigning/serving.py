"""The record that a task is about, for those who may open it."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from archive.accounts.models import User
from archive.actor import Actor
from archive.assigning.rules import About
from archive.errors import NotFound
from archive.search import IndexEntry
from archive.web.chapter import found_in, mounted
from archive.web.context import actor
from archive.web.projection import address_of


@dataclass(frozen=True)
class AboutLink:
    """A record, as one person sees it: its kind (a msgid), its title, and where it is shown."""

    kind: str
    title: str
    address: str


def entries_about(kind: str, key: str) -> list[IndexEntry]:
    """What can be found of the record *key* of *kind*; nothing where there is none."""
    for indexed in found_in(mounted()):
        if indexed.kind.value == kind:
            return list(indexed.entries_now(indexed.ids_of(key)))
    return []


def about(kind: str | None, key: str | None) -> About | None:
    """The record that the person of the request names, or None where they name none.

    Raises:
        NotFound: there is no such record, or they may not open it.
    """
    return about_for(actor(), kind, key)


def about_for(who: Actor, kind: str | None, key: str | None) -> About | None:
    """The record that *who* names, or None where they name none.

    Raises:
        NotFound: there is no such record, or they may not open it.
    """
    if not kind or not key:
        return None
    entries = entries_about(kind, key)
    if not any(entry.access & who.access_tokens() for entry in entries):
        raise NotFound()
    return About(kind, key, frozenset().union(*(entry.access for entry in entries)))


def link_to(kind: str | None, key: str | None, who: Actor) -> AboutLink | None:
    """The record as *who* may see it; None where they may not."""
    tokens = who.access_tokens()
    for entry in entries_about(kind or "", key or ""):
        if not entry.access & tokens or entry.unless & tokens:
            continue
        found = address_of(found_in(mounted()), entry.id, entry.kind.value, entry.facts)
        if found is not None:
            values: dict[str, Any] = dict(found.values)
            return AboutLink(entry.kind.label, entry.title, url_for(found.page, **values))
    return None


def colleagues() -> list[tuple[str, str]]:
    """Everybody whose account is in use, by name, with what tells two of one name apart."""
    found = User.objects(is_disabled__ne=True).order_by("name").only("name", "department")
    return [
        (each.key, f"{each.name}（{each.department}）" if each.department else each.name)
        for each in found
    ]
