"""Classes computed again, one set otherwise for a time, and what is proposed accepted at once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from playwright.sync_api import expect

from archive import clock
from archive.actor import Role
from archive.classing.tasks import look
from archive.customers.models import Customer
from archive.customers.rules.classes import Contribution, Credit, Dimension, Maintenance
from archive.figures.service import record_months
from tests.builders import a_customer, a_user
from tests.journeys.conftest import PageAs

pytestmark = pytest.mark.slow

PROFITS = (900, 60, 40)


@pytest.fixture
def customers(empty_site: Flask) -> list[Customer]:
    """Three customers with figures of this month, the first of whom makes nearly all the profit."""
    manager, seller = a_user(Role.SALES_MANAGER), a_user(Role.SALESPERSON)
    today = clock.local_day(clock.now())
    given = [a_customer(salesperson=seller) for _ in PROFITS]
    for customer, profit in zip(given, PROFITS, strict=True):
        month = {"revenue": Decimal(profit * 10), "profit": Decimal(profit), "days_late": 0}
        month["tonnage"] = Decimal(profit)
        facts = {today.month: month}
        record_months(customer, today.year, facts, actor=manager.as_actor(), now=clock.now())
    return given


def read(customer: Customer) -> Customer:
    return Customer.find(customer.key)


def test_classes_are_computed_one_is_set_for_a_time_and_the_proposals_are_accepted_at_once(
    page_as: PageAs, empty_site: Flask, customers: list[Customer]
) -> None:
    page = page_as(Role.SALES_MANAGER)
    page.goto("/classes")
    page.get_by_role("button", name="重新计算").click()
    expect(page.get_by_text("正在重新计算")).to_be_visible()
    with empty_site.app_context():
        look()
    page.reload()
    expect(page.get_by_role("table", name="重要客户")).to_contain_text(customers[0].name)
    assert [read(each).contribution for each in customers] == [
        Contribution.IMPORTANT, Contribution.ORDINARY, Contribution.ORDINARY,
    ]  # fmt: skip

    end = clock.local_day(clock.now()) + timedelta(days=90)
    page.goto(f"/customers/{customers[1].archive_number}/classes/contribution")
    page.get_by_label("贡献度").select_option(label="重要客户")
    page.get_by_label("有效期至").press_sequentially(f"{end:%Y%m%d}")
    page.get_by_label("原因").press_sequentially("新签年度合同")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("新签年度合同")).to_be_visible()
    expect(page.get_by_text("按计算结果应为：普通客户")).to_be_visible()
    decision = read(customers[1]).decision_in(Dimension.CONTRIBUTION)
    assert decision is not None
    assert (decision.until, decision.reason) == (end, "新签年度合同")

    page.goto("/classes")
    page.get_by_role("link", name="逐条确认").click()
    page.get_by_role("checkbox", name="选择本页").click()
    page.get_by_role("button", name="采纳建议").first.click()
    expect(page.get_by_role("heading", name="选中 3 条")).to_be_visible()
    page.get_by_label("由其跟进销售员任专人").click()
    page.get_by_label("原因").press_sequentially("季度例会确认")
    page.get_by_role("button", name="更改 3 条").click()
    expect(page.get_by_text("已更改 3 条。")).to_be_visible()
    assert [read(each).credit for each in customers] == [Credit.A] * 3
    assert read(customers[0]).maintenance is Maintenance.STRATEGIC
    assert read(customers[0]).keeper_name == customers[0].salesperson_name

    page.get_by_role("button", name="撤销").first.click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("原因").press_sequentially("两家有争议")
    asked.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已恢复 3 条。")).to_be_visible()
    assert [read(each).credit for each in customers] == [None] * 3
    page.goto("/classes/proposals")
    expect(page.get_by_role("row").filter(has_text="A 级信誉")).to_have_count(3)
