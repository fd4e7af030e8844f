"""The frame of every page in a real browser: bars, keys, forms that lose nothing."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Dialog, Page, expect

from archive.accounts.models import User
from archive.actor import Role
from archive.customers.models import Customer
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user

PageAs = Callable[..., Page]

FLOW = {"origin": "深圳", "destination": "成都", "monthly_tonnes": Decimal("396.00")}

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def editing(page_as: PageAs) -> Page:
    """A custodian on the page that edits a customer's archive."""
    customer = a_customer("华盛货运有限公司")
    page = page_as(Role.CUSTODIAN)
    page.goto(f"/customers/{customer.archive_number}/edit")
    return page


def test_top_bar_and_navigation_stay_on_a_long_page(editing: Page) -> None:
    editing.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    for part in (".shell-top", ".shell-side"):
        box = editing.locator(part).bounding_box()
        assert box is not None
        assert abs(box["y"]) < 1, part


def test_a_slash_goes_to_the_search_field_but_not_while_typing(editing: Page) -> None:
    editing.get_by_label("公司名称").press("/")
    expect(editing.get_by_label("公司名称")).to_be_focused()
    editing.locator("main").focus()
    editing.keyboard.press("/")
    expect(editing.locator("#top-search")).to_be_focused()


def test_leaving_unsaved_words_asks_first(editing: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    editing.on("dialog", stay)
    editing.get_by_label("简称").fill("华盛")
    editing.get_by_role("link", name="取消").click(no_wait_after=True)
    expect(editing.get_by_label("简称")).to_have_value("华盛")
    assert asked == ["beforeunload"]


def test_a_wrong_form_keeps_what_was_typed_and_leads_to_the_fault(editing: Page) -> None:
    editing.get_by_label("简称").fill("华盛")
    editing.get_by_label("统一社会信用代码").fill("123")
    editing.get_by_role("button", name="保存").click()
    summary = editing.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(editing.get_by_label("简称")).to_have_value("华盛")
    field = editing.get_by_label("统一社会信用代码")
    expect(field).to_have_value("123")
    expect(field).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").first.click()
    expect(field).to_be_in_viewport()


def test_of_two_who_edit_at_once_the_second_chooses_field_by_field(page_as: PageAs) -> None:
    customer = a_customer("华盛货运有限公司", address="旧地址", flows=[FLOW])
    first, second = page_as(Role.CUSTODIAN), page_as(Role.SALES_MANAGER)
    for page in (first, second):
        page.goto(f"/customers/{customer.archive_number}/edit")
    first.get_by_label("地址", exact=True).fill("先存的地址")
    first.get_by_label("主要运输物资").fill("冷冻食品")
    first.get_by_role("button", name="保存").click()
    expect(first.get_by_text("已保存。")).to_be_visible()
    second.get_by_label("地址", exact=True).fill("后存的地址")
    second.get_by_label("简称").fill("华盛")
    second.get_by_role("button", name="保存").click()
    expect(second.get_by_role("rowheader")).to_have_text(
        ["简称", re.compile("地址"), "主要运输物资"]
    )
    second.get_by_label("后存的地址").check()
    second.get_by_role("button", name="按所选内容保存").click()
    expect(second.get_by_text("已保存。")).to_be_visible()
    kept = Customer.objects.first()
    assert (kept.address, kept.short_name, kept.main_goods) == ("后存的地址", "华盛", "冷冻食品")


def test_rows_are_added_and_saved(editing: Page) -> None:
    contacts = editing.get_by_role("group", name="联系人")
    contacts.get_by_role("button", name="添加一行").click()
    contacts.get_by_label("姓名").last.fill("刘洋")
    editing.get_by_role("button", name="保存").click()
    expect(editing.get_by_text("已保存。")).to_be_visible()
    assert [each.name for each in Customer.objects.first().contacts] == ["刘洋"]


def test_what_cannot_be_undone_asks_for_a_reason(page_as: PageAs) -> None:
    someone = a_user(Role.STAFF, name="周敏")
    page = page_as(Role.ADMINISTRATOR)
    page.goto(f"/people/{someone.key}")
    page.get_by_role("button", name="停用账号").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="停用账号").click()
    expect(dialog).to_be_visible()
    assert not User.find(someone.key).is_disabled
    dialog.get_by_label("原因").fill("离职")
    dialog.get_by_role("button", name="停用账号").click()
    expect(page.get_by_role("button", name="重新启用")).to_be_visible()
    assert User.find(someone.key).is_disabled


