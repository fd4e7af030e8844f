"""Two archives of one company, with records of every chapter."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from mongoengine.connection import get_db

from archive.actor import Actor, Role
from archive.blobs.models import places
from archive.contracts.samples import a_draft
from archive.figures.service import record_months
from archive.filing.rules import AttachmentKind
from archive.filing.service.deciding import file_deposit
from archive.seams import Seams
from archive.trail.collecting import collect_all
from archive.upkeep.rules import Choice
from archive.upkeep.service.merging import merge
from tests.builders import a_complaint, a_customer, a_user, a_visit
from tests.filing.conftest import custodian, facts_of, receive, spool  # noqa: F401  # fixtures

Two = SimpleNamespace

BESIDE = ("revision", "updated_at", "pending", "asked")  # bookkeeping of writes
NOT_OF_ARCHIVES = ("counters", "turns", "trail", "history", "merges", "set_aside", "users")


def everything() -> dict[tuple[str, Any], dict[str, Any]]:
    """Every document of every collection, without what each write moves on."""
    found = {}
    for name in get_db().list_collection_names():
        if name in NOT_OF_ARCHIVES:
            continue
        for document in get_db()[name].find():
            kept = {field: value for field, value in document.items() if field not in BESIDE}
            found[name, document["_id"]] = kept
    return found


def bytes_named(parts: Seams) -> dict[str, bytes]:
    """The bytes of every blob that any document names."""
    digests = set()
    for collection, path in places():
        digests |= set(get_db()[collection].distinct(path))
    found = {}
    for each in filter(None, digests):
        found[each] = parts.blobs.read(each)
    assert found
    return found


def has_moved(name: str, document: dict[str, Any], source: Any, target: Any) -> dict[str, Any]:
    """*document* as it is once it belongs to *target* instead of *source*."""
    if document.get("customer_id") == source.id:
        document = {**document, "customer_id": target.id}
        document.pop("salesperson_id", None)
        if target.salesperson_id:
            document["salesperson_id"] = target.salesperson_id
    if name == "deposits" and document.get("filing", {}).get("customer_id") == source.id:
        document = {**document, "filing": {**document["filing"], "customer_id": target.id}}
    return document


@pytest.fixture
def manager(empty_site: Any) -> Actor:
    """Somebody who may merge, and assign customers."""
    return a_user(Role.SALES_MANAGER).as_actor()


@pytest.fixture
def two(empty_site: Any, now: datetime) -> Two:
    """Two archives of one company, with a visit, a complaint and figures of a month in both."""
    first, second = a_user(Role.SALESPERSON), a_user(Role.SALESPERSON)
    kept = a_customer("华盛机械有限公司", salesperson=first, address="上海市", phone="021-65550001")
    other = a_customer(
        "上海华盛机械制造有限公司",
        salesperson=second,
        credit_code="91110000600037341L",
        address="上海市宝山区",
        contacts=[{"name": "王明", "phone": "13800001234", "is_responsible": True}],
    )
    visit, complaint = a_visit(other), a_complaint(other)
    maker = a_user(Role.CUSTODIAN).as_actor()
    for customer, months in (
        (kept, {1: {"revenue": Decimal(10)}, 2: {"revenue": Decimal(20)}}),
        (other, {2: {"revenue": Decimal(25)}, 3: {"revenue": Decimal(30)}}),
    ):
        record_months(customer, 2026, months, actor=maker, now=now)
    record_months(other, 2025, {12: {"revenue": Decimal(5)}}, actor=maker, now=now)
    collect_all()
    return SimpleNamespace(
        kept=kept, other=other, first=first, second=second, visit=visit, complaint=complaint
    )


@pytest.fixture
def whole(
    two: Two,
    receive: Callable[..., Any],  # noqa: F811
    custodian: Actor,  # noqa: F811
    parts: Seams,
    now: datetime,
) -> Two:
    """The two, and a paper and a draft of the second."""
    maker = a_user(*(role for role in Role)).as_actor()
    given = SimpleNamespace(seams=parts, now=now, maker=maker)
    file_deposit(
        receive(), two.other.key, facts_of(AttachmentKind.LICENCE), actor=custodian, now=now
    )
    a_draft(two.other, given)  # type: ignore[arg-type]  # all that it reads
    collect_all()
    return two


def merged(two: Two, actor: Actor, now: datetime, **given: Any) -> Any:
    """The two, merged; the clash of February settled for the other archive."""
    call: dict[str, Any] = {
        "reason": "重复建档",
        "seen": (two.kept.revision, two.other.revision),
        "choices": {"credit_code": Choice.OTHER, "address": Choice.OTHER},
        "rows": {"figures-2026-2": Choice.OTHER},
        **given,
    }
    return merge(two.kept, two.other, actor=actor, now=now, **call)
