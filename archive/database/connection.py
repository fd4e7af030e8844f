"""Reaching MongoDB: the connection, durable writes, indexes, numbers of a series."""

from typing import Any

import mongoengine
from mongoengine import Document
from mongoengine.connection import get_db
from pymongo import MongoClient, ReturnDocument, WriteConcern
from pymongo.errors import (
    AutoReconnect,
    PyMongoError,
    ServerSelectionTimeoutError,
    WriteConcernError,
    WTimeoutError,
)

from archive.config import Settings
from archive.errors import Unavailable
from archive.terms import N_

DURABLE = WriteConcern(w="majority", j=True, wtimeout=15_000)
PATIENCE_MS = 5_000  # with a server that does not answer
# A server that takes connections and says nothing, as one that was stopped, is noticed by the
# driver's own watch after this and its ten seconds; whatever waits for it then ends too.
HANGS_AFTER_MS = 5_000


class DatabaseAway(Unavailable):
    """MongoDB does not answer."""


class OutcomeUnknown(DatabaseAway):
    """MongoDB was sent a write and did not say what became of it: it may have been done."""

    message = N_("没有收到数据库的答复，您的操作可能已经保存。")
    remedy = N_("请先查看是否已保存；再次提交同一张表不会重复保存。")


def away(error: PyMongoError) -> DatabaseAway:
    """Why a write that met *error* failed, or that its outcome is unknown."""
    was_sent = isinstance(error, (AutoReconnect, WTimeoutError, WriteConcernError))
    if was_sent and not isinstance(error, ServerSelectionTimeoutError):
        return OutcomeUnknown()
    return DatabaseAway()


def collection_of(model: type[Document]) -> Any:
    """The collection of *model*, where no objects are wanted."""
    return model._get_collection()


def durable(model: type[Document]) -> Any:
    """The collection of *model*, with writes that survive the loss of a machine."""
    return collection_of(model).with_options(write_concern=DURABLE)


def kind_of(model: type[Document]) -> str:
    """The name of the collection of *model*, by which the trail and the index call its kind."""
    return str(model._get_collection_name())


def connect(settings: Settings) -> MongoClient[dict[str, Any]]:
    """Connect MongoEngine to the database that *settings* name; once in each process."""
    mongoengine.disconnect()
    return mongoengine.connect(  # type: ignore[no-any-return]  # MongoEngine is untyped
        db=settings.mongodb_name,
        host=settings.mongodb_uri,
        tz_aware=True,
        uuidRepresentation="standard",
        serverSelectionTimeoutMS=PATIENCE_MS,
        connectTimeoutMS=HANGS_AFTER_MS,
        connect=False,
        appname="customer-archive",
    )


def every(base: type[Document]) -> list[type[Any]]:
    """Every kind of document below *base* that has a collection of its own."""
    found: list[type[Any]] = []
    waiting: list[type[Any]] = [base]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if not model._meta.get("abstract"):
                found.append(model)
    return found


def create_indexes() -> None:
    """Create the indexes that the documents declare; existing ones are left untouched."""
    for model in every(Document):
        model.ensure_indexes()


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


def count_up_to(most: int, found: Any) -> int:
    """How many the query *found* holds, counted up to *most* and no further."""
    return int(found.limit(most).count(with_limit_and_skip=True))


def ping() -> None:
    """Ask MongoDB for a sign of life.

    Raises:
        DatabaseAway: none came.
    """
    try:
        get_db().command("ping")
    except PyMongoError as error:
        raise DatabaseAway() from error
