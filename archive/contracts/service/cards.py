"""Word files about a customer or about all contracts: archive card, letter of feedback, ledger."""

from datetime import datetime
from typing import Any

from archive.actor import Actor, Right
from archive.contracts.errors import NothingForLedger, TooManyForLedger
from archive.contracts.placeholders import LEDGER
from archive.contracts.rules import IN_LEDGER, TemplateKind
from archive.contracts.service.clauses import texts_kept
from archive.contracts.service.drafting import choose_template, values_for, version_in_force
from archive.customers.models import Customer
from archive.docgen.clauses import CLAUSES
from archive.docgen.values import MAX_ROWS
from archive.seams import Seams
from archive.trail.looks import note_look


def make_card(customer: Customer, *, actor: Actor, now: datetime, parts: Seams) -> bytes:
    """The customer's archive card (客户档案表); telephone numbers masked for some.

    Raises:
        NotPermitted, NoTemplate.
    """
    return _make(TemplateKind.CARD, customer, "customer.card_taken", actor, now, parts)


def make_letter(customer: Customer, *, actor: Actor, now: datetime, parts: Seams) -> bytes:
    """A letter of feedback to the customer (业务反馈函, Art. 15.1), to be completed by hand.

    Raises:
        NotPermitted, NoTemplate.
    """
    return _make(TemplateKind.LETTER, customer, "customer.letter_taken", actor, now, parts)


def make_ledger(found: Any, *, actor: Actor, now: datetime, parts: Seams) -> bytes:
    """The ledger (合同管理台账, Art. 25.2) of the contracts *found*, a query, by their numbers.

    Drafts on their way are not in it; a number that was voided stays.

    Raises:
        NotPermitted, NoTemplate.
        NothingForLedger, TooManyForLedger: more than a Word table holds.
    """
    actor.require(Right.EXPORT_LISTS)
    template = choose_template(None, TemplateKind.LEDGER)
    entered = found.filter(status__in=list(IN_LEDGER)).order_by("number")
    count = entered.count()
    if not count:
        raise NothingForLedger()
    if count > MAX_ROWS:
        raise TooManyForLedger(count=count, limit=MAX_ROWS)
    rows = [LEDGER.values_of(each) for each in entered]
    return parts.docgen.fill(
        parts.blobs.read(version_in_force(template).sha256),
        {"合同台账": rows, CLAUSES: texts_kept()},
        number=f"TZ-{now:%Y%m%d}",
        version=1,
        made_at=now,
        made_by=actor.name,
    ).content


def _make(
    kind: TemplateKind, customer: Customer, action: str, actor: Actor, now: datetime, parts: Seams
) -> bytes:
    actor.require(Right.OPEN_CUSTOMER, customer)
    template = choose_template(None, kind)
    hide_phones = not actor.may(Right.REVEAL_PHONE, customer)
    note_look(customer, actor=actor, now=now, action=action)
    return parts.docgen.fill(
        parts.blobs.read(version_in_force(template).sha256),
        values_for(parts, customer, None, hide_phones=hide_phones),
        number=customer.archive_number,
        version=customer.revision,
        made_at=now,
        made_by=actor.name,
    ).content
