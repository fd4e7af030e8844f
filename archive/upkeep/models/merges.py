"""The documents of upkeep."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from bson import ObjectId
from mongoengine import (
    DateTimeField,
    DictField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    ListField,
    MapField,
    ObjectIdField,
    Q,
    StringField,
)

from archive.actor import Actor
from archive.database import Numbered, Record, durable
from archive.errors import NotFound
from archive.upkeep.models.restrictions import Restriction
from archive.upkeep.rules import WORKING, MergeState

SILENT_FOR = timedelta(seconds=30)  # whoever carries a merge out for longer has died


class United(EmbeddedDocument):
    """Two records of which a customer has only one, and the rows of the one they became."""

    collection = StringField(required=True)
    values = ListField()  # what both are of, such as the year
    kept_id = ObjectIdField(required=True)
    other_id = ObjectIdField(required=True)
    before = ListField(DictField())
    after = ListField(DictField())
    unused = ListField(DictField())  # rows of the other one that were not chosen


class Merge(Numbered, Record):
    """合并: two archives of one company that became one, and what is needed to undo that."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "merges",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("-created_at", "id"),
            ("state", "updated_at"),
            ("kept_id", "-created_at"),
            ("other_id", "-created_at"),
        ],
    }
    derived = frozenset({"before", "after", "moved", "united", "choices"})

    number = StringField(required=True)
    state = EnumField(MergeState, required=True, default=MergeState.MERGING)
    kept_id = ObjectIdField(required=True)
    kept_number = StringField(required=True)
    kept_name = StringField(required=True)
    other_id = ObjectIdField(required=True)
    other_number = StringField(required=True)
    other_code = StringField(required=True)
    other_name = StringField(required=True)
    reason = StringField(required=True)
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)
    undoable_until = DateTimeField(required=True)
    undone_because = StringField()
    undone_by_id = StringField()
    undone_by_name = StringField()

    before = DictField()  # the fields of the kept archive that the merge changed, as stored
    after = DictField()
    choices = DictField()  # which row is right, by collection, values and key of the row
    moved = MapField(ListField(ObjectIdField()))  # by collection
    united = EmbeddedDocumentListField(United)

    @property
    def caption(self) -> str:
        return f"{self.number} {self.other_name} → {self.kept_name}"

    @classmethod
    def shown(cls) -> Any:
        """Those that people see: not of an archive that is restricted. As a query."""
        return cls.objects(kept_id__nin=Restriction.customers())

    @classmethod
    def open(cls, number: str) -> "Merge":
        """The merge with this number, unless its archive is restricted.

        Raises:
            NotFound.
        """
        found = cls.numbered(number)
        if found.kept_id in Restriction.customers():
            raise NotFound()
        return found

    @property
    def customer_key(self) -> str | None:
        return str(self.kept_id)

    @property
    def is_working(self) -> bool:
        """Whether it is still being carried out, or undone."""
        return self.state in WORKING

    def is_undoable(self, now: datetime) -> bool:
        """Whether it may still be undone at *now*."""
        return self.state is MergeState.MERGED and now <= self.undoable_until

    @property
    def doer(self) -> Actor:
        """In whose name the records are written: who merges, or undoes it."""
        if self.state is MergeState.UNDOING:
            return Actor(id=self.undone_by_id, username="", name=self.undone_by_name)
        return Actor(id=self.made_by_id, username="", name=self.made_by_name)

    @property
    def moved_in_all(self) -> int:
        """How many records moved, those that became one with another included."""
        return sum(map(len, self.moved.values())) + len(self.united)

    @classmethod
    def at_work_on(cls, *customers: ObjectId) -> "Merge | None":
        """A merge of one of *customers* that is not finished."""
        either = Q(kept_id__in=customers) | Q(other_id__in=customers)
        return cast("Merge | None", cls.objects(either, state__in=WORKING).first())

    @classmethod
    def forgotten(cls, now: datetime) -> list["Merge"]:
        """Those that nobody carries on with, because whoever did has died."""
        return list(cls.objects(state__in=WORKING, updated_at__lt=now - SILENT_FOR).limit(20))

    def note_moved(self, collection: str, keys: list[Any]) -> None:
        """Write down that these records are about to move."""
        name = f"moved.{collection}"
        durable(Merge).update_one({"_id": self.id}, {"$addToSet": {name: {"$each": keys}}})

    def note_united(self, united: United) -> None:
        """Write down that two records are about to become one, once."""
        durable(Merge).update_one(
            {"_id": self.id, "united.other_id": {"$ne": united.other_id}},
            {"$push": {"united": united.to_mongo()}},
        )


class TakenOut(Document):
    """A document as it was stored when a merge took it out of its collection. Not a record."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "set_aside",
        "auto_create_index": False,
        "strict": False,
        "indexes": [
            {"fields": ["merge_id", "collection", "key"], "unique": True},
        ],
    }

    merge_id = ObjectIdField(required=True)
    collection = StringField(required=True)
    key = ObjectIdField(required=True)
    document = DictField(required=True)

    @classmethod
    def keep(
        cls, merge: Merge, collection: str, stored: Mapping[str, Any], *, renew: bool = False
    ) -> None:
        """Keep *stored*; what is kept already stays, unless to *renew* it."""
        place = {"merge_id": merge.id, "collection": collection, "key": stored["_id"]}
        held = {**stored, "pending": []}
        how = "$set" if renew else "$setOnInsert"
        durable(cls).update_one(place, {how: {"document": held}}, upsert=True)

    @classmethod
    def kept(cls, merge: Merge, collection: str, key: Any) -> dict[str, Any] | None:
        """The document *key* of *collection*, as it was stored."""
        place = {"merge_id": merge.id, "collection": collection, "key": key}
        found = durable(cls).find_one(place)
        return cast("dict[str, Any]", found["document"]) if found else None

    @classmethod
    def forget(cls, merge: Merge) -> None:
        """Keep nothing more of *merge*: everything is back in its place."""
        durable(cls).delete_many({"merge_id": merge.id})
