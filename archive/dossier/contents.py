"""What a customer's file holds, as far as a person may see it."""

from typing import Any

from archive.actor import Actor, Right
from archive.communication.models import Complaint, Visit
from archive.contracts.models import Contract
from archive.customers.models import Customer
from archive.filing.models import Attachment


def counts_of(customer: Customer, *, actor: Actor) -> dict[str, int]:
    """How many records each part of the file holds; parts that *actor* may not see are left out."""
    counts: dict[str, int] = {}
    if actor.may(Right.LIST_ATTACHMENTS, customer):
        counts["attachments"] = Attachment.objects(customer_id=customer.id).count()
    spoken = [
        model.of(customer, actor).count() for model in (Visit, Complaint) if actor.may(model.opens)
    ]
    if spoken:
        counts["communication"] = sum(spoken)
    if actor.may(Right.OPEN_CONTRACT, customer):
        counts["contracts"] = contracts_with(customer).count()
    return counts


def contracts_with(customer: Customer) -> Any:
    """The contracts with *customer* as a query, the newest first, without the drafts' text."""
    return Contract.of_customer(customer)
