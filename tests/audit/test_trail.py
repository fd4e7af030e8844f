"""The pages of the trail: what the auditor reads, filters and exports."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Actor, Role
from archive.customers.service import edit_archive
from archive.trail.collecting import collect_all
from archive.trail.looks import note_look
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user, a_visit

ActorAs = Callable[..., Actor]
ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def custodian(actor_as: ActorAs) -> Actor:
    return actor_as(Role.CUSTODIAN)


@pytest.fixture
def auditor(client_as: ClientAs) -> FlaskClient:
    return client_as(Role.AUDITOR)


def page(client: FlaskClient, url: str) -> str:
    shown = client.get(url)
    assert shown.status_code == 200, f"{url} answered {shown.status_code}"
    return shown.get_data(as_text=True)


def test_the_auditor_reads_who_did_what_in_words(auditor: FlaskClient, custodian: Actor) -> None:
    a_customer("华盛货运有限公司", actor=custodian)
    collect_all()
    text = page(auditor, "/trail")
    assert "建立了客户档案" in text
    assert custodian.name in text
    assert "华盛货运有限公司" in text


def test_an_event_is_opened_to_its_before_and_after(
    auditor: FlaskClient, custodian: Actor, now: datetime
) -> None:
    customer = a_customer("甲公司", actor=custodian, address="老地址")
    edit_archive(customer, actor=custodian, now=now, seen=1, name="甲公司", address="新地址")
    collect_all()
    entry = TrailEntry.objects(action="customer.edited").get()
    text = page(auditor, f"/trail/{entry.id}")
    for words in ("更新了客户档案", "老地址", "新地址", "地址"):
        assert words in text


def test_filters_narrow_the_trail(auditor: FlaskClient, actor_as: ActorAs) -> None:
    for name in ("周文", "许静"):
        a_customer(f"{name}的客户", actor=actor_as(Role.CUSTODIAN, name=name))
    collect_all()
    shown = page(auditor, "/trail?who=周文&action=customer.opened&kind=customers")
    assert "周文的客户" in shown
    assert "许静的客户" not in shown
    today = clock.local_day(clock.now())
    assert "周文的客户" in page(auditor, f"/trail?since={today}&until={today}")
    assert "周文的客户" not in page(auditor, "/trail?until=2020-01-01")


def test_the_trail_names_the_customer_and_links_it_for_those_who_may_open_it(
    auditor: FlaskClient, client_as: ClientAs, custodian: Actor, now: datetime
) -> None:
    customer = a_customer("甲公司", actor=custodian)
    note_look(customer, actor=custodian, now=now, action="customer.phones_revealed")
    address = f"/customers/{customer.archive_number}"
    plain = page(auditor, "/trail")
    assert customer.caption in plain and address not in plain
    assert address in page(client_as(Role.AUDITOR, Role.GENERAL_MANAGER), "/trail")
    entry = TrailEntry.objects(action="customer.phones_revealed").get()
    assert customer.caption in page(auditor, f"/trail/{entry.id}")


@pytest.mark.parametrize("by", ["name", "customer_code", "archive_number"])
def test_the_trail_narrows_to_one_customer(
    auditor: FlaskClient, custodian: Actor, now: datetime, by: str
) -> None:
    shown, other = a_customer("甲公司", actor=custodian), a_customer("乙公司", actor=custodian)
    for each in (shown, other):
        note_look(each, actor=custodian, now=now, action="customer.phones_revealed")
    text = page(auditor, f"/trail?customer={shown[by]}")
    assert shown.caption in text and other.caption not in text
    assert "没有符合条件的记录" in page(auditor, "/trail?customer=丙公司")


def test_the_trail_narrows_to_one_record_by_its_number(
    auditor: FlaskClient, custodian: Actor
) -> None:
    first, second = a_visit(a_customer("甲公司")), a_visit(a_customer("乙公司"))
    collect_all()
    text = page(auditor, f"/trail?object={first.number.lower()}&action=visit.recorded")
    assert first.caption in text and second.caption not in text


def test_leafing_through_a_paper_is_one_entry_that_names_every_page(
    auditor: FlaskClient, custodian: Actor, now: datetime
) -> None:
    customer = a_customer("甲公司")
    for where in ("v1 p2", "v1 p1", "v1 p2", "v2 p1"):
        note_look(
            customer,
            actor=custodian,
            now=now,
            action="attachment.page_seen",
            reason=where,
            counted=True,
        )
    seen = TrailEntry.objects(action="attachment.page_seen").get()
    assert (seen.times, seen.reasons) == (4, ["v1 p2", "v1 p1", "v2 p1"])
    for text in (page(auditor, "/trail"), page(auditor, f"/trail/{seen.id}")):
        assert "阅览了秘密附件 ×4（最近 " in text
        assert "第 1 版第 1、2 页；第 2 版第 1 页" in text


def test_no_identity_is_shown_of_what_changed_and_customers_are_named(
    auditor: FlaskClient, custodian: Actor
) -> None:
    customer = a_customer("甲公司", actor=custodian, salesperson=a_user(Role.SALESPERSON))
    visit = a_visit(customer)
    collect_all()
    told = {each.action: page(auditor, f"/trail/{each.id}") for each in TrailEntry.objects}
    keys = (customer.key, visit.key, str(customer.salesperson_id))
    assert len(told) > 1
    assert [(action, key) for action, text in told.items() for key in keys if key in text] == []
    assert customer.caption in told["visit.recorded"]


@pytest.mark.parametrize(
    "odd",
    ["since=never", "until=9999-12-31", "since=0001-01-01", "who=(", "who=%00", "action=$ne",
     "kind=%5B", "sort=reason", "customer=(", "customer=%00", "object=%5B",
     "page=99999999999999999999"],
)  # fmt: skip
def test_an_odd_address_still_shows_the_trail(auditor: FlaskClient, odd: str) -> None:
    page(auditor, f"/trail?{odd}")


@pytest.mark.parametrize("key", ["x", "z" * 24, "0" * 24, "%00", "..%2f"])
def test_an_unknown_event_is_not_found(auditor: FlaskClient, key: str) -> None:
    assert auditor.get(f"/trail/{key}").status_code == 404


def test_the_trail_is_exported_as_it_is_filtered(auditor: FlaskClient, custodian: Actor) -> None:
    a_customer("甲公司", actor=custodian)
    collect_all()
    answer = auditor.get("/trail?action=customer.opened&export=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0].values)
    assert rows[0][:3] == ("时间", "人员", "操作")
    assert [row[2] for row in rows[1:]] == ["建立了客户档案"]
