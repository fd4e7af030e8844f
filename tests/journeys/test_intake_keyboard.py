"""Ten scans are filed by the keyboard alone, and the customer is always one that was chosen."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from archive.actor import Role
from archive.customers.models import Customer
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind
from tests.builders import a_customer
from tests.journeys.conftest import PageAs
from tests.journeys.test_intake import choose
from tests.recognition import ugly_files as ugly

pytestmark = pytest.mark.slow


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        """Press each of *keys*."""
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)


def scans(folder: Path, count: int) -> list[Path]:
    """As many different scans."""
    files = [folder / f"scan{number:02}.jpg" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(ugly.a_jpeg(size=(300, 300 + number)))
    return files


def test_ten_scans_take_no_click_and_few_keys(page_as: PageAs, tmp_path: Path) -> None:
    customer = a_customer("广东华盛货运有限公司")
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    expect(page.locator("[data-choose]").first).to_be_focused()
    choose(page, *scans(tmp_path, 10))
    expect(page.locator("[data-queue] li")).to_have_count(10)
    field, keys = page.get_by_role("combobox", name="所属客户"), Keys(page)
    kind = page.locator("select[name=kind]")
    expect(field).to_be_focused()
    keys.press(*"hshy")
    page.get_by_role("option", name=customer.name).wait_for()
    keys.press("Enter")
    expect(kind).to_be_focused()
    keys.press(*"ht")
    expect(kind).to_have_value("contract_copy")
    keys.press("Enter")
    for left in range(9, 0, -1):
        expect(page.locator("[data-left]")).to_have_text(str(left))
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        keys.press("Tab", "Enter")
        expect(kind).to_be_focused()
        expect(kind).to_have_value("contract_copy")
        expect(field).to_have_value(re.compile(customer.name))
        keys.press("Enter")
    expect(page.locator("[data-left]")).to_have_text("0")
    papers = Attachment.of_customer(customer.id)
    assert [each.kind for each in papers] == [AttachmentKind.CONTRACT_COPY] * 10
    assert keys.pressed == 35


def test_x_rejects_only_outside_of_fields_and_never_types_itself(
    page_as: PageAs, tmp_path: Path
) -> None:
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, *scans(tmp_path, 1))
    field = page.get_by_role("combobox", name="所属客户")
    expect(field).to_be_focused()
    page.keyboard.press("x")
    expect(field).to_have_value("x")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    reason = page.get_by_label("退回原因")
    expect(reason).to_be_focused()
    expect(reason).to_have_value("")


def test_an_unknown_customer_stays_and_its_archive_is_opened_on_the_way(
    page_as: PageAs, tmp_path: Path
) -> None:
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, *scans(tmp_path, 2))
    expect(page.locator("[data-queue] li")).to_have_count(2)
    field = page.get_by_role("combobox", name="所属客户")
    expect(field).to_be_focused()
    field.press_sequentially("新来货运有限公司")
    page.locator("select[name=kind]").select_option("licence")
    page.locator("input[name=title]").fill("执照副本")
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value("新来货运有限公司")
    page.get_by_role("link", name="以“新来货运有限公司”建立客户档案").click()
    expect(page.get_by_label("公司名称")).to_have_value("新来货运有限公司")
    page.get_by_role("button", name="建立档案").click()
    expect(field).to_have_value(re.compile("新来货运有限公司（"))
    expect(page.locator("select[name=kind]")).to_have_value("licence")
    expect(page.locator("input[name=title]")).to_have_value("执照副本")
    page.locator("input[name=title]").press("Enter")
    expect(page.locator("[data-left]")).to_have_text("1")
    expect(field).to_have_value("")  # it was chosen for that paper, not for this one
    page.reload()
    expect(field).to_have_value("")
    customer = Customer.objects(name="新来货运有限公司").get()
    assert [each.title for each in Attachment.of_customer(customer.id)] == ["执照副本"]


def test_the_customer_whose_page_led_here_is_offered_and_not_filled_in(
    page_as: PageAs, tmp_path: Path
) -> None:
    customer = a_customer("厦门海沧物流有限公司")
    page = page_as(Role.CUSTODIAN)
    page.goto(f"/customers/{customer.archive_number}/attachments")
    page.get_by_role("link", name="去收件箱").click()
    expect(page.locator("[data-choose]").first).to_be_focused()  # the page is at work
    choose(page, *scans(tmp_path, 1))
    field = page.get_by_role("combobox", name="所属客户")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile(customer.name))
    expect(page.locator("select[name=kind]")).to_be_focused()
    expect(page.locator("select[name=kind]")).to_have_value("")
    assert Deposit.waiting().count() == 1
