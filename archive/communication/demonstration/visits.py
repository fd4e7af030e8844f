"""A year of visits: most written up and closed, a few planned, a few still to be written up."""

import random
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from archive import clock
from archive.accounts.demonstration import Staff
from archive.communication.models import Visit
from archive.communication.rules.visits import VisitKind
from archive.communication.service import visits as service
from archive.customers.demonstration import keeper_of
from archive.customers.models import Customer

WRITTEN = 96
PLANNED = 6
TO_WRITE_UP = 3
KINDS = (VisitKind.ROUTINE,) * 6 + (VisitKind.BUSINESS,) * 2 + (VisitKind.HOLIDAY,) * 2


def record(customers: list[Customer], staff: Staff, now: datetime) -> list[Visit]:
    """Record the visits in the order in which they were made."""
    dice = random.Random(13)  # noqa: S311  # the same visits at every first start
    talks = tomllib.loads(Path(__file__).with_name("visits.toml").read_text(encoding="utf-8"))
    made = []
    for place in range(WRITTEN):
        days = 345 - place * 340 // WRITTEN
        at = at_work(now - timedelta(days=days), dice)
        customer = dice.choice(known_by(customers, at))
        kind, talk = choose_talk(talks, customer, at, dice)
        made.append(write_up(customer, kind, talk, at, staff, now, dice))
    for place in range(PLANNED + TO_WRITE_UP):
        is_planned = place < PLANNED
        at = at_work(
            now + timedelta(days=1 + 2 * place if is_planned else PLANNED - place - 1), dice
        )
        customer = dice.choice(customers)
        _, talk = choose_talk(talks, customer, at, dice, (VisitKind.ROUTINE,))
        made.append(announce(customer, talk, at, staff, now, dice))
    return made


def choose_talk(
    talks: dict[str, list[dict[str, Any]]],
    customer: Customer,
    at: datetime,
    dice: random.Random,
    kinds: tuple[VisitKind, ...] = KINDS,
) -> tuple[VisitKind, dict[str, Any]]:
    """What a visit to *customer* at *at* was about: what fits the season and their affairs."""
    month, stage = clock.local(at).month, stage_of(customer)
    fitting = {
        kind: [
            talk
            for talk in talks[kind]
            if month in talk.get("months", (month,)) and stage in talk.get("stages", (stage,))
        ]
        for kind in kinds
    }
    kind = dice.choice([kind for kind in kinds if fitting[kind]])
    talk = dice.choice(fitting[kind])
    return kind, {name: talk[name] for name in talk if name not in ("months", "stages")}


def stage_of(customer: Customer) -> str:
    """The state of business with *customer*."""
    if customer.cooperation_ended_on:
        return "lost"
    return "partner" if customer.cooperation_started_on else "prospect"


def known_by(customers: list[Customer], at: datetime) -> list[Customer]:
    """The customers whose archive was open at *at*."""
    return [customer for customer in customers if customer.created_at < at]


def write_up(
    customer: Customer,
    kind: VisitKind,
    talk: dict[str, Any],
    at: datetime,
    staff: Staff,
    now: datetime,
    dice: random.Random,
) -> Visit:
    """A visit made at *at*, written down the same day; most are closed after a while."""
    keeper, written_at = keeper_of(customer, staff), at + timedelta(hours=dice.randrange(2, 8))
    words = filled_in(talk, customer, dice)
    due_on = clock.local_day(at) + timedelta(days=dice.randrange(7, 40))
    measures = [
        {
            "what": what,
            "owner": keeper.name,
            "due_on": due_on,
            "is_done": due_on < clock.local_day(now),
        }
        for what in words.pop("measures")
    ]
    visit = service.record_visit(
        customer,
        actor=keeper,
        now=written_at,
        kind=kind,
        visited_at=at,
        place=f"{customer.address}",
        visitors=[keeper.name] if dice.random() < 0.7 else [keeper.name, staff.sales_manager.name],
        participants=[f"{contact.name} {contact.position}" for contact in customer.contacts[:2]],
        measures=measures,
        **words,
    )
    if dice.random() < 0.85:
        service.close_visit(visit, actor=keeper, now=written_at + timedelta(days=3))
    return visit


def announce(
    customer: Customer,
    talk: dict[str, Any],
    at: datetime,
    staff: Staff,
    now: datetime,
    dice: random.Random,
) -> Visit:
    """A visit of which only the plan is written down."""
    return service.record_visit(
        customer,
        actor=keeper_of(customer, staff),
        now=min(now, at) - timedelta(hours=dice.randrange(3, 50)),
        kind=VisitKind.ROUTINE,
        visited_at=at,
        place=customer.address,
        purpose=filled_in(talk, customer, dice)["purpose"],
        participants=[customer.contacts[0].name],
    )


def filled_in(talk: dict[str, Any], customer: Customer, dice: random.Random) -> dict[str, Any]:
    """*talk* with the customer's facts in the place of its braces."""
    facts = facts_of(customer, dice)
    return {
        name: [each.format(**facts) for each in value]
        if isinstance(value, list)
        else value.format(**facts)
        for name, value in talk.items()
    }


def facts_of(customer: Customer, dice: random.Random) -> dict[str, str]:
    """What the words of visits and complaints take from the archive."""
    flow = dice.choice(customer.flows)
    return {
        "contact": customer.contacts[0].name,
        "city": flow.origin,
        "to": flow.destination,
        "goods": dice.choice(customer.main_goods.split("、")),
        "tonnes": f"{flow.monthly_tonnes:.0f}",
        "amount": f"{dice.randrange(12, 90) * 1000:,}",
    }


def at_work(day: datetime, dice: random.Random) -> datetime:
    """An hour of the working day on *day*, or on the Monday after where that is a weekend."""
    local = clock.local(day)
    local += timedelta(days=max(0, 7 - local.isoweekday()) if local.isoweekday() > 5 else 0)
    local += timedelta(days=1 if local.isoweekday() == 7 else 0)
    start = clock.start_of(local.date())
    return start + timedelta(hours=dice.randrange(9, 17), minutes=dice.choice((0, 15, 30, 45)))
