"""A salesperson leaves: all customers are handed over, the list printed, and all taken back."""

from io import BytesIO
from pathlib import Path

import docx
from flask import Flask
from playwright.sync_api import expect

from archive.actor import Role
from archive.customers.models import Customer
from archive.docgen.text import read_text
from tests.builders import a_customer, a_user
from tests.journeys.conftest import PageAs


def test_a_salesperson_hands_over_and_the_list_is_printed_and_it_is_undone(
    empty_site: Flask, page_as: PageAs
) -> None:
    leaver, first, second = (a_user(Role.SALESPERSON) for _ in range(3))
    one = a_customer("演示百川机械有限公司", salesperson=leaver)
    two = a_customer("演示远航电器有限公司", salesperson=leaver)

    page = page_as(Role.SALES_MANAGER)
    page.goto("/handovers")
    page.get_by_role("link", name="新建交接").click()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("alert").first).to_be_visible()  # nobody was chosen
    page.get_by_label("移交人").select_option(label=leaver.name)
    page.get_by_label(first.name, exact=True).press("Space")
    page.get_by_label(second.name, exact=True).press("Space")
    page.get_by_role("button", name="下一步").press("Enter")

    expect(page.get_by_text("2 个客户")).to_be_visible()
    page.get_by_label(f"{two.name} 的接收人").select_option(label=second.name)
    page.get_by_label("最后工作日").press_sequentially("2026-11-30")
    page.get_by_label("最后工作日").press("Tab")
    page.get_by_role("button", name="交接", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()  # a reason is asked for
    expect(page.get_by_label(f"{two.name} 的接收人")).to_have_value(second.key)
    page.get_by_label("交接原因").press_sequentially("离职")
    page.get_by_role("button", name="交接", exact=True).click()

    expect(page.get_by_role("heading", name=f"交给 {first.name}")).to_be_visible()
    expect(page.get_by_role("heading", name=f"交给 {second.name}")).to_be_visible()
    assert str(Customer.find(one.key).salesperson_id) == first.key
    assert str(Customer.find(two.key).salesperson_id) == second.key
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载交接清单").click()
    content = Path(taken.value.path()).read_bytes()
    text = read_text(docx.Document(BytesIO(content)))
    assert one.name in text
    assert "2026年11月30日" in text

    page.get_by_role("button", name="撤销交接").click()
    page.get_by_role("dialog").get_by_label("原因").press_sequentially("暂不离职")
    page.get_by_role("dialog").get_by_role("button", name="撤销交接").click()
    expect(page.get_by_text("暂不离职")).to_be_visible()
    for each in (one, two):
        assert str(Customer.find(each.key).salesperson_id) == leaver.key
