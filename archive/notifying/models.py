"""What each person was told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from bson import ObjectId
from mongoengine import DateTimeField, Document, EnumField, StringField
from pymongo.errors import BulkWriteError

from archive.database import durable
from archive.errors import NotFound
from archive.urgency import Step

A_YEAR = 366 * 86_400  # seconds that a notice is kept
ALREADY_TOLD = 11_000  # MongoDB's code of a key that is there


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
