"""The verbs of development plans."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.customers.models import Customer
from archive.customers.service import salesperson_called
from archive.database import Taken, next_number
from archive.development.errors import (
    NoSuchOwner,
    NoSuchStep,
    PlanIsOpen,
    PlanNotOpen,
    PlanStillOpen,
)
from archive.development.models import DevelopmentPlan, PlanStep, Progress
from archive.development.rules import PlanStatus


def open_plan(
    customer: Customer, *, actor: Actor, now: datetime, owner: str | None = None, **facts: Any
) -> DevelopmentPlan:
    """Plan how *customer* is to be won (Art. 7): from then on it is a target customer (Art. 4.3).

    Without *owner* whoever follows up the customer sees to it, else *actor*.

    Raises:
        NotPermitted: the customer is not *actor*'s.
        PlanIsOpen: there is a plan already; NoSuchOwner.
    """
    actor.require(Right.WRITE_DEVELOPMENT, customer)
    if earlier := DevelopmentPlan.asked_before():
        return earlier
    if open_one := DevelopmentPlan.open_for(customer):
        raise PlanIsOpen(customer=customer.name, number=open_one.number)
    year = clock.local(now).year
    given = {
        "number": f"KT-{year}-{next_number(f'development:{year}'):05d}",
        "customer_id": customer.id,
        "recorded_by_id": actor.id,
        "recorded_by_name": actor.name,
        "status": PlanStatus.OPEN,
        **_owner(owner, customer, actor),
        **as_kept(**facts),
    }
    try:
        return DevelopmentPlan.open_new(actor, now, "plan.opened", given)
    except Taken as taken:  # by somebody who planned it in this very moment
        raise _is_planned(customer) from taken


def edit_plan(
    plan: DevelopmentPlan,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    owner: str | None = None,
    **facts: Any,
) -> DevelopmentPlan:
    """Correct the plan, its steps and the record of its progress; *seen* is the revision they had.

    Raises:
        NotPermitted, EditedMeanwhile, NoSuchOwner.
    """
    actor.require(Right.WRITE_DEVELOPMENT, plan)
    fields = as_kept(**facts)
    if owner and owner != plan.owner_id:
        fields |= _owner(owner, plan.customer, actor)
    return plan.change(actor, now, "plan.edited", fields, seen=seen)


def hand_over_plan(
    plan: DevelopmentPlan, owner: str, reason: str, *, actor: Actor, now: datetime
) -> DevelopmentPlan:
    """Have *owner*, by key, see to the plan from now on.

    Raises:
        NotPermitted, EditedMeanwhile, NotFound: no such salesperson.
    """
    actor.require(Right.ASSIGN_CUSTOMER, plan)
    person = salesperson_called(owner)
    facts = {"owner_id": person.key, "owner_name": person.name}
    return plan.change(actor, now, "plan.handed_over", facts, reason=reason)


def note_progress(
    plan: DevelopmentPlan, *, actor: Actor, now: datetime, **facts: Any
) -> DevelopmentPlan:
    """Add to the record what was said or done (Art. 7).

    Raises:
        NotPermitted, PlanNotOpen, EditedMeanwhile.
    """
    actor.require(Right.WRITE_DEVELOPMENT, plan)
    _demand_open(plan)
    added = [*plan.progress, Progress(**facts)]
    added.sort(key=lambda each: each.noted_on)
    return plan.change(actor, now, "plan.noted", {"progress": added})


def finish_step(
    plan: DevelopmentPlan, place: int, *, actor: Actor, now: datetime, seen: int
) -> DevelopmentPlan:
    """Say that the step at *place*, from 0, is done today; *seen* is the revision they had.

    Raises:
        NotPermitted, PlanNotOpen, EditedMeanwhile.
        NoSuchStep: it is done, or not there any more.
    """
    actor.require(Right.WRITE_DEVELOPMENT, plan)
    _demand_open(plan)
    steps = [PlanStep(**each.to_mongo().to_dict()) for each in plan.steps]
    if seen == plan.revision and (place >= len(steps) or steps[place].done_on is not None):
        raise NoSuchStep()
    if place < len(steps):
        steps[place].done_on = clock.local_day(now)
    return plan.change(actor, now, "plan.step_done", {"steps": steps}, seen=seen)


def achieve_plan(
    plan: DevelopmentPlan, reason: str, *, actor: Actor, now: datetime
) -> DevelopmentPlan:
    """Say that the customer has been won; *reason* says what came of it.

    Raises:
        NotPermitted, PlanNotOpen, EditedMeanwhile.
    """
    return _end(plan, "plan.achieved", PlanStatus.ACHIEVED, reason, actor, now)


def give_up_plan(
    plan: DevelopmentPlan, reason: str, *, actor: Actor, now: datetime
) -> DevelopmentPlan:
    """Say that the customer will not be won by this plan, and why.

    Raises:
        NotPermitted, PlanNotOpen, EditedMeanwhile.
    """
    return _end(plan, "plan.given_up", PlanStatus.GIVEN_UP, reason, actor, now)


def _end(
    plan: DevelopmentPlan,
    action: str,
    status: PlanStatus,
    reason: str,
    actor: Actor,
    now: datetime,
) -> DevelopmentPlan:
    actor.require(Right.WRITE_DEVELOPMENT, plan)
    _demand_open(plan)
    facts = {"status": status, "outcome": reason, "ended_on": clock.local_day(now)}
    return plan.change(actor, now, action, facts, reason=reason)


def reopen_plan(
    plan: DevelopmentPlan, reason: str, *, actor: Actor, now: datetime
) -> DevelopmentPlan:
    """Take back that the plan has ended.

    Raises:
        NotPermitted, PlanStillOpen, EditedMeanwhile.
        PlanIsOpen: the customer has another open plan by now.
    """
    actor.require(Right.WRITE_DEVELOPMENT, plan)
    if plan.is_open:
        raise PlanStillOpen(number=plan.number)
    facts = {"status": PlanStatus.OPEN, "outcome": None, "ended_on": None}
    customer = plan.customer
    if customer and (open_one := DevelopmentPlan.open_for(customer)):
        raise PlanIsOpen(customer=customer.name, number=open_one.number)
    try:
        return plan.change(actor, now, "plan.reopened", facts, reason=reason)
    except Taken as taken:
        raise _is_planned(customer) from taken


def read_plan(number: str, *, actor: Actor) -> DevelopmentPlan:
    """The plan with this number.

    Raises:
        NotFound, NotPermitted.
    """
    plan = DevelopmentPlan.numbered(number)
    actor.require(Right.OPEN_DEVELOPMENT, plan)
    return plan


def as_kept(
    steps: Iterable[Mapping[str, Any]] = (),
    progress: Iterable[Mapping[str, Any]] = (),
    **facts: Any,
) -> dict[str, Any]:
    """What was typed as it is kept: steps by their day, the record from its first day on."""
    by_day = sorted((PlanStep(**step) for step in steps), key=lambda step: step.due_on)
    noted = sorted((Progress(**each) for each in progress), key=lambda each: each.noted_on)
    return {**facts, "steps": by_day, "progress": noted}


def _owner(key: str | None, customer: Customer | None, actor: Actor) -> dict[str, str]:
    """Who sees to the plan: the person *key*, else who follows up the customer, else *actor*."""
    if key is None and customer is not None and customer.salesperson_id:
        name = customer.salesperson_name or ""
        return {"owner_id": str(customer.salesperson_id), "owner_name": name}
    if key is None or key == actor.id:
        return {"owner_id": actor.id, "owner_name": actor.name}
    name = dict(User.salespeople()).get(key, "")
    if not name:
        raise NoSuchOwner()
    return {"owner_id": key, "owner_name": name}


def _is_planned(customer: Customer | None) -> PlanIsOpen:
    found = DevelopmentPlan.open_for(customer) if customer else None
    name = customer.name if customer else ""
    return PlanIsOpen(customer=name, number=found.number if found else "")


def _demand_open(plan: DevelopmentPlan) -> None:
    if not plan.is_open:
        raise PlanNotOpen(number=plan.number, status=plan.status)
