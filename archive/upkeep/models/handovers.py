"""A salesperson's customers, plans and tasks, handed over to colleagues in one act."""

from typing import Any, ClassVar

from mongoengine import (
    DateField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ObjectIdField,
    StringField,
)

from archive.database import Numbered, Record
from archive.terms import N_, Term


class HandedKind(Term):
    """What is handed over."""

    CUSTOMER = "customer", N_("客户")
    PLAN = "plan", N_("开拓计划")
    TASK = "task", N_("任务")


class Receiver(EmbeddedDocument):
    """接收人: a colleague who takes over."""

    person_id = StringField(required=True)
    name = StringField(required=True)


class Handover(Numbered, Record):
    """交接: all that one salesperson had, and to whom it went. The work is an act on many rows."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "handovers",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("-created_at", "id"),
            ("leaver_id", "-created_at"),
        ],
    }
    derived = frozenset({"run_number"})

    number = StringField(required=True)
    leaver_id = StringField(required=True)
    leaver_name = StringField(required=True)
    receivers = EmbeddedDocumentListField(Receiver, required=True)
    last_day = DateField()
    reason = StringField(required=True, max_length=500)
    total = IntField(required=True)
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)
    run_number = StringField()  # of the act that carries it out

    @property
    def caption(self) -> str:
        return f"{self.number} {self.leaver_name}"

    @property
    def receiver_names(self) -> list[str]:
        """Who takes over."""
        return [each.name for each in self.receivers]


class Handed(Document):
    """One thing that is handed over, as the list to sign names it. Not a record."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "handed",
        "auto_create_index": False,
        "indexes": [("handover_id", "place")],
    }

    handover_id = ObjectIdField(required=True)
    place = IntField(required=True)
    kind = EnumField(HandedKind, required=True)
    key = ObjectIdField(required=True)  # of the record
    caption = StringField(required=True)
    code = StringField()
    note = StringField()
    leaver_id = StringField(required=True)
    to_id = StringField(required=True)
    to_name = StringField(required=True)

    @classmethod
    def of(cls, handover: Handover, to: str = "") -> Any:
        """What is handed over, all of it or that to the person *to*, as a query."""
        found = cls.objects(handover_id=handover.id).order_by("place")
        return found.filter(to_id=to) if to else found
