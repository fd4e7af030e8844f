"""Cooperation schemes: what was agreed with a customer on how to work together, in versions."""

from datetime import date
from typing import Any, ClassVar, Self

from mongoengine import (
    DateField,
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ObjectIdField,
    StringField,
)

from archive.customers.models import Customer, OfCustomer
from archive.development.models.winning import LONGEST, DevelopmentRecord
from archive.development.rules import SchemeStatus


class SchemeTerms:
    """What a scheme says; of its versions each says all of it."""

    goods = StringField(max_length=300)
    content = StringField(max_length=LONGEST)
    prices = StringField(max_length=LONGEST)
    services = StringField(max_length=LONGEST)
    feedback = StringField(max_length=LONGEST)
    valid_from = DateField()
    valid_until = DateField()
    agreed_on = DateField()
    agreed_with = StringField(max_length=60)
    agreed_by = StringField(max_length=60)

    @property
    def is_agreed(self) -> bool:
        """Whether the customer has agreed to it."""
        return self.agreed_on is not None


TERMS = tuple(name for name, field in vars(SchemeTerms).items() if hasattr(field, "db_field"))


class SchemeVersion(SchemeTerms, EmbeddedDocument):
    """方案版本: what the scheme said from then on, who wrote it, and what was changed."""

    number = IntField(required=True)
    made_at = DateTimeField(required=True)
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)
    change = StringField(max_length=500)


class CooperationScheme(SchemeTerms, DevelopmentRecord):
    """合作方案 (Art. 7): the version that counts now, and all that were before it."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "cooperation_schemes",
        "indexes": [
            ("created_at", "id"),
            ("valid_until", "id"),
            ("agreed_on", "id"),
            ("customer_id", "-created_at"),
            ("salesperson_id", "status"),
            {
                "fields": ["customer_id"],
                "name": "one_scheme",
                "unique": True,
                "partialFilterExpression": {"status": SchemeStatus.STANDING.value},
            },
        ],
    }
    at_most_one = {"status": SchemeStatus.STANDING}
    derived = OfCustomer.derived | {"versions"}

    customer_id = ObjectIdField(required=True)
    status = EnumField(SchemeStatus, required=True, default=SchemeStatus.STANDING)
    version = IntField(required=True, default=1)
    versions = EmbeddedDocumentListField(SchemeVersion)
    void_reason = StringField(max_length=500)

    @property
    def caption(self) -> str:
        customer = self.customer
        return f"{self.number} {customer.name if customer else ''}".strip()

    @property
    def is_void(self) -> bool:
        """Whether it counts no more."""
        return self.status is SchemeStatus.VOID

    def has_run_out(self, today: date) -> bool:
        """Whether its time is over."""
        return not self.is_void and self.valid_until is not None and self.valid_until < today

    def version_numbered(self, number: int | None) -> SchemeVersion | None:
        """The version *number*; without one, the newest."""
        wanted = number or self.version
        return next((each for each in self.versions if each.number == wanted), None)

    @classmethod
    def standing_for(cls, customer: Customer) -> Self | None:
        """The scheme that counts for *customer*."""
        found: Self | None = cls.objects(
            customer_id=customer.id, status=SchemeStatus.STANDING
        ).first()
        return found
