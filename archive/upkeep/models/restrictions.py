"""Archives whose use is restricted: only kept and protected."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from bson import ObjectId
from mongoengine import (
    DateTimeField,
    DictField,
    Document,
    EnumField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.actor import Actor
from archive.blobs.models import BlobField, named_in
from archive.customers.models import Customer
from archive.database import Numbered, Record, durable, kind_of
from archive.upkeep.rules import RESTRICTING, RestrictionState

FORGOTTEN_AFTER = timedelta(seconds=30)  # whoever carries one out for longer has died


class Restriction(Numbered, Record):
    """限制处理: an archive that is only kept and protected, since when and why (PIPL, art. 47)."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "restrictions",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("-created_at", "id"),
            ("state", "updated_at"),
            ("customer_key_kept", "state"),
        ],
    }

    number = StringField(required=True)
    state = EnumField(RestrictionState, required=True, default=RestrictionState.RESTRICTING)
    customer_key_kept = ObjectIdField(required=True)
    archive_number = StringField(required=True)
    customer_code = StringField(required=True)
    name = StringField(required=True)
    reason = StringField(required=True)
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)
    lifted_at = DateTimeField()
    lifted_because = StringField()
    lifted_by_id = StringField()
    lifted_by_name = StringField()

    @property
    def caption(self) -> str:
        return f"{self.number} {self.name}（{self.archive_number}）"

    @property
    def customer_key(self) -> str | None:
        return str(self.customer_key_kept)

    @property
    def is_working(self) -> bool:
        """Whether it is still being carried out, or lifted."""
        return self.state in RESTRICTING

    @property
    def doer(self) -> Actor:
        """In whose name the records are written."""
        if self.state is RestrictionState.LIFTING:
            return Actor(id=self.lifted_by_id, username="", name=self.lifted_by_name)
        return Actor(id=self.made_by_id, username="", name=self.made_by_name)

    @property
    def customer(self) -> Customer | None:
        """The archive as it is kept; none once it is lifted."""
        held = Withheld.kept(self, kind_of(Customer), self.customer_key_kept)
        return Customer.from_stored(held) if held else None

    @classmethod
    def forgotten(cls, now: datetime) -> list["Restriction"]:
        """Those that nobody carries on with, because whoever did has died."""
        silent = now - FORGOTTEN_AFTER
        return list(cls.objects(state__in=RESTRICTING, updated_at__lt=silent).limit(20))

    @classmethod
    def in_force(cls) -> list["Restriction"]:
        """Those whose archive is withheld now."""
        return list(cls.objects(state=RestrictionState.RESTRICTED))

    @classmethod
    def customers(cls) -> list[ObjectId]:
        """The archives that are withheld, or about to be, by identity."""
        hidden = cls.objects(state__ne=RestrictionState.LIFTED)
        return list(hidden.scalar("customer_key_kept"))


class Withheld(Document):
    """A document as it was stored when its archive was restricted. Not a record.

    It names the blobs of the document, whose bytes stay as long as it is here.
    """

    meta: ClassVar[dict[str, Any]] = {
        "collection": "withheld",
        "auto_create_index": False,
        "strict": False,
        "indexes": [
            {"fields": ["restriction_id", "collection", "key"], "unique": True},
            "digests",
        ],
    }

    restriction_id = ObjectIdField(required=True)
    collection = StringField(required=True)
    key = ObjectIdField(required=True)
    document = DictField(required=True)
    digests = ListField(BlobField())

    @classmethod
    def keep(cls, given: Restriction, collection: str, stored: Mapping[str, Any]) -> None:
        """Keep *stored*, without its events, which are in the trail."""
        place = {"restriction_id": given.id, "collection": collection, "key": stored["_id"]}
        document = {**stored, "pending": []} if "pending" in stored else dict(stored)
        held: dict[str, Any] = {"document": document}
        if digests := sorted(named_in(collection, stored)):
            held["digests"] = digests
        durable(cls).update_one(place, {"$set": held}, upsert=True)

    @classmethod
    def kept(cls, given: Restriction, collection: str, key: Any) -> dict[str, Any] | None:
        """The document *key* of *collection*, as it was stored."""
        place = {"restriction_id": given.id, "collection": collection, "key": key}
        found = durable(cls).find_one(place)
        return found["document"] if found else None

    @classmethod
    def all_of(cls, given: Restriction) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every document that is withheld: its collection, and as it was stored."""
        for each in durable(cls).find({"restriction_id": given.id}):
            yield each["collection"], each["document"]

    @classmethod
    def counts(cls, given: Restriction) -> dict[str, int]:
        """How many documents of each collection are withheld."""
        groups = [
            {"$match": {"restriction_id": given.id}},
            {"$group": {"_id": "$collection", "number": {"$sum": 1}}},
            {"$sort": {"_id": 1}},
        ]
        return {each["_id"]: each["number"] for each in durable(cls).aggregate(groups)}

    @classmethod
    def forget(cls, given: Restriction, collection: str, key: Any) -> None:
        """Keep this document no more: it is back in its place."""
        place = {"restriction_id": given.id, "collection": collection, "key": key}
        durable(cls).delete_one(place)
