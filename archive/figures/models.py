"""The figures of one customer in one year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from bson import Decimal128, ObjectId
from mongoengine import EmbeddedDocument, EmbeddedDocumentListField, IntField, ObjectIdField

from archive import clock
from archive.actor import Actor, Right
from archive.customers.models import Customer, OfCustomer, Together
from archive.database import ExactField, MoneyField, collection_of
from archive.figures import rules


class MonthFigures(EmbeddedDocument):
    """月度业绩: amounts in yuan, weights in tonnes."""

    month = IntField(required=True, min_value=1, max_value=12)
    revenue = MoneyField()
    cost = MoneyField()
    profit = MoneyField()
    tonnage = ExactField(places=3)
    shipments = IntField()
    invoiced = MoneyField()
    received = MoneyField()
    days_late = IntField()

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self:
        """The month that MongoDB holds as *stored*."""
        return cls._from_son(stored)  # type: ignore[no-any-return]  # MongoEngine is untyped

    @property
    def known_profit(self) -> Decimal | None:
        """The profit, worked out where it was not given."""
        return rules.profit_of(self)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the month."""
        return all(getattr(self, name) is None for name in rules.FIELDS)


def as_stored(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is *said* of a month, by field, as MongoDB keeps it."""
    fields = MonthFigures._fields
    return {
        name: fields[name].to_mongo(value) if isinstance(value, Decimal) else value
        for name, value in said.items()
    }


def months_as_stored(given: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The months of a new year, as MongoDB keeps them, of which *given* says anything."""
    known = {
        number: {name: value for name, value in as_stored(said).items() if value is not None}
        for number, said in sorted(given.items())
    }
    return [{"month": number, **said} for number, said in known.items() if said]


class YearFigures(OfCustomer):
    """业绩 of a year; months of which nothing is known are left out."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "figures",
        "indexes": [
            {"fields": ["customer_id", "year"], "unique": True},
            ("salesperson_id", "year"),
            ("year", "id"),
            ("updated_at", "id"),
        ],
    }
    opens = Right.OPEN_FIGURES
    keeps = frozenset({"revenue_this_year", "revenue_last_year", "profit_this_year"})
    counts_for_all = True
    together = Together(by=("year",), rows="months", key="month")

    customer_id = ObjectIdField(required=True)
    year = IntField(required=True)
    planned_revenue = MoneyField()
    planned_profit = MoneyField()
    months = EmbeddedDocumentListField(MonthFigures)

    @property
    def caption(self) -> str:
        customer = self.customer
        return f"{customer.caption if customer else ''} {self.year}"

    def known_month(self, number: int) -> MonthFigures | None:
        """The month *number*, from 1, where anything is known of it."""
        return next((each for each in self.months if each.month == number), None)

    def month(self, number: int) -> MonthFigures:
        """The month *number*, from 1; an empty one where nothing is known of it."""
        return self.known_month(number) or MonthFigures(month=number)

    def all_months(self) -> list[MonthFigures]:
        """Twelve months."""
        return [self.month(number) for number in rules.MONTHS]

    @classmethod
    def of_year(cls, customer: Customer, year: int) -> "YearFigures":
        """The figures of *customer* in *year*; unwritten where nothing is known of it."""
        found = cls.objects(customer_id=customer.id, year=year).first()
        return found or cls(customer_id=customer.id, year=year, revision=0)

    @classmethod
    def months_of(cls, customer: Customer, last: date, count: int) -> list["MonthOfYear"]:
        """The last *count* months of *customer* up to that of *last*, the earliest first."""
        wanted = rules.months_before(last, count)
        found = cls.objects(customer_id=customer.id, year__in=list({year for year, _ in wanted}))
        years = {each.year: each for each in found}
        empty = cls(customer_id=customer.id, year=0)
        return [
            MonthOfYear(year, month, years.get(year, empty).month(month)) for year, month in wanted
        ]

    @classmethod
    def by_customer_and_year(
        cls, wanted: Iterable[tuple[Any, int]]
    ) -> dict[tuple[Any, int], "YearFigures"]:
        """The figures of each customer and year of *wanted*, in one query."""
        pairs = set(wanted)
        found = cls.objects(
            customer_id__in=list({customer for customer, _ in pairs}),
            year__in=list({year for _, year in pairs}),
        )
        return {
            (each.customer_id, each.year): each
            for each in found
            if (each.customer_id, each.year) in pairs
        }

    @classmethod
    def kept_for(cls, customers: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """What each of *customers* brings this year, and brought last year."""
        year = clock.local(clock.now()).year
        wanted = {"customer_id": {"$in": list(customers)}, "year": {"$in": [year - 1, year]}}
        made: dict[Any, dict[str, Any]] = {}
        for row in collection_of(cls).aggregate([{"$match": wanted}, *_BY_YEAR]):
            kept = made.setdefault(row["_id"]["customer"], {})
            is_this = row["_id"]["year"] == year
            kept["revenue_this_year" if is_this else "revenue_last_year"] = _known(row, "revenue")
            if is_this:
                kept["profit_this_year"] = _known(row, "profit")
        return made


def _known(row: Mapping[str, Any], name: str) -> Decimal128 | None:
    """The sum of *name*, as MongoDB keeps it; None where nothing is known of it."""
    return None if row[f"any_{name}"] is None else row[name]


class MonthOfYear:
    """A month with the year that it is in."""

    def __init__(self, year: int, month: int, figures: MonthFigures) -> None:
        self.year, self.number, self.figures = year, month, figures

    @property
    def label(self) -> str:
        """2026-03"""
        return f"{self.year}-{self.number:02d}"


@dataclass
class Sums:
    """What customers brought together in a span of months; 0 where nothing is known."""

    customers: int = 0
    revenue: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    profit: Decimal = Decimal(0)
    tonnage: Decimal = Decimal(0)
    shipments: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(self))
        )


def last_month_of(year: int, who: Actor) -> int:
    """The last month of *year* of which anything is known that *who* may see; 0 for none."""
    last = {"$max": {"$max": "$months.month"}}
    found = (
        YearFigures.visible_to(who)
        .filter(year=year)
        .aggregate([{"$group": {"_id": None, "last": last}}])
    )
    return next((each["last"] or 0 for each in found), 0)


def sums_by_customer(year: int, through: int, who: Actor) -> dict[ObjectId, Sums]:
    """What each customer that *who* may see brought from January of *year* through a month."""
    rows = (
        YearFigures.visible_to(who)
        .filter(year=year)
        .aggregate(
            [
                {"$unwind": "$months"},
                {"$match": {"months.month": {"$lte": through}}},
                {"$group": {"_id": "$customer_id", **_SUMS}},
            ]
        )
    )
    return {row["_id"]: _as_sums(row, customers=1) for row in rows}


def sums_by_month(months: Sequence[tuple[int, int]], who: Actor) -> dict[tuple[int, int], Sums]:
    """What all customers that *who* may see brought in each of *months*, as (year, month)."""
    years = sorted({year for year, _ in months})
    rows = (
        YearFigures.visible_to(who)
        .filter(year__in=years)
        .aggregate(
            [
                {"$unwind": "$months"},
                {
                    "$group": {
                        "_id": {"y": "$year", "m": "$months.month"},
                        "n": {"$sum": 1},
                        **_SUMS,
                    }
                },
            ]
        )
    )
    found = {(row["_id"]["y"], row["_id"]["m"]): _as_sums(row, row["n"]) for row in rows}
    return {month: found[month] for month in months if month in found}


def sums_of_all(year: int, through: int) -> Sums:
    """What all customers together brought from January of *year* through a month."""
    rows = YearFigures.objects(year=year).aggregate(
        [
            {"$project": {"months": True}},
            {"$unwind": "$months"},
            {"$match": {"months.month": {"$lte": through}}},
            {"$group": {"_id": None, **_SUMS}},
        ]
    )
    return next((_as_sums(row, customers=0) for row in rows), Sums())


_PROFIT = {"$ifNull": ["$months.profit", {"$subtract": ["$months.revenue", "$months.cost"]}]}
_BY_YEAR = (
    {"$unwind": "$months"},
    {
        "$group": {
            "_id": {"customer": "$customer_id", "year": "$year"},
            "revenue": {"$sum": "$months.revenue"},
            "any_revenue": {"$max": "$months.revenue"},
            "profit": {"$sum": _PROFIT},
            "any_profit": {"$max": _PROFIT},
        }
    },
)
_SUMS = {
    **{name: {"$sum": f"$months.{name}"} for name in ("revenue", "cost", "tonnage", "shipments")},
    "profit": {"$sum": _PROFIT},
}


def _as_sums(row: Mapping[str, Any], customers: int) -> Sums:
    amounts = {
        name: value.to_decimal() if isinstance(value := row[name], Decimal128) else Decimal(value)
        for name in ("revenue", "cost", "profit", "tonnage")
    }
    return Sums(customers=customers, shipments=int(row["shipments"]), **amounts)
