"""Writing down what changes no record: who looked at what, a sign-in, a refusal."""

from datetime import datetime

from bson import ObjectId
from pymongo.errors import PyMongoError

from archive.actor import Actor
from archive.database import DatabaseAway, Record, durable, kind_of
from archive.trail.models import TrailEntry


def note_look(
    record: Record, *, actor: Actor, now: datetime, action: str, reason: str = ""
) -> None:
    """Write down that *actor* looks at *record*; it is stored before anything is shown.

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
    try:
        durable(TrailEntry).insert_one(entry.to_mongo())
    except PyMongoError as error:
        raise DatabaseAway() from error
