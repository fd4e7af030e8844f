"""What an index stores of an entry, and what a page shows of it again."""

import json
import re
from datetime import UTC, datetime
from typing import Any, NamedTuple, Self

from archive.chinese.folding import tidy
from archive.search.entry import IndexEntry, Tag
from archive.search.query import Place, Query
from archive.search.results import Hit, Suggestion
from archive.search.snippets import cut, mark, marker_for
from archive.search.texts import LONGEST_BODY

Stored = dict[str, Any]
"""What `store` keeps, read again."""


def facts_of(entry: IndexEntry) -> Stored:
    """What a hit is made of."""
    body = entry.body if entry.quoted is None else entry.quoted
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": tidy(entry.title),
        "body": tidy(body[:LONGEST_BODY]),
        "customer": entry.customer,
        "people": entry.people,
        "at": entry.at.astimezone(UTC).isoformat() if entry.at else None,
        "status": entry.status,
        "facts": dict(entry.facts),
    }


def store(entry: IndexEntry) -> str:
    """What a hit is made of again, as JSON; its snippet is cut from the record itself."""
    return json.dumps(facts_of(entry) | {"body": ""}, ensure_ascii=False)


class Markers(NamedTuple):
    """What one query marks in the titles and texts of its hits."""

    title: re.Pattern[str] | None
    text: re.Pattern[str] | None

    @classmethod
    def of(cls, query: Query) -> Self:
        """Made once for all hits of a search."""
        return cls(marker_for(query, Place.TITLE), marker_for(query))


def hit_of(stored: Stored, markers: Markers) -> Hit:
    """The hit that *stored* facts make."""
    return Hit(
        id=stored["id"],
        kind=Tag(*stored["kind"]),
        title=mark(stored["title"], markers.title),
        snippet=cut(stored["body"], markers.text),
        customer=Tag(*stored["customer"]) if stored["customer"] else None,
        people=tuple(Tag(*each) for each in stored["people"]),
        at=datetime.fromisoformat(stored["at"]) if stored["at"] else None,
        status=Tag(*stored["status"]) if stored["status"] else None,
        facts=stored["facts"],
    )


def suggestion_of(stored: Stored) -> Suggestion:
    """The suggestion that leads to a record."""
    return Suggestion(
        text=stored["title"],
        kind=Tag(*stored["kind"]),
        customer=Tag(*stored["customer"]) if stored["customer"] else None,
        id=stored["id"],
        facts=stored["facts"],
    )
