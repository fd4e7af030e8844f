"""What changed in a record, and how it was at an earlier revision."""

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


def as_seen_at(record: Record, revision: int) -> dict[str, Any]:
    """The fields that changed since *revision*, as they were then: for the three-way comparison."""
    then: dict[str, Any] = {}
    for event in sorted(history_of(record), key=lambda each: each.revision or 0):
        if (event.revision or 0) > revision:
            for change in event.changes:
                then.setdefault(change["field"], change.get("before"))
    return then
