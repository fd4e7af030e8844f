"""The document of a visit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive import clock
from archive.actor import Actor, Right
from archive.communication.models.record import CommunicationRecord
from archive.communication.rules import visits as rules
from archive.communication.rules.visits import VisitKind, VisitStatus, VisitStep
from archive.customers.models import OfCustomer
from archive.database import collection_of

LONGEST = 10_000


class Measure(EmbeddedDocument):
    """措施: what is to be done, by whom, until when."""

    what = StringField(required=True, max_length=300)
    owner = StringField(required=True, max_length=60)
    due_on = DateField(required=True)
    is_done = BooleanField(default=False)


class Visit(CommunicationRecord):
    """拜访: planned, then written up, then closed (Art. 13)."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "visits",
        "indexes": [
            ("-visited_at", "id"),
            ("customer_id", "-visited_at", "id"),
            ("kind", "-visited_at", "id"),
            ("visitor_keys", "-visited_at", "id"),
            ("recorded_by_id", "-visited_at", "id"),
            ("status", "visited_at"),
            ("salesperson_id", "-visited_at", "id"),
        ],
    }
    opens = Right.OPEN_VISIT
    derived = OfCustomer.derived | {"visitor_keys"}
    keeps = frozenset({"last_visit_at"})

    customer_id = ObjectIdField(required=True)
    kind = EnumField(VisitKind, required=True)
    status = EnumField(VisitStatus, required=True, default=VisitStatus.OPEN)
    visited_at = DateTimeField(required=True)
    place = StringField(max_length=200)
    visitors = ListField(StringField(max_length=60))
    visitor_keys = ListField(StringField())  # each visitor's user id, or the name where none is
    participants = ListField(StringField(max_length=120))
    purpose = StringField(required=True, max_length=200)

    goals = StringField(max_length=LONGEST)
    solutions = StringField(max_length=LONGEST)
    notice = StringField(max_length=LONGEST)
    content = StringField(max_length=LONGEST)
    result = StringField(max_length=LONGEST)
    reported_to = StringField(max_length=60)
    measures = EmbeddedDocumentListField(Measure)

    closed_at = DateTimeField()

    @property
    def caption(self) -> str:
        return f"{self.number} {self.kind.label}"

    @property
    def is_closed(self) -> bool:
        """Whether the visit and its follow-up are done with."""
        return self.status is VisitStatus.CLOSED

    @property
    def is_open(self) -> bool:
        """Whether it is still to be made or written up."""
        return self.status is VisitStatus.OPEN

    @property
    def steps_written(self) -> list[VisitStep]:
        """The steps whose written record is complete."""
        return rules.steps_written(self.filled)

    @property
    def filled(self) -> frozenset[str]:
        """The fields of the steps that hold something."""
        names = (name for fields in rules.STEP_FIELDS.values() for name in fields)
        return frozenset(name for name in names if getattr(self, name))

    @classmethod
    def ahead(cls, actor: Actor, now: datetime) -> Any:
        """The planned visits that *actor* makes and may open, the next one first."""
        mine = cls.visible_to(actor).filter(visitor_keys=actor.id, status=VisitStatus.OPEN)
        return mine.filter(visited_at__gt=now).order_by("visited_at")

    @classmethod
    def to_write_up(cls, actor: Actor, now: datetime) -> Any:
        """The visits that *actor* made, may open, and nobody has written up, the oldest first."""
        mine = cls.visible_to(actor).filter(visitor_keys=actor.id, status=VisitStatus.OPEN)
        return mine.filter(visited_at__lte=now, content=None).order_by("visited_at")

    @classmethod
    def kept_for(cls, customers: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """When each of *customers* was last visited; a visit that is planned is none yet."""
        made = {
            "customer_id": {"$in": list(customers)},
            "visited_at": {"$lte": clock.now()},
            "status": {"$ne": VisitStatus.CANCELLED.value},
        }
        latest = {"_id": "$customer_id", "last_visit_at": {"$max": "$visited_at"}}
        found = collection_of(cls).aggregate([{"$match": made}, {"$group": latest}])
        return {each.pop("_id"): each for each in found}
