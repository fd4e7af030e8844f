"""What the classes are computed from, read in bulk."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bson import Decimal128, ObjectId

from archive import clock
from archive.classing.rules import PERIOD, Evidence, Payments, month_of
from archive.communication.models import Complaint
from archive.communication.rules.complaints import ComplaintForm
from archive.customers.models import Customer
from archive.database import collection_of
from archive.figures.models import YearFigures
from archive.figures.rules import profit_of

READ_AT_ONCE = 2000
MONEY = ("revenue", "cost", "profit", "tonnage")
MONTH = {f"months.{name}": 1 for name in ("month", *MONEY, "shipments", "days_late")}
READ = (
    "name", "archive_number", "revision", "relationship", "contribution", "maintenance", "credit",
    "keeper_name", "standings", "decisions", "cooperation_started_on", "cooperation_ended_on",
)  # fmt: skip
DISPUTES = (ComplaintForm.CLAIM.value, ComplaintForm.LAWSUIT.value)


class Month:
    """A month's money, as the rule of profit takes it."""

    __slots__ = ("cost", "profit", "revenue")

    def __init__(self, figures: Mapping[str, Any]) -> None:
        self.revenue: Decimal | None = figures.get("revenue")
        self.cost: Decimal | None = figures.get("cost")
        self.profit: Decimal | None = figures.get("profit")


def evidence_until(today: date) -> dict[ObjectId, Evidence]:
    """What the figures of each customer add up to, months after *today* left out."""
    now = month_of(today)
    found: dict[ObjectId, Evidence] = {}
    stored = collection_of(YearFigures).find(
        {"year": {"$lte": today.year}},
        {"customer_id": 1, "year": 1, **MONTH},
        batch_size=READ_AT_ONCE,
    )
    for year in stored:
        evidence = found.setdefault(year["customer_id"], Evidence())
        for each in year.get("months", ()):
            month = year["year"] * 12 + each["month"] - 1
            if month <= now:
                figures = {name: plain(value) for name, value in each.items()}
                evidence.add(month, now, figures, profit_of(Month(figures)))
    return found


def plain(value: Any) -> Any:
    """*value* as Python reckons with it."""
    return value.to_decimal() if isinstance(value, Decimal128) else value


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
