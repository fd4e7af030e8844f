"""How long the pages take that people open all day, and how that grows with the archive."""

import random
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from bson import Decimal128, ObjectId
from flask import Flask
from flask.testing import FlaskClient

from archive import clock, database
from archive.accounts import service as accounts
from archive.accounts.models import User
from archive.actor import SYSTEM, Role
from archive.app import create_app
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import ComplaintForm
from archive.communication.rules.visits import VisitKind
from archive.communication.service import complaints, visits
from archive.config import Settings
from archive.contracts.models import Contract, DraftVersion
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.customers.rules import Industry, Nature, Region, Relationship
from archive.customers.rules.classes import Contribution
from archive.database import Record, collection_of
from archive.figures.models import YearFigures
from archive.filing.models import Attachment, Version
from archive.filing.rules import AttachmentKind, Confidentiality
from archive.recognition import FileType
from archive.storage import S3BlobStore
from archive.terms import Term
from bench.frame import Bench, Figure, median_of, p95_of, seconds

FEW, MANY = 10_000, 100_000
ATTACHMENTS, MEETINGS, GRIEVANCES = 200, 300, 200
ROUNDS = 40
LIMIT_MS = 150
FIVE_FILTERS = (
    "/customers?region=31&region=32&region=33&relationship=cooperating_old&nature=private"
    "&contribution=ordinary&licence_to=2028-06-30&sort=-revenue"
    "&columns=name&columns=salesperson&columns=licence&columns=revenue&columns=profit"
)
MONTHS = 12
KINDS = 50  # of years, as a company has them
AT_ONCE = 5_000
SORTS: dict[str, type[Term]] = {
    "region": Region,
    "industry": Industry,
    "nature": Nature,
    "relationship": Relationship,
    "contribution": Contribution,
}
MOST_GROWTH = 1.3


def measure(bench: Bench) -> list[Figure]:
    """The pages' limits (design, section 5), asked as a salesperson and as a custodian."""
    settings = replace(bench.settings, mongodb_name="bench_pages")
    app = create_app(settings)
    S3BlobStore.from_settings(settings).make_bucket()
    database.create_indexes()
    seller, keeper = a_person("seller", Role.SALESPERSON), a_person("keeper", Role.CUSTODIAN)
    archive_number = fill_one(seller, keeper)
    both = [signed_in(app, settings, each) for each in (seller, keeper)]
    manager = [signed_in(app, settings, a_person("manager", Role.SALES_MANAGER))]
    pages = {
        "home": ("/", both),
        "customer list": ("/customers", both),
        "completeness": ("/completeness", both),
        "one customer": (f"/customers/{archive_number}", both),
        "its attachments": (f"/customers/{archive_number}/attachments", both),
        "its time line": (f"/customers/{archive_number}/communication", both),
        "its figures": (f"/customers/{archive_number}/figures", both),
        "five filters": (FIVE_FILTERS, [both[0], *manager]),
        "dashboard": ("/dashboard", manager),
    }
    figures, medians = [], {}
    for total in (FEW, MANY):
        record_figures(multiply(Customer, total, seller))
        for name, (url, clients) in pages.items():
            taken = durations(clients, url)
            medians[name, total] = median_of(taken)
            label = f"{name}, {total:,} customers, p95"
            figures.append(Figure.below(label, p95_of(taken), "ms", LIMIT_MS))
    growths = {name: medians[name, MANY] / medians[name, FEW] for name in pages}
    return figures + [
        Figure.below(f"{name}, {MANY:,} against {FEW:,}", growth, "x", MOST_GROWTH)
        for name, growth in growths.items()
    ]


def a_person(username: str, role: Role) -> User:
    """Someone who opens pages."""
    return accounts.create_user(
        actor=SYSTEM,
        now=clock.now(),
        username=username,
        name=username,
        password=secrets.token_urlsafe(),
        roles=[role],
    )


