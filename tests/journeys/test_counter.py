"""At the counter: what was done is taken back, what is owed is seen, on a screen and on a phone."""

import io
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from archive import clock
from archive.actor import Role
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import Channel, ComplaintForm, Reply
from archive.communication.rules.visits import VisitKind
from archive.communication.service import complaints
from archive.customers.models import Customer
from archive.filing.models import Attachment
from archive.trail.collecting import collect_all
from archive.trail.history import history_of
from tests.builders import a_complaint, a_customer, a_user, a_visit
from tests.journeys.conftest import PageAs
from tests.journeys.test_intake import choose
from tests.recognition import ugly_files as ugly

pytestmark = pytest.mark.slow


def a_letter() -> bytes:
    """A Word file without a placeholder."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("尊敬的客户，您好。")
    document.save(out)
    return out.getvalue()


def agree(page: Page, label: str, reason: str) -> None:
    """Press what is labelled, and say why."""
    page.get_by_role("button", name=label, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("原因").press_sequentially(reason)
    dialog.get_by_role("button", name=label, exact=True).click()
    expect(dialog).to_be_hidden()


def test_visits_and_complaints_are_taken_back_with_a_reason(page_as: PageAs) -> None:
    desk, manager = a_user(Role.CUSTOMER_SERVICE), a_user(Role.SALES_MANAGER)
    customer, now = a_customer("广东华盛货运有限公司"), clock.now()
    visit = a_visit(customer, actor=manager.as_actor(), visited_at=now + timedelta(days=2))
    closed = a_complaint(customer)
    complaints.accept_complaint(closed, actor=desk.as_actor(), now=now)
    complaints.note_reply(
        closed, reply=Reply.RESULT, replied_at=now, channel=Channel.PHONE, text="已赔付。",
        actor=desk.as_actor(), now=now,
    )  # fmt: skip
    complaints.close_complaint(closed, "满意", actor=desk.as_actor(), now=now)

    page = page_as(user=manager)
    page.goto(f"/visits/{visit.number}")
    agree(page, "取消拜访", "客户改期")
    expect(page.get_by_text("客户改期")).to_be_visible()
    agree(page, "重新打开", "又约好了")
    expect(page.get_by_role("button", name="取消拜访", exact=True)).to_be_visible()
    assert Visit.find(visit.key).is_open

    page = page_as(user=desk)
    page.goto("/complaints")  # closed ones are in another tab, and found from here
    field = page.get_by_placeholder(re.compile("编号|运单|内容")).first
    field.press_sequentially(closed.number)
    field.press("Enter")
    page.locator("a[data-open]").click()
    agree(page, "重新处理", "客户又来电")
    expect(page.get_by_text("客户又来电")).to_be_visible()
    assert Complaint.find(closed.key).is_open


def test_a_misfiled_paper_moves_and_a_rejected_one_comes_back(
    page_as: PageAs, tmp_path: Path
) -> None:
    wrong, right = a_customer("重庆长安汽车配件有限公司"), a_customer("广东华盛货运有限公司")
    (tmp_path / "scan.jpg").write_bytes(ugly.a_jpeg())
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, tmp_path / "scan.jpg")
    kind = page.locator("select[name=kind]")
    expect(kind).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.get_by_label("退回原因").press_sequentially("扫描不清")
    page.get_by_role("dialog").get_by_role("button", name="退回").click()
    expect(page.locator("[data-left]")).to_have_text("0")
    page.goto("/intake/rejected")
    agree(page, "放回收件箱", "原件也是这样")
    page.goto("/intake")
    field = page.get_by_role("combobox", name="所属客户")
    expect(field).to_have_value("")
    field.press_sequentially("cq")
    page.get_by_role("option", name=wrong.name).click()
    kind.select_option("tax_registration")
    expect(page.locator("select[name=confidentiality]")).to_have_value("confidential")
    kind.select_option("visit_record")
    page.get_by_role("button", name=re.compile("^归档")).click()
    expect(page.locator("[data-left]")).to_have_text("0")

    paper = Attachment.objects.get()
    page.goto(f"/attachments/{paper.key}/move")
    page.get_by_role("combobox", name=re.compile("客户")).press_sequentially("华盛")
    page.get_by_role("option", name=right.name).click()
    page.get_by_label("原因").press_sequentially("归错了客户")
    page.get_by_role("button", name="移动", exact=True).click()
    page.wait_for_url("**/attachments/*")
    assert Attachment.find(paper.key).customer_id == right.id
    for each in (wrong, right):
        reasons = [event.reason or "" for event in history_of(Customer.find(each.key))]
        assert any(reason.endswith("归错了客户") for reason in reasons)


def test_a_complaint_has_its_clocks_its_files_and_somebody_who_sees_to_it(
    page_as: PageAs, tmp_path: Path
) -> None:
    (tmp_path / "破损.jpg").write_bytes(ugly.a_jpeg())
    desk, other = a_user(Role.CUSTOMER_SERVICE), a_user(Role.CUSTOMER_SERVICE, name="周敏")
    now = clock.now()
    late = a_complaint(content="早就该答复的", heard_at=now - timedelta(days=6))
    complaints.accept_complaint(late, actor=desk.as_actor(), now=now - timedelta(days=5))
    a_complaint(content="刚刚登记的")
    page = page_as(user=desk)
    page.goto("/complaints")
    expect(page.locator("a[data-open]").first).to_have_text("早就该答复的")

    claim = a_complaint(
        form=ComplaintForm.CLAIM, claimed_amount=Decimal(1200), content="外箱破损两件"
    )
    page.goto(f"/complaints/{claim.number}")
    expect(page.get_by_text("客户有索赔要求")).to_be_visible()
    expect(page.get_by_text("48 小时")).to_have_count(0)
    page.set_input_files("#files-add", str(tmp_path / "破损.jpg"))
    page.get_by_role("button", name="上传所选的文件").click()
    expect(page.locator("#files .paper")).to_have_count(1)
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_role("link", name="更改负责人").click()
    page.get_by_label("负责人").select_option(label=other.name)
    page.locator("main form .form-acts button[type=submit]").click()
    page.wait_for_url(f"**/complaints/{claim.number}")
    expect(page.get_by_text(other.name).first).to_be_visible()

    day = clock.local_day(now) + timedelta(days=9)
    page.goto(f"/complaints/{claim.number}/edit")
    for name, text in {
        "evidence_complete_at": f"{clock.local(now):%Y-%m-%d %H:%M}",
        "result_promised_on": f"{day.year}年{day.month}月{day.day}日",
    }.items():
        page.locator(f"[name={name}]").press_sequentially(text)
    page.locator("main form .form-acts button[type=submit]").click()
    page.wait_for_url(f"**/complaints/{claim.number}")
    shown = page.locator("dl.facts").inner_text()
    assert day.isoformat() in shown and "00:00" not in shown
    assert Complaint.find(claim.key).result_promised_on == day


def test_what_a_business_visit_lacks_is_said_with_links_before_it_is_closed(
    page_as: PageAs,
) -> None:
    manager = a_user(Role.SALES_MANAGER)
    midnight = clock.start_of(clock.local_day(clock.now()))
    visit = a_visit(
        actor=manager.as_actor(), kind=VisitKind.BUSINESS, visited_at=midnight - timedelta(days=3)
    )
    page = page_as(user=manager)
    page.goto(f"/visits/{visit.number}")
    expect(page.get_by_role("button", name="办结")).to_have_count(0)
    assert "00:00" not in page.locator("main").inner_text()  # no hour was given
    page.get_by_role("listitem").get_by_role("link", name="收集").first.click()
    expect(page).to_have_url(re.compile(r"/edit#f-goals$"))


def test_home_and_the_bell_agree_and_every_role_finds_a_beginning(page_as: PageAs) -> None:
    manager = a_user(Role.SALES_MANAGER)
    a_customer("广东华盛货运有限公司")
    page = page_as(user=manager)
    page.goto("/")
    waiting = page.locator("ul.duties > li")
    assert waiting.count() > 0
    listed = page.locator("#waiting + .count").inner_text()
    assert int(listed) == waiting.count()
    expect(page.get_by_role("link", name=re.compile(f"等您处理.*{listed}"))).to_be_visible()
    tile = page.locator(".figures a", has_text="客户档案")
    number = re.sub(r"\D", "", tile.inner_text())
    tile.click()
    expect(page.get_by_text(re.compile(rf"共 {number} "))).to_be_visible()
    for role in (Role.STAFF, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR):
        page = page_as(role)
        page.goto("/")
        page.locator("a.shortcut").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert not page.url.endswith("/")


def test_the_trail_is_narrowed_to_a_customer(page_as: PageAs) -> None:
    a_customer("重庆长安汽车配件有限公司")
    customer = a_customer("广东华盛货运有限公司")
    collect_all()
    page = page_as(Role.AUDITOR)
    page.goto("/trail")
    field = page.get_by_placeholder("客户名称、编码或档案编号")
    field.press_sequentially(customer.archive_number)
    field.press("Enter")
    rows = page.locator("table.list-table tbody tr")
    expect(rows.first).to_contain_text(customer.name)
    assert "重庆" not in page.locator("table.list-table").inner_text()


def test_a_template_that_is_no_word_file_is_refused_in_words(
    page_as: PageAs, tmp_path: Path
) -> None:
    page = page_as(Role.ADMINISTRATOR)
    for name, content, said in (
        ("a.docx", ugly.a_pdf(), "Word"),
        ("b.docx", a_letter(), "占位符"),
    ):
        (tmp_path / name).write_bytes(content)
        page.goto("/templates/new")
        page.locator("[name=name]").fill(f"样例模板 {name}")
        page.set_input_files("input[type=file]", str(tmp_path / name))
        page.get_by_role("button", name="检查并保存").click()
        expect(page.locator("main")).to_contain_text(said)
        expect(page.locator("main")).not_to_contain_text("zip")


def test_on_a_phone_numbers_are_called_and_complaints_are_in_the_bar(page_as: PageAs) -> None:
    customer = a_customer("广东华盛货运有限公司", phone="0755-12345678、13800001234")
    page = page_as(Role.CUSTOMER_SERVICE, Role.CUSTODIAN, width=390, is_phone=True)
    page.goto(f"/customers/{customer.archive_number}")
    page.get_by_role("button", name="显示完整号码").first.tap()
    numbers = page.locator("a[href^='tel:']")
    expect(numbers.first).to_have_attribute("href", "tel:075512345678")
    desk = page_as(Role.CUSTOMER_SERVICE, width=390, is_phone=True)
    desk.goto("/")
    desk.get_by_role("navigation").get_by_role("link", name="客户抱怨").last.tap()
    expect(desk).to_have_url(re.compile("/complaints$"))


def test_no_column_of_a_printed_list_is_a_character_wide(page_as: PageAs) -> None:
    for number in range(3):
        a_customer(f"广东华盛国际货运代理（深圳前海）第{number}有限公司")
    page = page_as(Role.SALES_MANAGER)
    page.goto("/customers")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 within its margins
    narrow = page.locator("table.list-table td").evaluate_all(
        "cells => cells.filter(c => c.offsetWidth && c.textContent.trim().length > 3"
        " && c.clientWidth < 40).map(c => c.textContent.trim())"
    )
    assert narrow == []
