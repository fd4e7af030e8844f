"""The verb of cooperation: since when there is business with a customer, and until when."""

from datetime import date, datetime

from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.development import rules


def confirm_cooperation(
    customer: Customer,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    reason: str,
    cooperation_started_on: date | None = None,
    cooperation_ended_on: date | None = None,
) -> Customer:
    """Confirm since when and until when there is cooperation with *customer* (Art. 8), and why.

    *seen* is the revision that the person had.

    Raises:
        NotPermitted, EditedMeanwhile.
        EndBeforeStart: the end is before the beginning, or has none.
    """
    actor.require(Right.EDIT_CUSTOMER, customer)
    rules.demand_order(cooperation_started_on, cooperation_ended_on)
    facts = {
        "cooperation_started_on": cooperation_started_on,
        "cooperation_ended_on": cooperation_ended_on,
    }
    return customer.change(
        actor, now, "customer.cooperation_confirmed", facts, seen=seen, reason=reason
    )
