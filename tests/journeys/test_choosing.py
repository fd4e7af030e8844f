"""Choosing a customer by name: typed key by key, pasted, by keyboard alone, on a phone."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Locator, Page, Request, Route, expect

from archive.actor import Role
from archive.communication.models import Complaint, Visit
from archive.customers.models import Customer
from tests.builders import a_customer
from tests.journeys.conftest import PageAs

SUGGEST = re.compile(r"/customers/suggest")


@pytest.fixture
def customers(empty_site: object) -> list[Customer]:
    names = ("广东华盛货运有限公司", "广东华顺货运有限公司", "成都和泰物流有限公司")
    return [a_customer(name) for name in names]


@pytest.fixture
def visit_page(page_as: PageAs) -> Callable[..., tuple[Page, Locator]]:
    """The page of a new visit, and its field for the customer."""

    def open_page(role: Role = Role.SALES_MANAGER, width: int = 1280) -> tuple[Page, Locator]:
        page = page_as(role, width=width)
        page.goto("/visits/new")
        return page, page.get_by_role("combobox", name="客户")

    return open_page


def offers_of(page: Page, name: str = "customer_name") -> Locator:
    """What the field called *name* offers at the moment."""
    return page.locator(f"#f-{name}-list").get_by_role("option")


def asked_of(page: Page) -> list[str]:
    """The texts that the page asks the server about, as they are sent."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if SUGGEST.search(request.url):
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_a_customer_is_typed_key_by_key_and_taken_with_the_arrows_and_enter(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, field = visit_page()
    field.press_sequentially("gdh", delay=30)
    offers = offers_of(page)
    expect(offers).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(offers.nth(0)).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(offers.nth(1)).to_have_attribute("aria-selected", "true")
    marked = offers.nth(1).get_attribute("id")
    expect(field).to_have_attribute("aria-activedescendant", str(marked))
    chosen = offers.nth(1).inner_text()
    field.press("ArrowDown")  # past the last one: the first again
    expect(offers.nth(0)).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    field.press("Enter")
    [customer] = [each for each in customers if each.name in chosen]
    expect(field).to_have_value(customer.caption)
    expect(field).to_have_attribute("aria-expanded", "false")
    page.get_by_label("目的").fill("了解下半年货量")
    page.locator("form[data-guard] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/visits/[A-Z]"))
    assert Visit.objects.get().customer_id == customer.id


def test_enter_before_the_answer_is_there_takes_what_it_offers_first(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, field = visit_page()
    field.press_sequentially("cdht")
    field.press("Enter")
    expect(field).to_have_value(customers[2].caption)
    assert page.url.endswith("/visits/new")


def test_escape_closes_the_list_and_keeps_what_was_typed(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, field = visit_page()
    field.press_sequentially("华")
    expect(offers_of(page)).to_have_count(2)
    field.press("Escape")
    expect(offers_of(page)).to_have_count(0)
    expect(field).to_have_value("华")
    expect(field).to_be_focused()
    field.press("ArrowDown")
    expect(offers_of(page)).to_have_count(2)


def test_a_pasted_name_is_looked_for_and_a_pasted_code_is_enough(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, field = visit_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", f" {customers[0].name}\n")
    field.focus()
    field.press("Control+V")
    expect(offers_of(page)).to_have_count(1)
    field.press("Escape")
    field.fill(customers[2].customer_code)
    page.get_by_label("目的").fill("了解下半年货量")
    page.locator("form[data-guard] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/visits/[A-Z]"))
    assert Visit.objects.get().customer_id == customers[2].id


def test_letters_of_an_input_method_are_no_query_until_the_word_is_whole(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, field = visit_page()
    asked = asked_of(page)
    field.focus()
    keyboard = page.context.new_cdp_session(page)
    for letters in ("h", "hu", "hua", "hua's", "hua'sh"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
    page.wait_for_timeout(400)  # longer than the pause before a question
    assert asked == []
    keyboard.send("Input.insertText", {"text": "华盛"})
    expect(offers_of(page)).to_have_count(1)
    assert len(asked) == 1
    expect(field).to_have_value("华盛")


def test_an_answer_that_comes_late_never_takes_the_place_of_a_newer_one(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, field = visit_page()
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(SUGGEST, hold_first)
    with page.expect_request(SUGGEST):
        field.press_sequentially("华")
    field.press_sequentially("盛")
    offers = offers_of(page)
    expect(offers).to_have_count(1)
    with suppress(Error):  # the page may have given it up already
        held[0].fulfill(json=[{"text": "迟到", "label": "迟到", "note": ""}])
    page.wait_for_timeout(200)
    expect(offers).to_have_count(1)
    expect(offers).to_contain_text(customers[0].name)


def test_a_name_without_an_archive_stays_as_typed_where_the_form_takes_it(
    page_as: PageAs, customers: list[Customer]
) -> None:
    page = page_as(Role.STAFF)
    page.goto("/complaints/new")
    field = page.get_by_role("combobox", name="客户")
    expect(page.get_by_text("没有档案的客户直接填写名称")).to_be_visible()
    field.press_sequentially("华盛")
    expect(offers_of(page)).to_have_count(1)
    expect(offers_of(page)).to_have_attribute("aria-selected", "false")
    expect(offers_of(page)).to_contain_text(customers[0].customer_code)
    field.press_sequentially("搬家的老张")
    expect(page.get_by_text("没有符合的客户，可按所填名称登记").first).to_be_visible()
    field.press("Tab")
    expect(field).to_have_value("华盛搬家的老张")
    page.get_by_label("抱怨内容").fill("三箱受潮。")
    page.locator("form[data-guard] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/complaints/?"))
    complaint = Complaint.objects.get()
    assert (complaint.customer_name, complaint.customer_id) == ("华盛搬家的老张", None)


def test_a_name_without_an_archive_is_answered_with_what_to_do_where_one_is_needed(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, field = visit_page()
    field.press_sequentially("没有的公司")
    expect(page.get_by_text("没有符合的客户").first).to_be_visible()
    page.get_by_label("目的").fill("了解下半年货量")
    page.locator("form[data-guard] button[type=submit]").click()
    expect(page.locator("#f-customer_name-wrong")).to_contain_text("再从列表中选择")
    expect(field).to_have_value("没有的公司")


def test_on_a_phone_the_list_is_whole_within_the_page_and_a_tap_chooses(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, field = visit_page(width=390)
    field.press_sequentially("gdh")
    expect(offers_of(page)).to_have_count(2)
    box = page.locator("main [data-lookup-box]").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    offers_of(page).filter(has_text=customers[0].name).click()
    expect(field).to_have_value(customers[0].caption)
    expect(field).to_be_focused()


def test_a_page_may_hold_any_number_of_such_fields(
    visit_page: Callable[..., tuple[Page, Locator]], customers: list[Customer]
) -> None:
    page, _ = visit_page()
    page.evaluate(
        """() => {
            const field = document.querySelector("main [data-lookup]").closest(".field");
            const other = document.createElement("div");
            other.innerHTML = field.outerHTML.replaceAll("customer_name", "consignee");
            field.after(other.firstElementChild);
        }"""
    )
    first, second = page.locator("#f-customer_name"), page.locator("#f-consignee")
    second.press_sequentially("和泰")
    expect(offers_of(page, "consignee")).to_have_count(1)
    second.press("Enter")
    first.press_sequentially("华盛")
    expect(offers_of(page)).to_have_count(1)
    first.press("Tab")
    expect(first).to_have_value(customers[0].caption)
    expect(second).to_have_value(customers[2].caption)
