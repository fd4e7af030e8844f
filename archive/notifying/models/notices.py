"""What each person was told."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from bson import ObjectId
from mongoengine import (
    DateTimeField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentField,
    EnumField,
    IntField,
    StringField,
)
from pymongo.errors import BulkWriteError

from archive.database import collection_of, durable
from archive.errors import NotFound
from archive.notifying.rules import GIVEN_UP_AFTER, LEASE, Channel, OutState, pause_after
from archive.urgency import Step

A_YEAR = 366 * 86_400  # seconds that a notice is kept
ALREADY_TOLD = 11_000  # MongoDB's code of a key that is there


GROUP = "group"
"""In the place of a person: the group of the company's robot."""


class Outward(EmbeddedDocument):
    """The way of a notice out of the archive: when it is sent, whether it was."""

    channel = EnumField(Channel, required=True)
    state = EnumField(OutState, required=True, default=OutState.WAITING)
    at = DateTimeField(required=True)  # not before
    tries = IntField(default=0)
    lease = StringField()  # of the worker that sends it now
    leased_until = DateTimeField()
    sent_at = DateTimeField()


class Notice(Document):
    """Something that one person was told: what, about what, where to look, whether they have.

    No record of the archive, and nothing follows from it: it can be computed again.
    """

    meta: ClassVar[dict[str, Any]] = {
        "collection": "notices",
        "auto_create_index": False,
        "strict": False,
        "indexes": [
            {"fields": ["person_id", "told_as"], "unique": True},
            ("person_id", "read_at", "-created_at"),
            ("person_id", "created_at"),
            ("created_at", "id"),
            ("out.state", "out.at"),
            {"fields": ["created_at"], "expireAfterSeconds": A_YEAR, "name": "a_year"},
        ],
    }

    person_id = StringField(required=True)
    told_as = StringField(required=True)  # told once: see `Duty.told_as`, `News.key`
    step = EnumField(Step)  # none: something that has happened
    label = StringField(required=True)  # what to do, or what happened: a msgid
    about = StringField()
    address = StringField(required=True)
    due_at = DateTimeField()
    created_at = DateTimeField(required=True)
    out = EmbeddedDocumentField(Outward)  # none: it stays in the product
    read_at = DateTimeField()

    @property
    def key(self) -> str:
        """The identity of this notice, as text."""
        return str(self.id)

    @classmethod
    def tell(cls, given: Iterable[Mapping[str, Any]]) -> int:
        """Keep those of *given* that were not told before; how many that were.

        However many tell the same at once, and however often one of them dies on the way, the
        unique key lets each be kept once.
        """
        new = [{name: value for name, value in each.items() if value is not None} for each in given]
        if not new:
            return 0
        try:
            return len(durable(cls).insert_many(new, ordered=False).inserted_ids)
        except BulkWriteError as error:
            details: Mapping[str, Any] = error.details or {}
            if any(each["code"] != ALREADY_TOLD for each in details["writeErrors"]):
                raise
            return int(details["nInserted"])

    @classmethod
    def told(cls, person_id: str, keys: Iterable[str]) -> set[str]:
        """Those of *keys* that *person_id* was told already."""
        found = cls.objects(person_id=person_id, told_as__in=list(keys)).scalar("told_as")
        return set(found)

    @classmethod
    def of(cls, person_id: str) -> Any:
        """All that *person_id* was told, as a query."""
        return cls.objects(person_id=person_id)

    @classmethod
    def unread(cls, person_id: str) -> Any:
        """What *person_id* has not read, as a query."""
        return cls.objects(person_id=person_id, read_at=None)

    @classmethod
    def to_send(cls, now: datetime) -> list[tuple[str, Channel]]:
        """For whom something has to be sent at *now*, and on which way."""
        found = collection_of(cls).aggregate(
            [
                {"$match": _due(now)},
                {"$group": {"_id": {"person": "$person_id", "channel": "$out.channel"}}},
                {"$sort": {"_id": 1}},
            ]
        )
        return [(each["_id"]["person"], Channel[each["_id"]["channel"].upper()]) for each in found]

    @classmethod
    def lease(cls, person_id: str, channel: Channel, now: datetime) -> tuple[str, list[Self]]:
        """All that has to be sent to *person_id*, for the one worker that may send it now."""
        lease = secrets.token_hex(12)
        durable(cls).update_many(
            {**_due(now), "person_id": person_id, "out.channel": channel.value},
            {
                "$set": {"out.lease": lease, "out.leased_until": now + LEASE},
                "$inc": {"out.tries": 1},
            },
        )
        return lease, list(cls.objects(out__lease=lease, person_id=person_id).order_by("id"))

    @classmethod
    def note_sent(cls, lease: str, now: datetime) -> None:
        """What was leased has been sent."""
        durable(cls).update_many(
            {"out.lease": lease},
            {
                "$set": {"out.state": OutState.SENT.value, "out.sent_at": now},
                "$unset": {"out.lease": "", "out.leased_until": ""},
            },
        )

    @classmethod
    def note_failed(cls, lease: str, notices: Iterable[Self], now: datetime) -> None:
        """What was leased was not taken: it is tried again after a pause, for a week."""
        for each in notices:
            is_over = now - each.created_at > GIVEN_UP_AFTER
            state = OutState.GIVEN_UP if is_over else OutState.WAITING
            again = {"out.state": state.value, "out.at": now + pause_after(each.out.tries)}
            durable(cls).update_one(
                {"_id": each.id, "out.lease": lease},
                {"$set": again, "$unset": {"out.lease": "", "out.leased_until": ""}},
            )

    @classmethod
    def keep_inside(cls, lease: str) -> None:
        """What was leased has no way out any more: it stays in the product."""
        durable(cls).update_many({"out.lease": lease}, {"$unset": {"out": ""}})

    @classmethod
    def outward(cls, channel: Channel, state: OutState) -> int:
        """How many notices on the way *channel* have come as far as *state*."""
        return int(cls.objects(out__channel=channel, out__state=state).count())

    @classmethod
    def refused(cls, channel: Channel) -> int:
        """How many that wait were tried and not taken."""
        _, tried, _ = outward_of(channel)
        return int(cls.objects(__raw__=tried).count())

    @classmethod
    def find(cls, key: str) -> Self:
        """The notice *key*.

        Raises:
            NotFound: there is none.
        """
        found = cls.objects(id=key).first() if ObjectId.is_valid(key) else None
        if found is None:
            raise NotFound()
        return found  # type: ignore[no-any-return]  # MongoEngine is untyped

    def mark(self, read_at: datetime | None) -> None:
        """Note since when it is read; None: it is not."""
        type(self).objects(id=self.id).update_one(set__read_at=read_at)
        self.read_at = read_at


def outward_of(channel: Channel) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Which notices on the way *channel* wait, were tried and not taken, and were given up."""
    waiting = {"out.channel": channel.value, "out.state": OutState.WAITING.value}
    tried = {**waiting, "out.tries": {"$gt": 0}, "out.lease": None}
    return waiting, tried, {**waiting, "out.state": OutState.GIVEN_UP.value}


def _due(now: datetime) -> dict[str, Any]:
    """What has to be sent at *now* and is with no living worker."""
    free = [{"out.leased_until": None}, {"out.leased_until": {"$lt": now}}]
    return {"out.state": OutState.WAITING.value, "out.at": {"$lte": now}, "$or": free}
