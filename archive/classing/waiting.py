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
from archive.customers.models import ClassMeasures, Customer, measures_of
from archive.customers.rules.classes import Dimension, classes_in
from archive.database import collection_of
from archive.terms import N_
from archive.web.waiting import MOST_SHOWN, Duty

READ = ("name", "archive_number", "created_at", *(each.value for each in Dimension))
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
    asked = list(_with_rhythm(ObjectId(who.id)))
    seen = latest_visits([stored["_id"] for stored, _ in asked]) if asked else {}
    due = []
    for stored, days in asked:
        last = seen.get(stored["_id"], stored["created_at"])
        due_on = clock.local_day(last + timedelta(days=days))
        if due_on <= clock.local_day(now):
            due.append((due_on, stored))
    for due_on, stored in sorted(due, key=lambda each: each[0])[:MOST_SHOWN]:
        yield Duty(
            N_("按措施应拜访"),
            icon="calendar-plus",
            address=url_for("visits.new_for", archive_number=stored["archive_number"]),
            about=stored["name"],
            due_at=clock.last_minute_of(due_on),
            due_on=due_on,
        )


def _with_rhythm(salesperson_id: ObjectId) -> Iterator[tuple[dict[str, Any], int]]:
    """Customers of a salesperson, as MongoDB keeps them, with the days between their visits.

    Many have the same classes, and the measures of these are made out once; those whose classes
    ask for no visit are not read.
    """
    table = ClassMeasures.table()
    visited = [
        {dimension.value: value.value}
        for (dimension, value), measures in table.items()
        if measures.visit_days
    ]
    if not visited:
        return
    asked = {"salesperson_id": salesperson_id, "$or": visited}
    own = collection_of(Customer).find(asked, dict.fromkeys(READ, 1))
    rhythms: dict[tuple[Any, ...], int | None] = {}
    for stored in own.limit(MOST_FOLLOWED):
        classes = tuple(stored.get(each.value) for each in Dimension)
        if classes not in rhythms:
            rhythms[classes] = measures_of(classes_in(stored), table).visit_days
        if days := rhythms[classes]:
            yield stored, days


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
