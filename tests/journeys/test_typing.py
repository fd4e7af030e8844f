"""Typing as people do: key by key, pasted, through an input method, on a phone."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from archive.actor import Role
from archive.communication.models import Complaint, Visit
from archive.customers.models import Customer
from archive.filing.models import Attachment
from tests.builders import a_customer, a_user
from tests.journeys.conftest import PageAs
from tests.recognition import ugly_files as ugly

DAYS = ["2026-12-15", "2027-08-31", "2026-1-15", "2026/3/5", "2026年3月5日", "20260305"]


def type_into(page: Page, name: str, text: str) -> None:
    """Press each key, as somebody does; the field is emptied first."""
    page.locator(f"[name={name}]").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text, delay=15)


def the_calendar_is_there(page: Page) -> None:
    expect(page.locator(".calendar")).to_be_visible()


def test_a_day_typed_key_by_key_stays_as_it_was_typed(page_as: PageAs) -> None:
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers/new")
    field = page.locator("[name=licence_valid_until]")
    field.click()
    the_calendar_is_there(page)
    for text in DAYS:
        type_into(page, "licence_valid_until", text)
        assert field.input_value() == text
        page.keyboard.press("Tab")
        assert field.input_value() == text


def test_a_day_that_does_not_exist_is_said_so_and_stays_in_the_field(page_as: PageAs) -> None:
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers/new")
    type_into(page, "name", "样例公司")
    page.locator("[name=established_on]").fill("2026-02-29")  # pasted in one go
    type_into(page, "licence_valid_until", "明年年底")
    type_into(page, "phone", "没有电话")
    page.get_by_role("button", name="建立档案").click()
    expect(page.locator("#f-established_on-wrong")).to_contain_text("没有这一天")
    expect(page.locator("[name=established_on]")).to_have_value("2026-02-29")
    expect(page.locator("[name=licence_valid_until]")).to_have_value("明年年底")
    expect(page.locator("[name=phone]")).to_have_value("没有电话")
    expect(page.locator("[name=name]")).to_have_value("样例公司")


def test_what_was_typed_in_a_usual_spelling_is_what_is_saved(page_as: PageAs) -> None:
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers/new")
    for name, text in {
        "name": "样例公司",
        "established_on": "2020年1月5日",
        "licence_valid_until": "2030/6/30",
        "phone": "0755-12345678、13800001234",
    }.items():
        type_into(page, name, text)
    page.get_by_role("button", name="建立档案").click()
    page.wait_for_url("**/customers/KH-*")
    kept = Customer.objects.get(name="样例公司")
    assert (str(kept.established_on), str(kept.licence_valid_until), kept.phone) == (
        "2020-01-05",
        "2030-06-30",
        "0755-12345678、13800001234",
    )


@pytest.mark.parametrize("text", ["2026-03-15 14:30", "202603151430", "2026年3月15日 下午2点半"])
def test_a_time_typed_after_a_day_is_that_time(page_as: PageAs, text: str) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer(salesperson=seller)
    page = page_as(user=seller)
    page.goto(f"/customers/{customer.archive_number}/visits/new")
    page.get_by_label("拜访类别").select_option("routine")
    type_into(page, "visited_at", text)
    assert page.locator("[name=visited_at]").input_value() == text
    type_into(page, "purpose", "例行拜访")
    page.locator("main form .form-acts button[type=submit]").click()
    page.wait_for_url("**/visits/BF-*")
    assert Visit.objects.get().visited_at == datetime(2026, 3, 15, 6, 30, tzinfo=UTC)


def test_a_day_chosen_in_the_calendar_is_written_into_the_field(page_as: PageAs) -> None:
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers/new")
    type_into(page, "licence_valid_until", "2026-12-15")
    the_calendar_is_there(page)
    page.locator(".calendar .air-datepicker-cell.-day-", has_text="24").click()
    expect(page.locator("[name=licence_valid_until]")).to_have_value("2026-12-24")


def test_a_long_text_is_not_cut_and_its_length_is_told(page_as: PageAs) -> None:
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers/new")
    page.locator("[name=credit_note]").fill("货" * 2003)
    expect(page.get_by_text("超出 3 字，请删减")).to_be_visible()
    type_into(page, "name", "样例公司")
    page.get_by_role("button", name="建立档案").click()
    expect(page.locator("#f-credit_note-wrong")).to_contain_text("最多 2000 个字")
    assert len(page.locator("[name=credit_note]").input_value()) == 2003


def test_words_from_an_input_method_are_whole(page_as: PageAs) -> None:
    page = page_as(Role.CUSTODIAN)
    page.goto("/customers/new")
    page.locator("[name=name]").click()
    session = page.context.new_cdp_session(page)
    for text in ("c", "ce", "ce sh", "测试"):
        session.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    session.send("Input.insertText", {"text": "测试公司"})
    page.get_by_role("button", name="建立档案").click()
    page.wait_for_url("**/customers/KH-*")
    assert Customer.objects.get().name == "测试公司"


class InputMethod:
    """Puts words together in the field that has the focus, as pinyin is typed."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def compose(self, *steps: str) -> None:
        """What is shown, underlined, after each key: h, hu, hua sh, 华盛."""
        for text in steps:
            place = {"selectionStart": len(text), "selectionEnd": len(text)}
            self._session.send("Input.imeSetComposition", {"text": text, **place})

    def press(self, key: str) -> None:
        """A key that the input method takes: an arrow among its words, the Enter that ends one."""
        for kind in ("rawKeyDown", "keyUp"):
            self._session.send(
                "Input.dispatchKeyEvent",
                {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": 229},
            )

    def commit(self, text: str) -> None:
        """The word that was chosen stands in the field."""
        self._session.send("Input.insertText", {"text": text})


def test_the_customer_is_looked_for_once_the_word_is_whole(page_as: PageAs) -> None:
    customer = a_customer("广东华盛货运有限公司")
    page = page_as(Role.CUSTOMER_SERVICE)
    page.goto("/complaints/new")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field = page.get_by_role("combobox", name="客户", exact=True)
    field.click()
    method = InputMethod(page)
    method.compose("h", "hu", "hua", "hua sh")
    for key in ("ArrowDown", "ArrowUp", "Enter"):
        method.press(key)
        expect(field).to_be_focused()
    page.wait_for_timeout(400)  # longer than the pause after which the field asks
    assert [each for each in asked if "/static/" not in each] == []
    assert page.url.endswith("/complaints/new")
    method.commit("华盛")
    page.get_by_role("option", name=customer.name).wait_for()
    assert len([address for address in asked if "q=" in address]) == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile(customer.name))


