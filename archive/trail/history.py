"""What changed in a record, and how it was at an earlier revision."""

from collections.abc import Iterable
from typing import Any

from archive.database import Record, kind_of
from archive.trail.collecting import history_values
from archive.trail.models import History


def history_of(record: Record) -> list[History]:
    """What changed in *record*, newest first, those included that the trail has yet to take."""
    kind = kind_of(type(record))
    taken = History.of(kind, record.key)
    known = {each.id for each in taken}
    waiting = [
        History(**history_values(event.to_mongo(), kind, record.key, id_name="id"))
        for event in record.pending
        if event.id not in known
    ]
    return sorted([*taken, *waiting], key=lambda each: each.revision, reverse=True)


def as_before(events: Iterable[History]) -> dict[str, Any]:
    """The fields that *events* changed, as they were before the first of them."""
    then: dict[str, Any] = {}
    for event in sorted(events, key=lambda each: each.revision):
        for change in event.changes:
            then.setdefault(change["field"], change.get("before"))
    return then
