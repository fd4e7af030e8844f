"""What every record of communication shares: its number, its customer, who wrote it down."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from mongoengine import ObjectIdField, Q, StringField

from archive import clock
from archive.actor import Actor, Right, Scope
from archive.customers.models import Customer
from archive.database import Record
from archive.errors import NotFound

LISTED = ("name", "archive_number", "customer_code", "salesperson_id")
MOST_CUSTOMERS = 500  # that a name typed into a filter may stand for


class CommunicationRecord(Record):
    """A numbered record of communication with a customer; moderately confidential (Art. 17)."""

    meta: ClassVar[dict[str, Any]] = {
        "abstract": True,
        "indexes": [{"fields": ["number"], "unique": True}],
    }

    opens: ClassVar[Right]  # the right that opens such a record

    number = StringField(required=True)
    customer_id = ObjectIdField()
    recorded_by_id = StringField(required=True)
    recorded_by_name = StringField(required=True)

    _customer: Customer | None = None

    @property
    def customer(self) -> Customer | None:
        """The customer's archive; read once, or given by `with_customers` for a whole list."""
        if self._customer is None and self.customer_id is not None:
            self._customer = Customer.objects(id=self.customer_id).first()
        return self._customer

    @property
    def customer_key(self) -> str | None:
        return str(self.customer_id) if self.customer_id else None

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        if scope is Scope.RECORDED:
            return str(self.recorded_by_id) == actor_id
        if scope is Scope.OWN:
            return self.customer is not None and self.customer.is_within(scope, actor_id)
        return scope is Scope.ALL

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
    def visible_to(cls, actor: Actor) -> Any:
        """The records that *actor* may open, as a query."""
        scopes = actor.scopes(cls.opens)
        if Scope.ALL in scopes:
            return cls.objects
        within = []
        if Scope.OWN in scopes:
            mine = Customer.objects(salesperson_id=actor.id).scalar("id")
            within.append(Q(customer_id__in=list(mine)))
        if Scope.RECORDED in scopes:
            within.append(Q(recorded_by_id=actor.id))
        if not within:
            return cls.objects.none()
        return cls.objects(within[0] if len(within) == 1 else within[0] | within[1])

    @classmethod
    def of(cls, customer: Customer, actor: Actor) -> Any:
        """The records of *customer* that *actor* may open, as a query."""
        return cls.visible_to(actor).filter(customer_id=customer.id)

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

    @classmethod
    def with_customers(cls, records: Iterable[Self]) -> list[Self]:
        """*records* with what lists show of their customers, read in one query."""
        listed = list(records)
        keys = {each.customer_id for each in listed if each.customer_id}
        found = Customer.objects(id__in=list(keys)).only(*LISTED) if keys else ()
        known = {customer.key: customer for customer in found}
        for each in listed:
            each._customer = known.get(str(each.customer_id))
        return listed
