"""Cooperation: its start and end confirmed with a reason, its prices lane by lane (Art. 8)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.database import EditedMeanwhile
from archive.development import rules
from archive.development.errors import EndBeforeStart
from archive.development.service.cooperation import confirm_cooperation
from archive.errors import NotPermitted
from archive.importable import Verdict
from archive.importing import service as importing
from archive.importing.serving import kind_called
from archive.importing.tasks import work
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.importing.conftest import (  # noqa: F401  # fixtures
    BringIn,
    bring_in,
    check,
    custodian,
    row,
    take_in,
    verdicts,
)

HEAD = ("客户编码", "调价日期", "线路", "原运价", "现运价", "调价原因")
TODAY = date(2026, 3, 16)


@dataclass
class Changed:
    """A price change as it was typed."""

    changed_on: date
    what: str
    before: str | None
    after: str


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("3.20 元/公斤", (Decimal("3.20"), "元/公斤")),
        ("￥1,250元/车", (Decimal(1250), "元/车")),
        ("350", (Decimal(350), "")),
        ("月结三十天", None),
        (None, None),
    ],
)
def test_a_price_is_read_with_its_unit(text: str | None, price: tuple[Decimal, str] | None) -> None:
    assert rules.read_price(text) == price


def test_each_lane_has_its_prices_as_steps() -> None:
    changes = [
        Changed(date(2026, 1, 15), "上海—成都", "3.05 元/公斤", "3.20 元/公斤"),
        Changed(date(2025, 6, 1), "上海—成都", "3.00 元/公斤", "3.05 元/公斤"),
        Changed(date(2026, 2, 1), "结算方式", None, "月结三十天"),
        Changed(date(2026, 2, 1), "上海—西安", None, "900 元/车"),
    ]
    first, second = rules.lane_prices(changes, TODAY)
    assert (first.lane, first.unit) == ("上海—成都", "元/公斤")
    assert [str(each.price) for each in first.points] == ["3.00", "3.05", "3.20"]
    assert first.points[0].y > first.points[-1].y, "dearer is higher up"
    assert first.change_in_percent == Decimal("6.7")
    assert first.line.startswith("M0.0 90.0H")
    assert second.lane == "上海—西安"
    assert (first.has_before, second.has_before) == (True, False)
    assert second.line == "M0.0 50.0H100"
    assert rules.lane_prices([], TODAY) == []


def test_start_and_end_are_confirmed_with_a_reason(in_app: Flask, now: datetime) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=seller)
    confirm_cooperation(
        customer, actor=seller.as_actor(), now=now, seen=customer.revision,
        reason="首批货物 3 月 1 日发出", cooperation_started_on=date(2026, 3, 1),
    )  # fmt: skip
    read = Customer.numbered(customer.archive_number)
    assert read.cooperation_started_on == date(2026, 3, 1)
    assert history_of(read)[0].reason == "首批货物 3 月 1 日发出"
    with pytest.raises(EditedMeanwhile):
        confirm_cooperation(read, actor=seller.as_actor(), now=now, seen=1, reason="再次确认")
    for start, end in ((date(2026, 3, 1), date(2026, 2, 1)), (None, date(2026, 2, 1))):
        with pytest.raises(EndBeforeStart):
            confirm_cooperation(
                read, actor=seller.as_actor(), now=now, seen=read.revision, reason="终止",
                cooperation_started_on=start, cooperation_ended_on=end,
            )  # fmt: skip
    with pytest.raises(NotPermitted):
        confirm_cooperation(
            read, actor=a_user(Role.SALESPERSON).as_actor(), now=now, seen=2, reason="终止"
        )


def test_the_dates_and_the_prices_are_shown_in_the_file(
    client_as: Callable[..., FlaskClient], empty_site: Flask
) -> None:
    prices = [
        {"changed_on": date(2026, 1, 15), "what": "上海—成都", "after": "3.20 元/公斤",
         "before": "3.05 元/公斤", "reason": "油价上涨"},
    ]  # fmt: skip
    customer = a_customer(price_changes=prices)
    client = client_as(Role.SALES_MANAGER)
    address = f"/customers/{customer.archive_number}/cooperation"
    typed = {"cooperation_started_on": "2025-05-06", "seen": str(customer.revision)}
    assert submit(client, address, **typed).status_code == 422
    saved = submit(client, address, reason="合同 HT-2025-00012", **typed)
    assert saved.status_code == 302
    shown = client.get(saved.headers["Location"]).get_data(as_text=True)
    assert "2025-05-06" in shown
    assert 'class="price-line"' in shown
    assert "油价上涨" in shown


def test_price_changes_are_brought_in_and_taken_back(
    bring_in: BringIn,  # noqa: F811
    check: BringIn,  # noqa: F811
    custodian: Actor,  # noqa: F811
    now: datetime,
) -> None:
    prices = [{"changed_on": date(2026, 1, 15), "what": "上海—成都", "after": "3.10 元/公斤"}]
    customer = a_customer(price_changes=prices)
    code = customer.customer_code
    rows = [
        HEAD,
        (code, "2026-01-15", "上海—成都", "3.05 元/公斤", "3.20 元/公斤", "油价上涨"),
        (code, "2026/2/1", "上海—西安", "", "900 元/车", ""),
        (code, "不知道", "上海—西安", "", "950 元/车", ""),
        ("C99999", "2026-02-01", "上海—西安", "", "1", ""),
    ]
    given = bring_in(rows, "prices")
    assert verdicts(given) == [Verdict.CHANGED, Verdict.NEW, Verdict.REFUSED, Verdict.REFUSED]
    read = Customer.numbered(customer.archive_number)
    assert [(str(c.changed_on), c.after) for c in read.price_changes] == [
        ("2026-01-15", "3.20 元/公斤"),
        ("2026-02-01", "900 元/车"),
    ]
    assert verdicts(check(rows, "prices"))[:2] == [Verdict.SAME] * 2
    kind = kind_called("prices")
    importing.begin_undoing(given, kind=kind, actor=custodian, now=now, reason="选错了文件")
    work(given.key)
    back = Customer.numbered(customer.archive_number)
    assert [(c.after, c.reason) for c in back.price_changes] == [("3.10 元/公斤", None)]


def test_start_and_end_are_not_typed_where_no_reason_is_asked(
    client_as: Callable[..., FlaskClient], empty_site: Flask
) -> None:
    seller = a_user(Role.SALESPERSON)
    client = client_as(user=seller)
    customer = a_customer(salesperson=seller, cooperation_started_on=date(2020, 1, 1))
    edit = f"/customers/{customer.archive_number}/edit"
    for address in (edit, "/customers/new"):
        assert "cooperation_started_on" not in client.get(address).get_data(as_text=True)
    answer = submit(
        client, edit, name=customer.name, relationship="potential", main_goods="纸张",
        cooperation_started_on="1999-01-01", seen=customer.revision,
    )  # fmt: skip
    assert answer.status_code == 302
    found = Customer.find(customer.key)
    assert (found.main_goods, found.cooperation_started_on) == ("纸张", date(2020, 1, 1))


def test_a_program_confirms_start_and_end_with_a_reason(
    client_as: Callable[..., FlaskClient], token_as: Callable[..., dict[str, str]]
) -> None:
    seller = a_user(Role.SALESPERSON)
    program, headers = client_as(user=seller), token_as(user=seller)
    customer = a_customer(salesperson=seller, cooperation_started_on=date(2020, 1, 1))
    whole = f"/api/v1/customers/{customer.archive_number}"
    tag = {"If-Match": program.get(whole, headers=headers).headers["ETag"]}
    body = {"name": customer.name, "main_goods": "纸张"}
    edited = program.put(whole, json=body, headers=headers | tag)
    assert edited.get_json()["cooperation_started_on"] == "2020-01-01", "editing leaves it"
    address = f"{whole}/cooperation"
    tag = {"If-Match": program.get(address, headers=headers).headers["ETag"]}
    body = {"cooperation_started_on": "2021-01-01", "cooperation_ended_on": "2025-01-01"}
    assert program.put(address, json=body, headers=headers | tag).status_code == 422
    body["reason"] = "客户的书面通知"
    confirmed = program.put(address, json=body, headers=headers | tag)
    assert confirmed.status_code == 200, confirmed.get_data(as_text=True)
    assert confirmed.get_json()["cooperation_ended_on"] == "2025-01-01"
    assert history_of(Customer.find(customer.key))[0].reason == "客户的书面通知"
