"""A salesperson hands over all customers, with the plans and tasks that go along (Art. 8).

The handover writes down what goes to whom; the work itself is an act on many rows, which may be
killed anywhere, shows its progress and is taken back with a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bson import ObjectId

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Right, Scope
from archive.assigning.models import Task
from archive.assigning.rules import TaskStatus
from archive.assigning.service import pass_on_task
from archive.customers.models import Customer, OfCustomer
from archive.customers.service import assign_salesperson, salesperson_called
from archive.database import Record, collection_of, every, next_number
from archive.development.models import DevelopmentPlan
from archive.development.rules import PlanStatus
from archive.development.service.plans import hand_over_plan
from archive.upkeep.errors import NothingToHandOver, SamePerson
from archive.upkeep.models import Handed, HandedKind, Handover, Receiver

WRITTEN_AT_ONCE = 1000
MODELS: dict[HandedKind, type[Record]] = {
    HandedKind.CUSTOMER: Customer,
    HandedKind.PLAN: DevelopmentPlan,
    HandedKind.TASK: Task,
}


@dataclass(frozen=True)
class Belongings:
    """All that a salesperson has to hand over."""

    customers: Sequence[Customer]
    plans: Sequence[DevelopmentPlan]
    tasks: Sequence[Task]

    @property
    def total(self) -> int:
        """How many things there are."""
        return len(self.customers) + len(self.plans) + len(self.tasks)


def belongings_of(leaver: User) -> Belongings:
    """The customers that *leaver* follows up, their open plans and their open tasks."""
    return Belongings(
        list(Customer.objects(salesperson_id=leaver.id).order_by("name_order", "id")),
        list(DevelopmentPlan.objects(owner_id=leaver.key, status=PlanStatus.OPEN)),
        list(Task.objects(owner_id=leaver.key, status=TaskStatus.OPEN).order_by("due_on", "id")),
    )


def open_handover(
    leaver: User,
    receivers: Sequence[str],
    chosen: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    last_day: date | None = None,
) -> Handover:
    """Write down that *leaver* hands over everything to *receivers*, by key.

    *chosen* says by the customer's key who gets it; what it does not name goes to the first. Plans
    and tasks go with their customer. Nothing has moved yet: see `archive.upkeep.rowacts`.

    Raises:
        NotPermitted, NothingToHandOver, SamePerson, NotFound: no such salesperson.
    """
    actor.require(Right.ASSIGN_CUSTOMER)
    if earlier := Handover.asked_before():
        return earlier
    people = [salesperson_called(key) for key in dict.fromkeys(receivers)]
    if leaver.key in [each.key for each in people]:
        raise SamePerson(name=leaver.name)
    names = {each.key: each.name for each in people}
    things = list(_things(belongings_of(leaver), people[0].key, chosen, names))
    if not things:
        raise NothingToHandOver(name=leaver.name)
    taking = dict.fromkeys(each["to_id"] for each in things)
    year = clock.local(now).year
    handover = Handover.open_new(
        actor,
        now,
        "handover.opened",
        {
            "number": f"JJ-{year}-{next_number(f'handover:{year}'):05d}",
            "leaver_id": leaver.key,
            "leaver_name": leaver.name,
            "receivers": [Receiver(person_id=each, name=names[each]) for each in taking],
            "last_day": last_day,
            "reason": reason,
            "total": len(things),
            "made_by_id": actor.id,
            "made_by_name": actor.name,
        },
        reason=reason,
    )
    rows = [
        {"handover_id": handover.id, "place": place, "leaver_id": leaver.key, **each}
        for place, each in enumerate(things, 1)
    ]
    for start in range(0, len(rows), WRITTEN_AT_ONCE):
        collection_of(Handed).insert_many(rows[start : start + WRITTEN_AT_ONCE], ordered=False)
    return handover


def _things(
    own: Belongings, first: str, chosen: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """What goes to whom; customers first: whoever gets a plan or a task can then open it."""
    going = {each.id: chosen.get(each.key, first) for each in own.customers}
    going = {key: to if to in names else first for key, to in going.items()}

    def thing(kind: HandedKind, record: Record, caption: str, code: str, to: str) -> dict[str, Any]:
        given = {"kind": kind.value, "key": record.id, "caption": caption, "code": code}
        return {**given, "to_id": to, "to_name": names[to]}

    for customer in own.customers:
        made = thing(
            HandedKind.CUSTOMER, customer, customer.name, customer.archive_number,
            going[customer.id],
        )  # fmt: skip
        yield {**made, "note": customer.relationship.label if customer.relationship else ""}
    for plan in own.plans:
        about = plan.customer.name if plan.customer else ""
        to = going.get(plan.customer_id, first)
        made = thing(HandedKind.PLAN, plan, about or plan.number, plan.number, to)
        yield {**made, "note": plan.why[:60]}
    for task in own.tasks:
        to = going.get(_customer_of(task), first)
        made = thing(HandedKind.TASK, task, task.title, task.number, to)
        yield {**made, "note": task.due_on.isoformat()}


def _customer_of(task: Task) -> ObjectId | None:
    """The customer whom the task is about, or whose record it is about."""
    if not task.about_key or not ObjectId.is_valid(task.about_key):
        return None
    key = ObjectId(task.about_key)
    for model in every(OfCustomer):
        if found := collection_of(model).find_one({"_id": key}, {"customer_id": 1}):
            return found.get("customer_id")  # type: ignore[no-any-return]  # as stored
    return key


@dataclass(frozen=True)
class HandedRecord:
    """A thing that is handed over, with its record; managers hand over whatever it is."""

    thing: Handed
    record: Any

    @property
    def caption(self) -> str:
        """What it is called."""
        return str(self.thing.caption)

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        """A manager's right counts for everything that is handed over."""
        return scope is Scope.ALL

    @property
    def owner(self) -> str:
        """Who has it now, by key."""
        if self.thing.kind is HandedKind.CUSTOMER:
            return str(self.record.salesperson_id or "")
        return str(self.record.owner_id)

    @property
    def keeper(self) -> str:
        """Who looks after the customer now, by key; nobody for anything else."""
        if self.thing.kind is HandedKind.CUSTOMER:
            return str(self.record.keeper_id or "")
        return ""

    def give(self, to: str, *, keeps: bool, reason: str, actor: Actor, now: datetime) -> None:
        """Give it to the person *to*, who also looks after the customer where they *keep* it."""
        if self.thing.kind is HandedKind.CUSTOMER:
            assign_salesperson(
                self.record, to, actor=actor, now=now, reason=reason, keeper_follows=keeps
            )
        elif self.thing.kind is HandedKind.PLAN:
            hand_over_plan(self.record, to, reason, actor=actor, now=now)
        else:
            pass_on_task(self.record, to, reason, actor=actor, now=now)


def find_handed(key: Any) -> HandedRecord | None:
    """The thing with this identity, unless its record is gone."""
    thing = Handed.objects(id=key).first()
    if thing is None:
        return None
    record = MODELS[thing.kind].objects(id=thing.key).first()
    return HandedRecord(thing, record) if record else None
