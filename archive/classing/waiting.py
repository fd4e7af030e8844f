"""What waits because of classes: proposals to confirm, visits that the rhythm asks for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bson import ObjectId
from flask import url_for

from archive import clock
from archive.actor import Actor, Right
from archive.communication.models import Visit
from archive.communication.rules.visits import VisitStatus
from archive.customers.models import ClassMeasures, Customer, measures_for
from archive.database import collection_of
from archive.terms import N_
from archive.web.waiting import MOST_SHOWN, Duty

READ = (
    "name", "archive_number", "relationship", "contribution", "maintenance", "credit", "created_at",
    "salesperson_id",
)  # fmt: skip
MOST_FOLLOWED = 2000  # customers of one salesperson


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """Classes to confirm, and customers who are due for a visit."""
    if count := count_proposals(who):
        yield Duty(
            N_("确认客户分类"), icon="list-check", address=url_for("classes.proposals"), count=count
        )
    yield from _due_for_a_visit(who, now)


def count_proposals(who: Actor) -> int:
    """How many customers have a proposal that waits for *who*."""
    if not who.may(Right.SET_CLASSES):
        return 0
    return int(waiting_for(who).count())


def waiting_for(who: Actor) -> Any:
    """The customers with proposals that *who* may answer, as a query."""
    return Customer.visible_to(who, Right.SET_CLASSES).filter(proposed__0__exists=True)


def _due_for_a_visit(who: Actor, now: datetime) -> Iterator[Duty]:
    """Art. 13: one's own customers whom nobody has visited for longer than their classes allow.

    A visit that is planned counts; a customer never visited is reckoned from the archive's first
    day.
    """
    if not who.may(Right.RECORD_VISIT) or not ObjectId.is_valid(who.id):
        return
    own = Customer.objects(salesperson_id=ObjectId(who.id)).only(*READ).limit(MOST_FOLLOWED)
    table = ClassMeasures.table()
    rhythms = {each: measures_for(each, table).visit_days for each in own}
    asked = {each.id: (each, days) for each, days in rhythms.items() if days}
    if not asked:
        return
    seen = latest_visits(list(asked))
    due = []
    for key, (customer, days) in asked.items():
        due_on = clock.local_day(seen.get(key, customer.created_at) + timedelta(days=days))
        if due_on <= clock.local_day(now):
            due.append((due_on, customer))
    for due_on, customer in sorted(due, key=lambda each: each[0])[:MOST_SHOWN]:
        yield Duty(
            N_("按措施应拜访"),
            icon="calendar-plus",
            address=url_for("visits.new_for", archive_number=customer.archive_number),
            about=customer.name,
            due_at=clock.last_minute_of(due_on),
            due_on=due_on,
        )


def latest_visits(keys: list[ObjectId]) -> dict[ObjectId, datetime]:
    """When each of these customers was, or is to be, visited last."""
    grouped = collection_of(Visit).aggregate(
        [
            {
                "$match": {
                    "customer_id": {"$in": keys},
                    "status": {"$ne": VisitStatus.CANCELLED.value},
                }
            },
            {"$group": {"_id": "$customer_id", "at": {"$max": "$visited_at"}}},
        ]
    )
    return {each["_id"]: each["at"] for each in grouped}
