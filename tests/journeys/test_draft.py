"""A contract: what is missing, prices out of Excel, preview, Word file, next version."""

import pytest
from playwright.sync_api import Locator, Page, expect

from archive import clock
from archive.actor import Role
from archive.contracts.models import Contract
from archive.contracts.service.templates import install_shipped_templates
from archive.customers.models import Customer
from archive.seams import Seams
from tests.builders import a_customer, a_user
from tests.journeys.conftest import PageAs

PASTE = """text => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def page(page_as: PageAs, parts: Seams) -> Page:
    """A salesperson's browser, at the desk of their own customer."""
    install_shipped_templates(now=clock.now(), blobs=parts.blobs, docgen=parts.docgen)
    seller = a_user(Role.SALESPERSON)
    a_customer("广东华盛货运有限公司", salesperson=seller, main_goods="机械配件")
    opened = page_as(user=seller)
    opened.goto(f"/customers/{Customer.objects.get().archive_number}/drafts/new")
    return opened


def cell(page: Page, row: int, column: str) -> Locator:
    """The cell of the price table in *row* (from 0)."""
    return page.locator("[data-sheet-row]").nth(row).get_by_label(column, exact=True)


def test_a_salesperson_makes_previews_and_downloads_a_draft(page: Page, parts: Seams) -> None:
    missing = page.locator("[data-missing]")
    expect(missing).to_contain_text("签订地点")
    missing.get_by_role("link", name="签订地点").click()
    page.get_by_label("签订地点").fill("广州市")
    expect(missing).not_to_contain_text("签订地点")

    cell(page, 0, "起运地").focus()
    page.evaluate(
        PASTE,
        '广州市\t上海市\t机械配件\t吨\t"1,000.5"\t￥320.00\t48 小时\r\n'
        '广州市\t"南京\n市"\t机械配件\t吨\t2\t0.05\t\r\n',
    )
    expect(page.locator("[data-sheet-row]")).to_have_count(2)
    expect(cell(page, 1, "到达地")).to_have_value("南京 市")
    expect(page.locator("[data-sheet-amount]").first).to_have_text("320,160.00")
    expect(page.locator("[data-total]")).to_have_text("320,160.10")
    expect(page.locator("[data-capitals]")).to_have_text("人民币叁拾贰万零壹佰陆拾元壹角")

    page.get_by_role("button", name="预览").click()
    expect(page.locator("section.docx").first).to_contain_text("广东华盛货运有限公司")
    expect(page.locator("section.docx").first).to_contain_text("预览稿")

    page.get_by_role("button", name="生成草稿").click()
    page.wait_for_url("**/contracts/HT-*")
    expect(page.locator("section.docx").first).to_contain_text("广州市")
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载 Word").click()
    contract = Contract.objects.get()
    assert coming.value.suggested_filename == f"广东华盛货运有限公司-{contract.number}-v1.docx"
    text = parts.docgen.text_of(coming.value.path().read_bytes())
    assert "人民币叁拾贰万零壹佰陆拾元壹角" in text
    assert contract.number in text

    page.get_by_role("link", name="生成新版本").click()
    page.get_by_label("合同名称").fill("改过的合同")
    page.get_by_role("button", name="生成第 2 版").click()
    expect(page.get_by_role("heading", name="改过的合同")).to_be_visible()
    expect(page.locator(".draft-versions li")).to_have_count(2)


def test_the_price_table_is_filled_in_by_the_keyboard_alone(page: Page) -> None:
    first = cell(page, 0, "数量")
    first.fill("3")
    first.press("Enter")
    expect(cell(page, 1, "数量")).to_be_focused()
    cell(page, 1, "数量").fill("4")
    cell(page, 1, "数量").press("ArrowUp")
    expect(first).to_be_focused()
    first.press("ArrowRight")
    expect(cell(page, 0, "单价（元）")).to_be_focused()
    page.keyboard.type("10")
    expect(page.locator("[data-sheet-amount]").first).to_have_text("30.00")
    page.locator("[data-sheet-drop]").first.click()
    expect(page.locator("[data-sheet-row]")).to_have_count(1)
    expect(cell(page, 0, "数量")).to_have_value("4")


def test_a_wrong_cell_is_marked_and_nothing_typed_is_lost(page: Page) -> None:
    cell(page, 0, "起运地").fill("广州市")
    cell(page, 0, "数量").fill("很多")
    page.get_by_role("button", name="生成草稿").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(cell(page, 0, "数量")).to_have_attribute("aria-invalid", "true")
    expect(cell(page, 0, "起运地")).to_have_value("广州市")


def test_the_desk_fits_on_a_phone(page_as: PageAs, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("button", name="预览").click()
    expect(page.locator("section.docx").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
