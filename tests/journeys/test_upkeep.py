"""Two archives of one customer merged and parted again, as people do it."""

from datetime import datetime
from decimal import Decimal

from flask import Flask
from playwright.sync_api import expect

from archive.actor import Role
from archive.customers.models import Customer
from archive.figures.models import YearFigures
from archive.figures.service import record_months
from tests.builders import a_customer, a_user, a_visit
from tests.journeys.conftest import PageAs


def test_two_archives_are_merged_and_parted_again(
    empty_site: Flask, page_as: PageAs, now: datetime
) -> None:
    maker = a_user(Role.SALES_MANAGER).as_actor()
    kept = a_customer("华盛机械有限公司", address="上海市")
    other = a_customer("上海华盛机械制造有限公司", address="上海市宝山区", phone="021-65550001")
    a_visit(other)
    for customer, revenue in ((kept, 20), (other, 25)):
        record_months(customer, 2026, {2: {"revenue": Decimal(revenue)}}, actor=maker, now=now)

    page = page_as(Role.SALES_MANAGER)
    page.goto(f"/customers/{kept.archive_number}/merge")
    page.get_by_role("combobox", name="同一客户的另一份档案").press_sequentially("上海华盛")
    page.get_by_role("option", name="上海华盛机械制造").click()
    page.get_by_role("button", name="对照两份档案").click()

    page.get_by_label("原因").press_sequentially("重复建档")
    page.get_by_role("row", name="地址").get_by_label("上海市宝山区").check()
    page.get_by_role("button", name="合并", exact=True).click()
    figures = page.get_by_role("table", name="两份档案都有、内容不同的业绩")
    expect(page.get_by_role("alert")).to_contain_text("需要选择以哪一份为准")
    figures.get_by_label("收入（元） 25").check()
    page.get_by_role("button", name="合并", exact=True).click()

    expect(page.get_by_text("已并入这份档案")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="收入（元） 20")).to_be_visible()
    found = Customer.find(kept.key)
    assert (found.address, found.phone) == ("上海市宝山区", "021-65550001")
    assert YearFigures.of_year(found, 2026).month(2).revenue == 25
    record = page.url
    page.goto(f"/customers/{other.archive_number}")  # the old number
    expect(page).to_have_url(f"{page.url.split('/customers')[0]}/customers/{kept.archive_number}")

    page.goto(record)
    page.get_by_role("button", name="拆回两份档案").click()
    page.get_by_role("dialog").get_by_label("原因").press_sequentially("其实是两家公司")
    page.get_by_role("dialog").get_by_role("button", name="拆回两份档案").click()
    expect(page.get_by_text("已拆回，两份档案各自恢复。")).to_be_visible()
    page.goto(f"/customers/{other.archive_number}")
    expect(page.get_by_role("heading", name="上海华盛机械制造有限公司")).to_be_visible()
    assert Customer.find(kept.key).address == "上海市"
