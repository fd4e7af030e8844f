"""Classes that a person sets, and the table of measures."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from archive import clock
from archive.accounts.models import User
from archive.actor import SYSTEM, Actor, Right
from archive.classing.errors import EndPassed, NothingDecided, NothingProposed
from archive.customers.models import ClassMeasures, Customer, Decision, Standing
from archive.customers.rules.classes import (
    COMPUTED,
    ROWS,
    SHIPPED,
    Dimension,
    Extra,
    Measures,
    check_keeper,
    is_proposed,
)
from archive.database import Taken
from archive.terms import Term


def decide_class(
    customer: Customer,
    dimension: Dimension,
    value: Term,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    reason: str,
    until: date | None = None,
    keeper: str | None = None,
) -> Customer:
    """Set the class of *customer* in *dimension*, whatever the figures say (Art. 4).

    *keeper* is the identity of who looks after the customer; without it the one named before stays.

    Raises:
        NotPermitted, EditedMeanwhile.
        KeeperNeeded: a strategic customer without a named keeper.
        EndPassed: *until* is not after today.
    """
    actor.require(Right.SET_CLASSES, customer)
    today = clock.local_day(now)
    if until is not None and until <= today:
        raise EndPassed(until=until.isoformat())
    return _decide(customer, dimension, value, keeper, actor, now, seen, reason, until)


def accept_proposal(
    customer: Customer,
    dimension: Dimension,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    keeper: str | None = None,
) -> Customer:
    """Make what the figures propose the class of *customer*.

    Raises:
        NotPermitted, EditedMeanwhile.
        NothingProposed: no proposal waits for an answer.
        KeeperNeeded: as `decide_class`.
    """
    actor.require(Right.SET_CLASSES, customer)
    found = customer.found_in(dimension)
    if found is None or dimension not in customer.proposed:
        raise NothingProposed(dimension=dimension.label)
    return _decide(customer, dimension, found, keeper, actor, now, seen, "", None)


def withdraw_decision(
    customer: Customer, dimension: Dimension, reason: str, *, actor: Actor, now: datetime
) -> Customer:
    """Take back what a person set: the class follows the figures again, or is open again.

    Raises:
        NotPermitted, NothingDecided, EditedMeanwhile.
    """
    actor.require(Right.SET_CLASSES, customer)
    if customer.decision_in(dimension) is None:
        raise NothingDecided(dimension=dimension.label)
    value = customer.found_in(dimension) if dimension in COMPUTED else None
    if value is None and dimension is Dimension.RELATIONSHIP:
        value = customer.relationship
    facts = {
        **with_classes(customer, {dimension: value}, clock.local_day(now), is_answer=False),
        "decisions": [each for each in customer.decisions if each.dimension is not dimension],
    }
    return customer.change(actor, now, "customer.class_withdrawn", facts, reason=reason)


def with_classes(
    customer: Customer, values: Mapping[Dimension, Term | None], today: date, *, is_answer: bool
) -> dict[str, Any]:
    """What is written where the classes of *customer* become *values*.

    With *is_answer* a person has seen what is proposed, and decided.
    """
    facts: dict[str, Any] = {}
    standings = [each for each in customer.standings if each.dimension not in values]
    proposed = [each for each in customer.proposed if each not in values]
    for dimension, value in values.items():
        before = customer.standing_in(dimension) or Standing(dimension=dimension)
        stays = value is customer.class_in(dimension) and before.since
        own = Standing(
            dimension=dimension,
            since=before.since if stays else today if value is not None else None,
            found=before.found,
            why=before.why,
            numbers=before.numbers,
            answered=before.found if is_answer else None,
        )
        if is_proposed(dimension, own.found, value and value.value, own.answered):
            proposed.append(dimension)
        standings.append(own)
        facts[dimension.value] = value
    return {**facts, "standings": standings, "proposed": proposed}


def edit_measures(
    row: ClassMeasures,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    visit_days: int | None,
    letter_days: int | None,
    needs_keeper: bool,
    extras: Sequence[Extra],
    papers: Sequence[str],
) -> ClassMeasures:
    """Say what is done for the customers of a class (Art. 3).

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.MANAGE_MEASURES)
    facts = {
        "visit_days": visit_days,
        "letter_days": letter_days,
        "needs_keeper": needs_keeper,
        "extras": list(extras),
        "papers": list(papers),
    }
    return row.change(actor, now, "measures.edited", facts, seen=seen)


def install_shipped(*, now: datetime) -> None:
    """Write the rows of the table that nobody has written yet."""
    written = {(each.dimension, each.value) for each in ClassMeasures.objects}
    for dimension, value in ROWS:
        if (dimension, value.value) in written:
            continue
        measures = SHIPPED.get((dimension, value), Measures())
        facts = {
            **vars(measures),
            "dimension": dimension,
            "value": value.value,
            "extras": list(measures.extras),
            "papers": list(measures.papers),
        }
        try:
            ClassMeasures.open_new(SYSTEM, now, "measures.installed", facts)
        except Taken:  # another process does the same
            return


def _decide(
    customer: Customer,
    dimension: Dimension,
    value: Term,
    keeper: str | None,
    actor: Actor,
    now: datetime,
    seen: int,
    reason: str,
    until: date | None,
) -> Customer:
    facts: dict[str, Any] = {}
    if keeper:
        person = User.find(keeper)
        facts = {"keeper_id": person.id, "keeper_name": person.name}
    check_keeper(value, facts.get("keeper_name") or customer.keeper_name)
    today = clock.local_day(now)
    decision = Decision(
        dimension=dimension, decided_on=today, until=until, by_name=actor.name, reason=reason
    )
    others = [each for each in customer.decisions if each.dimension is not dimension]
    facts |= {
        **with_classes(customer, {dimension: value}, today, is_answer=True),
        "decisions": [*others, decision],
    }
    return customer.change(actor, now, "customer.class_decided", facts, seen=seen, reason=reason)
