"""The year sheet (客户业绩分析) as a Word file, opened by LibreOffice and read back (Art. 8)."""

import re
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.customers.models import Customer, Standing
from archive.customers.rules.classes import Contribution, Dimension, Why
from archive.docgen.shipped import YEAR_SHEET
from archive.figures.placeholders import CATALOGUE
from archive.figures.service import WRITER, record_months
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user
from tests.office import convert

pytestmark = pytest.mark.slow


@pytest.fixture
def customer(empty_site: object, now: datetime) -> Customer:
    """A customer with ten months of this year, all of last year, and a plan."""
    seller = a_user(Role.SALESPERSON)
    customer = a_customer("演示百川机械有限公司", salesperson=seller)
    year = clock.local(clock.now()).year
    for at, months, revenue in (
        (year - 1, range(1, 13), "1000.00"),
        (year, range(1, 11), "1234.50"),
    ):
        given = {
            month: {"revenue": Decimal(revenue) * month, "cost": Decimal("900.25") * month,
                    "tonnage": Decimal("12.345"), "shipments": month,
                    "days_late": 9 if month == 4 else None}
            for month in months
        }  # fmt: skip
        plan = {"planned_revenue": Decimal(100000)} if at == year else None
        record_months(customer, at, given, actor=seller.as_actor(), now=now, plan=plan)
    standing = Standing(
        dimension=Dimension.CONTRIBUTION, since=date(2025, 5, 1), found="important",
        why=Why.NO_PROFIT, numbers={"months": 12, "profit": "-7.00"},
    )  # fmt: skip
    Customer.objects(id=customer.id).update(
        set__contribution=Contribution.IMPORTANT, set__standings=[standing]
    )
    return Customer.find(customer.key)


def test_the_template_has_no_fault_and_names_all_that_is_known() -> None:
    report = WRITER.check(YEAR_SHEET.read())
    assert (report.faults, report.notices) == ((), ())
    known = {each.name for each in CATALOGUE.top if not each.name.startswith("文件.")}
    columns = {column.name for each in CATALOGUE.lists() for column in each.columns}
    assert (known | columns) - set(report.placeholders) == set()


@pytest.mark.timeout(180)
def test_the_printed_sheet_says_the_year_against_the_one_before_and_the_plan(
    client_as: Callable[..., FlaskClient], customer: Customer, tmp_path: Path
) -> None:
    year = clock.local(clock.now()).year
    reader = client_as(Role.GENERAL_MANAGER)
    answer = reader.get(f"/customers/{customer.archive_number}/figures/{year}.docx")
    assert answer.status_code == 200
    pdf = convert(answer.data, "pdf", tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    lines = [re.sub(r"\s+", " ", line).strip() for line in text.splitlines()]
    pressed = re.sub(r"\s", "", text)
    assert f"{year}年1月至10月" in pressed
    # January to October of both years: 55 times a month's revenue.
    assert "收入（元） 67,897.50 55,000.00 12,897.50 +23.4% 100,000.00 67.9%" in lines
    assert "利润（元） 18,383.75 5,486.25 12,897.50 +235.1% — —" in lines
    assert "货量（吨） 123.45 123.45 0 0.0% — —" in lines
    assert "4月 4,938.00 3,601.00 1,337.00 399.00 12.345 4 — — 9" in lines
    assert "11 月 — — — 1,097.25 — — — — —" in lines
    assert "近12个月没有带来利润（-7.00元）。" in pressed
    assert "有1个月付款逾期，最长9天（4月）。" in pressed
    assert "待填" not in text
    [taken] = TrailEntry.objects(action="figures.sheet_taken")
    assert taken.customer_id == customer.key


def test_a_year_without_figures_has_no_sheet_and_says_what_to_do(
    client_as: Callable[..., FlaskClient], customer: Customer
) -> None:
    year = clock.local(clock.now()).year
    reader = client_as(Role.GENERAL_MANAGER)
    page = reader.get(f"/customers/{customer.archive_number}/figures").get_data(as_text=True)
    assert f"/figures/{year}.docx" in page
    assert f"/figures/{year - 3}.docx" not in page
    answer = reader.get(f"/customers/{customer.archive_number}/figures/{year - 3}.docx")
    assert answer.status_code == 404
    assert f"{year - 3} 年还没有登记业绩" in answer.get_data(as_text=True)


def test_a_program_takes_the_sheet_of_its_own_customers_only(
    client_as: Callable[..., FlaskClient],
    token_as: Callable[..., dict[str, str]],
    customer: Customer,
) -> None:
    year = clock.local(clock.now()).year
    address = f"/api/v1/customers/{customer.archive_number}/figures/{year}.docx"
    program = client_as(Role.CUSTODIAN)
    answer = program.get(address, headers=token_as(Role.CUSTODIAN))
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
    of_another = client_as(Role.SALESPERSON).get(address, headers=token_as(Role.SALESPERSON))
    assert of_another.status_code == 403
