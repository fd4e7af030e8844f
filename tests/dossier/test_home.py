"""Home shows each person what waits for them, and nothing that is not theirs."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Actor, Role
from archive.communication.service import complaints
from archive.config import Settings
from archive.contracts.rules import TemplateKind
from archive.contracts.service import drafting
from archive.contracts.service.templates import install_shipped_templates
from archive.customers import service as customers
from archive.seams import Seams
from tests.builders import a_complaint, a_customer, a_user, a_visit

ClientAs = Callable[..., FlaskClient]
ActorAs = Callable[..., Actor]


def home_of(client: FlaskClient) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home_that_says_when_nothing_waits(
    client_as: ClientAs, role: Role
) -> None:
    assert "没有等您处理的事" in home_of(client_as(role))


def test_home_needs_a_sign_in(empty_site: object, client_as: ClientAs) -> None:
    answer = client_as(Role.STAFF).application.test_client().get("/")
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


def test_a_licence_that_runs_out_waits_for_its_salesperson_alone(client_as: ClientAs) -> None:
    mine, other = a_user(Role.SALESPERSON), a_user(Role.SALESPERSON)
    soon = clock.local_day(clock.now()) + timedelta(days=20)
    a_customer("华盛货运有限公司", salesperson=mine, licence_valid_until=soon)
    page = home_of(client_as(user=mine))
    assert "更新到期证照" in page
    assert "华盛货运有限公司" in page
    assert f"{soon}T15:59:00+00:00" in page
    assert "华盛货运有限公司" not in home_of(client_as(user=other))


def test_a_customer_whom_nobody_follows_waits_for_the_sales_manager(client_as: ClientAs) -> None:
    customer = a_customer("无人跟进有限公司")
    page = home_of(client_as(Role.SALES_MANAGER))
    assert f"/customers/{customer.archive_number}/assign" in page
    assert "已等待 0 分钟" in page
    assert "无人跟进有限公司" not in home_of(client_as(Role.SALESPERSON))


def test_a_complaint_waits_for_the_desk_first_to_be_accepted_then_to_be_answered(
    client_as: ClientAs, actor_as: ActorAs
) -> None:
    complaint = a_complaint()
    desk = a_user(Role.CUSTOMER_SERVICE)
    assert "受理客户抱怨" in home_of(client_as(user=desk))
    complaints.accept_complaint(complaint, actor=desk.as_actor(), now=clock.now())
    page = home_of(client_as(user=desk))
    assert "受理客户抱怨" not in page
    assert "答复客户抱怨" in page


def test_a_reply_that_is_overdue_reaches_the_managers(client_as: ClientAs) -> None:
    complaint = a_complaint(heard_at=clock.now() - timedelta(days=4))
    desk = a_user(Role.CUSTOMER_SERVICE).as_actor()
    complaints.accept_complaint(complaint, actor=desk, now=clock.now() - timedelta(days=3))
    for manager in (Role.SALES_MANAGER, Role.GENERAL_MANAGER):
        page = home_of(client_as(manager))
        assert "督办超时的抱怨" in page
        assert "截止" in page


def test_a_visit_made_waits_to_be_written_up(client_as: ClientAs) -> None:
    visitor = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=visitor)
    a_visit(
        customer,
        actor=visitor.as_actor(),
        visited_at=clock.now() - timedelta(hours=5),
        purpose="了解货量",
        content=None,
    )
    page = home_of(client_as(user=visitor))
    assert "补记拜访内容" in page
    assert "了解货量" in page


def test_a_visitor_is_told_of_no_visit_to_a_customer_they_may_not_open(
    client_as: ClientAs,
) -> None:
    visitor, other = a_user(Role.SALESPERSON), a_user(Role.SALESPERSON)
    customer = a_customer("别人的客户有限公司", salesperson=other)
    for hours in (-5, 48):
        a_visit(
            customer,
            visited_at=clock.now() + timedelta(hours=hours),
            visitors=[visitor.name],
            content=None,
        )
    assert "没有等您处理的事" in home_of(client_as(user=visitor))


def test_a_draft_waits_for_its_maker_only_while_the_customer_is_theirs(
    client_as: ClientAs, parts: Seams, settings: Settings
) -> None:
    maker, heir = a_user(Role.SALESPERSON), a_user(Role.SALESPERSON)
    customer = a_customer("转交的客户有限公司", salesperson=maker)
    now = clock.now()
    install_shipped_templates(now=now, blobs=parts.blobs, docgen=parts.docgen)
    drafting.draft_contract(
        customer,
        drafting.choose_template(None, TemplateKind.CONTRACT),
        {"title": "运输合同"},
        actor=maker.as_actor(),
        now=now,
        parts=parts,
    )
    assert "转交的客户有限公司" in home_of(client_as(user=maker))
    manager = a_user(Role.SALES_MANAGER).as_actor()
    customers.assign_salesperson(customer, heir.key, actor=manager, now=now)
    assert "转交的客户有限公司" not in home_of(client_as(user=maker))


BELL = re.compile(r'等您处理：(\d+)"')
LIST = re.compile(r'id="waiting">等您处理</h2><span class="count ms-0">(\d+)<')
TILE = re.compile(r'<a class="figure" href="([^"]+)">\s*<div class="label">[^<]+</div>\s*'
                  r'<div class="value">([\d,]+)</div>')  # fmt: skip
SHORTCUT = re.compile(r'<a class="shortcut" href="([^"]+)"')


def test_the_bell_counts_what_home_lists_on_every_page(
    client_as: ClientAs, actor_as: ActorAs
) -> None:
    desk, now = a_user(Role.CUSTOMER_SERVICE), clock.now()
    for _ in range(2):
        a_complaint()
    mine, other = a_complaint(), a_complaint()
    complaints.accept_complaint(mine, actor=desk.as_actor(), now=now)
    complaints.accept_complaint(other, actor=actor_as(Role.CUSTOMER_SERVICE), now=now)
    client = client_as(user=desk)
    page = home_of(client)
    assert LIST.findall(page) == BELL.findall(page) == ["3"]
    assert other.number not in page
    elsewhere = client.get("/complaints").get_data(as_text=True)
    assert BELL.findall(elsewhere) == ["3"]


def test_every_tile_leads_to_a_list_of_as_many(client_as: ClientAs, actor_as: ActorAs) -> None:
    now = clock.now()
    manager = a_user(Role.SALES_MANAGER)
    late = a_complaint(a_customer(salesperson=manager))
    complaints.accept_complaint(
        late, actor=actor_as(Role.CUSTOMER_SERVICE), now=now - timedelta(days=9)
    )
    a_complaint()
    a_visit(actor=manager.as_actor(), visited_at=now)
    for user in (manager, a_user(Role.CUSTODIAN), a_user(Role.GENERAL_MANAGER)):
        client = client_as(user=user)
        tiles = TILE.findall(home_of(client))
        assert len(tiles) == home_of(client).count('class="figure"')
        for address, number in tiles:
            listed = client.get(html.unescape(address)).get_data(as_text=True)
            total = re.search(r"共 ([\d,]+) 条", listed)
            if "/intake" not in address or total:
                assert (total[1] if total else "0") == number, address


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_something_to_begin_with_and_may_open_it(
    client_as: ClientAs, role: Role
) -> None:
    client = client_as(role)
    begins = SHORTCUT.findall(home_of(client))
    assert begins
    assert {client.get(each).status_code for each in begins} == {200}
