"""How long pages take for a salesperson with many customers, against somebody who sees all."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bson import ObjectId

from archive import clock, database
from archive.accounts.models import User
from archive.actor import Role
from archive.app import create_app
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import ComplaintStatus
from archive.communication.rules.visits import VisitStatus
from archive.contracts.models import Contract
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.database import Record, collection_of
from archive.filing.models import Attachment
from archive.storage import S3BlobStore
from bench.frame import Bench, Figure, median_of, p95_of
from bench.pages import (
    AT_ONCE,
    a_complaint,
    a_contract,
    a_person,
    a_visit,
    an_attachment,
    durations,
    signed_in,
)

CUSTOMERS, OWN = 20_000, 3_000
OTHER_SELLERS = 20
RECORDS = 25_000  # of each of four kinds
LIMIT_MS = 150
MOST_SLOWER = 1.3
CLOSED: dict[type[Record], str] = {
    Visit: VisitStatus.CLOSED.value,
    Complaint: ComplaintStatus.CLOSED.value,
}
WORDS = "华盛顺达通运联丰宏泰安远东方海鑫捷"


def measure(bench: Bench) -> list[Figure]:
    """Pages as a salesperson with 3,000 of 20,000 customers and 100,000 records (design, 5)."""
    settings = replace(bench.settings, mongodb_name="bench_seller")
    app = create_app(settings)
    S3BlobStore.from_settings(settings).make_bucket()
    database.create_indexes()
    seller = a_person("seller", Role.SALESPERSON)
    manager = a_person("manager", Role.SALES_MANAGER)
    desk = a_person("desk", Role.CUSTOMER_SERVICE)
    archive_number = fill(seller, manager)
    pages = {
        "home": ("/", desk),
        "customers": ("/customers", manager),
        "visits": ("/visits", manager),
        "complaints": ("/complaints", desk),
        "contracts": ("/contracts", manager),
        "one customer": (f"/customers/{archive_number}", manager),
    }
    figures = []
    own = signed_in(app, settings, seller)
    for name, (address, other) in pages.items():
        as_seller = durations([own], address)
        as_other = durations([signed_in(app, settings, other)], address)
        figures.append(Figure.below(f"{name}, salesperson, p95", p95_of(as_seller), "ms", LIMIT_MS))
        figures.append(
            Figure.below(
                f"{name}, salesperson against {other.username}",
                median_of(as_seller) / median_of(as_other),
                "x",
                MOST_SLOWER,
            )
        )
    return figures


def fill(seller: User, manager: User) -> str:
    """The company's customers and records; the archive number of one of *seller*'s."""
    customer = customers.open_archive(
        actor=seller.as_actor(), now=clock.now(), name="测试货运有限公司", address="测试路 1 号"
    )
    originals: list[tuple[type[Record], Record]] = [
        (Visit, a_visit(customer, seller)),
        (Complaint, a_complaint(customer, manager)),
        (Contract, a_contract(customer, seller)),
        (Attachment, an_attachment(customer, manager)),
    ]
    chance = random.Random(20260316)  # the same archive in every run
    others = [ObjectId() for _ in range(OTHER_SELLERS)]
    owners = {
        ObjectId(): seller.id if each < OWN else chance.choice(others) for each in range(CUSTOMERS)
    }
    keys = list(owners)

    def another_customer(number: int) -> dict[str, Any]:
        name = f"{''.join(chance.choices(WORDS, k=4))}{number}货运有限公司"
        return {
            "_id": keys[number],
            "name": name,
            "archive_number": f"KH-2020-{number:06d}",
            "customer_code": f"B{number:06d}",
            "salesperson_id": owners[keys[number]],
            **Customer(name=name).derive(),
        }

    put(Customer, customer, CUSTOMERS, another_customer)
    for model, original in originals:
        put(model, original, RECORDS, partial(a_record, model, chance, keys, owners))
    return str(customer.archive_number)


def a_record(
    model: type[Record],
    chance: random.Random,
    keys: list[ObjectId],
    owners: dict[ObjectId, ObjectId],
    number: int,
) -> dict[str, Any]:
    """What tells one record from the other; the newest twentieth is still open."""
    customer = chance.choice(keys)
    owner = owners[customer]
    times = ("visited_at", "heard_at", "created_at", "updated_at")
    facts = dict.fromkeys(times, clock.now() - timedelta(minutes=number)) | {
        "_id": ObjectId(),
        "number": f"N-{number:06d}",
        "customer_id": customer,
        "salesperson_id": owner,
        "recorded_by_id": str(owner),
        "handler_id": str(owner),
        "visitor_keys": [str(owner)],
    }
    if model in CLOSED and number > RECORDS / 20:
        facts |= {"status": CLOSED[model], "is_open": False}
    return facts


def put(
    model: type[Record], original: Record, total: int, another: Callable[[int], dict[str, Any]]
) -> None:
    """Write *total* copies of *original* that differ as *another* says; they carry no events."""
    stored = collection_of(model)
    pattern: dict[str, Any] = stored.find_one({"_id": original.id})
    pattern.pop("pending")
    for start in range(0, total, AT_ONCE):
        copies = (pattern | another(number) for number in range(start, start + AT_ONCE))
        stored.insert_many(copies, ordered=False)
