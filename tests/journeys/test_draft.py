"""A contract: what is missing, prices out of Excel, preview, Word file, next version."""

import re
from datetime import date

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
from tests.journeys.test_counter import agree
from tests.waiting import until

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
    a_customer(
        "广东华盛货运有限公司",
        salesperson=seller,
        main_goods="机械配件",
        licence_valid_until=date(2020, 1, 31),
    )
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
    feet = page.locator("section.docx > footer").all_inner_texts()
    said = [re.search(r"第\s*(\d+)\s*页\s*共\s*(\d+)\s*页", foot) for foot in feet]
    ends = [(int(each[1]), int(each[2])) for each in said if each]
    last, whole = ends[-1]
    # The first sheet is taller than a page of paper: it ends with a later one.
    assert last == whole > len(ends)
    assert [end for end, _ in ends] == sorted({end for end, _ in ends})
    assert {each for _, each in ends} == {whole}

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


def test_a_draft_for_a_customer_with_an_expired_licence_says_so_and_is_taken_back(
    page: Page,
) -> None:
    expect(page.locator("main")).to_contain_text("（有效期至 2020-01-31）")
    page.get_by_role("button", name="生成草稿").click()
    page.wait_for_url("**/contracts/HT-*")
    agree(page, "作废", "客户改用对方的模板")
    expect(page.get_by_role("link", name="生成新版本")).to_have_count(0)
    agree(page, "恢复", "又谈成了")
    expect(page.get_by_role("link", name="生成新版本")).to_be_visible()


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


TERMS = {
    "签订地点": "广州市",
    "签订日期": "2026-01-10",
    "合同起始日期": "2026-01-15",
    "合同终止日期": "2027-01-14",
    "规格": "按随车清单",
    "包装": "木箱",
    "件数": "按每票运单",
    "重量": "单票不超过 30 吨",
    "体积": "单票不超过 80 立方米",
    "货物价值": "单票不超过 50 万元",
    "收货人": "按每票运单",
    "计价方式": "按吨计价",
    "结算方式": "月结，银行转账",
    "付款天数": "30",
    "增值税税率": "9%",
    "发票类型": "增值税专用发票",
    "保险或保价方式": "托运人按票保价",
    "逾期付款每日违约金": "万分之五",
    "争议解决机构": "承运人所在地人民法院",
    "合同份数": "肆",
    "每方持有份数": "贰",
}
ROW = {"起运地": "广州市", "数量": "12.5", "单价（元）": "320"}
RENEWED = ("签订日期", "合同起始日期", "合同终止日期")


def fill_in(page: Page, values: dict[str, str]) -> int:
    """Type *values* key by key, as a person does; says how many keys it took."""
    for label, value in values.items():
        field = page.get_by_label(label, exact=True)
        field.click()
        field.press_sequentially(value)
    return sum(len(value) for value in values.values())


def test_a_renewal_takes_three_days_to_type_and_nothing_else(page: Page) -> None:
    typed_first = fill_in(page, TERMS)
    for column, value in ROW.items():
        cell(page, 0, column).press_sequentially(value)
        typed_first += len(value)
    page.get_by_role("button", name="生成草稿").click()
    page.wait_for_url("**/contracts/HT-*")
    first = Contract.objects.get()

    page.get_by_role("link", name="照此起草").click()
    expect(page.get_by_text(f"来自合同 {first.number}").first).to_be_visible()
    expect(page.get_by_label("签订日期", exact=True)).to_have_value("")
    days = ("2027-01-08", "2027-01-15", "2028-01-14")
    typed_again = fill_in(page, dict(zip(RENEWED, days, strict=True)))
    page.get_by_role("button", name="生成草稿").click()
    page.wait_for_url("**/contracts/HT-*")
    page.wait_for_url(lambda address: first.number not in address)
    second = Contract.objects.get(copied_from=first.number)
    assert (len(RENEWED), len(TERMS) + len(ROW)) == (3, 24)
    assert typed_again == 30
    assert typed_first > 4 * typed_again
    assert second.newest.missing == first.newest.missing
    assert second.insurance == first.insurance
    assert second.prices[0].unit_price == first.prices[0].unit_price
    assert str(second.ends_on) == "2028-01-14"


def test_what_was_typed_is_offered_again_after_the_page_was_lost(page: Page) -> None:
    page.get_by_label("包装").press_sequentially("木箱")
    cell(page, 0, "起运地").press_sequentially("广州市")
    until(lambda: "广州市" in page.evaluate("() => Object.values(sessionStorage).join()"))
    page.on("dialog", lambda asked: asked.accept())
    page.reload()
    expect(page.get_by_label("包装")).to_have_value("")
    page.get_by_role("button", name="恢复填写的内容").click()
    expect(page.get_by_label("包装")).to_have_value("木箱")
    expect(cell(page, 0, "起运地")).to_have_value("广州市")


def test_a_value_that_is_typed_over_is_no_longer_said_to_be_taken_over(page: Page) -> None:
    goods = page.locator("#f-goods")
    expect(page.locator("#f-goods-help")).to_contain_text("来自客户档案")
    goods.press_sequentially("、轴承")
    expect(page.locator("#f-goods-help")).to_be_empty()
