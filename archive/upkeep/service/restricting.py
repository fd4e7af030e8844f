"""Restricting the use of an archive, and lifting that.

The archive and every record of it leave their collections and are set aside whole: what is not
there is in no list, search, field, file or draft. Each step may be done twice; whoever finds a
restriction unfinished carries it on.
"""

import re
from datetime import datetime
from typing import Any

from mongoengine import Document

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.customers.models.of_customer import kinds_of_customers
from archive.customers.service import finish_hand_over, make_up_of
from archive.database import Record, durable, every, in_turn, kind_of, next_number
from archive.database.asking import following_up
from archive.importing.models import ImportRow
from archive.listwork.models import RunRow
from archive.notifying.models import Notice
from archive.trail.collecting import collect_from
from archive.trail.looks import note_look
from archive.upkeep.errors import BeingMerged, CodeInUse, NotRestricted
from archive.upkeep.models import Handed, Merge, Restriction, Withheld
from archive.upkeep.rules import RestrictionState
from archive.upkeep.service.merging import insist

AT_ONCE = 500


def restrict(customer: Customer, *, actor: Actor, now: datetime, reason: str) -> Restriction:
    """Let the archive be only kept and protected from now on, for a *reason*.

    Raises:
        NotPermitted.
        BeingMerged: it is part of a merge that is not finished.
    """
    actor.require(Right.RESTRICT_CUSTOMER, customer)
    with in_turn("customers.merged"):
        if earlier := Restriction.asked_before():
            return earlier
        if running := Merge.at_work_on(customer.id):
            raise BeingMerged(name=running.kept_name, number=running.number)
        year = clock.local(now).year
        begun = Restriction.open_new(
            actor,
            now,
            "restriction.begun",
            {
                "number": f"XZ-{year}-{next_number(f'restriction:{year}'):05d}",
                "customer_key_kept": customer.id,
                "archive_number": customer.archive_number,
                "customer_code": customer.customer_code,
                "name": customer.name,
                "reason": reason,
                "made_by_id": actor.id,
                "made_by_name": actor.name,
            },
            reason=reason,
        )
        current = Customer.find(customer.key)
        said = f"{begun.number} {reason}"
        insist(
            current, lambda each: each.change(actor, now, "customer.restricted", {}, reason=said)
        )
    with following_up():
        return carry_on(begun)


def carry_on(given: Restriction) -> Restriction:
    """Set aside what is still in its place; may run twice, and side by side with itself."""
    set_aside(given)
    return _finish(given, RestrictionState.RESTRICTED, "restriction.done")


def set_aside(given: Restriction) -> int:
    """Set aside the archive and every record of it; how many documents were still in place."""
    moved = _withhold(given, Customer, "_id")
    moved += sum(_withhold(given, model, model.customer_path) for model in kinds_of_customers())
    return moved + _withhold_traces(given)


def _withhold(given: Restriction, model: type[Record], path: str) -> int:
    collection, moved = durable(model), 0
    while some := list(collection.find({path: given.customer_key_kept}).limit(AT_ONCE)):
        collect_from(model, some)
        for stored in some:
            Withheld.keep(given, kind_of(model), stored)
            same = {"_id": stored["_id"], "revision": stored["revision"]}
            moved += collection.delete_one(same).deleted_count
    return moved


def _withhold_traces(given: Restriction) -> int:
    """Set aside what acts, imports and notices say of the archive by name."""
    key = given.customer_key_kept
    handed = {"key": key}
    rows = [key, *Handed.objects(key=key).scalar("id")]
    named = re.compile(rf"^{re.escape(given.name)}(?!\w)")
    return (
        _withhold_plain(given, RunRow, {"record": {"$in": rows}})
        + _withhold_plain(given, Handed, handed)
        + _withhold_plain(given, ImportRow, {"record": str(key)})
        + _withhold_plain(given, Notice, {"about": named})
    )


def _withhold_plain(given: Restriction, model: type[Document], asked: dict[str, Any]) -> int:
    collection, moved = durable(model), 0
    while some := list(collection.find(asked).limit(AT_ONCE)):
        for stored in some:
            Withheld.keep(given, kind_of(model), stored)
            moved += collection.delete_one({"_id": stored["_id"]}).deleted_count
    return moved


def look_at(number: str, *, actor: Actor, now: datetime) -> Restriction:
    """A restriction, with the archive as it is kept; the look is written down first.

    Raises:
        NotFound, NotPermitted.
    """
    actor.require(Right.SEE_RESTRICTED)
    found = Restriction.numbered(number)
    note_look(found, actor=actor, now=now, action="restriction.looked_at")
    return found


def lift(given: Restriction, *, actor: Actor, now: datetime, reason: str) -> Restriction:
    """Put the archive and everything of it back in its place, for a *reason*.

    Raises:
        NotPermitted, NotRestricted.
        CodeInUse: another archive has its credit code by now.
    """
    actor.require(Right.RESTRICT_CUSTOMER)
    with in_turn("customers.merged"):
        given = Restriction.find(given.key)
        if given.state is not RestrictionState.RESTRICTED:
            raise NotRestricted(state=given.state.label)
        held = Withheld.kept(given, kind_of(Customer), given.customer_key_kept) or {}
        code = held.get("credit_code")
        holder = Customer.objects(credit_code=code).first() if code else None
        if holder is not None:
            raise CodeInUse(credit_code=code, name=holder.name)
        facts = {
            "state": RestrictionState.LIFTING,
            "lifted_at": now,
            "lifted_because": reason,
            "lifted_by_id": actor.id,
            "lifted_by_name": actor.name,
        }
        begun = given.change(actor, now, "restriction.lifting", facts, reason=reason)
    with following_up():
        return carry_on_lifting(begun)


def carry_on_lifting(given: Restriction) -> Restriction:
    """Put back what is still set aside; may run twice, and side by side with itself."""
    given = Restriction.find(given.key)
    kinds = {kind_of(model): model for model in every(Document)}
    last: list[tuple[str, dict[str, Any]]] = []
    for collection, document in Withheld.all_of(given):
        if collection == kind_of(Customer):  # after its records, which are hidden until then
            last.append((collection, document))
        elif collection in kinds:
            _put_back(given, kinds[collection], document)
    for _, document in last:
        _put_back(given, Customer, document)
    customer = Customer.objects(id=given.customer_key_kept).first()
    if customer is not None:
        if given.state is RestrictionState.LIFTING and last:
            said = f"{given.number} {given.lifted_because}"
            insist(customer, lambda each: each.change(
                given.doer, clock.now(), "customer.restriction_lifted", {}, reason=said
            ))  # fmt: skip
        finish_hand_over(customer)
        make_up_of([customer.id])
    return _finish(given, RestrictionState.LIFTED, "restriction.lifted")


def _put_back(given: Restriction, model: type[Document], document: dict[str, Any]) -> None:
    rest = {name: value for name, value in document.items() if name != "_id"}
    durable(model).update_one({"_id": document["_id"]}, {"$setOnInsert": rest}, upsert=True)
    Withheld.forget(given, kind_of(model), document["_id"])


def _finish(given: Restriction, state: RestrictionState, action: str) -> Restriction:
    def finish(each: Restriction) -> Restriction:
        if each.state is state:
            return each
        return each.change(given.doer, clock.now(), action, {"state": state})

    return insist(Restriction.find(given.key), finish)
