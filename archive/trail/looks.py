"""Writing down what changes no record: who looked at what, a sign-in, a refusal."""

from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo.errors import DuplicateKeyError, PyMongoError

from archive.actor import Actor
from archive.database import DatabaseAway, Record, durable, kind_of
from archive.trail.models import TrailEntry


def note_look(
    record: Record,
    *,
    actor: Actor,
    now: datetime,
    action: str,
    reason: str = "",
    counted: bool = False,
) -> None:
    """Write down that *actor* looks at *record*; it is stored before anything is shown.

    With *counted* the looks of one hour are one entry with their number and all their reasons.

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
        counted=counted,
        gathers=counted,
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
    counted: bool = False,
    gathers: bool = False,
) -> None:
    """Write down an event that changes no record: a look, a sign-in, a refusal.

    With *counted* what one person does to one subject within an hour is one entry, with the
    caption and the reason of the first time: repeating it cannot fill the trail. What *gathers*
    keeps the reasons of all times, which must be few.

    Raises:
        DatabaseAway: it could not be written.
    """
    entry = TrailEntry(
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
    kept = entry.to_mongo()
    del kept["reasons"]
    try:
        if counted:
            _count(kept, now, reason if gathers else "")
        else:
            durable(TrailEntry).insert_one(kept)
    except PyMongoError as error:
        raise DatabaseAway() from error


def _count(entry: dict[str, Any], now: datetime, gathered: str) -> None:
    parts = (entry["actor_id"], entry["action"], entry["subject_kind"], entry["subject_id"])
    bucket = "|".join((*parts, f"{now:%Y-%m-%dT%H}"))
    change = {"$setOnInsert": entry, "$inc": {"times": 1}, "$max": {"last_at": now}}
    if gathered:
        change["$addToSet"] = {"reasons": gathered}
    try:
        durable(TrailEntry).update_one({"bucket": bucket}, change, upsert=True)
    except DuplicateKeyError:  # of two at once the other one made the entry
        durable(TrailEntry).update_one({"bucket": bucket}, change)
