"""Exports: a list of 100,000 rows as a file, in memory that does not grow with it."""

import resource
from dataclasses import replace

from archive import clock, database
from archive.actor import Role
from archive.app import create_app
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.storage import S3BlobStore
from bench.frame import Bench, Figure, seconds
from bench.pages import a_person, multiply, signed_in

ROWS = 100_000
MOST_MEMORY = 60
"""Megabytes above what a file of 1,000 rows takes."""
FEWEST_A_SECOND = 2_000
KIB = 1024


def measure(bench: Bench) -> list[Figure]:
    """Rows a second, and the most memory above that of a short file."""
    settings = replace(bench.settings, mongodb_name="bench_export")
    app = create_app(settings)
    S3BlobStore.from_settings(settings).make_bucket()
    database.create_indexes()
    manager = a_person("manager", Role.SALES_MANAGER)
    customers.open_archive(actor=manager.as_actor(), now=clock.now(), name="测试货运有限公司")
    client = signed_in(app, settings, manager)

    def take(kind: str) -> int:
        answer = client.get(f"/customers?export={kind}", buffered=False)
        return sum(map(len, answer.iter_encoded()))

    multiply(Customer, 1_000, manager)
    for kind in ("csv", "xlsx"):
        take(kind)
    before = peak()
    multiply(Customer, ROWS, manager)
    before = max(before, peak())
    figures = []
    for kind in ("csv", "xlsx"):
        took = seconds(lambda kind=kind: take(kind))  # type: ignore[misc]  # bound now
        figures.append(
            Figure.at_least(f"{kind} of {ROWS:,} rows", ROWS / took, "rows/s", FEWEST_A_SECOND)
        )
    figures.append(Figure.below("memory, above a short file", peak() - before, "MB", MOST_MEMORY))
    return figures


def peak() -> float:
    """The most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
