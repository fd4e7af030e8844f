"""When the classes were computed, and whether somebody asked for it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from bson import ObjectId
from mongoengine import BooleanField, DateTimeField, FloatField, IntField, ListField

from archive.actor import SYSTEM
from archive.database import ExactField, MoneyField, Record, Taken, durable

THE_ONE = ObjectId("000000000000000000c1a55e")
SILENT_FOR = timedelta(minutes=5)  # whoever computes for longer has died


class Computation(Record):
    """分类计算: there is one; it says how the latest ended."""

    meta: ClassVar[dict[str, Any]] = {"collection": "class_computations"}
    derived = frozenset(
        {
            "working_since",
            "begun_at",
            "done_at",
            "customers",
            "changed",
            "known",
            "important",
            "total",
            "share",
            "portion",
            "curve",
        }
    )

    is_asked = BooleanField(default=False)  # by somebody, and not begun
    working_since = DateTimeField()
    begun_at = DateTimeField()
    done_at = DateTimeField()
    customers = IntField()
    changed = IntField()

    # How contribution is spread: of whom figures are known, who is important, what they make.
    known = IntField()
    important = IntField()
    total = MoneyField()
    share = ExactField(places=1)
    portion = ExactField(places=1)
    curve = ListField(FloatField())  # percent of the total, in steps of as many customers

    @property
    def caption(self) -> str:
        return "客户分类"

    @classmethod
    def the_one(cls, now: datetime) -> Self:
        """The one that there is."""
        if found := cls.objects(id=THE_ONE).first():
            return found  # type: ignore[no-any-return]  # MongoEngine is untyped
        try:
            return cls.open_new(SYSTEM, now, "classes.set_up", {"id": THE_ONE})
        except Taken:  # by another process in this very moment
            return cls.objects.get(id=THE_ONE)  # type: ignore[no-any-return]  # as above

    @property
    def is_working(self) -> bool:
        """Whether the worker has something to do for it."""
        return bool(self.is_asked or self.working_since)

    @classmethod
    def take(cls, now: datetime) -> bool:
        """Whether whoever asks may compute now: one at a time."""
        cls.the_one(now)
        free = {"$or": [{"working_since": None}, {"working_since": {"$lt": now - SILENT_FOR}}]}
        taken = {"set__working_since": now, "set__begun_at": now, "set__is_asked": False}
        return bool(cls.objects(id=THE_ONE, __raw__=free).update_one(**taken))

    @classmethod
    def finish(cls, now: datetime, **facts: Any) -> None:
        """Say how it ended: *facts* as MongoDB keeps them."""
        update = {"$set": {**facts, "done_at": now}, "$unset": {"working_since": ""}}
        durable(cls).update_one({"_id": THE_ONE}, update)