@pytest.mark.parametrize("where", ["/", "/search?q=运单"])
def test_search_waits_for_the_word_and_keeps_its_keys_from_the_page(
    page_as: PageAs, where: str
) -> None:
    a_customer("广东华盛货运有限公司")
    page = page_as(Role.SALES_MANAGER)
    page.goto(where)
    if where == "/":
        page.keyboard.press("/")
    field = page.locator("[data-search-field]")
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    method = InputMethod(page)
    method.compose("h", "hu", "hua sh")
    for key in ("ArrowDown", "Enter", "Escape"):
        method.press(key)
        expect(field).to_be_focused()
    page.wait_for_timeout(400)
    assert asked == []
    with page.expect_request("**q=%E5%8D%8E%E7%9B%9B*"):
        method.commit("华盛")


def test_the_keys_of_an_input_method_neither_file_a_paper_nor_leave_its_field(
    page_as: PageAs, tmp_path: Path
) -> None:
    (tmp_path / "scan.jpg").write_bytes(ugly.a_jpeg())
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    page.set_input_files("[data-files]", str(tmp_path / "scan.jpg"))
    title = page.locator("form[data-filing] [name=title]")
    title.click()
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.method))
    method = InputMethod(page)
    method.compose("y", "yun", "yun dan")
    for key in ("ArrowDown", "Escape", "Enter", "ArrowUp"):
        method.press(key)
        expect(title).to_be_focused()
    method.commit("运单")
    expect(title).to_have_value(re.compile("运单$"))
    assert "POST" not in posted
    assert Attachment.objects.count() == 0


def test_days_and_amounts_in_full_width_figures_are_what_is_saved(page_as: PageAs) -> None:
    page = page_as(Role.CUSTOMER_SERVICE)
    page.goto("/complaints/new")
    page.get_by_label("抱怨形式").select_option("claim")
    method = InputMethod(page)
    for name, text in {
        "heard_at": "２０２６年３月１５日　１４：３０",
        "claimed_amount": "￥１，２３４．５０",
    }.items():
        field = page.locator(f"[name={name}]")
        field.click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        for sign in text:  # each is a word of its own, as the input method writes it
            method.compose(sign)
            method.commit(sign)
        page.keyboard.press("Tab")
        expect(field).to_have_value(text)
    type_into(page, "content", "外箱破损两件")
    page.locator("main form .form-acts button[type=submit]").click()
    page.wait_for_url("**/complaints/TS-*")
    kept = Complaint.objects.get()
    assert kept.heard_at == datetime(2026, 3, 15, 6, 30, tzinfo=UTC)
    assert kept.claimed_amount == Decimal("1234.50")


def test_a_phone_chooses_days_in_its_own_way(page_as: PageAs) -> None:
    page = page_as(Role.CUSTODIAN, width=390, is_phone=True)
    page.goto("/customers/new")
    field = page.locator("[name=licence_valid_until]")
    expect(field).to_have_attribute("type", "date")
    field.fill("2026-12-15")
    type_into(page, "name", "样例公司")
    page.get_by_role("button", name="建立档案").click()
    page.wait_for_url("**/customers/KH-*")
    assert str(Customer.objects.get().licence_valid_until) == "2026-12-15"
