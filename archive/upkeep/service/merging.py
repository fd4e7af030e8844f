"""Merging two archives of one company, and undoing it.

Everything that is needed to go on, and to undo it, is written down before the first record moves,
and each step looks whether it has been done: whoever finds a merge unfinished carries it on.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Absorbed, Customer, OfCustomer
from archive.customers.models.of_customer import kinds_of_customers, move_records
from archive.customers.service import finish_hand_over
from archive.database import (
    EditedMeanwhile,
    Record,
    collection_of,
    durable,
    in_turn,
    kind_of,
    next_number,
)
from archive.database.asking import following_up
from archive.database.differing import differences
from archive.trail.collecting import collect_from
from archive.upkeep.errors import (
    BeingMerged,
    BothHaveOne,
    ChangedMeanwhile,
    ChoiceNeeded,
    SameArchive,
)
from archive.upkeep.models import Merge, TakenOut, United
from archive.upkeep.rules import (
    UNDOABLE_FOR,
    Choice,
    MergeState,
    rows_together,
    rows_turned,
)
from archive.upkeep.service.comparing import both_have_one, clashes, facts_of, kinds_together, pairs

CUSTOMERS = "customers"
R = TypeVar("R", bound=Record)


def merge(
    kept: Customer,
    other: Customer,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    seen: tuple[int, int],
    choices: Mapping[str, Choice],
    rows: Mapping[str, Choice],
) -> Merge:
    """Make one archive of two: *other* becomes part of *kept*, with every record it has.

    *seen* are the revisions of both that the person compared; *choices* says which is right by
    field, *rows* by row that both have. Who follows the customer up is chosen only by those who
    may assign customers.

    Raises:
        NotPermitted, SameArchive, BeingMerged, ChangedMeanwhile, BothHaveOne, ChoiceNeeded.
    """
    for each in (kept, other):
        actor.require(Right.MERGE_CUSTOMERS, each)
    if kept.id == other.id:
        raise SameArchive()
    if not actor.may(Right.ASSIGN_CUSTOMER, kept):
        choices = {name: each for name, each in choices.items() if name != "salesperson_id"}
    with in_turn("customers.merged"):
        if earlier := Merge.asked_before():
            return earlier
        if running := Merge.at_work_on(kept.id, other.id):
            raise BeingMerged(name=running.kept_name, number=running.number)
        _refuse_changed(kept, other, seen)
        for one, another in both_have_one(kept, other):
            raise BothHaveOne(first=one.caption, second=another.caption)
        open_rows = [each.key for each in clashes(kept, other) if each.key not in rows]
        if open_rows:
            raise ChoiceNeeded(count=len(open_rows))
        begun = _begin(kept, other, choices, rows, actor, now, reason)
    with following_up():
        return carry_on(begun)


def _refuse_changed(kept: Customer, other: Customer, seen: tuple[int, int]) -> None:
    for each, revision in zip((kept, other), seen, strict=True):
        current = Customer.objects(id=each.id).only("revision", "name").first()
        if current is None or current.revision != revision:
            raise ChangedMeanwhile(name=each.name)


def _begin(
    kept: Customer,
    other: Customer,
    choices: Mapping[str, Choice],
    rows: Mapping[str, Choice],
    actor: Actor,
    now: datetime,
    reason: str,
) -> Merge:
    """Write down what is to be done."""
    before = kept.to_mongo()
    planned = Customer.from_stored(before)
    facts = facts_of(kept, other, choices)
    for name, value in facts.items():
        setattr(planned, name, value)
    after = planned.to_mongo()
    year = clock.local(now).year
    return Merge.open_new(
        actor,
        now,
        "merge.begun",
        {
            "number": f"HB-{year}-{next_number(f'merge:{year}'):05d}",
            "kept_id": kept.id,
            "kept_number": kept.archive_number,
            "kept_name": kept.name,
            "other_id": other.id,
            "other_number": other.archive_number,
            "other_code": other.customer_code,
            "other_name": other.name,
            "reason": reason,
            "made_by_id": actor.id,
            "made_by_name": actor.name,
            "undoable_until": now + UNDOABLE_FOR,
            "before": {name: before.get(name) for name in facts},
            "after": {name: after.get(name) for name in facts},
            "choices": {name: choice.value for name, choice in rows.items()},
        },
        reason=reason,
    )


def carry_on(given: Merge) -> Merge:
    """Do what is left of a merge; may run twice, and side by side with itself."""
    doer, now = given.doer, clock.now()
    _release(given, doer, now)
    _change_kept(given, doer, now)
    _move_all(given)
    _take_out(given)
    _move_all(given)  # what was written while the archive was taken out
    kept = Customer.find(str(given.kept_id))
    finish_hand_over(kept)
    return finish(given, MergeState.MERGED, "merge.done", doer)


def finish(given: Merge, state: MergeState, action: str, doer: Actor) -> Merge:
    done = Merge.find(given.key)
    if done.state is given.state:
        try:
            return done.change(doer, clock.now(), action, {"state": state})
        except EditedMeanwhile:  # by another who carried it on
            return Merge.find(given.key)
    return done


def _release(given: Merge, doer: Actor, now: datetime) -> None:
    """Keep the other archive as it is, say in it what becomes of it, and free its credit code."""
    other = Customer.objects(id=given.other_id).first()
    if other is None:
        return
    if TakenOut.kept(given, CUSTOMERS, other.id) is None:
        said = f"→ {given.kept_name}（{given.kept_number}）{given.reason}"
        insist(other, lambda each: each.change(doer, now, "customer.merged_away", {}, reason=said))
        if stored := durable(Customer).find_one({"_id": other.id}):
            TakenOut.keep(given, CUSTOMERS, stored)
    durable(Customer).update_one({"_id": other.id}, {"$unset": {"credit_code": ""}})


def _change_kept(given: Merge, doer: Actor, now: datetime) -> None:
    """Give the kept archive what was chosen, and the numbers of the other."""
    set_aside = TakenOut.kept(given, CUSTOMERS, given.other_id) or {}

    def change(kept: Customer) -> Customer:
        if any(each.customer_id == given.other_id for each in kept.absorbed):
            return kept
        stored = kept.to_mongo()
        same = unchanged(stored, given.before)
        chosen = Customer.from_stored({**stored, **{name: given.after[name] for name in same}})
        facts = {name: getattr(chosen, name) for name in same}
        facts["absorbed"] = [
            *kept.absorbed,
            Absorbed(
                customer_id=given.other_id,
                archive_number=given.other_number,
                customer_code=given.other_code,
                name=given.other_name,
            ),
            *Customer.from_stored(set_aside).absorbed,
        ]
        facts["former_contacts"] = [
            *kept.former_contacts,
            *Customer.from_stored(set_aside).former_contacts,
        ]
        said = f"← {given.other_name}（{given.other_number}、{given.other_code}）{given.reason}"
        return kept.change(doer, now, "customer.merged", facts, reason=said)

    insist(Customer.find(str(given.kept_id)), change)


def unchanged(stored: Mapping[str, Any], held: Mapping[str, Any]) -> list[str]:
    """The fields of *held* that are *stored* as they are there."""
    names = {each["field"] for each in differences({n: stored.get(n) for n in held}, dict(held))}
    return [name for name in held if name not in names]


def insist(record: R, change: Callable[[R], R]) -> R:
    """Do *change*, again on the newer version where somebody was faster."""
    while True:
        try:
            return change(record)
        except EditedMeanwhile as edited:
            if edited.record.id != record.id:  # it is part of another by now
                return record
            record = cast(R, edited.record)


def _move_all(given: Merge) -> None:
    """Let every record of the other archive be of the kept one."""
    kept = Customer.find(str(given.kept_id))
    for model in kinds_together():
        _unite(given, model)
    for model in kinds_of_customers():
        collection = collection_of(model)
        path = model.customer_path
        while keys := [e["_id"] for e in collection.find({path: given.other_id}, {"_id": 1})]:
            given.note_moved(kind_of(model), keys)
            move_records(model, keys, given.other_id, kept)


def _unite(given: Merge, model: type[OfCustomer]) -> None:
    """Make one record of each two of which a customer has only one."""
    together = model.together
    if together is None:
        return
    name = kind_of(model)
    for values, ours, theirs in pairs(model, given.kept_id, given.other_id):
        start = "-".join(map(str, (name, *values)))
        choices = {
            row[together.key]: _choice(given.choices.get(f"{start}-{row[together.key]}"))
            for row in theirs.get(together.rows, [])
        }
        mine, other = ours.get(together.rows, []), theirs.get(together.rows, [])
        after = rows_together(mine, other, together.key, choices)
        unused = [row for row in (*other, *mine) if row not in after]
        TakenOut.keep(given, name, theirs)
        given.note_united(
            United(
                collection=name,
                values=list(values),
                kept_id=ours["_id"],
                other_id=theirs["_id"],
                before=mine,
                after=after,
                unused=unused,
            )
        )
        noted = _noted(given, theirs["_id"])
        turn_rows(
            model, noted.kept_id, noted.before, noted.after, given.doer, "customer.merged_records"
        )
        collect_from(model, durable(model).find({"_id": theirs["_id"]}))
        durable(model).delete_one({"_id": theirs["_id"]})


def _choice(kept: str | None) -> Choice:
    return Choice.OTHER if kept == Choice.OTHER.value else Choice.KEPT


def _noted(given: Merge, other_id: Any) -> United:
    """What was written down first about the record *other_id*."""
    stored = Merge.find(given.key)  # what is filtered needs the record that it is of
    found: United = stored.united.filter(other_id=other_id).first()
    return found


def turn_rows(
    model: type[OfCustomer],
    key: Any,
    source: list[Any],
    target: list[Any],
    doer: Actor,
    action: str,
) -> None:
    """Make the rows of the record *key* those of *target*, where they still are as in *source*."""
    together = model.together
    record = model.objects(id=key).first()
    if together is None or record is None:
        return
    name, row_key = together.rows, together.key

    def turn(each: OfCustomer) -> OfCustomer:
        stored = each.to_mongo()
        rows = rows_turned(stored.get(name, []), source, target, row_key)
        given = model.from_stored({**stored, name: rows})
        return each.change(doer, clock.now(), action, {name: getattr(given, name)})

    insist(record, turn)


def _take_out(given: Merge) -> None:
    """Take the other archive out of the customers; what it held is set aside."""
    while (stored := durable(Customer).find_one({"_id": given.other_id})) is not None:
        collect_from(Customer, [stored])
        held = TakenOut.kept(given, CUSTOMERS, given.other_id) or {}
        if "credit_code" in held:
            stored.setdefault("credit_code", held["credit_code"])
        TakenOut.keep(given, CUSTOMERS, stored, renew=True)
        durable(Customer).delete_one({"_id": given.other_id, "revision": stored["revision"]})
