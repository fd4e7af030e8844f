"""The pages of classes, asked for as a browser does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.classing.service import compute_classes, install_shipped
from archive.classing.tasks import look
from archive.customers.models import ClassMeasures, Customer, Standing
from archive.customers.rules.classes import Credit, Dimension, Maintenance, Why
from archive.trail.collecting import collect_all
from tests.browser import submit
from tests.builders import a_customer, a_user, a_visit

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
    Customer.objects(id=customer.id).update(push__standings=standing, push__proposed=dimension)


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


def test_the_system_that_moved_a_customer_is_named_in_the_readers_language(
    client_as: ClientAs,
) -> None:
    client = client_as(Role.SALES_MANAGER)
    client.set_cookie("language", "en")
    a_customer()
    with client.application.app_context():
        compute_classes(now=clock.now(), window=6)
        collect_all()
    shown = client.get("/classes/moves").get_data(as_text=True)
    assert "The system" in shown
    assert "系统" not in shown


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


def of_this_month(manager: FlaskClient, **figures: str) -> Customer:
    """A customer with *figures* of the present month."""
    customer, today = a_customer(), clock.local_day(clock.now())
    typed = {f"months-{at}-month": str(at + 1) for at in range(12)}
    typed |= {f"months-{today.month - 1}-{name}": value for name, value in figures.items()}
    address = f"/customers/{customer.archive_number}/figures/{today.year}"
    assert submit(manager, address, **typed).status_code == 302
    return customer


def compute(manager: FlaskClient) -> None:
    """Ask for the classes to be computed, and let the worker look."""
    assert submit(manager, "/classes/compute").status_code == 302
    with manager.application.app_context():
        look()


def test_classes_are_computed_again_and_one_is_set_otherwise(manager: FlaskClient) -> None:
    large = of_this_month(manager, revenue="1000", cost="100", tonnage="90", days_late="0")
    small = of_this_month(manager, revenue="100", cost="90", tonnage="1", days_late="80")
    assert "还没有计算" in manager.get("/classes").get_data(as_text=True)
    compute(manager)
    shown = manager.get("/classes").get_data(as_text=True)
    assert "1 位重要客户占有业绩客户（2 位）的 50.0%，带来利润的 98.9%" in shown
    assert large.name in shown
    assert small.name not in shown
    listed = manager.get("/classes/proposals").get_data(as_text=True)
    assert "C 级信誉" in listed
    address = f"/customers/{small.archive_number}/classes"
    until = (clock.local_day(clock.now()) + timedelta(days=90)).isoformat()
    typed = {"value": "important", "reason": "新签了年度合同", "until": until}
    seen = str(read(small).revision)
    assert submit(manager, f"{address}/contribution", **typed, seen=seen).status_code == 302
    shown = manager.get(address).get_data(as_text=True)
    assert "新签了年度合同" in shown
    assert "按计算结果应为：普通客户" in shown
    answer = submit(
        manager, f"{address}/credit/accept", seen=str(read(small).revision), next="/classes"
    )
    assert answer.headers["Location"] == "/classes"
    collect_all()
    moved = manager.get("/classes/moves").get_data(as_text=True)
    assert "普通客户 → 重要客户" in moved
    assert "待定 → C 级信誉" in moved
    as_file = manager.get("/classes/moves?export=csv").get_data(as_text=True)
    assert "普通客户 → 重要客户" in as_file
    assert "待定 → C 级信誉" not in manager.get("/classes/moves?field=contribution&export=csv") \
        .get_data(as_text=True)  # fmt: skip


def test_a_proposal_that_was_answered_is_not_made_again(manager: FlaskClient) -> None:
    customer = of_this_month(manager, revenue="100", days_late="80")
    compute(manager)
    address = f"/customers/{customer.archive_number}/classes/credit"
    typed = {"value": "b", "reason": "已约定分期", "seen": str(read(customer).revision)}
    assert submit(manager, address, **typed).status_code == 302
    compute(manager)
    assert Dimension.CREDIT not in read(customer).proposed
    assert "C 级信誉" not in manager.get("/classes/proposals").get_data(as_text=True)


def test_whoever_may_not_see_all_figures_does_not_see_the_curve(client_as: ClientAs) -> None:
    for role, status in ((Role.GENERAL_MANAGER, 200), (Role.SALESPERSON, 403), (Role.STAFF, 403)):
        assert client_as(role).get("/classes").status_code == status


def test_a_salesperson_is_told_whom_to_visit(client_as: ClientAs) -> None:
    install_shipped(now=clock.now())
    seller = a_user(Role.SALESPERSON)
    late, early = a_customer(salesperson=seller), a_customer(salesperson=seller)
    Customer.objects(id__in=[late.id, early.id]).update(
        set__contribution="important", set__created_at=clock.now() - timedelta(days=31)
    )
    a_visit(early)
    home = client_as(user=seller).get("/").get_data(as_text=True)
    assert "按措施应拜访" in home
    assert f"/customers/{late.archive_number}/visits/new" in home
    assert f"/customers/{early.archive_number}/visits/new" not in home


def test_classes_are_read_and_set_over_the_api(
    client_as: ClientAs, token_as: Callable[..., dict[str, str]]
) -> None:
    customer, keeper = a_customer(), a_user(Role.SALESPERSON)
    program, headers = client_as(Role.SALES_MANAGER), token_as(Role.SALES_MANAGER)
    address = f"/api/v1/customers/{customer.archive_number}/classes"
    answer = program.get(address, headers=headers)
    assert [each["dimension"] for each in answer.get_json()["classes"]] == list(Dimension)
    body = {"dimension": "maintenance", "value": "strategic", "reason": "货量最大"}
    assert program.patch(address, json=body, headers=headers).status_code == 428
    matched = {**headers, "If-Match": answer.headers["ETag"]}
    refused = program.patch(address, json=body, headers=matched)
    assert (refused.status_code, refused.get_json()["article"]) == (422, 4)
    body["keeper"] = keeper.key
    answer = program.patch(address, json=body, headers=matched)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    own = next(e for e in answer.get_json()["classes"] if e["dimension"] == "maintenance")
    assert (own["value"], own["reason"]) == ("strategic", "货量最大")
    assert program.patch(address, json=body, headers=matched).status_code == 412
    for wrong in ({"dimension": "credit", "value": "z"}, {"dimension": "contribution"}):
        answer = program.patch(address, json={**body, **wrong}, headers=matched)
        assert answer.status_code == 422
