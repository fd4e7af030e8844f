"""What waits because of classes: proposals to confirm, visits that the rhythm asks for."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bson import ObjectId
from flask import url_for

from archive import clock
from archive.actor import Actor, Right
from archive.communication.models import Visit
from archive.communication.rules.visits import VisitStatus
from archive.customers.models import ClassMeasures, Customer
from archive.database import collection_of
from archive.terms import N_
from archive.web.waiting import MOST_SHOWN, Duty

READ = ("name", "archive_number", "created_at")
DAY = 24 * 60 * 60 * 1000  # as MongoDB adds to an instant
MADE_UP_WITHIN = 1  # days


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
    tomorrow = clock.start_of(clock.local_day(now) + timedelta(days=1))
    asked = _longest_unvisited(ObjectId(who.id), tomorrow)
    seen = latest_visits([stored["_id"] for stored in asked]) if asked else {}
    due = []
    for stored in asked:
        last = seen.get(stored["_id"], stored["created_at"])
        due_at = last + timedelta(days=stored["days"])
        if due_at < tomorrow:
            due.append((due_at, stored))
    for due_at, stored in sorted(due, key=lambda each: each[0])[:MOST_SHOWN]:
        due_on = clock.local_day(due_at)
        yield Duty(
            N_("按措施应拜访"),
            icon="calendar-plus",
            address=url_for("visits.new_for", archive_number=stored["archive_number"]),
            about=stored["name"],
            due_at=clock.last_minute_of(due_on),
            due_on=due_on,
        )


def _longest_unvisited(salesperson_id: ObjectId, tomorrow: datetime) -> list[dict[str, Any]]:
    """Of a salesperson's customers, as MongoDB keeps them, who seem due before *tomorrow*.

    With each the days between its visits, by that of its classes which asks for the shortest. They
    are told by the last visit that customers keep: what is planned, or took place since it was
    made up last, is not in it, so as many more are given as there may be of these.
    """
    days = {
        (dimension.value, value.value): measures.visit_days
        for (dimension, value), measures in ClassMeasures.table().items()
        if measures.visit_days
    }
    if not days:
        return []
    planned = {
        "salesperson_id": salesperson_id,
        "visited_at": {"$gte": tomorrow - timedelta(days=MADE_UP_WITHIN)},
        "status": {"$ne": VisitStatus.CANCELLED.value},
    }
    shortest = {"$min": [_days_of(name, value, each) for (name, value), each in days.items()]}
    last = {"$ifNull": ["$last_visit_at", "$created_at"]}
    return list(
        collection_of(Customer).aggregate(
            [
                {"$match": {"salesperson_id": salesperson_id, "$or": _overdue(days, tomorrow)}},
                {"$project": {**dict.fromkeys(READ, 1), "days": shortest, "last": last}},
                {"$set": {"due": {"$add": ["$last", {"$multiply": ["$days", DAY]}]}}},
                {"$sort": {"due": 1, "_id": 1}},
                {"$limit": MOST_SHOWN + collection_of(Visit).count_documents(planned)},
            ]
        )
    )


def _days_of(name: str, value: str, days: int) -> dict[str, Any]:
    """The rhythm of a class where a customer is of it, as MongoDB reckons."""
    return {"$cond": [{"$eq": [f"${name}", value]}, days, None]}


def _overdue(days: Mapping[tuple[str, str], int], tomorrow: datetime) -> list[dict[str, Any]]:
    """Who is of one of these classes and was not visited for as many days, as MongoDB asks."""
    return [
        {name: value, field: {"$lt": tomorrow - timedelta(days=each)}, **never}
        for (name, value), each in days.items()
        for field, never in (("last_visit_at", {}), ("created_at", {"last_visit_at": None}))
    ]


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
