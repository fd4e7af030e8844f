"""Search as people ask in a real browser: offers while one types, what was meant, other words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from archive import clock
from archive.actor import Role
from archive.synonyms.service import add_group
from tests.builders import a_complaint, a_custodian, a_customer
from tests.journeys.conftest import PageAs

pytestmark = pytest.mark.slow


def test_the_top_bar_leads_to_a_customer_by_keyboard_alone(
    index_all: Callable[[], None], page_as: PageAs
) -> None:
    customer = a_customer("上海华盛货运有限公司")
    a_complaint(customer, content="到货延误两天")
    index_all()
    page = page_as(Role.CUSTODIAN)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("hshy")
    field = page.get_by_role("combobox", name="检索")
    first = page.get_by_role("option").first
    expect(first).to_contain_text(customer.name)
    expect(first).to_contain_text(customer.archive_number)
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("hshy")

    page.keyboard.press("ArrowDown")
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{customer.archive_number}")

    page.keyboard.press("/")
    page.keyboard.type("延误")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("mark").first).to_have_text("延误")


def test_what_was_meant_and_other_words_are_a_click_away(
    index_all: Callable[[], None], page_as: PageAs
) -> None:
    customer = a_customer("上海华盛货运有限公司")
    for content in ("外箱破损", "电视机摔坏", "三件货损"):
        a_complaint(customer, content=content)
    add_group(["货损", "破损", "摔坏"], actor=a_custodian(), now=clock.now())
    index_all()
    page = page_as(Role.CUSTODIAN)
    page.goto("/search")
    page.get_by_role("searchbox", name="检索内容").press_sequentially("货孙")
    page.get_by_role("link", name="货损", exact=True).click()
    expect(page.get_by_text("找到 3 条")).to_be_visible()
    expect(page.locator(".hits mark").first).to_have_text("货损")
    page.get_by_role("link", name="只查原词").click()
    expect(page.get_by_text("找到 1 条")).to_be_visible()
    assert "synonyms=off" in page.url
    page.get_by_role("link", name="也查近义词").click()
    expect(page.get_by_text("找到 3 条")).to_be_visible()


def test_old_results_look_old_until_the_new_ones_are_there(
    index_all: Callable[[], None], page_as: PageAs
) -> None:
    a_customer("上海华盛货运有限公司")
    a_customer("宁波顺达物流有限公司")
    index_all()
    page = page_as(Role.CUSTODIAN)
    page.goto("/search?q=华盛")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search?q=%E9%A1%BA*", hold)
    field = page.get_by_role("searchbox", name="检索内容")
    field.press("Control+a")
    field.press_sequentially("顺达")
    found = page.locator("#found")
    expect(found).to_have_attribute("aria-busy", "true")
    expect(page.get_by_text("正在检索，下面还是之前的结果")).to_be_visible()
    expect(page.locator(".hits")).to_contain_text("华盛")
    page.wait_for_timeout(300)
    for route in held:
        route.continue_()
    expect(page.locator(".hits")).to_contain_text("顺达")
    expect(found).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_text("正在检索，下面还是之前的结果")).to_be_hidden()
