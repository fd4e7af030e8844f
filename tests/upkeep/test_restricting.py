"""An archive that is only kept and protected: nobody uses it, and nothing of it is lost."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from mongoengine.connection import get_db

from archive import clock
from archive.actor import Actor, Role
from archive.blobs.models import BlobReference
from archive.communication.models import Visit
from archive.contracts.samples import a_draft
from archive.customers.models import Customer
from archive.errors import NotFound, NotPermitted
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.filing.service.deciding import file_deposit
from archive.seams import Seams
from archive.trail.collecting import collect_all
from archive.trail.models import TrailEntry
from archive.upkeep.errors import CodeInUse, NotRestricted
from archive.upkeep.models import Restriction, Withheld
from archive.upkeep.rules import RestrictionState
from archive.upkeep.service import restricting
from archive.upkeep.service.restricting import lift, restrict
from archive.upkeep.tasks import carry_on_restrictions
from tests.browser import submit
from tests.builders import a_complaint, a_customer, a_user, a_visit
from tests.filing.conftest import custodian, facts_of, receive, spool  # noqa: F401  # fixtures
from tests.upkeep.conftest import bytes_named

pytestmark = pytest.mark.slow

ClientAs = Callable[..., FlaskClient]
NAME, CODE = "演示百川机械有限公司", "91110000600037341L"
BESIDE = ("revision", "updated_at", "pending", "asked")
NOT_OF_ARCHIVES = ("counters", "turns", "trail", "history", "restrictions", "users", "sessions",
                   "blob_references")  # fmt: skip


def everything() -> dict[tuple[str, Any], dict[str, Any]]:
    """Every document of every collection, without what each write moves on."""
    found = {}
    for name in get_db().list_collection_names():
        if name not in NOT_OF_ARCHIVES:
            for document in get_db()[name].find():
                kept = {key: value for key, value in document.items() if key not in BESIDE}
                found[name, document["_id"]] = kept
    return found


@pytest.fixture
def one(
    empty_site: Flask,
    receive: Callable[..., Any],  # noqa: F811
    custodian: Actor,  # noqa: F811
    parts: Seams,
    now: datetime,
) -> Any:
    """A customer with a visit, a complaint, a paper and a draft; and another one."""
    seller = a_user(Role.SALESPERSON)
    customer = a_customer(NAME, salesperson=seller, credit_code=CODE, phone="021-65550001")
    a_customer("演示远航电器有限公司", salesperson=seller)
    visit, complaint = a_visit(customer), a_complaint(customer)
    file_deposit(
        receive(), customer.key, facts_of(AttachmentKind.LICENCE), actor=custodian, now=now
    )
    maker = a_user(*Role).as_actor()
    a_draft(customer, SimpleNamespace(seams=parts, now=now, maker=maker))  # type: ignore[arg-type]
    collect_all()
    return SimpleNamespace(
        customer=Customer.find(customer.key), seller=seller, visit=visit, complaint=complaint,
        keeper=custodian,
    )  # fmt: skip


def restricted(one: Any, reason: str = "客户要求停止处理") -> Restriction:
    return restrict(one.customer, actor=one.keeper, now=clock.now(), reason=reason)


LISTS = (
    "/", "/customers", "/customers?view=directory", "/completeness", "/visits", "/complaints",
    "/contracts", "/figures", "/development", "/losses", "/classes", "/merges", "/handovers",
    "/lists/runs", "/intake", "/tasks", "/notices?tab=all", "/dashboard", "/imports",
    "/search?q=百川机械", "/search?q=" + CODE, "/customers/suggest?q=百川",
    "/customers?export=csv", "/visits?export=csv", "/complaints?export=csv",
    "/contracts?export=csv", "/completeness?export=csv",
)  # fmt: skip
APIS = (
    "/api/v1/customers?q=百川", "/api/v1/visits", "/api/v1/complaints", "/api/v1/contracts",
    "/api/v1/completeness", "/api/v1/search?q=百川机械", "/api/v1/merges", "/api/v1/handovers",
)  # fmt: skip


def test_nobody_finds_a_restricted_archive_anywhere(
    one: Any,
    client_as: ClientAs,
    token_as: Callable[..., dict[str, str]],
    index_all: Callable[[], None],
) -> None:
    number = one.customer.archive_number
    users = {role: a_user(role) for role in Role} | {Role.SALESPERSON: one.seller}
    roles = [role for role in Role if role not in (Role.AUDITOR, Role.ADMINISTRATOR)]
    index_all()

    def holding(role: Role, addresses: tuple[str, ...], **more: Any) -> set[str]:
        client, found = client_as(user=users[role]), set()
        for address in addresses:
            text = client.get(address, **more).get_data(as_text=True)
            if NAME in text or number in text:
                found.add(address)
        return found

    for role in roles:  # without a restriction the name is found
        assert holding(role, ("/customers", "/customers/suggest?q=百川"))
    restricted(one)
    index_all()
    for role in roles:
        assert holding(role, LISTS) == set(), role
        assert holding(role, APIS, headers=token_as(user=users[role])) == set(), role
    for role in (Role.SALESPERSON, Role.CUSTODIAN, Role.SALES_MANAGER):
        client, headers = client_as(user=users[role]), token_as(user=users[role])
        for address in (
            f"/customers/{number}", f"/customers/{number}/attachments",
            f"/customers/{number}/edit", f"/customers/{number}/drafts/new",
            f"/visits/{one.visit.number}", f"/complaints/{one.complaint.number}",
        ):  # fmt: skip
            assert client.get(address).status_code in (403, 404), address
        answer = client.get(f"/api/v1/customers/{number}", headers=headers)
        assert answer.status_code == 404


def test_custodian_and_auditor_see_what_is_kept_and_each_look_is_on_record(
    one: Any, client_as: ClientAs
) -> None:
    done = restricted(one)
    address = f"/restrictions/{done.number}"
    for role in Role:
        client = client_as(role)
        may = role in (Role.CUSTODIAN, Role.AUDITOR)
        assert client.get("/restrictions").status_code == (200 if may else 403), role
        answer = client.get(address)
        assert answer.status_code == (200 if may else 403), role
        if may:
            page = answer.get_data(as_text=True)
            assert CODE in page
            assert "客户要求停止处理" in page
            assert "65550001" not in page
    collect_all()
    assert TrailEntry.objects(action="restriction.looked_at").count() == 2
    auditor = client_as(Role.AUDITOR)
    assert submit(auditor, f"{address}/lift", page=address, reason="误操作").status_code == 403


def test_nothing_is_lost_and_all_is_back_when_it_is_lifted(one: Any, parts: Seams) -> None:
    before, held = everything(), bytes_named(parts)
    done = restricted(one)
    assert done.state is RestrictionState.RESTRICTED
    during = everything()
    withheld = {(each.collection, each.key) for each in Withheld.objects}
    assert {name for name, _ in withheld} >= {
        "customers", "visits", "complaints", "attachments", "contracts", "deposits",
    }  # fmt: skip
    assert before.keys() - during.keys() == withheld
    digests = [each.digests for each in Withheld.objects if each.digests]
    assert digests
    named = set().union(*(place.named(held) for place in BlobReference.all()))
    assert named == set(held)  # no sweep takes their bytes
    lift(done, actor=one.keeper, now=clock.now(), reason="客户同意恢复")
    assert everything() == before
    assert bytes_named(parts) == held
    assert one.visit in Visit.visible_to(one.seller.as_actor())
    collect_all()
    actions = TrailEntry.objects(customer_id=one.customer.key).distinct("action")
    assert {"customer.restricted", "customer.restriction_lifted"} <= set(actions)
    with pytest.raises(NotRestricted):
        lift(done, actor=one.keeper, now=clock.now(), reason="再次解除")


def test_only_the_custodian_restricts_and_lifts(one: Any, actor_as: Callable[..., Actor]) -> None:
    for role in (Role.SALES_MANAGER, Role.GENERAL_MANAGER, Role.AUDITOR, Role.SALESPERSON):
        with pytest.raises(NotPermitted):
            restrict(one.customer, actor=actor_as(role), now=clock.now(), reason="客户要求")
    done = restricted(one)
    with pytest.raises(NotPermitted):
        lift(done, actor=actor_as(Role.AUDITOR), now=clock.now(), reason="误操作")


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", ["_withhold", "_withhold_traces", "_put_back", "_finish"])
def test_what_was_cut_short_is_carried_on_by_the_worker(
    step: str, one: Any, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    before = everything()
    real = getattr(restricting, step)

    def killed(*arguments: Any) -> Any:
        real(*arguments)
        raise Killed()

    with monkeypatch.context() as patch:
        patch.setattr(restricting, step, killed)
        with suppress(Killed):
            restricted(one)
    long_ago = {"$set": {"updated_at": datetime(2026, 1, 1)}}  # noqa: DTZ001 - as MongoDB keeps it
    get_db()["restrictions"].update_many({}, long_ago)
    carry_on_restrictions()
    done = Restriction.objects.get()
    assert done.state is RestrictionState.RESTRICTED
    assert Visit.objects(id=one.visit.id).count() == 0
    with monkeypatch.context() as patch:
        patch.setattr(restricting, step, killed)
        with suppress(Killed):
            lift(done, actor=one.keeper, now=clock.now(), reason="客户同意恢复")
    get_db()["restrictions"].update_many({}, long_ago)
    carry_on_restrictions()
    assert Restriction.objects.get().state is RestrictionState.LIFTED
    assert everything() == before


def test_what_is_written_to_it_since_is_set_aside_too(one: Any) -> None:
    done = restricted(one)
    late = a_visit(one.customer)  # by somebody who had the archive open
    carry_on_restrictions()
    with pytest.raises(NotFound):
        Visit.find(late.key)
    lift(done, actor=one.keeper, now=clock.now(), reason="客户同意恢复")
    assert Visit.find(late.key).customer_id == one.customer.id


def test_a_credit_code_that_is_used_by_now_is_not_given_twice(one: Any) -> None:
    done = restricted(one)
    a_customer("演示百川机械新公司", credit_code=CODE)
    with pytest.raises(CodeInUse):
        lift(done, actor=one.keeper, now=clock.now(), reason="客户同意恢复")
    assert Restriction.find(done.key).state is RestrictionState.RESTRICTED


def test_it_is_restricted_on_the_file_and_lifted_on_its_page(
    one: Any, client_as: ClientAs, token_as: Callable[..., dict[str, str]]
) -> None:
    client = client_as(Role.CUSTODIAN)
    file = f"/customers/{one.customer.archive_number}"
    assert f"{file}/restrict" in client.get(file).get_data(as_text=True)
    assert submit(client, f"{file}/restrict", reason="").status_code == 422
    assert submit(client, f"{file}/restrict", reason="客户要求").status_code == 302
    done = Restriction.objects.get()
    address = f"/restrictions/{done.number}"
    assert submit(client, f"{address}/lift", page=address, reason="").status_code == 422
    assert submit(client, f"{address}/lift", page=address, reason="误操作").status_code == 302
    assert NAME in client.get(file).get_data(as_text=True)
    headers = token_as(Role.CUSTODIAN)
    call: dict[str, Any] = {"headers": headers, "json": {"reason": "客户要求"}}
    made = client.post(f"/api/v1{file}/restrict", **call)
    assert made.get_json()["state"] == "restricted"
    (latest, _) = client.get("/api/v1/restrictions", headers=headers).get_json()["items"]
    lifted = client.post(f"/api/v1/restrictions/{latest['number']}/lift", **call)
    assert lifted.get_json()["state"] == "lifted"
    assert Attachment.objects(customer_id=one.customer.id).count() == 1
