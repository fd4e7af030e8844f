"""How long papers of each kind are kept, and what must not be destroyed meanwhile."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from bson import ObjectId
from mongoengine import DateTimeField, EnumField, IntField, ObjectIdField, Q, StringField

from archive.custody.rules.retention import MOST_YEARS, SHIPPED, Basis, Retention
from archive.database import Numbered, Record
from archive.errors import NotFound
from archive.filing.rules import AttachmentKind


class RetentionRule(Record):
    """保管期限: how long papers of one kind are kept."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "retention_rules",
        "indexes": [{"fields": ["kind"], "unique": True}],
    }

    kind = EnumField(AttachmentKind, required=True)
    years = IntField(min_value=1, max_value=MOST_YEARS)
    basis = EnumField(Basis, required=True)

    @property
    def caption(self) -> str:
        return str(self.kind.label)

    @property
    def retention(self) -> Retention:
        """As the rules take it."""
        return Retention(self.years, self.basis)

    @classmethod
    def of(cls, kind: str) -> Self:
        """The rule for *kind*.

        Raises:
            NotFound: there is no such kind.
        """
        found = cls.objects(kind=kind).first()
        if found is None:
            raise NotFound()
        return found  # type: ignore[no-any-return]  # MongoEngine is untyped

    @classmethod
    def table(cls) -> Mapping[AttachmentKind, Retention]:
        """How long papers of every kind are kept, in one query."""
        return {**SHIPPED, **{each.kind: each.retention for each in cls.objects}}


class LegalHold(Numbered, Record):
    """保全: papers that must not be destroyed, whatever their retention, and why."""

    customer_path = "customer_id"

    meta: ClassVar[dict[str, Any]] = {
        "collection": "legal_holds",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("-created_at", "id"),
            ("customer_id", "lifted_at"),
            ("attachment_id", "lifted_at"),
        ],
    }

    number = StringField(required=True)
    customer_id = ObjectIdField(required=True)
    attachment_id = ObjectIdField()  # where only this paper is held
    about = StringField(required=True)
    reason = StringField(required=True, max_length=500)
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)
    lifted_at = DateTimeField()
    lifted_because = StringField(max_length=500)
    lifted_by_id = StringField()
    lifted_by_name = StringField()

    @property
    def caption(self) -> str:
        return f"{self.number} {self.about}"

    @property
    def customer_key(self) -> str | None:
        return str(self.customer_id)

    @classmethod
    def in_force(
        cls, papers: Iterable[ObjectId], customers: Iterable[ObjectId]
    ) -> list["LegalHold"]:
        """Those that hold any of *papers*, or everything of any of *customers*."""
        on_paper = Q(attachment_id__in=list(papers))
        on_customer = Q(customer_id__in=list(customers), attachment_id=None)
        return list(cls.objects(Q(lifted_at=None) & (on_paper | on_customer)))