def signed_in(app: Flask, settings: Settings, user: User) -> FlaskClient:
    """A browser of *user*'s."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = accounts.begin_sign_in(user, now=clock.now(), settings=settings)
    return client


def durations(clients: list[FlaskClient], url: str) -> list[float]:
    """Milliseconds of each of many openings of *url*."""

    def open_page(client: FlaskClient) -> None:
        answer = client.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status}")

    for client in clients:
        open_page(client)
    return [
        seconds(lambda client=client: open_page(client)) * 1000  # type: ignore[misc]  # bound now
        for _round in range(ROUNDS)
        for client in clients
    ]


def fill_one(seller: User, keeper: User) -> str:
    """One customer with much in its file; returns its archive number."""
    now = clock.now()
    customer = customers.open_archive(
        actor=seller.as_actor(), now=now, name="测试货运有限公司", address="测试路 1 号"
    )
    visit = a_visit(customer, seller)
    complaint = a_complaint(customer, seller)
    attachment = an_attachment(customer, keeper)
    clone(Visit, visit, MEETINGS)
    clone(Complaint, complaint, GRIEVANCES)
    clone(Attachment, attachment, ATTACHMENTS)
    return str(customer.archive_number)


def a_visit(customer: Customer, seller: User) -> Visit:
    """A visit that *seller* made."""
    now = clock.now()
    return visits.record_visit(
        customer,
        actor=seller.as_actor(),
        now=now,
        kind=VisitKind.ROUTINE,
        visited_at=now,
        purpose="了解下半年货量",
    )


def a_complaint(customer: Customer, who: User) -> Complaint:
    """A complaint that *who* heard."""
    now = clock.now()
    return complaints.record_complaint(
        actor=who.as_actor(),
        now=now,
        form=ComplaintForm.COMPLAINT,
        heard_at=now,
        content="到货比约定晚了一天，没有提前通知。",
        customer_name=customer.customer_code,
    )


def a_contract(customer: Customer, seller: User) -> Contract:
    """What drafting leaves behind; its Word file is not asked for here."""
    now = clock.now()
    draft = DraftVersion(
        number=1,
        template_id=ObjectId(),
        template_name="运输合同",
        template_version=1,
        sha256="0" * 64,
        size=40_000,
        made_at=now,
        made_by_id=seller.key,
        made_by_name=seller.name,
    )
    return Contract.open_new(
        seller.as_actor(),
        now,
        "contract.drafted",
        {
            "number": "HT-2026-00001",
            "title": "年度运输合同",
            "customer_id": customer.id,
            "customer_name": customer.name,
            "handler_id": seller.key,
            "handler_name": seller.name,
            "amount": Decimal("126800.50"),
            "drafts": [draft],
        },
    )


def an_attachment(customer: Customer, keeper: User) -> Attachment:
    """What filing leaves behind; its bytes are not asked for here."""
    now = clock.now()
    version = Version(
        number=1,
        deposit_id=ObjectId(),
        filed_at=now,
        filed_by_id=keeper.key,
        filed_by_name=keeper.name,
        sha256="0" * 64,
        size=1_000_000,
        original_name="scan.jpg",
        file_type=FileType.JPEG,
        pages=1,
    )
    return Attachment.open_new(
        keeper.as_actor(),
        now,
        "attachment.filed",
        {
            "customer_id": customer.id,
            "kind": AttachmentKind.VISIT_RECORD,
            "title": "拜访记录",
            "confidentiality": Confidentiality.INTERNAL,
            "versions": [version],
        },
    )


def clone(model: type[Record], record: Record, total: int) -> None:
    """Put copies of *record* beside it until there are *total*; they carry no events."""
    stored = collection_of(model)
    original = stored.find_one({"_id": record.id})
    original.pop("pending")
    stored.insert_many(
        original | {"_id": ObjectId(), "number": f"{original.get('number')}-{each}"}
        for each in range(total - 1)
    )


def multiply(model: type[Customer], total: int, seller: User) -> dict[ObjectId, ObjectId]:
    """Fill up to *total* customers of all sorts, every 200th *seller*'s; whose the new ones are."""
    chance = random.Random(20260316)  # the same archive in every run
    stored = collection_of(model)
    original: dict[str, Any] = stored.find_one(
        {"archive_number": model.objects.first().archive_number}
    )
    original.pop("pending")
    named = model()  # one object for what follows from all the names

    def another(number: int) -> dict[str, Any]:
        words = chance.choices("华盛顺达通运联丰宏泰安远东方海鑫捷", k=4)
        named.name = f"{''.join(words)}{number}货运有限公司"
        return original | {
            "_id": ObjectId(),
            "name": named.name,
            **named.derive(),
            "archive_number": f"KH-2020-{number:06d}",
            "customer_code": f"B{number:06d}",
            **{name: chance.choice(list(term)).value for name, term in SORTS.items()},
            "licence_valid_until": datetime(2026, 1, 1, tzinfo=UTC)
            + timedelta(days=chance.randrange(1500)),
            "revenue_this_year": Decimal128(f"{chance.randrange(10**8) / 100:.2f}"),
            "profit_this_year": Decimal128(f"{chance.randrange(10**7) / 100:.2f}"),
            "salesperson_id": seller.id if number % 200 == 0 else ObjectId(),
        }

    owners: dict[ObjectId, ObjectId] = {}
    stored.drop_indexes()  # made once at the end, they take a fraction of the time
    for start in range(stored.estimated_document_count(), total, AT_ONCE):
        some = [another(number) for number in range(start, min(start + AT_ONCE, total))]
        stored.insert_many(some)
        owners |= {each["_id"]: each["salesperson_id"] for each in some}
    model.ensure_indexes()
    return owners


def record_figures(owners: dict[ObjectId, ObjectId]) -> None:
    """The figures of 24 months for each of the customers whose *owners* are given."""
    chance = random.Random(20260316)
    sorts = [[a_month(month, chance) for month in range(1, MONTHS + 1)] for _ in range(KINDS)]
    years = (
        {"_id": ObjectId(), "customer_id": customer, "salesperson_id": owner,
         "year": year, "revision": 1, "months": chance.choice(sorts)}
        for customer, owner in owners.items()
        for year in (2025, 2026)
    )  # fmt: skip
    while some := list(islice(years, AT_ONCE)):
        collection_of(YearFigures).insert_many(some, ordered=False)


def a_month(month: int, chance: random.Random) -> dict[str, Any]:
    """What a customer brought in a month, as MongoDB keeps it."""
    return {
        "month": month,
        "revenue": Decimal128(f"{chance.randrange(10**7) / 100:.2f}"),
        "cost": Decimal128(f"{chance.randrange(10**6) / 100:.2f}"),
        "tonnage": Decimal128(f"{chance.randrange(10**5) / 1000:.3f}"),
        "shipments": chance.randrange(200),
    }
