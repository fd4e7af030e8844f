"""The verbs of the customer's archive."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from bson import ObjectId
from rapidfuzz import fuzz

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Right, Role
from archive.customers import rules
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
from archive.customers.models.kept import follow_all
from archive.customers.models.of_customer import hand_over
from archive.customers.rules.classes import Dimension
from archive.database import Taken, collection_of, durable, every, in_turn, next_number
from archive.errors import NotFound
from archive.trail.collecting import collect_from
from archive.trail.looks import note_look

MOST_CANDIDATES = 5
HANDED_OVER_AT_ONCE = 500
MADE_UP_AT_ONCE = 2000
NUMBER = re.compile(r"KH-\d{4}-\d{5,}", re.IGNORECASE)
CODE = re.compile(r"C\d{5,}", re.IGNORECASE)
AT_END = re.compile(rf"[（(]\s*({NUMBER.pattern}|{CODE.pattern})\s*[)）]\s*$", re.IGNORECASE)
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
                    **_salesperson(salesperson or _own(actor)),
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


def assign_salesperson(
    customer: Customer,
    salesperson: str | None,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    keeper_follows: bool = False,
) -> Customer:
    """Assign the customer to a salesperson (Art. 8). Access to the archive moves with it.

    Where *keeper_follows*, they are also the person who looks after the customer from then on.

    Raises:
        NotPermitted, NotFound: no such salesperson.
    """
    actor.require(Right.ASSIGN_CUSTOMER, customer)
    facts = {**_salesperson(salesperson), "is_handing_over": True}
    if keeper_follows:
        facts |= {"keeper_id": facts["salesperson_id"], "keeper_name": facts["salesperson_name"]}
    assigned = customer.change(actor, now, "customer.assigned", facts, reason=reason)
    finish_hand_over(assigned)
    return assigned


def finish_hand_over(customer: Customer) -> None:
    """Let the records of *customer* follow to whoever it is assigned to; may run twice."""
    hand_over(customer.id, customer.salesperson_id)
    Customer.objects(id=customer.id, salesperson_id=customer.salesperson_id).update_one(
        unset__is_handing_over=True
    )


def finish_hand_overs() -> int:
    """Finish what a crash left between an assignment and the records that follow it."""
    waiting = list(Customer.objects(is_handing_over=True).limit(HANDED_OVER_AT_ONCE))
    for customer in waiting:
        finish_hand_over(customer)
    return len(waiting)


def make_up() -> int:
    """Write on every customer what its records make of it; how many were not so before.

    For what a crash left out, what time alone changes, and records that were written in bulk.
    """
    made_up = 0
    keys = collection_of(Customer).find({}, {"_id": True}).sort("_id", 1)
    while some := [each["_id"] for each in islice(keys, MADE_UP_AT_ONCE)]:
        made_up += make_up_of(some)
    return made_up


def make_up_of(some: Sequence[ObjectId]) -> int:
    """As `make_up`, of *some* customers by identity."""
    made_up: int = sum(model.keep_on(some) for model in every(OfCustomer) if model.keeps)
    return made_up + follow_all(collection_of(Customer), some)


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


def find_alike(name: str, *, besides: str = "") -> list[Customer]:
    """Customers whose names probably mean the same company as *name*, the likeliest first."""
    core = rules.core_of_name(name)
    alike = [
        (fuzz.ratio(core, other), key)
        for key, other in Customer.cores_near(core)
        if rules.are_alike(core, other) and str(key) != besides
    ]
    keys = [str(key) for _, key in sorted(alike, key=lambda each: -each[0])[:MOST_CANDIDATES]]
    found = Customer.by_key(keys)
    return [found[key] for key in keys if key in found]


def find_perhaps(text: str) -> list[Customer]:
    """Customers that somebody may mean who typed *text*: of like names, or with it in a name."""
    alike = find_alike(text)
    known = {each.id for each in alike}
    holding = Customer.objects(Customer.called(text)).limit(MOST_CANDIDATES)
    return [*alike, *(each for each in holding if each.id not in known)][:MOST_CANDIDATES]


def _own(actor: Actor) -> str | None:
    return actor.id if Role.SALESPERSON in actor.roles else None


def salesperson_called(key: str) -> User:
    """The person *key*, to whom customers can be assigned.

    Raises:
        NotFound: there is no such salesperson.
    """
    user = User.find(key)
    if Role.SALESPERSON not in user.roles and Role.SALES_MANAGER not in user.roles:
        raise NotFound()
    return user


def _salesperson(key: str | None) -> dict[str, Any]:
    if not key:
        return {"salesperson_id": None, "salesperson_name": None}
    user = salesperson_called(key)
    return {"salesperson_id": user.id, "salesperson_name": user.name}


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


def find(text: str) -> Customer | None:
    """The one customer that *text* names, or none.

    It is a name in any spelling, also a short or a former one, a name with its code or archive
    number as fields offer it (``某某公司（C00001）``), a code, an archive number or an identity.
    """
    text = text.strip()
    at_end = AT_END.search(text)
    key = at_end[1] if at_end else text
    if NUMBER.fullmatch(key):
        found = _by_number("archive_number", key.upper())
    elif CODE.fullmatch(key):
        found = _by_number("customer_code", key.upper())
    elif ObjectId.is_valid(text):
        known = Customer.with_identity(ObjectId(text))
        found = [known] if known else []
    else:
        found = list(Customer.objects(name=text).limit(2))
        if not found:  # short, former, traditional, without dot and brackets
            found = list(Customer.objects(name_folds=rules.folded_name(text)).limit(2))
    return found[0] if len(found) == 1 else None


def _by_number(field: str, number: str) -> list[Customer]:
    """The customer with this *number*, or into whose archive that with it was merged."""
    found = Customer.objects(**{field: number}).first()
    found = found or Customer.objects(**{f"absorbed__{field}": number}).first()
    return [found] if found else []
