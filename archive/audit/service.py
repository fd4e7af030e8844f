"""Taking events out of the documents into the trail, and writing down who looked at what."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bson import ObjectId, json_util
from pymongo import UpdateOne
from pymongo.errors import PyMongoError

from archive.actor import Actor
from archive.audit.models import Entry, History
from archive.database import DatabaseAway, Record, durable


def note_look(
    record: Record, *, actor: Actor, now: datetime, action: str, reason: str = ""
) -> None:
    """Write down that *actor* looks at *record*; it stands before anything is shown.

    Raises:
        DatabaseAway: it could not be written, so nothing may be shown.
    """
    note(
        action,
        actor=actor,
        now=now,
        subject_kind=kind_of(type(record)),
        subject_id=record.key,
        caption=record.caption,
        customer_id=record.customer_key,
        reason=reason,
    )


def note(
    action: str,
    *,
    actor: Actor,
    now: datetime,
    subject_kind: str,
    subject_id: str,
    caption: str = "",
    customer_id: str | None = None,
    reason: str = "",
) -> None:
    """Write down an event that changes no record: a look, a sign-in, a refusal."""
    entry = Entry(
        id=ObjectId(),
        at=now,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        caption=caption or None,
        customer_id=customer_id,
        reason=reason or None,
    )
    entry.validate()
    try:
        durable(Entry).insert_one(entry.to_mongo())
    except PyMongoError as error:
        raise DatabaseAway() from error


def collect_from(model: type[Record], documents: Iterable[dict[str, Any]]) -> int:
    """Take the pending events of *documents*, raw documents of *model*, into the trail.

    May run twice without harm, and be killed anywhere: an event leaves its document only after it
    stands in the trail. Returns how many events were taken.
    """
    taken = 0
    for document in documents:
        events = document.get("pending") or []
        if not events:
            continue
        kind, key = kind_of(model), str(document["_id"])
        histories = [_history(event, kind, key) for event in events]
        durable(History).bulk_write([_insert_only(history) for history in histories], ordered=False)
        stored = {
            history["_id"]: history
            for history in durable(History).find({"_id": {"$in": [e["_id"] for e in histories]}})
        }
        entries = [_entry(event, kind, key, stored[event["id"]]) for event in events]
        durable(Entry).bulk_write([_insert_only(entry) for entry in entries], ordered=False)
        durable(model).update_one(
            {"_id": document["_id"]},
            {"$pull": {"pending": {"id": {"$in": [event["id"] for event in events]}}}},
        )
        taken += len(events)
    return taken


def collect_all(*, batch: int = 500) -> int:
    """Take every event that waits in any document: after a start, when changes may be missed."""
    taken = 0
    for model in records():
        waiting = durable(model).find({"pending.id": {"$exists": True}}, batch_size=batch)
        taken += collect_from(model, waiting)
    return taken


def records() -> list[type[Record]]:
    """Every kind of record that is kept."""
    found: list[type[Record]] = []
    waiting: list[type[Record]] = [Record]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if not model._meta.get("abstract"):
                found.append(model)
    return found


def kind_of(model: type[Record]) -> str:
    """The name that the trail gives to records of *model*."""
    return str(model._get_collection_name())


def history_of(record: Record) -> list[History]:
    """What changed in *record*, newest first, those included that the trail has yet to take."""
    kind = kind_of(type(record))
    taken = History.of(kind, record.key)
    known = {each.id for each in taken}
    waiting = [
        History(**_history(event.to_mongo(), kind, record.key, id_name="id"))
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


def digest(value: Any, salt: str) -> str | None:
    """A digest that proves a value later without telling it now; None for no value."""
    if value in (None, "", [], {}):
        return None
    text = json.dumps(json.loads(json_util.dumps(value)), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()


def _insert_only(document: dict[str, Any]) -> Any:
    """Write *document* unless it stands already: replaying an event changes nothing."""
    rest = {name: value for name, value in document.items() if name != "_id"}
    return UpdateOne({"_id": document["_id"]}, {"$setOnInsert": rest}, upsert=True)


def _history(event: dict[str, Any], kind: str, key: str, *, id_name: str = "_id") -> dict[str, Any]:
    return {
        id_name: event["id"],
        "at": event["at"],
        "actor_name": event["actor_name"],
        "action": event["action"],
        "reason": event.get("reason"),
        "revision": event.get("revision"),
        "subject_kind": kind,
        "subject_id": key,
        "salt": secrets.token_hex(16),
        "changes": event.get("changes", []),
    }


def _entry(event: dict[str, Any], kind: str, key: str, history: dict[str, Any]) -> dict[str, Any]:
    salt = history["salt"]
    return {
        "_id": event["id"],
        "at": event["at"],
        "actor_id": event["actor_id"],
        "actor_name": event["actor_name"],
        "action": event["action"],
        "subject_kind": kind,
        "subject_id": key,
        "caption": event.get("caption"),
        "customer_id": event.get("customer_id"),
        "reason": event.get("reason"),
        "fields": [
            {
                "field": change["field"],
                "before": digest(change.get("before"), salt),
                "after": digest(change.get("after"), salt),
            }
            for change in event.get("changes", [])
        ],
    }
