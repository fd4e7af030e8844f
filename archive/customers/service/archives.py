"""Opening an archive, keeping it up to date, and taking back one that was opened by mistake."""

from datetime import datetime
from typing import Any

from archive import clock
from archive.actor import Actor, Right, Role
from archive.customers.errors import (
    CreditCodeTaken,
    LooksAlike,
    NotConfirmed,
    RelationshipComputed,
    StillUsed,
)
from archive.customers.models import (
    Contact,
    Customer,
    Flow,
    OfCustomer,
    PriceChange,
    YearlyFinances,
)
from archive.customers.rules.classes import Dimension
from archive.customers.service.assigning import salesperson_facts
from archive.customers.service.finding import find_alike
from archive.database import Taken, durable, every, in_turn, next_number
from archive.trail.collecting import collect_from
from archive.trail.looks import note_look

EMBEDDED = {
    "contacts": Contact,
    "flows": Flow,
    "finances": YearlyFinances,
    "price_changes": PriceChange,
}


def open_archive(
    *,
    actor: Actor,
    now: datetime,
    is_another_company: bool = False,
    salesperson: str | None = None,
    **facts: Any,
) -> Customer:
    """Open the archive of a new customer and give it its numbers (Art. 5, 8).

    A salesperson's new customer is their own unless they name a colleague. Customers of nearly the
    same name stop it once; *is_another_company* says that the person has looked at them.

    Raises:
        NotPermitted, CreditCodeTaken, LooksAlike.
    """
    actor.require(Right.CREATE_CUSTOMER)
    with in_turn("customer.opened"):  # of two at once the second meets the first
        if earlier := Customer.asked_before():
            return earlier
        _refuse_known_code(facts.get("credit_code"))
        if not is_another_company and (alike := find_alike(facts["name"])):
            raise LooksAlike(
                names="、".join(f"{each.name}（{each.customer_code}）" for each in alike),
                candidates=[each.key for each in alike],
            )
        year = clock.local(now).year
        return _translate_taken(
            lambda: Customer.open_new(
                actor,
                now,
                "customer.opened",
                {
                    "archive_number": f"KH-{year}-{next_number(f'archive_number:{year}'):05d}",
                    "customer_code": f"C{next_number('customer_code'):05d}",
                    **salesperson_facts(salesperson or _own(actor)),
                    **_documents(facts),
                },
            ),
            facts,
        )


def edit_archive(
    customer: Customer,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    is_look: bool = True,
    **facts: Any,
) -> Customer:
    """Bring the archive up to date (Art. 9); *seen* is the revision the person had before them.

    Whoever edits has looked at the facts: that confirms them, unless it is no look, as of a list.

    Raises:
        NotPermitted, CreditCodeTaken, EditedMeanwhile.
        RelationshipComputed: the relationship follows from figures and dates (Art. 4).
    """
    actor.require(Right.EDIT_CUSTOMER, customer)
    if facts.get("credit_code") != customer.credit_code:
        _refuse_known_code(facts.get("credit_code"))
    fields = _documents(facts)
    if facts.get("relationship", customer.relationship) != customer.relationship:
        if not customer.states_relationship:
            raise RelationshipComputed(found=customer.relationship.label)
        fields["standings"] = customer.standings_without(Dimension.RELATIONSHIP)
    if is_look and any(getattr(customer, name) != value for name, value in fields.items()):
        fields |= _confirmed(actor, now, before=None)
    return _translate_taken(
        lambda: customer.change(actor, now, "customer.edited", fields, seen=seen), facts
    )


def confirm_facts(customer: Customer, *, actor: Actor, now: datetime, seen: int) -> Customer:
    """Say that the facts of the archive, as of the revision *seen*, are still right (Art. 9).

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.EDIT_CUSTOMER, customer)
    facts = _confirmed(actor, now, before=customer.facts_looked_at)
    return customer.change(actor, now, "customer.confirmed", facts, seen=seen)


def withdraw_confirmation(
    customer: Customer, *, actor: Actor, now: datetime, reason: str
) -> Customer:
    """Take back that the facts are still right; they ask for it as before.

    Raises:
        NotPermitted, EditedMeanwhile.
        NotConfirmed: nobody has said so since they were last edited.
    """
    actor.require(Right.EDIT_CUSTOMER, customer)
    if customer.facts_confirmed_before is None:
        raise NotConfirmed()
    facts = {
        "facts_confirmed_at": customer.facts_confirmed_before,
        "facts_confirmed_by": None,
        "facts_confirmed_before": None,
    }
    return customer.change(actor, now, "customer.confirmation_withdrawn", facts, reason=reason)


def _confirmed(actor: Actor, now: datetime, *, before: datetime | None) -> dict[str, Any]:
    return {
        "facts_confirmed_at": now,
        "facts_confirmed_by": actor.name,
        "facts_confirmed_before": before,
    }


def has_records(customer: Customer) -> bool:
    """Whether anything else is kept about *customer*."""
    return any(model.objects(customer_id=customer.id).first() for model in every(OfCustomer))


def take_back_archive(customer: Customer, *, actor: Actor, now: datetime, reason: str) -> None:
    """Remove an archive that was opened by mistake; the trail keeps that it existed, and why not.

    Its numbers are not given again.

    Raises:
        NotPermitted, StillUsed, EditedMeanwhile.
    """
    actor.require(Right.IMPORT_LISTS, customer)
    if has_records(customer):
        raise StillUsed(name=customer.name)
    gone = customer.change(actor, now, "customer.taken_back", {}, reason=reason)
    collect_from(Customer, durable(Customer).find({"_id": gone.id}))
    durable(Customer).delete_one({"_id": gone.id, "revision": gone.revision})


def open_file(archive_number: str, *, actor: Actor) -> Customer:
    """The customer whose whole archive *actor* may open.

    Raises:
        NotFound, NotPermitted.
    """
    customer = Customer.numbered(archive_number)
    actor.require(Right.OPEN_CUSTOMER, customer)
    return customer


def reveal_phones(customer: Customer, *, actor: Actor, now: datetime) -> Customer:
    """Show the full telephone numbers; the look is written down before they are shown.

    Raises:
        NotPermitted, DatabaseAway.
    """
    actor.require(Right.REVEAL_PHONE, customer)
    note_look(customer, actor=actor, now=now, action="customer.phones_revealed")
    return customer


def _own(actor: Actor) -> str | None:
    return actor.id if Role.SALESPERSON in actor.roles else None


def _documents(facts: dict[str, Any]) -> dict[str, Any]:
    """*facts* with their rows as embedded documents."""
    return {
        name: [EMBEDDED[name](**row) for row in value] if name in EMBEDDED else value
        for name, value in facts.items()
    }


def _refuse_known_code(credit_code: str | None) -> None:
    if credit_code and (known := Customer.objects(credit_code=credit_code).first()):
        raise _taken_by(known)


def _taken_by(known: Customer) -> CreditCodeTaken:
    return CreditCodeTaken(
        credit_code=known.credit_code, name=known.name, customer_code=known.customer_code
    )


def _translate_taken(write: Any, facts: dict[str, Any]) -> Customer:
    """Two people may give the same code at once: the unique index has the last word."""
    try:
        return write()  # type: ignore[no-any-return]  # MongoEngine is untyped
    except Taken as error:
        known = Customer.objects(credit_code=facts.get("credit_code")).first()
        if error.facts["key"] == "credit_code" and known:
            raise _taken_by(known) from error
        raise
