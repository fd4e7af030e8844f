"""Exports: a list of 100,000 rows as a file, in memory that does not grow with it."""

import resource
import time
from dataclasses import replace
from pathlib import Path

from archive import clock, database
from archive.actor import Role
from archive.app import create_app
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.storage import S3BlobStore
from bench.frame import Bench, Figure
from bench.pages import a_person, multiply, signed_in

KINDS = ("csv", "xlsx")
SHORT, ROWS = 1_000, 100_000
MOST_MEMORY = 60
"""Megabytes above what is held before, with files of 1,000 rows sent."""
FEWEST_A_SECOND = 2_000
MIB = 1024 * 1024


def measure(bench: Bench) -> list[Figure]:
    """Rows a second, and the most memory above that of a short file."""
    settings = replace(bench.settings, mongodb_name="bench_export")
    app = create_app(settings)
    S3BlobStore.from_settings(settings).make_bucket()
    database.create_indexes()
    manager = a_person("manager", Role.SALES_MANAGER)
    customers.open_archive(actor=manager.as_actor(), now=clock.now(), name="测试货运有限公司")
    client = signed_in(app, settings, manager)

    def take(kind: str) -> float:
        """The most memory that is held while the file is sent."""
        answer = client.get(f"/customers?export={kind}", buffered=False)
        return max(memory() for place, _ in enumerate(answer.iter_encoded()) if place % 500 == 0)

    multiply(Customer, SHORT, manager)
    for kind in KINDS:
        take(kind)
    multiply(Customer, ROWS, manager)
    figures, before, most = [], memory(), 0.0
    for kind in KINDS:
        started = time.perf_counter()
        most = max(most, take(kind))
        rate = ROWS / (time.perf_counter() - started)
        figures.append(Figure.at_least(f"{kind} of {ROWS:,} rows", rate, "rows/s", FEWEST_A_SECOND))
    figures.append(
        Figure.below(f"memory for {ROWS:,} rows, above idle", most - before, "MB", MOST_MEMORY)
    )
    return figures


def memory() -> float:
    """What this process holds now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / MIB
