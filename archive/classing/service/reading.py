"""What the classes are computed from, read in bulk."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bson import ObjectId

from archive import clock
from archive.classing.rules import PERIOD, Evidence, Payments, month_of
from archive.communication.models import Complaint
from archive.communication.rules.complaints import ComplaintForm
from archive.customers.models import Customer
from archive.database import collection_of
from archive.development.models import DevelopmentPlan
from archive.figures.models import YearFigures

READ_AT_ONCE = 2000
READ = (
    "name", "archive_number", "revision", "relationship", "contribution", "maintenance", "credit",
    "standings", "proposed", "decisions", "cooperation_started_on", "cooperation_ended_on",
)  # fmt: skip
DISPUTES = (ComplaintForm.CLAIM.value, ComplaintForm.LAWSUIT.value)


def evidence_until(today: date) -> dict[ObjectId, Evidence]:
    """What the figures of each customer add up to, months after *today* left out.

    MongoDB adds them up: taking each amount out of its decimals costs more than all the rest.
    """
    stored = collection_of(YearFigures).aggregate(
        [
            {"$match": {"year": {"$lte": today.year}}},
            {"$unwind": "$months"},
            {"$project": _month(month_of(today))},
            {"$match": {"age": {"$gte": 0}}},
            {"$group": {"_id": "$customer_id", **_sums()}},
        ],
        batchSize=READ_AT_ONCE,
    )
    return {each["_id"]: _evidence(each) for each in stored}


def _month(now: int) -> dict[str, Any]:
    """A month: how long ago it was, and the profit that was given, else revenue less cost."""
    place = {"$add": [{"$multiply": ["$year", 12]}, "$months.month", -1]}
    worked_out = {"$subtract": ["$months.revenue", "$months.cost"]}
    return {
        "customer_id": 1,
        "place": place,
        "age": {"$subtract": [now, place]},
        "profit": {"$ifNull": ["$months.profit", worked_out]},
        "tonnage": "$months.tonnage",
        "days_late": "$months.days_late",
        "is_business": {
            "$or": [
                {"$gt": [{"$ifNull": [f"$months.{name}", 0]}, 0]}
                for name in ("revenue", "tonnage", "shipments")
            ]
        },
    }


def _sums() -> dict[str, Any]:
    """The sums of a customer's months; of a sum of nothing its count is 0."""
    recent, before = {"$lt": ["$age", PERIOD]}, {"$gte": ["$age", PERIOD]}
    earlier = {"$and": [before, {"$lt": ["$age", 2 * PERIOD]}]}

    def when(condition: Any, value: Any) -> dict[str, Any]:
        return {"$cond": [condition, value, None]}

    def known(condition: Any, name: str) -> dict[str, Any]:
        is_known = {"$gt": [f"${name}", None]}
        return {"$sum": {"$cond": [{"$and": [condition, is_known]}, 1, 0]}}

    on_time = {"$and": [recent, {"$eq": ["$days_late", 0]}]}
    return {
        "profit": {"$sum": when(recent, "$profit")},
        "profits": known(recent, "profit"),
        "tonnes": {"$sum": when(recent, "$tonnage")},
        "tonnages": known(recent, "tonnage"),
        "tonnes_before": {"$sum": when(earlier, "$tonnage")},
        "tonnages_before": known(earlier, "tonnage"),
        "first": {"$min": when("$is_business", "$place")},
        "last": {"$max": when("$is_business", "$place")},
        "known": known(recent, "days_late"),
        "on_time": {"$sum": {"$cond": [on_time, 1, 0]}},
        "longest": {"$max": when(recent, "$days_late")},
    }


def _evidence(sums: Mapping[str, Any]) -> Evidence:
    def amount(name: str, count: str) -> Decimal | None:
        return Decimal(str(sums[name])) if sums[count] else None

    return Evidence(
        profit=amount("profit", "profits"),
        tonnes=amount("tonnes", "tonnages"),
        tonnes_before=amount("tonnes_before", "tonnages_before"),
        first=sums["first"],
        last=sums["last"],
        known=sums["known"],
        on_time=sums["on_time"],
        longest=sums["longest"] or 0,
    )


def disputes_since(since: datetime) -> dict[ObjectId, dict[str, int]]:
    """How many claims and lawsuits each customer has raised."""
    grouped = collection_of(Complaint).aggregate(
        [
            {"$match": {"heard_at": {"$gte": since}, "form": {"$in": DISPUTES}}},
            {"$group": {"_id": ["$customer_id", "$form"], "number": {"$sum": 1}}},
        ]
    )
    found: dict[ObjectId, dict[str, int]] = {}
    for each in grouped:
        customer, form = each["_id"]
        found.setdefault(customer, {})[form] = each["number"]
    return found


def planned_customers() -> frozenset[ObjectId]:
    """The customers whom a development plan is to win (Art. 4.3)."""
    return frozenset(DevelopmentPlan.target_customers())


def year_before(today: date) -> datetime:
    """The first instant of the period that ends with the month of *today*."""
    first = month_of(today) - PERIOD + 1
    return clock.start_of(date(first // 12, first % 12 + 1, 1))


def payments_of(evidence: Evidence, disputes: Mapping[str, int]) -> Payments:
    """How a customer paid, and what was disputed."""
    return Payments(
        known=evidence.known,
        on_time=evidence.on_time,
        longest=evidence.longest,
        claims=disputes.get(ComplaintForm.CLAIM.value, 0),
        lawsuits=disputes.get(ComplaintForm.LAWSUIT.value, 0),
    )


def stored_customers() -> Iterator[dict[str, Any]]:
    """Every customer, as MongoDB keeps it, with no more than classing needs."""
    found: Iterator[dict[str, Any]] = collection_of(Customer).find(
        {}, dict.fromkeys(READ, 1), batch_size=READ_AT_ONCE
    )
    return found
