"""From what the index stores of a record to what a page shows of it."""

import re
from datetime import datetime
from typing import Any

from archive.search.entry import Tag
from archive.search.query import Place, Query
from archive.search.results import Hit, Suggestion
from archive.search.snippets import cut, mark, marker_for


def hit_of(stored: dict[str, Any], query: Query, marker: re.Pattern[str] | None) -> Hit:
    """The hit that *stored* facts make, marked for *query*."""
    return Hit(
        id=stored["id"],
        kind=Tag(*stored["kind"]),
        title=mark(stored["title"], marker_for(query, Place.TITLE)),
        snippet=cut(stored["body"], marker),
        customer=Tag(*stored["customer"]) if stored["customer"] else None,
        people=tuple(Tag(*each) for each in stored["people"]),
        at=datetime.fromisoformat(stored["at"]) if stored["at"] else None,
        status=Tag(*stored["status"]) if stored["status"] else None,
        facts=stored["facts"],
    )


def suggestion_of(stored: dict[str, Any]) -> Suggestion:
    """The suggestion that leads to a record."""
    return Suggestion(
        text=stored["title"],
        kind=Tag(*stored["kind"]),
        customer=Tag(*stored["customer"]) if stored["customer"] else None,
        id=stored["id"],
        facts=stored["facts"],
    )
