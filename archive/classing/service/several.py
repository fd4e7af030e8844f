"""Proposals of many customers accepted in one act, and taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.classing.errors import ClassSetSince, NothingProposed
from archive.classing.service.deciding import with_classes
from archive.customers.models import Customer, Decision
from archive.customers.rules.classes import Dimension, Maintenance, check_keeper, class_called


def accept_proposals(
    customer: Customer,
    dimensions: Sequence[Dimension],
    *,
    act: str,
    salesperson_keeps: bool,
    actor: Actor,
    now: datetime,
    reason: str,
) -> Customer:
    """Make what the figures propose in *dimensions* the classes of *customer*, in one step.

    With *salesperson_keeps* the salesperson becomes the keeper of a strategic customer who has
    none. *act* names the act on many customers that this is part of.

    Raises:
        NotPermitted, EditedMeanwhile.
        NothingProposed: no proposal waits for an answer.
        KeeperNeeded: a strategic customer without a named keeper (Art. 4).
    """
    actor.require(Right.SET_CLASSES, customer)
    values = {
        each: found
        for each in dimensions
        if each in customer.proposed and (found := customer.found_in(each)) is not None
    }
    if not values:
        raise NothingProposed(dimension="、".join(each.label for each in dimensions))
    facts: dict[str, Any] = {}
    is_strategic = Maintenance.STRATEGIC in values.values()
    if salesperson_keeps and is_strategic and not customer.keeper_id and customer.salesperson_id:
        facts = {"keeper_id": customer.salesperson_id, "keeper_name": customer.salesperson_name}
    for value in values.values():
        check_keeper(value, facts.get("keeper_name") or customer.keeper_name)
    today, by = clock.local_day(now), actor.name
    facts |= {
        **with_classes(customer, values, today, is_answer=True),
        "decisions": [
            *(each for each in customer.decisions if each.dimension not in values),
            *(
                Decision(dimension=each, decided_on=today, by_name=by, reason=reason, act=act)
                for each in values
            ),
        ],
    }
    return customer.change(actor, now, "customer.class_decided", facts, reason=reason)


def is_decided_by(customer: Customer, act: str) -> bool:
    """Whether a class of *customer* is as *act* has set it."""
    return any(each.act == act for each in customer.decisions)


def classes_before(customer: Customer, dimensions: Sequence[Dimension]) -> dict[str, Any]:
    """The keeper, and by dimension the class with who has set it, as MongoDB keeps them."""
    kept: dict[str, Any] = {"keeper": str(customer.keeper_id or "")}
    for each in dimensions:
        value, decision = customer.class_in(each), customer.decision_in(each)
        kept[each.value] = {
            "value": value.value if value else None,
            "found": found.value if (found := customer.found_in(each)) else None,
            "decision": decision.to_mongo().to_dict() if decision else None,
        }
    return kept


def take_back_proposals(
    customer: Customer, before: Mapping[str, Any], *, actor: Actor, now: datetime, reason: str
) -> Customer:
    """Give *customer* the classes of *before* again; what was proposed waits for an answer again.

    Raises:
        NotPermitted, EditedMeanwhile.
        ClassSetSince: somebody has set one of the classes otherwise.
    """
    actor.require(Right.SET_CLASSES, customer)
    values = {}
    decisions = list(customer.decisions)
    for each in Dimension:
        own = customer.decision_in(each)
        if each.value not in before or own is None or not own.act:
            continue
        kept = before[each.value]
        if own.until or customer.class_in(each) is not class_called(each, kept["found"]):
            raise ClassSetSince(dimension=each.label)
        values[each] = class_called(each, kept["value"])
        decisions.remove(own)
        if kept["decision"]:
            decisions.append(Decision(**kept["decision"]))
    facts: dict[str, Any] = {
        **with_classes(customer, values, clock.local_day(now), is_answer=False),
        "decisions": decisions,
    }
    if not before["keeper"] and customer.keeper_id == customer.salesperson_id:
        facts |= {"keeper_id": None, "keeper_name": None}
    return customer.change(actor, now, "customer.class_withdrawn", facts, reason=reason)
