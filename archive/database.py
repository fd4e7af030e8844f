"""The system of record: MongoDB through MongoEngine, and `Record`, our base document.

One document write holds the change, the new revision and the event that says who did it. The
event rides in the document until the trail has taken it (`archive.trail`), so that neither can
exist without the other and no transaction is needed.
"""

from datetime import datetime
from typing import Any, ClassVar, Self

import mongoengine
from bson import ObjectId
from bson.errors import InvalidId
from mongoengine import (
    DateTimeField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)
from mongoengine.connection import get_db
from pymongo import MongoClient, ReturnDocument, WriteConcern
from pymongo.errors import DuplicateKeyError, PyMongoError

from archive.actor import Actor, Scope
from archive.config import Settings
from archive.errors import Conflict, NotFound, Unavailable
from archive.terms import N_

DURABLE = WriteConcern(w="majority", j=True, wtimeout=15_000)
BOOKKEEPING = frozenset({"_id", "_cls", "revision", "pending", "created_at", "updated_at"})


class EditedMeanwhile(Conflict):
    """Someone changed the record after the person had opened it; `record` is as it now stands."""

    message = N_("在您编辑期间，%(caption)s已被他人修改，您的修改还没有保存。")
    remedy = N_("请对照两个版本，选择要保留的内容后再保存。")

    def __init__(self, record: "Record") -> None:
        self.record = record
        super().__init__(caption=record.caption, revision=record.revision)


class Taken(Conflict):
    """A value that must be unique stands in another record; `key` names it."""

    message = N_("这个值已被另一条记录使用。")
    remedy = N_("请换一个值，或打开已有的那条记录。")


class DatabaseAway(Unavailable):
    """MongoDB does not answer."""


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
    changes = ListField()  # of {"field", "before", "after"}, values as MongoDB keeps them


class Record(Document):
    """A document that knows its revision and carries the events of its own changes."""

    meta: ClassVar[dict[str, Any]] = {
        "abstract": True,
        "strict": False,
        "auto_create_index": False,
        "indexes": [{"fields": ["pending.id"], "sparse": True}],
    }

    unrecorded: ClassVar[frozenset[str]] = frozenset()  # fields whose values no trail may hold
    derived: ClassVar[frozenset[str]] = frozenset()  # fields that follow from others

    revision = IntField(required=True, default=1)
    created_at = DateTimeField(required=True)
    updated_at = DateTimeField(required=True)
    pending = EmbeddedDocumentListField(Event)

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
        """Whether this record lies inside *scope* for the person *actor_id*."""
        return scope is Scope.ALL

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
    def open_new(
        cls, actor: Actor, now: datetime, action: str, *, reason: str = "", **fields: Any
    ) -> Self:
        """Write a new record together with its first event.

        Raises:
            Taken: a unique value stands in another record.
            DatabaseAway: MongoDB does not answer; nothing was written.
        """
        record = cls(created_at=now, updated_at=now, **fields)
        record.id = fields.get("id") or ObjectId()
        record.validate()
        stored = record.to_mongo()
        changes = differences({}, stored)
        record.pending = [record._event(actor, now, action, reason, changes, revision=1)]
        stored["pending"] = [record.pending[0].to_mongo()]
        try:
            durable(cls).insert_one(stored)
        except DuplicateKeyError as error:
            raise taken(error) from error
        except PyMongoError as error:
            raise DatabaseAway() from error
        return record

    def change(
        self,
        actor: Actor,
        now: datetime,
        action: str,
        *,
        seen: int | None = None,
        reason: str = "",
        **fields: Any,
    ) -> Self:
        """Write *fields*, the next revision and the event of it, all in one document write.

        *seen* is the revision that the person had before them; without it, the one that this
        object was read with. Nothing is written when nothing differs; after an error this object
        is as it was, so that no page shows what was not saved.

        Raises:
            EditedMeanwhile: the record is at another revision by now; nothing was written.
            Taken: a unique value stands in another record.
            DatabaseAway: MongoDB does not answer.
        """
        if seen is not None and seen != self.revision:
            raise EditedMeanwhile(self)
        before, held = self.to_mongo(), {name: getattr(self, name) for name in fields}
        try:
            self._fill(fields)
            self.validate()
            after = self.to_mongo()
            changes = differences(before, after)
            if changes or reason:
                revision = before["revision"] + 1
                event = self._event(actor, now, action, reason, changes, revision=revision)
                self._write(before, after, event, changes, now)
        except BaseException:
            self._fill(held)
            raise
        return self

    def _fill(self, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            setattr(self, name, value)

    def _write(
        self,
        before: dict[str, Any],
        after: dict[str, Any],
        event: Event,
        changes: list[dict[str, Any]],
        now: datetime,
    ) -> None:
        names = [change["field"] for change in changes]
        update: dict[str, Any] = {
            "$set": {name: after[name] for name in names if name in after} | {"updated_at": now},
            "$inc": {"revision": 1},
            "$push": {"pending": event.to_mongo()},
        }
        if gone := {name: "" for name in names if name not in after}:
            update["$unset"] = gone
        try:
            written = durable(type(self)).update_one(
                {"_id": self.id, "revision": before["revision"]}, update
            )
        except DuplicateKeyError as error:
            raise taken(error) from error
        except PyMongoError as error:
            raise DatabaseAway() from error
        if written.matched_count == 0:
            raise EditedMeanwhile(type(self).find(self.key))
        self.revision = before["revision"] + 1
        self.updated_at = now
        self.pending.append(event)

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


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Each top-level field that differs, with both values; bookkeeping fields left out."""
    names = [name for name in {**before, **after} if name not in BOOKKEEPING]
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in names
        if (before.get(name) or None) != (after.get(name) or None)
    ]


def taken(error: DuplicateKeyError) -> Taken:
    """The unique key that *error* names, as a fact."""
    pattern = (error.details or {}).get("keyPattern") or {}
    return Taken(key=",".join(pattern))


def durable(model: type[Document]) -> Any:
    """The collection of *model*, with writes that survive the loss of a machine."""
    return model._get_collection().with_options(write_concern=DURABLE)


def connect(settings: Settings) -> MongoClient[dict[str, Any]]:
    """Connect MongoEngine to the database that *settings* name; once in each process."""
    mongoengine.disconnect()
    return mongoengine.connect(  # type: ignore[no-any-return]  # MongoEngine is untyped
        db=settings.mongodb_name,
        host=settings.mongodb_uri,
        tz_aware=True,
        uuidRepresentation="standard",
        serverSelectionTimeoutMS=5_000,
        connect=False,
        appname="customer-archive",
    )


def create_indexes() -> None:
    """Create the indexes that the documents declare; those that stand are left alone."""
    pending: list[type[Document]] = [Document]
    while pending:
        model = pending.pop()
        pending.extend(model.__subclasses__())
        if not model._meta.get("abstract"):
            model.ensure_indexes()


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


def next_number(name: str) -> int:
    """The next number of the series *name*: 1, 2, 3 …; never given twice, however many ask."""
    counters = get_db()["counters"].with_options(write_concern=DURABLE)
    try:
        counter = counters.find_one_and_update(
            {"_id": name}, {"$inc": {"last": 1}}, upsert=True, return_document=ReturnDocument.AFTER
        )
    except PyMongoError as error:
        raise DatabaseAway() from error
    return int(counter["last"])


def ping() -> None:
    """Ask MongoDB for a sign of life.

    Raises:
        DatabaseAway: none came.
    """
    try:
        get_db().command("ping")
    except PyMongoError as error:
        raise DatabaseAway() from error
