"""The pages of classes, asked for as a browser does."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.classing.service import install_shipped
from archive.customers.models import ClassMeasures, Customer, Standing
from archive.customers.rules.classes import Credit, Dimension, Maintenance, Why
from tests.browser import submit
from tests.builders import a_customer, a_user

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def manager(client_as: ClientAs) -> FlaskClient:
    return client_as(Role.SALES_MANAGER)


def read(customer: Customer) -> Customer:
    return Customer.find(customer.key)


def proposing(customer: Customer, dimension: Dimension, found: str) -> None:
    """Give *customer* a proposal that figures make."""
    numbers = {"months": 12, "known": 9, "share": "88.9", "longest": 6, "claims": 0, "lawsuits": 0}
    standing = Standing(dimension=dimension, found=found, why=Why.PAYMENTS, numbers=numbers)
    Customer.objects(id=customer.id).update(push__standings=standing)


def test_a_customer_of_the_last_release_opens_as_not_computed_yet(manager: FlaskClient) -> None:
    shown = manager.get(f"/customers/{a_customer().archive_number}/classes").get_data(as_text=True)
    assert "还没有计算" in shown


def test_a_proposal_with_its_reason_is_accepted_in_one_click(manager: FlaskClient) -> None:
    customer = a_customer()
    proposing(customer, Dimension.CREDIT, "b")
    address = f"/customers/{customer.archive_number}/classes"
    shown = manager.get(address).get_data(as_text=True)
    assert "按时 88.9%，最长逾期 6 天" in shown
    assert submit(manager, f"{address}/credit/accept", seen="1").status_code == 302
    assert read(customer).credit is Credit.B


def test_why_is_said_to_those_alone_who_may_see_figures(client_as: ClientAs) -> None:
    customer = a_customer()
    proposing(customer, Dimension.CREDIT, "b")
    address = f"/customers/{customer.archive_number}/classes"
    shown = client_as(Role.CUSTOMER_SERVICE).get(address).get_data(as_text=True)
    assert "信誉" in shown
    assert "最长逾期" not in shown


def test_a_strategic_customer_is_asked_for_its_keeper(manager: FlaskClient) -> None:
    customer, keeper = a_customer(), a_user(Role.SALESPERSON)
    proposing(customer, Dimension.MAINTENANCE, "strategic")
    address = f"/customers/{customer.archive_number}/classes/maintenance"
    answer = submit(manager, f"{address}/accept", seen="1")
    assert answer.headers["Location"] == address
    typed = {"value": "strategic", "reason": "货量最大", "seen": "1"}
    answer = submit(manager, address, **typed)
    assert answer.status_code == 422
    assert "必须指定专人" in answer.get_data(as_text=True)
    assert submit(manager, address, **typed, keeper=keeper.key).status_code == 302
    assert read(customer).maintenance is Maintenance.STRATEGIC


def test_what_was_set_is_taken_back_on_the_page_where_it_was_set(manager: FlaskClient) -> None:
    customer = a_customer()
    address = f"/customers/{customer.archive_number}/classes/credit"
    submit(manager, address, value="c", reason="长期拖欠", seen="1")
    assert "撤销人工指定" in manager.get(address).get_data(as_text=True)
    assert submit(manager, f"{address}/withdraw", reason="").status_code == 422
    assert submit(manager, f"{address}/withdraw", reason="已结清").status_code == 302
    assert read(customer).credit is None


def test_a_dimension_that_is_none_is_not_found(manager: FlaskClient) -> None:
    address = f"/customers/{a_customer().archive_number}/classes/colour"
    assert manager.get(address).status_code == 404


def test_the_list_is_narrowed_by_class_and_shows_it(manager: FlaskClient) -> None:
    customer, other = a_customer("甲类有限公司"), a_customer("乙类有限公司")
    address = f"/customers/{customer.archive_number}/classes/credit"
    submit(manager, address, value="c", reason="长期拖欠", seen="1")
    shown = manager.get("/customers?credit=c&columns=name&columns=credit").get_data(as_text=True)
    assert customer.name in shown
    assert "C 级信誉" in shown
    assert other.name not in shown


def test_the_measures_of_a_class_are_changed_in_their_table(manager: FlaskClient) -> None:
    install_shipped(now=clock.now())
    assert "每份合同须总经理批准" in manager.get("/measures").get_data(as_text=True)
    typed = {"visit_days": "15", "needs_keeper": "true", "papers": "licence", "seen": "1"}
    assert submit(manager, "/measures/credit/c", **typed).status_code == 302
    row = ClassMeasures.of("credit", "c")
    assert (row.visit_days, row.letter_days, row.needs_keeper) == (15, None, True)
    assert (row.extras, row.papers) == ([], ["licence"])
    assert manager.get("/measures/credit/x").status_code == 404


def test_the_table_of_measures_is_kept_by_administrator_and_sales_manager(
    client_as: ClientAs,
) -> None:
    install_shipped(now=clock.now())
    for role, status in ((Role.ADMINISTRATOR, 200), (Role.SALESPERSON, 403), (Role.STAFF, 403)):
        assert client_as(role).get("/measures/credit/c").status_code == status
