"""Cooperation schemes: in versions, agreed on with somebody, void and back again (Art. 7)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.development.errors import (
    AgreedLater,
    AgreementIncomplete,
    SchemeIsVoid,
    SchemeNotVoid,
    SchemeStands,
    UntilBeforeFrom,
)
from archive.development.models import CooperationScheme
from archive.development.service import schemes
from archive.docgen.text import read_text
from archive.errors import NotPermitted
from archive.trail.history import history_of
from archive.trail.models import TrailEntry
from tests.browser import submit
from tests.builders import a_customer, a_user

ClientAs = Callable[..., FlaskClient]
CONTENT = "上海至成都整车，每周两班。"


@pytest.fixture
def seller(empty_site: Flask) -> User:
    return a_user(Role.SALESPERSON)


@pytest.fixture
def customer(seller: User) -> Customer:
    return a_customer("演示百川机械有限公司", salesperson=seller)


def a_scheme(customer: Customer, actor: Actor, now: datetime, **terms: Any) -> CooperationScheme:
    return schemes.open_scheme(customer, actor=actor, now=now, **{"content": CONTENT, **terms})


def read(scheme: CooperationScheme) -> CooperationScheme:
    return CooperationScheme.numbered(scheme.number)


def test_each_version_says_who_made_it_when_and_what_was_changed(
    seller: User, customer: Customer, now: datetime
) -> None:
    actor = seller.as_actor()
    scheme = a_scheme(customer, actor, now, prices="每吨 320 元")
    assert scheme.number.startswith("FA-")
    schemes.revise_scheme(
        scheme, actor=actor, now=now + timedelta(days=1), seen=scheme.revision,
        reason="旺季加一班", content="上海至成都整车，每周三班。", prices="每吨 320 元",
        agreed_on=date(2026, 3, 16), agreed_with="李某",
    )  # fmt: skip
    found = read(scheme)
    assert (found.version, found.content) == (2, "上海至成都整车，每周三班。")
    first, second = found.versions
    assert (first.content, first.change, first.is_agreed) == (CONTENT, None, False)
    assert (second.change, second.made_by_name, second.agreed_with) == (
        "旺季加一班", seller.name, "李某",
    )  # fmt: skip
    newest = history_of(found)[0]
    assert (newest.action, newest.reason) == ("scheme.revised", "旺季加一班")
    told = {each["field"] for each in newest.changes}
    assert {"content", "agreed_on", "agreed_with", "version"} <= told
    assert "versions" not in told
    assert "prices" not in told


def test_a_customer_has_one_scheme_that_counts(
    seller: User, customer: Customer, now: datetime
) -> None:
    actor = seller.as_actor()
    first = a_scheme(customer, actor, now)
    with pytest.raises(SchemeStands):
        a_scheme(customer, actor, now)
    with pytest.raises(SchemeNotVoid):
        schemes.restore_scheme(first, "点错了", actor=actor, now=now)
    schemes.void_scheme(first, "客户换了产品", actor=actor, now=now)
    assert (read(first).is_void, read(first).void_reason) == (True, "客户换了产品")
    with pytest.raises(SchemeIsVoid):
        schemes.revise_scheme(
            read(first), actor=actor, now=now, seen=read(first).revision, reason="改", content="新"
        )
    second = a_scheme(customer, actor, now)
    with pytest.raises(SchemeStands):
        schemes.restore_scheme(read(first), "点错了", actor=actor, now=now)
    schemes.void_scheme(second, "订重了", actor=actor, now=now)
    schemes.restore_scheme(read(first), "仍按原方案", actor=actor, now=now)
    assert (read(first).is_void, read(first).void_reason) == (False, None)
    assert history_of(read(first))[0].reason == "仍按原方案"


def test_an_agreement_has_its_day_and_somebody_with_whom(
    seller: User, customer: Customer, now: datetime
) -> None:
    actor, today = seller.as_actor(), clock.local_day(now)
    with pytest.raises(AgreementIncomplete) as refusal:
        a_scheme(customer, actor, now, agreed_on=today)
    assert refusal.value.article == 7
    with pytest.raises(AgreementIncomplete):
        a_scheme(customer, actor, now, agreed_with="李某")
    with pytest.raises(AgreedLater):
        a_scheme(customer, actor, now, agreed_on=today + timedelta(days=1), agreed_with="李某")
    with pytest.raises(UntilBeforeFrom):
        a_scheme(customer, actor, now, valid_from=today, valid_until=today - timedelta(days=1))
    assert CooperationScheme.objects.count() == 0


def test_who_does_not_follow_up_the_customer_neither_sees_nor_writes_it(
    seller: User, customer: Customer, now: datetime
) -> None:
    scheme = a_scheme(customer, seller.as_actor(), now)
    other = a_user(Role.SALESPERSON).as_actor()
    with pytest.raises(NotPermitted):
        schemes.read_scheme(scheme.number, actor=other)
    with pytest.raises(NotPermitted):
        schemes.void_scheme(scheme, "不是我的", actor=other, now=now)
    assert list(CooperationScheme.visible_to(other)) == []


def test_a_scheme_is_written_revised_and_read_on_its_page(
    client_as: ClientAs, seller: User, customer: Customer
) -> None:
    client = client_as(user=seller)
    address = f"/customers/{customer.archive_number}/schemes/new"
    refused = submit(client, address, content=CONTENT, agreed_on="2026-01-05")
    assert refused.status_code == 422
    assert "商定日期和客户方商定人须一并填写" in refused.get_data(as_text=True)
    made = submit(client, address, content=CONTENT, goods="纸张")
    assert made.status_code == 302
    page = made.headers["Location"]
    assert client.get(address).headers["Location"] == page, "there is one: it is revised"
    submit(client, f"{page}/edit", content=CONTENT, goods="木材", reason="换了货物", seen=1)
    text = client.get(page).get_data(as_text=True)
    for said in ("第 2 版", "现行", "换了货物", "纸张", "木材", "尚未商定"):
        assert said in text
    old = client.get(f"{page}?version=1").get_data(as_text=True)
    assert "已被后来的版本取代" in old
    assert client.get(f"{page}?version=9").status_code == 404
    submit(client, f"{page}/void", page=page, reason="不再合作")
    assert "方案已作废：不再合作" in client.get(page).get_data(as_text=True)
    listed = client.get("/schemes").get_data(as_text=True)
    assert customer.name in listed


def test_the_word_file_says_what_counts_and_how_it_came_to_be(
    client_as: ClientAs, seller: User, customer: Customer, now: datetime
) -> None:
    actor = seller.as_actor()
    scheme = a_scheme(customer, actor, now)
    schemes.revise_scheme(
        scheme, actor=actor, now=now, seen=scheme.revision, reason="加一班", content="每周三班。"
    )
    answer = client_as(user=seller).get(f"/schemes/{scheme.number}.docx")
    text = read_text(docx.Document(BytesIO(answer.data)))
    for said in (customer.name, "每周三班。", "初次制定", "加一班", scheme.number, "第 2 版"):
        assert said in text
    assert "【待填：商定日期】" in text
    assert [each.actor_id for each in TrailEntry.objects(action="scheme.taken")] == [seller.key]


def test_a_program_writes_revises_and_voids_a_scheme(
    client_as: ClientAs, token_as: Callable[..., dict[str, str]], seller: User, customer: Customer
) -> None:
    program, headers = client_as(user=seller), token_as(user=seller)
    address = "/api/v1/cooperation-schemes"
    body = {"customer_name": customer.customer_code, "content": CONTENT}
    made = program.post(address, json=body, headers=headers)
    assert made.status_code == 201, made.get_data(as_text=True)
    one = f"{address}/{made.get_json()['number']}"
    assert program.post(address, json=body, headers=headers).status_code == 409
    tag = {"If-Match": program.get(one, headers=headers).headers["ETag"]}
    body = {"content": "每周三班。", "reason": "加一班"}
    revised = program.put(one, json=body, headers=headers | tag).get_json()
    assert (revised["version"], [each["change"] for each in revised["versions"]]) == (
        2, [None, "加一班"],
    )  # fmt: skip
    voided = program.post(f"{one}/void", json={"reason": "不再合作"}, headers=headers).get_json()
    assert (voided["status"], voided["void_reason"]) == ("void", "不再合作")
    back = program.post(f"{one}/restore", json={"reason": "点错了"}, headers=headers).get_json()
    assert back["status"] == "standing"
    assert program.get(address, headers=headers).get_json()["items"][0]["version"] == 2
