"""Development plans and churn analyses: how customers are won, and why they are lost."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from bson import ObjectId
from mongoengine import (
    DateField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    ObjectIdField,
    Q,
    StringField,
)

from archive.actor import Actor, Right, Scope
from archive.customers.models import Customer, OfCustomer
from archive.customers.rules import Relationship
from archive.database import ExactField, MoneyField, Numbered
from archive.development import rules
from archive.development.rules import COUNTED, ContactWay, LossCause, LossStatus, PlanStatus

LONGEST = 10_000


class DevelopmentRecord(Numbered, OfCustomer):
    """A numbered record about winning or losing a customer."""

    meta: ClassVar[dict[str, Any]] = {
        "abstract": True,
        "indexes": [{"fields": ["number"], "unique": True}],
    }
    opens = Right.OPEN_DEVELOPMENT

    number = StringField(required=True)
    recorded_by_id = StringField(required=True)
    recorded_by_name = StringField(required=True)


class PlanStep(EmbeddedDocument):
    """开拓步骤: what is to be done, by whom, until when, and what came of it."""

    what = StringField(required=True, max_length=300)
    due_on = DateField(required=True)
    owner = StringField(max_length=60)
    done_on = DateField()
    result = StringField(max_length=500)


class Progress(EmbeddedDocument):
    """开拓情况记录: what was said or done on a day."""

    noted_on = DateField(required=True)
    way = EnumField(ContactWay, required=True)
    content = StringField(required=True, max_length=LONGEST)


class DevelopmentPlan(DevelopmentRecord):
    """开拓计划: who is to be won and why, in which steps, and what came of it (Art. 7)."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "development_plans",
        "indexes": [
            ("next_due_on", "id"),
            ("created_at", "id"),
            ("customer_id", "-created_at"),
            ("salesperson_id", "status", "next_due_on"),
            ("owner_id", "status", "next_due_on"),
            ("status", "next_due_on"),
            {
                "fields": ["customer_id"],
                "name": "one_open_plan",
                "unique": True,
                "partialFilterExpression": {"status": PlanStatus.OPEN.value},
            },
        ],
    }
    at_most_one = {"status": PlanStatus.OPEN}
    derived = OfCustomer.derived | {"next_due_on"}

    customer_id = ObjectIdField(required=True)
    status = EnumField(PlanStatus, required=True, default=PlanStatus.OPEN)
    owner_id = StringField(required=True)
    owner_name = StringField(required=True)
    why = StringField(required=True, max_length=LONGEST)
    expected_tonnes = ExactField(places=2)
    expected_revenue = MoneyField()
    planned_until = DateField()
    steps = EmbeddedDocumentListField(PlanStep)
    progress = EmbeddedDocumentListField(Progress)
    outcome = StringField(max_length=LONGEST)
    ended_on = DateField()
    next_due_on = DateField()

    @property
    def caption(self) -> str:
        customer = self.customer
        return f"{self.number} {customer.name if customer else ''}".strip()

    @property
    def is_open(self) -> bool:
        """Whether the customer is still to be won by it."""
        return self.status is PlanStatus.OPEN

    @property
    def next_step(self) -> PlanStep | None:
        """The step that is due next."""
        return next(
            (
                each
                for each in self.steps
                if each.done_on is None and each.due_on == self.next_due_on
            ),
            None,
        )

    def is_late(self, today: date) -> bool:
        """Whether a step's day has passed without it."""
        return self.is_open and self.next_due_on is not None and self.next_due_on < today

    def derive(self) -> dict[str, Any]:
        """Who owns it, and the day of its next step; none once it has ended."""
        due = rules.next_due(self.steps) if self.is_open else None
        return {**super().derive(), "next_due_on": due}

    @classmethod
    def target_customers(cls) -> list[ObjectId]:
        """目标客户 (Art. 4.3): the customers that an open plan is to win."""
        found: list[ObjectId] = cls.objects(status=PlanStatus.OPEN).distinct("customer_id")
        return found

    @classmethod
    def open_for(cls, customer: Customer) -> Self | None:
        """The open plan for *customer*."""
        found: Self | None = cls.objects(customer_id=customer.id, status=PlanStatus.OPEN).first()
        return found

    @classmethod
    def due(cls, actor: Actor, until: date) -> Any:
        """The plans of which a step is due up to *until* and waits for *actor*, first due first."""
        mine = Q(owner_id=actor.id) | waits_for(actor)
        found = cls.visible_to(actor, Right.WRITE_DEVELOPMENT).filter(mine)
        return found.filter(status=PlanStatus.OPEN, next_due_on__lte=until).order_by("next_due_on")


