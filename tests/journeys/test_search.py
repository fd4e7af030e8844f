"""Search in a real browser, with the follower running: where was that?"""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from archive.actor import Role
from archive.config import Settings
from archive.embedded import environment_of
from tests.builders import a_complaint, a_customer, a_user, a_visit
from tests.journeys.conftest import PageAs


@pytest.fixture
def follower(empty_site: Flask, settings: Settings) -> Iterator[None]:
    """The follower of the site's own index."""
    process = subprocess.Popen(
        [sys.executable, "-m", "archive.follower"],
        env={**os.environ, **environment_of(settings)},
    )
    yield
    process.terminate()
    process.wait(30)


def field(page: Page) -> Locator:
    """The one field of the page."""
    return page.get_by_role("searchbox", name="检索内容", exact=True)


def type_until_found(page: Page, typed: str, expected: str) -> None:
    """Type *typed* as a person does, again and again until the result is there."""
    marked = page.locator("mark", has_text=typed)
    hit = page.locator(".hits li", has=marked).filter(has_text=expected)
    for _ in range(60):
        field(page).fill("")
        field(page).press_sequentially(typed)
        try:
            expect(hit.first).to_be_visible(timeout=1000)
        except AssertionError:
            continue
        return
    pytest.fail(f"{typed} finds no {expected}")


def test_a_complaint_just_recorded_is_found_by_two_characters(
    follower: None, page_as: PageAs
) -> None:
    staff = a_user(Role.STAFF)
    customer = a_customer("上海华盛货运有限公司")
    page = page_as(user=staff)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("华盛")
    page.keyboard.press("Enter")
    type_until_found(page, "华盛", "上海华盛")

    a_complaint(customer, actor=staff.as_actor(), content="到货延误两天，客户要求赔偿")
    type_until_found(page, "延误", "华盛")
    assert page.locator("mark").first.inner_text() == "延误"
    assert "q=%E5%BB%B6%E8%AF%AF" in page.url

    field(page).press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/complaints/**")
    expect(page.get_by_text("到货延误两天").first).to_be_visible()
    page.go_back()
    expect(field(page)).to_have_value("延误")


def test_choices_narrow_the_results_and_stand_in_the_address(
    follower: None, page_as: PageAs
) -> None:
    customer = a_customer("上海华盛货运有限公司")
    a_complaint(customer, content="延误两天")
    a_visit(customer, purpose="谈延误的事")
    page = page_as(Role.CUSTODIAN)
    page.goto("/search")
    type_until_found(page, "延误", "谈延误的事")
    expect(page.locator("[data-hit]")).to_have_count(2)

    page.get_by_role("checkbox", name="拜访").check()
    expect(page.locator("[data-hit]")).to_have_count(1)
    assert "type=visit" in page.url
    expect(page.get_by_role("checkbox", name="拜访")).to_be_focused()
    page.get_by_role("radio", name="最新").check(force=True)
    page.wait_for_url("**sort=newest**")

    page.reload()
    expect(page.get_by_role("checkbox", name="拜访")).to_be_checked()
    expect(page.locator("[data-hit]")).to_have_count(1)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_and_walks_by_keyboard(follower: None, page_as: PageAs, width: int) -> None:
    customer = a_customer("上海华盛货运有限公司")
    for number in range(3):
        a_complaint(customer, content=f"货物破损第{number}箱")
    page = page_as(Role.CUSTODIAN, width=width)
    page.goto("/search")
    type_until_found(page, "破损", "华盛")
    expect(page.locator("[data-hit]")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.activeElement.blur()")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(page.locator("[data-hit]").nth(place)).to_be_focused()


def test_the_help_goes_by_the_keyboard_and_by_a_click_elsewhere(page_as: PageAs) -> None:
    page = page_as(Role.SALES_MANAGER)
    page.goto("/search")
    opener, text = page.locator(".search-help summary"), page.locator(".search-help-body")
    opener.click()
    expect(text).to_be_visible()
    page.keyboard.press("Escape")
    expect(text).to_be_hidden()
    opener.click()
    expect(text).to_be_visible()
    page.mouse.click(700, 780)
    expect(text).to_be_hidden()
