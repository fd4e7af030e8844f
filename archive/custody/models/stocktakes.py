"""A stock-take of a cabinet, and what it found of each paper."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self, cast

from bson import ObjectId
from mongoengine import (
    BooleanField,
    DateTimeField,
    Document,
    EnumField,
    IntField,
    ObjectIdField,
    StringField,
)

from archive.custody.rules.stock import StockState, Whereabouts
from archive.database import Numbered, Record, collection_of, counts_by
from archive.errors import NotFound
from archive.filing.models import Attachment


class StockTake(Numbered, Record):
    """盘点: what a place should hold, compared with what is there."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "stock_takes",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("-created_at", "id"),
            ("place", "state"),
            ("place", "id"),
        ],
    }
    derived = frozenset({"is_laid_out"})

    number = StringField(required=True)
    place = StringField(required=True, max_length=60)
    state = EnumField(StockState, required=True, default=StockState.OPEN)
    total = IntField(required=True)
    here = StringField(max_length=60)  # the place whose label was scanned last
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)
    ended_at = DateTimeField()
    ended_by_id = StringField()
    ended_by_name = StringField()
    is_laid_out = BooleanField()  # whether every paper that should be there has its entry

    @property
    def caption(self) -> str:
        return f"{self.number} {self.place}"

    @property
    def is_open(self) -> bool:
        """Whether something may still be scanned."""
        return self.state is StockState.OPEN

    @classmethod
    def going_on(cls, place: str) -> Self | None:
        """The stock-take of *place* that is not finished."""
        return cast("Self | None", cls.objects(place=place, state=StockState.OPEN).first())

    def entries(self, *states: Whereabouts) -> Any:
        """What was found, all or what is in one of *states*, as a query."""
        found = StockEntry.objects(stock_take_id=self.id)
        return found.filter(state__in=states) if states else found

    def counts(self) -> dict[Whereabouts, int]:
        """How many entries are in each state."""
        return counts_by("state", Whereabouts, self.entries())


class StockEntry(Document):
    """One paper, or one unknown label, of a stock-take. Not a record: it says who scanned it."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "stock_entries",
        "auto_create_index": False,
        "indexes": [
            {"fields": ["stock_take_id", "name"], "unique": True},
            ("stock_take_id", "state", "-at"),
            ("stock_take_id", "place", "name"),
            ("place", "id"),
        ],
    }

    stock_take_id = ObjectIdField(required=True)
    name = StringField(required=True)  # the paper's identity, or what an unknown label says
    attachment_id = ObjectIdField()
    is_expected = BooleanField(default=False)  # the paper is registered here
    title = StringField()
    customer = StringField()
    place = StringField()  # where the paper is registered
    state = EnumField(Whereabouts, required=True)
    found_at = StringField()  # the place whose label was scanned before it
    is_by_hand = BooleanField()
    at = DateTimeField()
    by_id = StringField()
    by_name = StringField()

    @property
    def tail(self) -> str:
        """By which a person names the paper."""
        return str(self.name)[-8:].upper() if self.attachment_id else ""

    @classmethod
    def lay_out(cls, take: StockTake, papers: Iterable[Attachment]) -> None:
        """Write an entry for each of *papers*; a second time changes nothing."""
        rows = [
            {
                "stock_take_id": take.id,
                "name": paper.key,
                "attachment_id": paper.id,
                "is_expected": True,
                "title": paper.title,
                "customer": paper.customer.name if paper.customer else "",
                "place": paper.place,
                "state": Whereabouts.AWAITED.value,
            }
            for paper in papers
        ]
        collection_of(cls).delete_many({"stock_take_id": take.id})
        if rows:
            collection_of(cls).insert_many(rows, ordered=False)

    @classmethod
    def named(cls, take: StockTake, name: str) -> Self | None:
        """What is known of the paper, or label, *name*."""
        return cast("Self | None", cls.objects(stock_take_id=take.id, name=name).first())

    @classmethod
    def of(cls, take: StockTake, key: str) -> Self:
        """The entry *key* of *take*.

        Raises:
            NotFound: there is none.
        """
        found = None
        if ObjectId.is_valid(key):
            found = cls.objects(stock_take_id=take.id, id=ObjectId(key)).first()
        if found is None:
            raise NotFound()
        return cast("Self", found)

    @classmethod
    def write(cls, take: StockTake, name: str, **facts: Any) -> Self:
        """Write *facts* of *name*, whoever writes at the same time; the entry as it is then."""
        given = {f"set__{each}": value for each, value in facts.items()}
        found = cls.objects(stock_take_id=take.id, name=name)
        return cast("Self", found.modify(upsert=True, new=True, **given))
