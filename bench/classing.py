"""Computing the classes of 10,000 customers with 24 months of figures each."""

from dataclasses import replace
from datetime import date

from bson import Decimal128, ObjectId

from archive import clock, database
from archive.actor import Role
from archive.app import create_app
from archive.classing import service
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.database import collection_of
from archive.figures.models import YearFigures
from archive.storage import S3BlobStore
from bench.frame import Bench, Figure, seconds
from bench.pages import a_person, multiply

CUSTOMERS = 10_000
KINDS = 400
"""Customers that differ."""
WINDOW = 6
SLOWEST_SECONDS = 10.0


def measure(bench: Bench) -> list[Figure]:
    """Seconds of the first time, when every class is new, and of one that changes nothing."""
    settings = replace(bench.settings, mongodb_name="bench_classing")
    create_app(settings)
    S3BlobStore.from_settings(settings).make_bucket()
    database.create_indexes()
    custodian = a_person("custodian", Role.CUSTODIAN)
    customers.open_archive(actor=custodian.as_actor(), now=clock.now(), name="测试货运有限公司")
    multiply(Customer, CUSTOMERS, custodian)
    bring_figures(clock.local_day(clock.now()))
    first = seconds(compute)
    again = seconds(compute)
    assert Customer.objects(contribution=None).count() == 0
    return [
        Figure.below(f"{CUSTOMERS:,} customers, all changed", first, "s", SLOWEST_SECONDS),
        Figure.below(f"{CUSTOMERS:,} customers, none changed", again, "s", SLOWEST_SECONDS),
    ]


def compute() -> None:
    """Compute all classes."""
    service.compute_classes(now=clock.now(), window=WINDOW)


def bring_figures(today: date) -> None:
    """24 months for every customer, and those of this year so far."""
    now, documents = clock.now(), []
    months_of = [[month_of(place, month) for month in range(1, 13)] for place in range(KINDS)]
    for place, key in enumerate(Customer.objects.order_by("id").scalar("id")):
        for year in range(today.year - 2, today.year + 1):
            last = today.month if year == today.year else 12
            first = today.month + 1 if year == today.year - 2 else 1
            months = months_of[place % KINDS][first - 1 : last]
            documents.append(
                {"_id": ObjectId(), "customer_id": key, "year": year, "months": months,
                 "revision": 1, "created_at": now, "updated_at": now}
            )  # fmt: skip
    collection_of(YearFigures).insert_many(documents, ordered=False)


def month_of(place: int, month: int) -> dict[str, object]:
    """The figures of one month of the customer at *place*: a few bring much, most little."""
    revenue = 2_000_000 // (place + 20) + month * 10
    return {
        "month": month,
        "revenue": Decimal128(f"{revenue}.50"),
        "cost": Decimal128(f"{revenue * 8 // 10}.25"),
        "tonnage": Decimal128(f"{revenue // 300}.500"),
        "shipments": 1 + revenue // 1000,
        "invoiced": Decimal128(f"{revenue}.50"),
        "received": Decimal128(f"{revenue}.00"),
        "days_late": (place + month) % 7,
    }
