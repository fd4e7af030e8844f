"""What visits and complaints share over REST."""

from typing import Any

from pydantic import Field

from archive.communication.models.record import CommunicationRecord
from archive.customers.forms import ANY_NAME, CustomerKey
from archive.web.api import Paging
from archive.web.inputs import Day
from archive.web.shapes import Key, Out


class CustomerRef(Out):
    """The customer that a record is about: no more than anyone may know."""

    id: Key
    customer_code: str
    name: str


class RecordQuery(Paging):
    """Which records."""

    q: str = Field("", max_length=100, description="Part of a number, a customer or the text")
    customer: CustomerKey | None = Field(None, description=ANY_NAME)
    since: Day | None = Field(None, description="First day, on the company's calendar")
    until: Day | None = Field(None, description="Last day, on the company's calendar")

    def narrow(self, found: Any, model: type[CommunicationRecord], field: str) -> Any:
        """*found*, left to what this asks for; *field* is the instant that the days are of."""
        if self.q.strip():
            found = found.filter(model.about(self.q.strip()))
        if self.customer:
            found = found.filter(customer_id=self.customer)
        return found.filter(**model.on_days(field, self.since, self.until))
