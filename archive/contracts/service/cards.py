"""The customer archive card (客户档案表): a look at the whole archive, as a Word file."""

from datetime import datetime

from archive.actor import Actor, Right
from archive.contracts.rules import TemplateKind
from archive.contracts.service.drafting import choose_template, values_for, version_in_force
from archive.customers.models import Customer
from archive.seams import Seams
from archive.trail.looks import note_look


def make_card(customer: Customer, *, actor: Actor, now: datetime, parts: Seams) -> bytes:
    """The customer's archive card as a Word file; telephone numbers masked for some.

    Raises:
        NotPermitted, NoTemplate.
    """
    actor.require(Right.OPEN_CUSTOMER, customer)
    template = choose_template(None, TemplateKind.CARD)
    hide_phones = not actor.may(Right.REVEAL_PHONE, customer)
    note_look(customer, actor=actor, now=now, action="customer.card_taken")
    return parts.docgen.fill(
        parts.blobs.read(version_in_force(template).sha256),
        values_for(parts, customer, None, hide_phones=hide_phones),
        number=customer.archive_number,
        version=customer.revision,
        made_at=now,
        made_by=actor.name,
    ).content
