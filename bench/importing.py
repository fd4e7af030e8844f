"""Bringing in 100,000 rows of monthly figures, in memory that does not grow with them."""

import hashlib
import time
from dataclasses import replace
from pathlib import Path

import xlsxwriter

from archive import clock, database
from archive.actor import Actor, Role
from archive.app import create_app
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.importing import service
from archive.importing.models import Import
from archive.importing.serving import kind_called
from archive.importing.tasks import work
from archive.seams import Seams
from archive.storage import S3BlobStore
from bench.export import memory
from bench.frame import Bench, Figure
from bench.pages import a_person, multiply

ROWS = 100_000
SHORT = 1_200
HEAD = ("客户编码", "年月", "营业收入", "成本", "货量", "票数", "开票", "回款", "逾期天数")
SLOWEST_SECONDS = 60.0
MOST_MEMORY = 60
"""Megabytes above what is held after a short list."""


def measure(bench: Bench) -> list[Figure]:
    """Seconds from the check to the last row written, and memory above a short list's."""
    settings = replace(bench.settings, mongodb_name="bench_importing")
    app = create_app(settings)
    S3BlobStore.from_settings(settings).make_bucket()
    database.create_indexes()
    custodian = a_person("custodian", Role.CUSTODIAN)
    customers.open_archive(actor=custodian.as_actor(), now=clock.now(), name="测试货运有限公司")
    multiply(Customer, ROWS // 12, custodian)
    codes = list(Customer.objects.order_by("id").scalar("customer_code"))
    parts: Seams = app.extensions["archive.seams"]
    with app.app_context():
        bring_in(bench.folder, codes[: SHORT // 12], "2024", parts, custodian.as_actor())
        before = memory()
        checked, written = bring_in(
            bench.folder, codes[: ROWS // 12], "2025", parts, custodian.as_actor()
        )
    return [
        Figure.below(f"{ROWS:,} rows checked and written", checked + written, "s", SLOWEST_SECONDS),
        Figure.below(f"memory for {ROWS:,} rows", memory() - before, "MB", MOST_MEMORY),
    ]


def bring_in(
    folder: Path, codes: list[str], year: str, parts: Seams, actor: Actor
) -> tuple[float, float]:
    """Seconds that checking and writing a list of twelve months for each of *codes* take."""
    path = folder / f"{year}.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for at in range(len(codes) * 12):
        month = f"{year}-{at % 12 + 1:02d}"
        row = (codes[at // 12], month, 12000.5 + at, 9000.25 + at, 32.5, 12, 12000, 11000, 3)
        sheet.write_row(at + 1, 0, row)
    book.close()
    content = path.read_bytes()
    kind = kind_called("figures")
    now = clock.now()
    given = service.receive(
        path,
        kind=kind,
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        language="zh",
        actor=actor,
        now=now,
        blobs=parts.blobs,
        recognition=parts.recognition,
    )
    started = time.perf_counter()
    service.choose_columns(given, given.columns, kind=kind, actor=actor, now=now)
    work(given.key)
    checked = time.perf_counter() - started
    given = Import.find(given.key)
    started = time.perf_counter()
    service.begin_writing(given, kind=kind, actor=actor, now=now)
    work(given.key)
    written = time.perf_counter() - started
    print(f"  checked in {checked:.1f} s, written in {written:.1f} s")
    assert Import.find(given.key).written().count() == len(codes) * 12
    return checked, written
