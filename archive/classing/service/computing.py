"""Computing the classes of all customers; only those whose class has changed get an event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bson import Decimal128, ObjectId

from archive import clock, jobs
from archive.actor import SYSTEM, Actor, Right
from archive.classing import rules
from archive.classing.models import Computation
from archive.classing.rules import Business, Evidence, Finding, Pareto, Ranked
from archive.classing.service import reading
from archive.customers.models import Customer
from archive.customers.rules import Relationship
from archive.customers.rules.classes import (
    COMPUTED,
    Contribution,
    Dimension,
    Why,
    class_called,
    is_proposed,
)
from archive.database import Planned, Record, change_many
from archive.development.models import DevelopmentPlan
from archive.figures.models import YearFigures
from archive.importing.models import Import
from archive.importing.rules import WORKING

STATED = (None, Why.STATED.value)


@dataclass(frozen=True)
class Ground:
    """What all customers are measured by."""

    today: date
    window: int
    evidence: Mapping[ObjectId, Evidence]
    disputes: Mapping[ObjectId, Mapping[str, int]]
    planned: frozenset[ObjectId]
    profit: Pareto[ObjectId]
    profit_places: Mapping[ObjectId, Ranked[ObjectId]]
    volume_places: Mapping[ObjectId, Ranked[ObjectId]]


def ask_for_computing(*, actor: Actor, now: datetime) -> None:
    """Have the classes computed soon.

    Raises:
        NotPermitted.
    """
    actor.require(Right.SET_CLASSES)
    Computation.the_one(now).change(actor, now, "classes.asked", {"is_asked": True})
    jobs.enqueue("classing.compute")


def is_due(now: datetime) -> bool:
    """Whether somebody asked, or figures or plans have changed and no list is at work."""
    latest = Computation.the_one(now)
    if latest.is_asked:
        return True
    newest = max(filter(None, map(newest_in, (YearFigures, DevelopmentPlan))), default=None)
    if newest is None or Import.objects(state__in=WORKING).first() is not None:
        return False
    return latest.begun_at is None or newest >= latest.begun_at


def newest_in(model: type[Record]) -> datetime | None:
    """When a record of *model* was changed last."""
    newest = model.objects.order_by("-updated_at").only("updated_at").first()
    return newest.updated_at if newest else None


def compute_classes(*, now: datetime, window: int) -> int:
    """Compute the classes of every customer (Art. 4); how many changed.

    May run twice, and be killed anywhere. Decisions that have ended are taken out.
    """
    if not Computation.take(now):
        return 0
    ground = survey(clock.local_day(now), window)
    count = changed = 0

    def planned() -> Iterator[Planned]:
        nonlocal count, changed
        for stored in reading.stored_customers():
            count += 1
            if (each := plan_for(stored, ground)) is not None:
                changed += bool(each.facts)
                yield each

    change_many(Customer, planned(), actor=SYSTEM, now=now, action="customer.classed")
    Computation.finish(
        clock.now(),
        customers=count,
        changed=changed,
        important=len(ground.profit.prefix),
        known=ground.profit.known,
        total=Decimal128(ground.profit.total),
        share=Decimal128(ground.profit.prefix_share),
        portion=Decimal128(ground.profit.portion),
        curve=rules.curve_of(ground.profit),
    )
    return changed


def survey(today: date, window: int) -> Ground:
    """What the figures and complaints say of all customers."""
    evidence = reading.evidence_until(today)
    profit = rules.pareto({key: each.profit for key, each in evidence.items()})
    volume = rules.pareto({key: each.tonnes for key, each in evidence.items()})
    return Ground(
        today=today,
        window=window,
        evidence=evidence,
        disputes=reading.disputes_since(reading.year_before(today)),
        planned=reading.planned_customers(),
        profit=profit,
        profit_places={each.key: each for each in profit.ranked},
        volume_places={each.key: each for each in volume.ranked},
    )


def findings_of(stored: Mapping[str, Any], ground: Ground) -> dict[Dimension, Finding]:
    """What the figures say of one customer, in each dimension."""
    key = stored["_id"]
    evidence = ground.evidence.get(key, Evidence())
    contribution = rules.contribution_of(ground.profit_places.get(key), ground.profit)
    business = business_of(stored, evidence, is_planned=key in ground.planned)
    relationship = rules.relationship_of(business, ground.today, ground.window)
    maintenance = rules.maintenance_of(
        is_important=contribution.value is Contribution.IMPORTANT,
        volume=ground.volume_places.get(key),
        before=evidence.tonnes_before,
        relationship=relationship.value,
    )
    credit = rules.credit_of(reading.payments_of(evidence, ground.disputes.get(key, {})))
    return {
        Dimension.CONTRIBUTION: contribution,
        Dimension.RELATIONSHIP: relationship,
        Dimension.MAINTENANCE: maintenance,
        Dimension.CREDIT: credit,
    }


def business_of(stored: Mapping[str, Any], evidence: Evidence, *, is_planned: bool) -> Business:
    """What is known of business with a customer."""
    standing = standing_in(stored, Dimension.RELATIONSHIP)
    is_stated = standing.get("why") in STATED
    stated = class_called(Dimension.RELATIONSHIP, stored.get("relationship"))
    return Business(
        first=evidence.first,
        last=evidence.last,
        started_on=day_of(stored.get("cooperation_started_on")),
        ended_on=day_of(stored.get("cooperation_ended_on")),
        is_planned=is_planned,
        stated=stated if is_stated and isinstance(stated, Relationship) else Relationship.POTENTIAL,
    )


def day_of(stored: datetime | None) -> date | None:
    """The day that MongoDB keeps as midnight."""
    return stored.date() if stored else None


def midnight(day: date) -> datetime:
    """*day* as MongoDB keeps it."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def standing_in(stored: Mapping[str, Any], dimension: Dimension) -> Mapping[str, Any]:
    """What was computed before; empty where nothing was."""
    before = stored.get("standings", ())
    return next((each for each in before if each["dimension"] == dimension.value), {})


