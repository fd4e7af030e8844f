"""One customer's whole file: every part to those who may see it, and to no one else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.customers import service as customers
from archive.trail.collecting import collect_all
from tests.builders import a_complaint, a_custodian, a_customer, a_user, a_visit

ClientAs = Callable[..., FlaskClient]

PARTS = ("", "/attachments", "/communication", "/contracts", "/history")


def text_of(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.STAFF, ()),
        (Role.SALESPERSON, ()),
        (Role.SALES_MANAGER, PARTS),
        (Role.OPERATIONS_MANAGER, PARTS),
        (Role.REVIEWER, ()),
        (Role.CUSTOMER_SERVICE, ("", "/attachments", "/communication", "/history")),
        (Role.CUSTODIAN, PARTS),
        (Role.GENERAL_MANAGER, PARTS),
        (Role.AUDITOR, ()),
        (Role.ADMINISTRATOR, ()),
    ],
)
def test_who_opens_which_part_of_a_stranger_s_file(
    client_as: ClientAs, role: Role, opens: tuple[str, ...]
) -> None:
    customer = a_customer()
    client = client_as(role)
    for part in PARTS:
        answer = client.get(f"/customers/{customer.archive_number}{part}")
        assert answer.status_code == (200 if part in opens else 403), part


def test_a_salesperson_opens_every_part_of_their_own_customer_s_file(client_as: ClientAs) -> None:
    person = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=person)
    for part in PARTS:
        text_of(client_as(user=person), f"/customers/{customer.archive_number}{part}")


def test_the_tabs_are_those_that_the_person_may_open(client_as: ClientAs) -> None:
    customer = a_customer()
    page = text_of(client_as(Role.CUSTOMER_SERVICE), f"/customers/{customer.archive_number}")
    assert f"/customers/{customer.archive_number}/communication" in page
    assert f"/customers/{customer.archive_number}/contracts" not in page


def test_the_head_says_what_is_missing_and_leads_to_the_field(client_as: ClientAs) -> None:
    customer = a_customer()
    page = text_of(client_as(Role.CUSTODIAN), f"/customers/{customer.archive_number}")
    assert "档案还缺" in page
    assert f"/customers/{customer.archive_number}/edit#f-credit_code" in page


def test_telephone_numbers_are_masked_on_the_facts_and_in_the_history(
    client_as: ClientAs,
) -> None:
    customer = a_customer(
        phone="0755-86012345", contacts=[{"name": "刘洋", "phone": "13800001234"}]
    )
    client = client_as(Role.CUSTODIAN)
    for part in ("", "/history"):
        page = text_of(client, f"/customers/{customer.archive_number}{part}")
        assert "86012345" not in page
        assert "13800001234" not in page
        assert "138****1234" in page


def test_the_history_tells_who_when_before_and_after(client_as: ClientAs) -> None:
    keeper = a_custodian()
    customer = a_customer(actor=keeper, address="深圳市南山区")
    customers.edit_archive(
        customer, actor=keeper, now=clock.now(), seen=customer.revision, address="深圳市福田区"
    )
    client = client_as(Role.CUSTODIAN)
    for _ in range(2):  # while the event rides in the document, and once the trail has taken it
        page = text_of(client, f"/customers/{customer.archive_number}/history")
        assert "<del>深圳市南山区</del>" in page
        assert "<ins>深圳市福田区</ins>" in page
        assert keeper.name in page
        collect_all()


def test_the_time_line_mixes_visits_and_complaints_the_latest_first(client_as: ClientAs) -> None:
    person = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=person)
    now = clock.now()
    a_visit(
        customer, actor=person.as_actor(), visited_at=now - timedelta(days=9), purpose="早的拜访"
    )
    a_complaint(customer, heard_at=now - timedelta(days=5), content="中间的抱怨")
    a_visit(
        customer, actor=person.as_actor(), visited_at=now - timedelta(days=1), purpose="晚的拜访"
    )
    page = text_of(client_as(user=person), f"/customers/{customer.archive_number}/communication")
    assert page.index("晚的拜访") < page.index("中间的抱怨") < page.index("早的拜访")


def test_a_long_time_line_is_paged(client_as: ClientAs) -> None:
    person = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=person)
    for day in range(27):
        at = clock.now() - timedelta(days=day)
        a_visit(customer, actor=person.as_actor(), visited_at=at, purpose=f"第{day:02}次拜访")
    client = client_as(user=person)
    address = f"/customers/{customer.archive_number}/communication"
    assert "第26次拜访" not in text_of(client, address)
    second = text_of(client, f"{address}?page=2")
    assert "第26次拜访" in second
    assert "第00次拜访" not in second


@pytest.mark.parametrize("part", ["communication", "contracts", "history"])
def test_a_page_far_beyond_the_end_is_an_empty_one(client_as: ClientAs, part: str) -> None:
    customer = a_customer()
    address = f"/customers/{customer.archive_number}/{part}?page={10**20}"
    assert client_as(Role.GENERAL_MANAGER).get(address).status_code == 200
