"""Taking events out of the documents into the trail."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from itertools import islice
from typing import Any

from bson import json_util
from pymongo import UpdateOne

from archive.database import Record, durable, kind_of, records
from archive.trail.models import History, TrailEntry

BATCH = 500  # documents


def collect_from(model: type[Record], documents: Iterable[dict[str, Any]]) -> int:
    """Take the pending events of *documents*, raw documents of *model*, into the trail.

    May run twice without harm, and be killed anywhere: an event leaves its document only after it
    is stored in the trail. Costs four round trips per `BATCH` documents. Returns how many events
    were taken.
    """
    with_events = (each for each in documents if each.get("pending"))
    taken = 0
    while batch := list(islice(with_events, BATCH)):
        taken += _collect(model, batch)
    return taken


def collect_all() -> int:
    """Take every event that waits in any document: after a start, when changes may be missed."""
    taken = 0
    for model in records():
        waiting = durable(model).find({"pending.id": {"$exists": True}}, batch_size=BATCH)
        taken += collect_from(model, waiting)
    return taken


def _collect(model: type[Record], documents: list[dict[str, Any]]) -> int:
    kind = kind_of(model)
    events = [(str(each["_id"]), event) for each in documents for event in each["pending"]]
    histories = [history_values(event, kind, key) for key, event in events]
    durable(History).bulk_write([_insert_only(each) for each in histories], ordered=False)
    ids = {"$in": [history["_id"] for history in histories]}
    stored = {history["_id"]: history for history in durable(History).find({"_id": ids})}
    entries = [_entry(event, kind, key, stored[event["id"]]) for key, event in events]
    durable(TrailEntry).bulk_write([_insert_only(entry) for entry in entries], ordered=False)
    durable(model).bulk_write([_without_events(each) for each in documents], ordered=False)
    return len(events)


def _without_events(document: dict[str, Any]) -> Any:
    """Take the events of *document* out of it, and no event that it has got since."""
    taken = {"$in": [event["id"] for event in document["pending"]]}
    return UpdateOne({"_id": document["_id"]}, {"$pull": {"pending": {"id": taken}}})


def digest(value: Any, salt: str) -> str | None:
    """A digest that proves a value later without revealing it now; None for no value."""
    if value in (None, "", [], {}):
        return None
    text = json.dumps(json.loads(json_util.dumps(value)), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()


def _insert_only(document: dict[str, Any]) -> Any:
    """Write *document* unless it is stored already: replaying an event changes nothing."""
    rest = {name: value for name, value in document.items() if name != "_id"}
    return UpdateOne({"_id": document["_id"]}, {"$setOnInsert": rest}, upsert=True)


def history_values(
    event: dict[str, Any], kind: str, key: str, *, id_name: str = "_id"
) -> dict[str, Any]:
    """What `History` keeps of *event*, which changed the record *key* of *kind*."""
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
