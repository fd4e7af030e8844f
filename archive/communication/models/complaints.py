"""The document of a complaint."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    ObjectIdField,
    Q,
    StringField,
)

from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.communication.models.record import CommunicationRecord
from archive.communication.rules import complaints as rules
from archive.communication.rules.complaints import (
    IN_HAND,
    Channel,
    ComplaintCause,
    ComplaintForm,
    ComplaintStatus,
    Due,
    Reply,
)
from archive.customers.models import OfCustomer
from archive.database import MoneyField, collection_of
from archive.errors import NotFound
from archive.filing.models import StoredFile

LONGEST = 10_000


class ComplaintReply(EmbeddedDocument):
    """答复: what the customer was told, when, by whom and how."""

    reply = EnumField(Reply, required=True)
    replied_at = DateTimeField(required=True)
    replied_by_id = StringField(required=True)
    replied_by_name = StringField(required=True)
    told_to = StringField(max_length=60)
    channel = EnumField(Channel, required=True)
    text = StringField(required=True, max_length=LONGEST)


class Evidence(StoredFile):
    """照片与文件: what shows what happened, as the customer or our people have it (Art. 14.2)."""

    id = ObjectIdField(required=True)
    added_at = DateTimeField(required=True)
    added_by_id = StringField(required=True)
    added_by_name = StringField(required=True)
    removed_at = DateTimeField()

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return str(self.id)


class Complaint(CommunicationRecord):
    """客户抱怨: recorded by whoever hears it, accepted and answered by the desk (Art. 14)."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "complaints",
        "indexes": [
            ("-heard_at", "id"),
            ("status", "due_at"),
            ("salesperson_id", "-heard_at", "id"),
            ("salesperson_id", "is_open", "turn_at", "id"),
            ("recorded_by_id", "is_open", "turn_at", "id"),
            ("is_open", "turn_at", "id"),
            ("turn_at", "id"),
            ("handler_id", "is_open", "turn_at", "id"),
            ("is_open", "due_at"),
            ("claimed_amount", "id"),
            ("customer_id", "-heard_at", "id"),
            ("recorded_by_id", "-heard_at", "id"),
            ("form", "-heard_at", "id"),
            ("cause", "-heard_at", "id"),
            {"fields": ["waybill_number"], "sparse": True},
        ],
    }
    opens = Right.OPEN_COMPLAINT
    derived = OfCustomer.derived | {"due_at", "is_open", "turn_at"}
    keeps = frozenset({"open_complaints"})

    customer_name = StringField(max_length=120)  # as typed, where the customer has no archive yet
    form = EnumField(ComplaintForm, required=True)
    cause = EnumField(ComplaintCause)
    status = EnumField(ComplaintStatus, required=True, default=ComplaintStatus.RECORDED)
    complainant = StringField(max_length=60)
    complainant_phone = StringField(max_length=60)
    heard_at = DateTimeField(required=True)
    content = StringField(required=True, max_length=LONGEST)
    explained = StringField(max_length=LONGEST)
    waybill_number = StringField(max_length=60)
    claimed_amount = MoneyField()

    accepted_at = DateTimeField()
    accepted_by_id = StringField()
    accepted_by_name = StringField()
    handler_id = StringField()
    handler_name = StringField()
    evidence = EmbeddedDocumentListField(Evidence)
    evidence_complete_at = DateTimeField()
    result_promised_on = DateField()
    replies = EmbeddedDocumentListField(ComplaintReply)
    due_at = DateTimeField()  # when the next reply is owed
    turn_at = DateTimeField()  # when the next thing has to be done, whatever it is
    is_open = BooleanField()
    closed_at = DateTimeField()
    reaction = StringField(max_length=2000)

    @property
    def caption(self) -> str:
        return f"{self.number} {self.form.label}"

    def derive(self) -> dict[str, Any]:
        """Also when the next reply and the next act are owed, and whether anything still is."""
        due = self.next_due
        return super().derive() | {
            "due_at": due.at if due else None,
            "turn_at": rules.turn_at(self.status, self.created_at, due)
            if self.created_at
            else None,
            "is_open": self.status is not ComplaintStatus.CLOSED,
        }

    @property
    def files(self) -> list[Evidence]:
        """The photographs and files, as they were added; those taken away are left out."""
        return [each for each in self.evidence if each.removed_at is None]

    @property
    def files_removed(self) -> list[Evidence]:
        """What was taken away, and may be put back."""
        return [each for each in self.evidence if each.removed_at is not None]

    def file(self, key: str) -> Evidence:
        """The photograph or file with this *key*.

        Raises:
            NotFound: there is none.
        """
        for each in self.evidence:
            if each.key == key:
                return each  # type: ignore[no-any-return]  # MongoEngine is untyped
        raise NotFound()

    @property
    def has_claim(self) -> bool:
        """Whether the customer asks for compensation."""
        amount: Decimal | None = self.claimed_amount
        return rules.makes_claim(self.form, amount)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has accepted it yet."""
        return self.status is ComplaintStatus.RECORDED

    @property
    def given(self) -> frozenset[Reply]:
        """What the customer has been told."""
        return frozenset(each.reply for each in self.replies)

    @property
    def dues(self) -> list[Due]:
        """Every reply that the regulation asks for, with its instant."""
        return rules.dues(
            has_claim=self.has_claim,
            accepted_at=self.accepted_at,
            evidence_complete_at=self.evidence_complete_at,
            result_promised_on=self.result_promised_on,
        )

    @property
    def next_due(self) -> Due | None:
        """The reply that is owed next; none once the complaint is closed."""
        if self.status is ComplaintStatus.CLOSED:
            return None
        return rules.next_due(self.dues, self.given)

    def was_late(self, given: ComplaintReply) -> bool:
        """Whether a reply that was given came after its clock; it stays so for ever."""
        replied_at: datetime = given.replied_at
        return any(due.reply is given.reply and replied_at > due.at for due in self.dues)

    @property
    def is_waiting_for_evidence(self) -> bool:
        """Whether a claim's clock has yet to start because the customer's papers are incomplete."""
        return self.has_claim and self.status in IN_HAND and self.evidence_complete_at is None

    @classmethod
    def waiting(cls, actor: Actor) -> Any:
        """What *actor* sees of the complaints that nobody accepted, the longest waiting first."""
        return cls.visible_to(actor).filter(status=ComplaintStatus.RECORDED).order_by("heard_at")

    @classmethod
    def for_desk(cls, actor: Actor) -> Any:
        """The open complaints that *actor*, of the desk, has to see to: their own and nobody's.

        Nobody's are those without a handler, and those of one who is no longer of the desk.
        """
        desk = [key for key, _ in User.holding(Right.EDIT_COMPLAINT) if key != actor.id]
        return cls.visible_to(actor).filter(Q(is_open=True) & Q(handler_id__nin=desk))

    @classmethod
    def owing_replies(cls, actor: Actor) -> Any:
        """What *actor* sees of the complaints whose clock runs, the most urgent first."""
        running = cls.visible_to(actor).filter(is_open=True, due_at__ne=None)
        return running.order_by("due_at")

    @classmethod
    def late(cls, actor: Actor, now: datetime) -> Any:
        """What *actor* sees of the complaints whose reply is overdue, the oldest debt first."""
        return cls.owing_replies(actor).filter(due_at__lt=now)

    @classmethod
    def kept_for(cls, customers: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """How many complaints of each of *customers* are open."""
        still = {"customer_id": {"$in": list(customers)}, "is_open": True}
        count = {"_id": "$customer_id", "open_complaints": {"$sum": 1}}
        found = collection_of(cls).aggregate([{"$match": still}, {"$group": count}])
        return {each.pop("_id"): each for each in found}
