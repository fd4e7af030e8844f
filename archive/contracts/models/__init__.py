"""The documents of contracts and their templates, and the named queries on them."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    Q,
    StringField,
)

from archive.actor import Actor, Right, Scope
from archive.blobs import BlobField
from archive.contracts import rules
from archive.contracts.errors import NoSuchVersion
from archive.contracts.models.clauses import Clause, ClauseVersion
from archive.contracts.models.company import USUAL, OwnCompany, UsualTerms
from archive.contracts.models.drafts import DraftText, DraftVersion, PriceRow
from archive.contracts.models.reviews import Review, ReviewPlace, ReviewStep, TrialRun
from archive.contracts.models.routes import Absence, ReviewRoute, RoutePlace
from archive.contracts.models.templates import Template, TemplateNotice, TemplateVersion
from archive.contracts.rules import ContractKind, ContractStatus
from archive.customers.models import Customer, OfCustomer
from archive.database import MoneyField, Numbered, collection_of

__all__ = [
    "USUAL",
    "Absence",
    "Clause",
    "ClauseVersion",
    "Contract",
    "DraftText",
    "DraftVersion",
    "OwnCompany",
    "PriceRow",
    "Review",
    "ReviewPlace",
    "ReviewRoute",
    "ReviewStep",
    "RoutePlace",
    "Template",
    "TemplateNotice",
    "TemplateVersion",
    "TrialRun",
    "UsualTerms",
]


class Contract(UsualTerms, Numbered, OfCustomer):
    """A contract, from its first draft on (Art. 20)."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "contracts",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("customer_id", "-created_at"),
            ("salesperson_id", "-created_at", "id"),
            ("salesperson_id", "-updated_at", "id"),
            ("handler_id", "status", "is_incomplete", "-created_at"),
            ("status", "-created_at"),
            ("kind", "-created_at"),
            ("title", "id"),
            ("customer_name", "id"),
            ("amount", "id"),
            ("ends_on", "id"),
            ("handler_name", "id"),
            ("created_at", "id"),
            ("updated_at", "id"),
            "drafts.sha256",
            "drafts.template_id",
            ("asked_ids", "-updated_at", "id"),
            ("turn_ids", "turn_due_at", "id"),
            ("turn_due_at", "id"),
            "reviews.sha256",
        ],
    }

    opens = Right.OPEN_CONTRACT
    keeps = frozenset({"contract_until"})
    derived = OfCustomer.derived | {"is_incomplete", "asked_ids", "turn_ids", "turn_due_at"}

    number = StringField(required=True)
    status = EnumField(ContractStatus, required=True, default=ContractStatus.DRAFT)
    kind = EnumField(ContractKind, required=True, default=ContractKind.ROUTINE)
    title = StringField(required=True, max_length=120)
    customer_id = ObjectIdField(required=True)
    customer_name = StringField(required=True)
    handler_id = StringField(required=True)
    handler_name = StringField(required=True)
    copied_from = StringField()  # the number of the contract whose values it started from

    signed_on = DateField()
    starts_on = DateField()
    ends_on = DateField()
    amount = MoneyField()
    amount_reason = StringField(max_length=300)  # why it is not what the price table comes to

    # What is filled into the clauses, beside the usual terms.
    goods = StringField(max_length=200)
    specification = StringField(max_length=200)
    packaging = StringField(max_length=200)
    pieces = StringField(max_length=100)
    weight = StringField(max_length=100)
    volume = StringField(max_length=100)
    goods_value = StringField(max_length=100)
    origin = StringField(max_length=200)
    destination = StringField(max_length=200)
    consignee = StringField(max_length=200)
    transport = StringField(max_length=100)
    prices = EmbeddedDocumentListField(PriceRow)
    drafts = EmbeddedDocumentListField(DraftVersion)
    is_incomplete = BooleanField(default=False)  # the newest of them has something as 【待填】

    reviews = EmbeddedDocumentListField(Review)
    asked_ids = ListField(StringField())  # whose turn it is or was, in any round
    turn_ids = ListField(StringField())  # whose turn it is
    turn_due_at = DateTimeField()
    approved_version = IntField()
    approved_sha256 = BlobField()  # the text that was approved: this and no other is sealed
    approved_at = DateTimeField()

    @property
    def caption(self) -> str:
        return f"{self.title}（{self.number}）"

    @property
    def is_draft(self) -> bool:
        """Whether further versions may be made of it."""
        return self.status in (ContractStatus.DRAFT, ContractStatus.REJECTED)

    @property
    def can_be_voided(self) -> bool:
        """Whether it has not become binding for anybody."""
        return self.is_draft or self.status is ContractStatus.APPROVED

    @property
    def is_in_review(self) -> bool:
        """Whether a round of review is under way."""
        return self.status is ContractStatus.IN_REVIEW

    @property
    def review(self) -> Review | None:
        """The latest round of review."""
        return cast(Review, self.reviews[-1]) if self.reviews else None

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        if scope is Scope.ASKED:
            return actor_id in self.asked_ids
        return super().is_within(scope, actor_id)

    @classmethod
    def in_scope(cls, scope: Scope, actor_id: str) -> Q | None:
        if scope is Scope.ASKED:
            return Q(asked_ids=actor_id)
        return super().in_scope(scope, actor_id)

    def derive(self) -> dict[str, Any]:
        """Also whether something has to be filled in, and who may look at it to judge it."""
        asked = dict.fromkeys(key for review in self.reviews for key in review.asked_ids)
        review = self.review if self.is_in_review else None
        turn = {key for place in review.waiting for key in place.asked_ids} if review else set()
        step = review.open_step if review else None
        return {
            **super().derive(),
            "is_incomplete": bool(self.drafts and self.newest.missing),
            "asked_ids": list(asked),
            "turn_ids": sorted(turn),
            "turn_due_at": step.due_at if step else None,
        }

    @classmethod
    def waiting_for(cls, person_id: str) -> Any:
        """The contracts that a person has to judge now, as a query."""
        return cls.objects(turn_ids=person_id)

    @property
    def newest(self) -> DraftVersion:
        return cast(DraftVersion, self.drafts[-1])

    @property
    def prices_total(self) -> Any:
        """What the rows of the price table come to; None where a row of it is open."""
        return rules.total_of(row.amount for row in self.prices)

    @property
    def original(self) -> Any:
        """The contract with the same customer that this one started from; None where there is none.

        An agreement changes, adds to or ends it (Art. 23).
        """
        if not self.copied_from:
            return None
        return type(self).objects(number=self.copied_from, customer_id=self.customer_id).first()

    def draft(self, number: int | None) -> DraftVersion:
        """Draft version *number*, or the newest.

        Raises:
            NoSuchVersion: there is none.
        """
        if number is None:
            return self.newest
        found = next((each for each in self.drafts if each.number == number), None)
        if found is None:
            raise NoSuchVersion(number=number)
        return cast(DraftVersion, found)

    @classmethod
    def customer_with(cls, number: str) -> Any:
        """The customer, by identity, whose contract has this *number*; None: there is none."""
        return cls.objects(number=number.strip().upper()).scalar("customer_id").first()

    @classmethod
    def of_customer(cls, customer: Customer) -> Any:
        """The contracts with *customer*, the newest first."""
        return cls.objects(customer_id=customer.id).order_by("-created_at")

    @classmethod
    def incomplete_of(cls, who: Actor) -> Any:
        """The drafts that *who* still has to fill something into, the newest first."""
        mine = {"handler_id": who.id, "status": ContractStatus.DRAFT, "is_incomplete": True}
        return cls.visible_to(who).filter(**mine).order_by("-created_at")

    @classmethod
    def kept_for(cls, customers: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """Until when each of *customers* has a contract, or a draft of one."""
        counted = {
            "customer_id": {"$in": list(customers)},
            "status": {"$nin": [ContractStatus.VOID.value, ContractStatus.TERMINATED.value]},
            "ends_on": {"$type": "date"},
        }
        latest = {"_id": "$customer_id", "contract_until": {"$max": "$ends_on"}}
        found = collection_of(cls).aggregate([{"$match": counted}, {"$group": latest}])
        return {each.pop("_id"): each for each in found}
