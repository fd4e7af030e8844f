"""What a customer's file holds, as far as a person may see it."""

from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.filing.models import Attachment


def counts_of(customer: Customer, *, actor: Actor) -> dict[str, int]:
    """How many records each part of the file holds; parts that *actor* may not see are left out."""
    counts: dict[str, int] = {}
    if actor.may(Right.LIST_ATTACHMENTS, customer):
        counts["attachments"] = Attachment.objects(customer_id=customer.id).count()
    return counts