def plan_for(stored: Mapping[str, Any], ground: Ground) -> Planned | None:
    """What has to be written of a customer; None where all is as it was."""
    decisions = [each for each in stored.get("decisions", ()) if stands(each, ground.today)]
    decided = {each["dimension"] for each in decisions}
    lapsed = {each["dimension"] for each in stored.get("decisions", ())} - decided
    now: dict[str, Any] = {}
    standings: list[dict[str, Any]] = []
    proposed: list[str] = []
    for dimension, finding in findings_of(stored, ground).items():
        name = dimension.value
        value = stored.get(name)
        if name not in decided:
            if dimension in COMPUTED:
                value = finding.value.value if finding.value else value
            elif name in lapsed:
                value = None
        now[name] = value
        own = standing_of(dimension, finding, value, stored, midnight(ground.today))
        standings.append(own)
        if is_proposed(dimension, own.get("found"), value, own.get("answered")):
            proposed.append(name)
    facts = {name: value for name, value in now.items() if value != stored.get(name)}
    if lapsed:
        facts["decisions"] = decisions
    derived = {"standings": standings, "proposed": proposed or None}
    if (
        not facts
        and standings == stored.get("standings")
        and derived["proposed"] == (stored.get("proposed") or None)
    ):
        return None
    return Planned(
        key=stored["_id"],
        revision=stored["revision"],
        caption=f"{stored['name']}（{stored['archive_number']}）",
        customer_key=str(stored["_id"]),
        before=stored,
        facts=facts,
        derived=derived,
    )


def stands(decision: Mapping[str, Any], today: date) -> bool:
    """Whether a decision still holds."""
    until = day_of(decision.get("until"))
    return until is None or until >= today


def standing_of(
    dimension: Dimension,
    finding: Finding,
    value: str | None,
    stored: Mapping[str, Any],
    today: datetime,
) -> dict[str, Any]:
    """The standing as MongoDB keeps it; since when it holds stays while the class stays."""
    before = standing_in(stored, dimension)
    since = before.get("since") if value == stored.get(dimension.value) else None
    if since is None and value is not None:
        since = today
    kept: dict[str, Any] = {"dimension": dimension.value}
    if since is not None:
        kept["since"] = since
    if finding.value is not None:
        kept["found"] = finding.value.value
    if before.get("answered") and value is not None:
        kept["answered"] = before["answered"]
    kept["why"] = finding.why.value
    kept["numbers"] = {name: stored_number(value) for name, value in finding.numbers.items()}
    return kept


def stored_number(value: Any) -> Any:
    """*value* as MongoDB keeps it."""
    return Decimal128(value) if isinstance(value, Decimal) else value
