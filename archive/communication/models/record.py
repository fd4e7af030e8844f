"""What every record of communication shares: its number, its customer, who wrote it down."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from mongoengine import Q, StringField

from archive import clock
from archive.actor import Scope
from archive.customers.models import Customer, OfCustomer
from archive.errors import NotFound

MOST_CUSTOMERS = 500  # that a name typed into a filter may stand for


class CommunicationRecord(OfCustomer):
    """A numbered record of communication with a customer; moderately confidential (Art. 17)."""

    meta: ClassVar[dict[str, Any]] = {
        "abstract": True,
        "indexes": [{"fields": ["number"], "unique": True}],
    }

    number = StringField(required=True)
    recorded_by_id = StringField(required=True)
    recorded_by_name = StringField(required=True)

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        if scope is Scope.RECORDED:
            return str(self.recorded_by_id) == actor_id
        return super().is_within(scope, actor_id)

    @classmethod
    def in_scope(cls, scope: Scope, actor_id: str) -> Q | None:
        if scope is Scope.RECORDED:
            return Q(recorded_by_id=actor_id)
        return super().in_scope(scope, actor_id)

    @classmethod
    def numbered(cls, number: str) -> Self:
        """The record with this number.

        Raises:
            NotFound: there is none.
        """
        found = cls.objects(number=number.strip().upper()).first()
        if found is None:
            raise NotFound()
        return found  # type: ignore[no-any-return]  # MongoEngine is untyped

    @classmethod
    def about(cls, text: str) -> Q:
        """Records whose number or customer *text* names, or that hold it."""
        named = Customer.objects(Customer.called(text)).limit(MOST_CUSTOMERS).scalar("id")
        return Q(number__contains=text.upper()) | Q(customer_id__in=list(named))

    @staticmethod
    def on_days(field: str, first: date | None, last: date | None) -> dict[str, datetime]:
        """The condition that the instant *field* lies on the days from *first* to *last*."""
        condition = {}
        if first is not None:
            condition[f"{field}__gte"] = clock.start_of(first)
        if last is not None:
            condition[f"{field}__lt"] = clock.start_of(last + timedelta(days=1))
        return condition