class ChurnAnalysis(DevelopmentRecord):
    """流失原因分析: why a customer was lost, to whom, and how it is to be won back (Art. 7)."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "churn_analyses",
        "indexes": [
            ("lost_since", "id"),
            ("win_back_on", "id"),
            ("customer_id", "-lost_since"),
            ("salesperson_id", "status", "win_back_on"),
            ("status", "win_back_on"),
            ("cause", "lost_since"),
        ],
    }

    customer_id = ObjectIdField(required=True)
    status = EnumField(LossStatus, required=True, default=LossStatus.LOST)
    cause = EnumField(LossCause, required=True)
    lost_since = DateField(required=True)
    went_to = StringField(max_length=120)
    analysis = StringField(required=True, max_length=LONGEST)
    win_back = StringField(max_length=LONGEST)
    win_back_on = DateField()
    conclusion = StringField(max_length=LONGEST)
    ended_on = DateField()

    @property
    def caption(self) -> str:
        customer = self.customer
        return f"{self.number} {customer.name if customer else ''}".strip()

    @property
    def is_open(self) -> bool:
        """Whether it is not known yet how the loss ends."""
        return self.status is LossStatus.LOST

    def is_late(self, today: date) -> bool:
        """Whether the day of winning back has passed without a result."""
        return self.is_open and self.win_back_on is not None and self.win_back_on < today

    @classmethod
    def to_win_back(cls, actor: Actor, until: date) -> Any:
        """The losses to be won back up to *until* that wait for *actor*, first due first."""
        found = cls.visible_to(actor, Right.WRITE_DEVELOPMENT).filter(waits_for(actor))
        return found.filter(status=LossStatus.LOST, win_back_on__lte=until).order_by("win_back_on")

    @classmethod
    def counted(cls, actor: Actor) -> Any:
        """The losses that *actor* may see and that did happen."""
        return cls.visible_to(actor).filter(status__in=COUNTED)

    @classmethod
    def unexplained(cls, actor: Actor, most: int) -> list[Customer]:
        """Lost customers without an analysis of that loss, whose analysis *actor* owes."""
        lost = Customer.visible_to(actor, Right.WRITE_DEVELOPMENT).filter(waits_for(actor))
        found = lost.filter(relationship=Relationship.LOST).order_by("id")
        # Of very many no objects are made before it is known which are owed.
        stored = found.only("cooperation_started_on").as_pymongo()
        started = {each["_id"]: each.get("cooperation_started_on") for each in stored}
        if not started:
            return []
        explained = cls.explained({key: at.date() if at else None for key, at in started.items()})
        owed = [key for key in started if key not in explained][:most]
        return list(Customer.objects(id__in=owed).only(*READ).order_by("id"))

    @classmethod
    def is_owed_for(cls, customer: Customer) -> bool:
        """Whether *customer* is lost and nobody has written why."""
        is_lost = customer.relationship is Relationship.LOST
        started = {customer.id: customer.cooperation_started_on}
        return is_lost and customer.id not in cls.explained(started)

    @classmethod
    def explained(cls, started: Mapping[ObjectId, date | None]) -> set[ObjectId]:
        """Which customers' present loss has its analysis, of those with whom work *started* so."""
        fields = ("customer_id", "status", "lost_since")
        return {
            each.customer_id
            for each in cls.objects(customer_id__in=list(started)).only(*fields)
            if rules.covers(each.status, each.lost_since, started[each.customer_id])
        }


READ = ("name", "archive_number", "relationship", "cooperation_started_on",
        "cooperation_ended_on", "salesperson_id", "created_at")  # fmt: skip


def waits_for(actor: Actor) -> Q:
    """Customers, or records of customers, that *actor* follows up; or nobody, for managers."""
    mine = Q(salesperson_id=ObjectId(actor.id))
    if Scope.ALL in actor.scopes(Right.WRITE_DEVELOPMENT):
        mine |= Q(salesperson_id=None)
    return mine
