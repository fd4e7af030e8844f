"""What visits and complaints share over REST."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from archive import clock
from archive.communication.forms import Day
from archive.communication.models.record import CommunicationRecord
from archive.customers import service as customers
from archive.web.api import Paging


class CustomerRef(BaseModel):
    """The customer that a record is about."""

    id: str
    customer_code: str
    name: str


class RecordQuery(Paging):
    """Which records."""

    q: str = Field("", max_length=100, description="Part of a number, a customer or the text")
    customer: str = Field("", max_length=160, description="Its number, code, name or id")
    since: Day | None = Field(None, description="First day, on the company's calendar")
    until: Day | None = Field(None, description="Last day, on the company's calendar")

    def narrow(self, found: Any, model: type[CommunicationRecord], field: str) -> Any:
        """*found*, left to what this asks for; *field* is the instant that the days are of."""
        if self.q.strip():
            found = found.filter(model.about(self.q.strip()))
        if self.customer.strip():
            customer = customers.find(self.customer)
            found = found.filter(customer_id=customer.id) if customer else found.none()
        return found.filter(**model.on_days(field, self.since, self.until))


def page_of_records(
    found: Any,
    model: type[CommunicationRecord],
    paging: Paging,
    show: Callable[[Any], BaseModel],
) -> dict[str, Any]:
    """The page of *found* that *paging* asks for, its customers read in one query."""
    start = (paging.page - 1) * paging.per_page
    records = model.with_customers(found.skip(start).limit(paging.per_page))
    return {
        "items": [show(record) for record in records],
        "page": paging.page,
        "per_page": paging.per_page,
        "total": found.count(),
    }


def ref_of(record: CommunicationRecord) -> CustomerRef | None:
    """The customer of *record*: no more than anyone may know."""
    customer = record.customer
    if customer is None:
        return None
    return CustomerRef(id=customer.key, customer_code=customer.customer_code, name=customer.name)


def shown(instant: datetime | None) -> datetime | None:
    """*instant* on the company's clock."""
    return None if instant is None else clock.local(instant)
