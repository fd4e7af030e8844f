"""The pages of figures, asked for as a browser does."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from archive.actor import Role
from archive.figures.models import YearFigures
from tests.browser import submit
from tests.builders import a_customer

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def custodian(client_as: ClientAs) -> FlaskClient:
    return client_as(Role.CUSTODIAN)


def test_a_year_is_typed_month_by_month_and_shown(custodian: FlaskClient) -> None:
    customer = a_customer()
    address = f"/customers/{customer.archive_number}/figures/2026"
    assert custodian.get(address).status_code == 200
    months = {f"months-{at}-month": str(at + 1) for at in range(12)}
    typed = {
        **months,
        "months-0-revenue": "1,234.50",
        "months-0-cost": "1000",
        "planned_revenue": "5000",
    }
    answer = submit(custodian, address, **typed)
    assert answer.status_code == 302
    figures = YearFigures.objects.get(customer_id=customer.id)
    assert [each.month for each in figures.months] == [1]
    assert figures.month(1).revenue == Decimal("1234.50")
    assert (figures.planned_revenue, figures.planned_profit) == (Decimal(5000), None)
    page = custodian.get(answer.headers["Location"]).get_data(as_text=True)
    assert "234.50" in page
    assert "已完成 24.7%" in page


def test_what_cannot_be_read_stays_where_it_was_typed(custodian: FlaskClient) -> None:
    customer = a_customer()
    address = f"/customers/{customer.archive_number}/figures/2026"
    months = {f"months-{at}-month": str(at + 1) for at in range(12)}
    answer = submit(custodian, address, **{**months, "months-4-revenue": "很多"})
    assert answer.status_code == 422
    assert 'value="很多"' in answer.get_data(as_text=True)


def test_a_year_far_off_is_not_there(custodian: FlaskClient) -> None:
    customer = a_customer()
    assert custodian.get(f"/customers/{customer.archive_number}/figures/1").status_code == 404


def test_a_month_is_written_over_the_api(
    token_as: Callable[..., dict[str, str]], empty_site: object, client_as: ClientAs
) -> None:
    customer = a_customer()
    program = client_as(Role.CUSTODIAN)
    headers = token_as(Role.CUSTODIAN)
    address = f"/api/v1/customers/{customer.archive_number}/figures/2026"
    body = {"months": [{"month": 3, "revenue": "100.00", "cost": "60.00"}]}
    answer = program.patch(address, json=body, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    planned = {"planned_profit": "900.00", "months": []}
    assert program.patch(address, json=planned, headers=headers).status_code == 200
    year = program.get(address, headers=headers).get_json()
    month = year["months"][0]
    assert (year["planned_profit"], year["planned_revenue"]) == ("900.00", None)
    assert (month["month"], month["profit"]) == (3, "40.00")
