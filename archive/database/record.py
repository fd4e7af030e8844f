"""`Record`, our base document: one write holds the change, the new revision and its event.

The event says who did it. It is stored in the document until the trail has taken it
(`archive.trail`), so that neither can exist without the other and no transaction is needed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

from bson import ObjectId
from bson.errors import InvalidId
from mongoengine import (
    DateTimeField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    IntField,
    ObjectIdField,
    StringField,
)
from pymongo.errors import BulkWriteError, DuplicateKeyError, PyMongoError

from archive.actor import Actor, Scope
from archive.database.asking import KeyReused, asking_now
from archive.database.connection import away, durable, every
from archive.database.differing import BOOKKEEPING, differences
from archive.database.fields import AsStoredField
from archive.database.making import made_of
from archive.errors import Conflict, NotFound
from archive.terms import N_

DUPLICATE = 11000  # what MongoDB calls a unique value that is held
KEPT_KEYS = 20  # of the latest requests that a record remembers


class EditedMeanwhile(Conflict):
    """Someone changed the record after the person had opened it; `record` is as now stored."""

    message = N_("在您编辑期间，%(caption)s已被他人修改，您的修改还没有保存。")
    remedy = N_("请对照两个版本，选择要保留的内容后再保存。")

    def __init__(self, record: "Record") -> None:
        self.record = record
        super().__init__(caption=record.caption, revision=record.revision)


class Taken(Conflict):
    """A value that must be unique is held by another record; `key` names it."""

    message = N_("这个值已被另一条记录使用。")
    remedy = N_("请换一个值，或打开已有的那条记录。")


class Event(EmbeddedDocument):
    """Who did what to a record, when, and what each field was before and is now."""

    id = ObjectIdField(required=True)
    at = DateTimeField(required=True)
    actor_id = StringField(required=True)
    actor_name = StringField(required=True)
    action = StringField(required=True)
    caption = StringField()
    customer_id = StringField()
    revision = IntField(required=True)  # the one that this event made
    reason = StringField()
    changes = AsStoredField(default=list)  # of {"field", "before", "after"}


class Asked(EmbeddedDocument):
    """A request that this record answered: see `archive.database.asking`."""

    key = StringField(required=True)
    digest = StringField(required=True)


class Record(Document):
    """A document that knows its revision and carries the events of its own changes.

    What is written is what differs from the document *as it was read*, so a value that was
    changed in place is written like any other.
    """

    meta: ClassVar[dict[str, Any]] = {
        "abstract": True,
        "strict": False,
        "auto_create_index": False,
        "indexes": [
            {"fields": ["pending.id"], "sparse": True},
            {
                "fields": ["asked.key"],
                "unique": True,
                "partialFilterExpression": {"asked.key": {"$exists": True}},
            },
        ],
    }

    customer_path: ClassVar[str] = ""  # where it names the customer that it belongs to
    unrecorded: ClassVar[frozenset[str]] = frozenset()  # fields whose values no trail may hold
    derived: ClassVar[frozenset[str]] = frozenset()  # fields that follow from others

    revision = IntField(required=True, default=1)
    created_at = DateTimeField(required=True)
    updated_at = DateTimeField(required=True)
    pending = EmbeddedDocumentListField(Event)
    asked = EmbeddedDocumentListField(Asked)

    _as_read: dict[str, Any] | None = None  # the document as MongoDB holds it

    @property
    def key(self) -> str:
        """The identity of this record, as text."""
        return str(self.id)

    @property
    def caption(self) -> str:
        """The words that name this record in lists and in the trail; no personal data."""
        return self.key

    @property
    def customer_key(self) -> str | None:
        """The customer this record belongs to, where it belongs to one."""
        return None

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        """Whether this record is inside *scope* for the person *actor_id*."""
        return scope is Scope.ALL

    def derive(self) -> dict[str, Any]:
        """The fields that follow from others of this record; written with every change.

        Their names are among `derived`, which also names those that a verb has to give.
        """
        return {}

    @classmethod
    def _from_son(cls, son: dict[str, Any], *_: Any, created: bool = False, **__: Any) -> Self:
        record = made_of(cls, son, created=created)
        record._as_read = son
        return record

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self:
        """The record that MongoDB holds as *stored*."""
        return cls._from_son(stored)

    @classmethod
    def find(cls, key: str) -> Self:
        """The record whose identity is *key*.

        Raises:
            NotFound: there is none.
        """
        try:
            found = cls.objects(id=ObjectId(key)).first()
        except InvalidId:
            found = None
        if found is None:
            raise NotFound()
        return found  # type: ignore[no-any-return]  # MongoEngine is untyped

    @classmethod
    def asked_before(cls) -> Self | None:
        """The record that this very request has written before, if it comes a second time.

        Raises:
            KeyReused: it was another request, under the same key.
        """
        asking = asking_now()
        if asking is None:
            return None
        earlier = cls.objects(asked__key=asking.key).first()
        if earlier is None:
            return None
        if not any(each.digest == asking.digest for each in earlier.asked):
            raise KeyReused(caption=earlier.caption)
        asking.is_repeat = True
        return earlier  # type: ignore[no-any-return]  # MongoEngine is untyped

    @classmethod
    def open_new(
        cls,
        actor: Actor,
        now: datetime,
        action: str,
        facts: Mapping[str, Any],
        *,
        reason: str = "",
    ) -> Self:
        """Write a new record that holds *facts*, together with its first event.

        A request that comes a second time gets the record of the first.

        Raises:
            KeyReused: as `asked_before`.
            Taken: a unique value is held by another record.
            DatabaseAway: MongoDB does not answer; nothing was written.
        """
        record, stored = cls._new(actor, now, action, facts, reason)
        try:
            durable(cls).insert_one(stored)
        except DuplicateKeyError as error:
            if earlier := cls.asked_before():
                return earlier
            raise taken(error.details) from error
        except PyMongoError as error:
            raise away(error) from error
        record._as_read = stored
        return record

    @classmethod
    def open_all(
        cls,
        actor: Actor,
        now: datetime,
        action: str,
        all_facts: Sequence[Mapping[str, Any]],
        *,
        as_stored: Collection[str] = (),
    ) -> list[Self | Taken]:
        """Write a new record for each of *all_facts* in one request, each with its first event.

        Where a unique value is held by another record, there is `Taken` in its place, and the
        others are written. Facts *as_stored* are given as MongoDB keeps them: no objects are made
        of them, nothing checks them, and the records are returned as if read without them.

        Raises:
            DatabaseAway: MongoDB does not answer; any of them may have been written.
        """
        made = [cls._new(actor, now, action, facts, "", as_stored) for facts in all_facts]
        outcomes: list[Self | Taken] = [record for record, _ in made]
        try:
            if made:
                durable(cls).insert_many([stored for _, stored in made], ordered=False)
        except BulkWriteError as error:
            for fault in (error.details or {}).get("writeErrors", ()):
                if fault["code"] != DUPLICATE:
                    raise away(error) from error
                outcomes[fault["index"]] = cls.asked_before() or taken(fault)
        except PyMongoError as error:
            raise away(error) from error
        for record, stored in made:
            record._as_read = {name: stored[name] for name in stored if name not in as_stored}
        return outcomes

    @classmethod
    def _new(
        cls,
        actor: Actor,
        now: datetime,
        action: str,
        facts: Mapping[str, Any],
        reason: str,
        as_stored: Collection[str] = (),
    ) -> tuple[Self, dict[str, Any]]:
        """A new record that holds *facts*, and how MongoDB is to keep it with its first event."""
        cls._refuse_unknown(facts)
        made = {name: value for name, value in facts.items() if name not in as_stored}
        record = cls(**{"created_at": now, "updated_at": now, **made})
        record.id = facts.get("id") or ObjectId()
        record._fill(record.derive())
        record.validate()
        stored = record.to_mongo()
        stored.update((name, facts[name]) for name in as_stored if name in facts)
        event = record._event(actor, now, action, reason, differences({}, stored), revision=1)
        stored["pending"] = [event.to_mongo()]
        stored["asked"] = [each.to_mongo() for each in keys_now()]
        record.pending = [event]
        return record, stored

    def change(
        self,
        actor: Actor,
        now: datetime,
        action: str,
        facts: Mapping[str, Any],
        *,
        seen: int | None = None,
        reason: str = "",
    ) -> Self:
        """Write *facts*, the next revision and the event of it, all in one document write.

        What was changed in place since this object was read is written along. *seen* is the
        revision that the person had before them; without it, the one that this object was read
        with. Nothing is written when nothing differs and no *reason* is given; after an error
        this object is as it was, so that no page shows what was not saved.

        Raises:
            EditedMeanwhile: the record is at another revision by now; nothing was written.
            Taken: a unique value is held by another record.
            DatabaseAway: MongoDB does not answer.
        """
        if seen is not None and seen != self.revision:
            raise EditedMeanwhile(self)
        self._refuse_unknown(facts)
        kept = {name: getattr(self, name) for name in (*facts, *self.derived)}
        before = self._stored()
        try:
            self._fill(facts)
            self._fill(self.derive())
            self.validate()
            after = self.to_mongo()
            changes = differences(before, after)
            if changes or reason:
                event = self._event(
                    actor, now, action, reason, changes, revision=before["revision"] + 1
                )
                self._write(after, event, changes, now)
        except BaseException:
            self._fill(kept)
            raise
        return self

    @classmethod
    def _refuse_unknown(cls, facts: Mapping[str, Any]) -> None:
        if unknown := facts.keys() - cls._fields.keys() | facts.keys() & BOOKKEEPING:
            raise TypeError(f"{cls.__name__} takes no {', '.join(sorted(unknown))}")

    def _stored(self) -> dict[str, Any]:
        """The document as MongoDB holds it, in the form in which this version would write it."""
        stored: dict[str, Any] = type(self).from_stored(self._as_read or {}).to_mongo()
        return stored

    def _fill(self, facts: Mapping[str, Any]) -> None:
        for name, value in facts.items():
            setattr(self, name, value)

    def _write(
        self, after: dict[str, Any], event: Event, changes: list[dict[str, Any]], now: datetime
    ) -> None:
        names = [change["field"] for change in changes]
        update: dict[str, Any] = {
            "$set": {name: after[name] for name in names if name in after} | {"updated_at": now},
            "$inc": {"revision": 1},
            "$push": {"pending": event.to_mongo()},
        }
        if keys := [each.to_mongo() for each in keys_now()]:
            update["$push"]["asked"] = {"$each": keys, "$slice": -KEPT_KEYS}
        if gone := {name: "" for name in names if name not in after}:
            update["$unset"] = gone
        try:
            written = durable(type(self)).update_one(
                {"_id": self.id, "revision": event.revision - 1}, update
            )
        except DuplicateKeyError as error:
            raise taken(error.details) from error
        except PyMongoError as error:
            raise away(error) from error
        if written.matched_count == 0:
            raise EditedMeanwhile(type(self).find(self.key))
        self.revision = event.revision
        self.updated_at = now
        self.pending.append(event)
        self._as_read = self.to_mongo()

    def _event(
        self,
        actor: Actor,
        now: datetime,
        action: str,
        reason: str,
        changes: list[dict[str, Any]],
        *,
        revision: int,
    ) -> Event:
        return Event(
            id=ObjectId(),
            at=now,
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            caption=self.caption,
            customer_id=self.customer_key,
            revision=revision,
            reason=reason or None,
            changes=[
                {"field": change["field"], "before": None, "after": None}
                if change["field"] in self.unrecorded
                else change
                for change in changes
                if change["field"] not in self.derived
            ],
        )


def keys_now() -> list[Asked]:
    """The key of the request that is being answered, where it has one, as a record keeps it."""
    asking = asking_now()
    return [Asked(key=asking.key, digest=asking.digest)] if asking else []


def taken(fault: Mapping[str, Any] | None) -> Taken:
    """The unique key that MongoDB's *fault* names, as a fact."""
    pattern = (fault or {}).get("keyPattern") or {}
    return Taken(key=",".join(pattern))


def records() -> list[type[Record]]:
    """Every kind of record that is kept."""
    return every(Record)
