"""Changing many records of a kind at once, each with its event, without making objects of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne
from pymongo.errors import PyMongoError

from archive.actor import Actor
from archive.database.connection import away, durable
from archive.database.record import Event, Record

AT_ONCE = 1000


@dataclass(frozen=True)
class Planned:
    """What is to be written into one record, as MongoDB keeps it.

    `facts` are recorded with their values before and after, and make the next revision. `derived`
    follow from other records: written with them or alone, unrecorded, under the same revision.
    """

    key: ObjectId
    revision: int
    caption: str
    customer_key: str | None
    before: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    derived: Mapping[str, Any] = field(default_factory=dict)


def change_many(
    model: type[Record], planned: Iterable[Planned], *, actor: Actor, now: datetime, action: str
) -> int:
    """Write what is *planned*, a thousand records at a time; how many were written.

    A record that somebody has changed since it was read is left as they made it. May be killed
    anywhere: each record has its change and its event, or neither.

    Raises:
        DatabaseAway: MongoDB does not answer.
    """
    written = 0
    operations: list[UpdateOne] = []
    try:
        for each in planned:
            operations.append(_operation(each, actor, now, action))
            if len(operations) == AT_ONCE:
                written += durable(model).bulk_write(operations, ordered=False).matched_count
                operations = []
        if operations:
            written += durable(model).bulk_write(operations, ordered=False).matched_count
    except PyMongoError as error:
        raise away(error) from error
    return written


def _operation(planned: Planned, actor: Actor, now: datetime, action: str) -> UpdateOne:
    facts = {**planned.facts, **planned.derived}
    update: dict[str, Any] = {
        "$set": {name: value for name, value in facts.items() if value is not None}
    }
    if gone := {name: "" for name, value in facts.items() if value is None}:
        update["$unset"] = gone
    if planned.facts:
        update["$set"]["updated_at"] = now
        update["$inc"] = {"revision": 1}
        update["$push"] = {"pending": _event(planned, actor, now, action).to_mongo()}
    return UpdateOne({"_id": planned.key, "revision": planned.revision}, update)


def _event(planned: Planned, actor: Actor, now: datetime, action: str) -> Event:
    return Event(
        id=ObjectId(),
        at=now,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        caption=planned.caption,
        customer_id=planned.customer_key,
        revision=planned.revision + 1,
        changes=[
            {"field": name, "before": planned.before.get(name), "after": after}
            for name, after in planned.facts.items()
        ],
    )
