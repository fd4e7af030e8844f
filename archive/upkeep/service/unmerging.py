"""Undoing a merge: everything back where it was, but for what was changed or added since."""

from datetime import datetime
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer, OfCustomer
from archive.customers.models.of_customer import kinds_of_customers, move_records
from archive.customers.service import finish_hand_over
from archive.database import durable, in_turn, kind_of
from archive.database.asking import following_up
from archive.upkeep.errors import BeingMerged, CodeInUse, MergedOn, NotUndoable
from archive.upkeep.models import Merge, TakenOut, United
from archive.upkeep.rules import MergeState
from archive.upkeep.service.comparing import kinds_together
from archive.upkeep.service.merging import CUSTOMERS, finish, insist, turn_rows, unchanged


def undo_merge(given: Merge, *, actor: Actor, now: datetime, reason: str) -> Merge:
    """Make two archives again of what became one, within 30 days.

    What somebody changed in the meantime stays as it is, and what is new stays with the archive
    that was kept.

    Raises:
        NotPermitted, NotUndoable, MergedOn, BeingMerged, CodeInUse.
    """
    actor.require(Right.MERGE_CUSTOMERS)
    with in_turn("customers.merged"):
        given = Merge.find(given.key)
        if not given.is_undoable(now):
            raise NotUndoable(state=given.state.label)
        kept = Customer.objects(id=given.kept_id).first()
        if kept is None:
            later = Customer.find(str(given.kept_id))
            raise MergedOn(name=later.name, number=later.archive_number)
        if running := Merge.at_work_on(given.kept_id, given.other_id):
            raise BeingMerged(name=running.kept_name, number=running.number)
        _refuse_code_in_use(given, kept)
        facts = {
            "state": MergeState.UNDOING,
            "undone_because": reason,
            "undone_by_id": actor.id,
            "undone_by_name": actor.name,
        }
        begun = given.change(actor, now, "merge.undoing", facts, reason=reason)
    with following_up():
        return carry_on_undoing(begun)


def _refuse_code_in_use(given: Merge, kept: Customer) -> None:
    held = TakenOut.kept(given, CUSTOMERS, given.other_id) or {}
    code = held.get("credit_code")
    holder = Customer.objects(credit_code=code).first() if code else None
    if holder is None:
        return
    will_change = given.after.get("credit_code") == code != given.before.get("credit_code")
    if holder.id != kept.id or not will_change:
        raise CodeInUse(credit_code=code, name=holder.name)


def carry_on_undoing(given: Merge) -> Merge:
    """Do what is left of an undoing; may run twice, and side by side with itself."""
    doer, now = given.doer, clock.now()
    given = Merge.find(given.key)
    _restore_kept(given, doer, now)
    other = _put_back(given, doer, now)
    _move_back(given, other)
    for customer in (Customer.find(str(given.kept_id)), other):
        finish_hand_over(customer)
    done = finish(given, MergeState.UNDONE, "merge.undone", doer)
    TakenOut.forget(given)
    return done


def _restore_kept(given: Merge, doer: Actor, now: datetime) -> None:
    """Give the kept archive its own facts back; what was changed since stays."""
    held = TakenOut.kept(given, CUSTOMERS, given.other_id) or {}
    theirs = {given.other_id, *(each["customer_id"] for each in held.get("absorbed", []))}

    def restore(kept: Customer) -> Customer:
        if all(each.customer_id != given.other_id for each in kept.absorbed):
            return kept
        stored = kept.to_mongo()
        same = unchanged(stored, given.after)
        earlier = Customer.from_stored({**stored, **{name: given.before[name] for name in same}})
        facts: dict[str, Any] = {name: getattr(earlier, name) for name in same}
        if "salesperson_id" in facts:
            facts["is_handing_over"] = True
        facts["absorbed"] = [each for each in kept.absorbed if each.customer_id not in theirs]
        left = Customer.from_stored(held).former_contacts
        facts["former_contacts"] = [each for each in kept.former_contacts if each not in left]
        reason = given.undone_because
        return kept.change(doer, now, "customer.merge_undone", facts, reason=reason)

    insist(Customer.find(str(given.kept_id)), restore)


def _put_back(given: Merge, doer: Actor, now: datetime) -> Customer:
    """Put the other archive back among the customers, under its numbers."""
    held = TakenOut.kept(given, CUSTOMERS, given.other_id)
    if held is not None:
        rest = {name: value for name, value in held.items() if name != "_id"}
        durable(Customer).update_one({"_id": given.other_id}, {"$setOnInsert": rest}, upsert=True)

    def say(other: Customer) -> Customer:
        if held is None or other.revision > held["revision"]:
            return other
        reason = given.undone_because
        return other.change(doer, now, "customer.merge_undone", {}, reason=reason)

    restored: Customer = Customer.objects.get(id=given.other_id)
    return insist(restored, say)


def _move_back(given: Merge, other: Customer) -> None:
    """Let the records that moved be of the other archive again, unless they moved on since."""
    kinds = {kind_of(model): model for model in kinds_of_customers()}
    united = {kind_of(model): model for model in kinds_together()}
    for each in given.united:
        if each.collection in united:
            _part(given, united[each.collection], each)
    for name, keys in given.moved.items():
        if name in kinds:
            move_records(kinds[name], keys, given.kept_id, other)


def _part(given: Merge, model: type[OfCustomer], united: United) -> None:
    """Make two records again of one."""
    held = TakenOut.kept(given, united.collection, united.other_id)
    together = model.together
    if held is None or together is None or model.objects(id=united.other_id).first():
        return
    turn_rows(
        model, united.kept_id, united.after, united.before, given.doer, "customer.parted_records"
    )
    rest = {name: value for name, value in held.items() if name != "_id"}
    durable(model).update_one({"_id": united.other_id}, {"$setOnInsert": rest}, upsert=True)