def test_a_reason_that_is_not_taken_comes_back_in_the_dialog(page_as: PageAs) -> None:
    last = a_user(Role.ADMINISTRATOR)
    page = page_as(user=last)
    page.goto(f"/people/{last.key}")
    page.get_by_role("button", name="停用账号").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("原因").fill("不再管理系统")
    dialog.get_by_role("button", name="停用账号").click()
    expect(dialog.get_by_text("这是最后一个可用的系统管理员账号。")).to_be_visible()
    expect(dialog.get_by_label("原因")).to_have_value("不再管理系统")
    assert page.evaluate("document.querySelector('dialog:modal') !== null")
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).not_to_be_visible()


def test_the_theme_is_chosen_once_and_kept(page_as: PageAs) -> None:
    page = page_as(Role.STAFF)
    page.goto("/")
    page.get_by_role("button", name=re.compile("我的菜单")).click()
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_on_a_phone_the_navigation_is_a_drawer_that_escape_closes(page_as: PageAs) -> None:
    page = page_as(Role.CUSTODIAN, width=390)
    page.goto("/customers")
    side = page.locator("#side")
    expect(side).not_to_be_visible()
    page.get_by_role("button", name="更多").click()
    expect(side).to_be_visible()
    page.keyboard.press("Escape")
    expect(side).not_to_be_visible()
    expect(page.get_by_role("button", name="更多")).to_be_focused()


def test_the_columns_chosen_stand_in_the_address(page_as: PageAs) -> None:
    a_customer("华盛货运有限公司")
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers")
    page.get_by_role("button", name="显示列").click()
    page.get_by_label("地区", exact=True).last.uncheck()
    page.wait_for_url(re.compile("columns="))
    expect(page.get_by_role("columnheader", name="地区")).to_have_count(0)
    expect(page.get_by_role("columnheader", name="公司名称")).to_be_visible()


def test_a_filter_takes_several_values_at_once_and_each_is_taken_off_by_itself(
    page_as: PageAs,
) -> None:
    for name, region in (("甲公司", "44"), ("乙公司", "31"), ("丙公司", "11")):
        a_customer(name, region=region)
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers")
    page.get_by_role("button", name="地区").click()
    page.get_by_role("checkbox", name="广东").check()
    page.get_by_role("checkbox", name="上海").check()
    page.keyboard.press("Escape")
    page.wait_for_url("**/customers?region=31&region=44*")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="去掉筛选 地区：上海").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="清除筛选").click()
    expect(page.locator("tbody tr")).to_have_count(3)


def test_ticked_rows_are_exported_by_themselves(page_as: PageAs) -> None:
    for name in ("甲公司", "乙公司", "丙公司"):
        a_customer(name)
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers")
    export = page.get_by_role("button", name="导出所选（CSV）")
    expect(export).not_to_be_visible()
    page.get_by_role("checkbox", name="选择本页").check()
    page.get_by_role("checkbox", name="选择第 2 行").uncheck()
    expect(page.get_by_text("已选 2 条")).to_be_visible()
    with page.expect_download() as coming:
        export.click()
    assert len(coming.value.path().read_text().splitlines()) == 1 + 2


def test_a_masked_number_is_shown_in_place_and_the_look_is_on_record(page_as: PageAs) -> None:
    customer = a_customer("华盛货运有限公司", contacts=[{"name": "刘洋", "phone": "13800001234"}])
    page = page_as(Role.CUSTODIAN)
    page.goto(f"/customers/{customer.archive_number}")
    expect(page.get_by_text("138****1234")).to_be_visible()
    page.get_by_role("button", name="显示完整号码").click()
    expect(page.get_by_text("13800001234")).to_be_visible()
    assert (
        TrailEntry.objects(action="customer.phones_revealed", subject_id=customer.key).count() == 1
    )
