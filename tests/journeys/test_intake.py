"""A custodian's morning: the stack comes in at once and is filed without touching the mouse."""

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from archive import clock
from archive.actor import Role
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind
from archive.filing.service import deciding
from tests.builders import a_customer, a_user
from tests.journeys.conftest import PageAs
from tests.recognition import ugly_files as ugly


def choose(page: Page, *files: Path) -> None:
    """Put files onto the page, as dropping or picking does."""
    page.set_input_files("[data-files]", [str(file) for file in files])


def test_a_custodian_uploads_scans_at_once_and_files_them_by_keyboard(page_as: PageAs) -> None:
    customer = a_customer("广东华盛货运有限公司")
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    scans = sorted(ugly.SCANS.glob("*.jpg"))
    choose(page, *scans)
    expect(page.locator("[data-queue] li")).to_have_count(len(scans))
    expect(page.locator("[data-left]")).to_have_text(str(len(scans)))

    page.get_by_role("combobox", name="所属客户").fill("hshy")
    page.get_by_role("option", name="广东华盛货运有限公司").wait_for()
    page.keyboard.press("Enter")
    for left in range(len(scans) - 1, -1, -1):
        if left < len(scans) - 1:  # nothing is filled in; the customer before is two keys away
            chosen = page.get_by_role("combobox", name="所属客户")
            expect(chosen).to_be_focused()
            expect(chosen).to_have_value("")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(chosen).to_have_value(re.compile("广东华盛货运有限公司"))
        page.locator("select[name=kind]").select_option("licence")
        expect(page.locator("input[name=title]")).to_have_value("营业执照")
        expect(page.locator("select[name=confidentiality]")).to_have_value("confidential")
        filed = page.locator("form[data-filing]").get_attribute("data-filing") or ""
        page.locator("input[name=title]").press("Enter")
        expect(page.locator("[data-left]")).to_have_text(str(left))
        expect(page.locator(f'form[data-filing="{filed}"]')).to_have_count(0)

    expect(page.get_by_role("heading", name="收件箱已清空")).to_be_visible()
    papers = Attachment.of_customer(customer.id)
    assert [each.kind for each in papers] == [AttachmentKind.LICENCE] * len(scans)


def test_a_filing_is_undone_on_the_spot(page_as: PageAs, tmp_path: Path) -> None:
    a_customer("广东华盛货运有限公司")
    scan = tmp_path / "执照.png"
    scan.write_bytes(ugly.a_png())
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, scan)
    page.get_by_role("combobox", name="所属客户").fill("hshy")
    page.get_by_role("option", name="广东华盛货运有限公司").click()
    page.locator("select[name=kind]").select_option("licence")
    page.get_by_role("button", name="归档", exact=False).last.click()
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("form[data-filing]")).to_have_count(1)
    expect(page.locator("[data-left]")).to_have_text("1")
    assert Attachment.filed().count() == 0


def test_a_bad_file_says_why_and_a_lost_one_is_tried_again(page_as: PageAs, tmp_path: Path) -> None:
    bad, good = tmp_path / "图纸.jpg", tmp_path / "执照.jpg"
    bad.write_bytes(b"<svg onload='alert(1)'/>")
    good.write_bytes(ugly.a_jpeg())
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, bad)
    expect(page.locator(".upload.is-bad")).to_contain_text("SVG 矢量图")

    def break_off(route: Route) -> None:
        route.abort("connectionreset")

    page.route("**/intake/upload", break_off)
    choose(page, good)
    lost = page.locator(".upload", has_text="执照.jpg")
    expect(lost).to_contain_text("连接中断", timeout=20_000)
    page.unroute("**/intake/upload", break_off)
    lost.get_by_role("button", name="重试").click()
    expect(page.locator("[data-queue] li")).to_have_count(1)
    assert Deposit.objects.count() == 1


def test_an_upload_is_cancelled_alone_and_can_be_taken_up_again(
    page_as: PageAs, tmp_path: Path
) -> None:
    slow, quick = tmp_path / "慢.jpg", tmp_path / "快.jpg"
    slow.write_bytes(ugly.a_jpeg())
    quick.write_bytes(ugly.a_png())
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")

    def hold(route: Route) -> None:
        """Answer nothing, as a line that hangs."""

    page.route("**/intake/upload", hold)
    choose(page, slow)
    line = page.locator(".upload", has_text="慢.jpg")
    line.get_by_role("button", name="取消").click()
    expect(line).to_contain_text("已取消")
    page.unroute("**/intake/upload", hold)
    choose(page, quick)
    expect(page.locator("[data-queue] li")).to_have_count(1)
    line.get_by_role("button", name="重试").click()
    expect(page.locator("[data-queue] li")).to_have_count(2)


def test_several_are_filed_together_and_one_is_rejected_by_a_key(
    page_as: PageAs, tmp_path: Path
) -> None:
    customer = a_customer("重庆长安汽车配件有限公司")
    files = [tmp_path / f"{number}.jpg" for number in range(3)]
    for number, file in enumerate(files):
        file.write_bytes(ugly.a_jpeg(size=(400, 300 + number)))
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, *files)
    expect(page.locator("[data-queue] li")).to_have_count(3)
    for row in (0, 1):
        page.locator("[data-pick]").nth(row).check()
    page.get_by_role("button", name="一起归档", exact=True).click()
    expect(page.get_by_role("heading", name="一起归档 2 份文件")).to_be_visible()
    page.get_by_role("combobox", name="所属客户").fill("长安")
    page.get_by_role("option", name=customer.name).click()
    page.locator("select[name=kind]").select_option("visit_record")
    page.get_by_role("button", name="全部归档").click()
    expect(page.locator("[data-left]")).to_have_text("1")
    assert Attachment.of_customer(customer.id).count() == 2

    expect(page.locator("form[data-filing]")).to_have_attribute("data-filing", re.compile(r".+"))
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.get_by_label("退回原因").fill("扫描不清")
    page.get_by_role("dialog").get_by_role("button", name="退回").click()
    expect(page.locator("[data-left]")).to_have_text("0")


def test_pages_are_leafed_by_keys_by_number_and_by_scrolling(
    page_as: PageAs, tmp_path: Path
) -> None:
    file = tmp_path / "合同.pdf"
    file.write_bytes(ugly.a_pdf(12))
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, file)
    image = page.locator("[data-sheet][data-current] img")
    expect(image).to_have_attribute("alt", "第 1 页，共 12 页")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    expect(image).to_have_attribute("alt", "第 2 页，共 12 页")
    expect(image).to_have_attribute("src", re.compile("/pages/2"))
    page.get_by_label("页码").fill("12")
    page.get_by_label("页码").press("Enter")
    expect(image).to_have_attribute("src", re.compile("/pages/12"))
    expect(page.get_by_role("button", name="下一页")).to_be_disabled()
    page.get_by_label("页面图像，可滚动").hover()
    page.mouse.wheel(0, -100_000)
    expect(image).to_have_attribute("alt", "第 1 页，共 12 页")
    asked = page.locator("[data-sheet] img[src]")
    assert asked.count() <= 5  # what only flies by is not drawn
    assert Deposit.objects.first().is_waiting  # Enter in the page's number files nothing


def test_the_preview_fills_the_width_and_the_window_when_asked(
    page_as: PageAs, tmp_path: Path
) -> None:
    file = tmp_path / "合同.pdf"
    file.write_bytes(ugly.a_pdf(2))
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, file)
    image = page.locator("[data-sheet][data-current] img")
    expect(image).to_be_visible()
    page.keyboard.press("Escape")
    expect(image).to_have_css("width", re.compile(r"^[1-4]\d\d(\.|px)"))
    page.keyboard.press("f")
    page.keyboard.press("w")
    expect(page.get_by_role("button", name="占满窗口")).to_have_attribute("aria-pressed", "true")
    expect(image).to_have_attribute("src", re.compile("width=1400"))
    expect(image).to_have_css("width", re.compile(r"^12\d\d"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="占满窗口")).to_have_attribute("aria-pressed", "false")
    page.reload()  # the width stays asked for
    expect(page.get_by_role("button", name="适合宽度")).to_have_attribute("aria-pressed", "true")


def test_a_page_is_turned_for_good_and_its_small_image_with_it(
    page_as: PageAs, tmp_path: Path
) -> None:
    customer = a_customer("广东华盛货运有限公司")
    file = tmp_path / "横放.jpg"
    file.write_bytes(ugly.a_jpeg())  # 400 by 300
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, file)
    image = page.locator("[data-sheet][data-current] img")
    expect(image).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    small = page.locator("[data-queue] img")
    expect(small).to_have_attribute("src", re.compile("turn=90"))
    expect(small).to_have_js_property("naturalHeight", 400)
    page.keyboard.press("Shift+R")
    expect(small).to_have_attribute("src", re.compile("turn=0"))
    page.keyboard.press("Shift+R")
    expect(small).to_have_attribute("src", re.compile("turn=270"))
    page.get_by_role("combobox", name="所属客户").fill("hshy")
    page.get_by_role("option", name=customer.name).click()
    page.locator("select[name=kind]").select_option("licence")
    page.locator("input[name=title]").press("Enter")
    expect(page.locator("[data-left]")).to_have_text("0")
    paper = Attachment.of_customer(customer.id).first()
    assert paper.current.turns == {"1": 270}

    page.goto(f"/attachments/{paper.key}")
    expect(image).to_be_visible()
    assert image.evaluate("i => i.naturalHeight > i.naturalWidth")
    with page.expect_response("**/turn*"):
        page.get_by_role("button", name="向右旋转").click()
    expect(image).to_have_attribute("style", re.compile(r"rotate\(90deg\)"))
    assert Attachment.find(paper.key).current.turns == {"1": 0}


def test_what_a_colleague_decided_first_leaves_the_stack(page_as: PageAs, tmp_path: Path) -> None:
    files = [tmp_path / "甲.jpg", tmp_path / "乙.jpg"]
    for number, file in enumerate(files):
        file.write_bytes(ugly.a_jpeg(size=(400, 300 + number)))
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    choose(page, files[0])
    expect(page.locator("form[data-filing]")).to_be_visible()
    choose(page, files[1])
    expect(page.locator("[data-queue] li")).to_have_count(2)
    first = Deposit.waiting().first()
    colleague = a_user(Role.CUSTODIAN, name="钱保管").as_actor()
    deciding.reject(first, "重复", actor=colleague, now=clock.now())

    page.get_by_role("combobox", name="所属客户").fill(a_customer("厦门海沧物流").name)
    page.locator(".lookup-box").get_by_role("option").first.click()
    page.locator("select[name=kind]").select_option("other")
    page.get_by_role("button", name="归档", exact=False).last.click()
    expect(page.locator("[data-toasts]")).to_contain_text("钱保管")
    expect(page.locator("[data-queue] li")).to_have_count(1)
    expect(page.get_by_role("heading", name="乙.jpg")).to_be_visible()


def test_photographs_of_one_contract_become_one_paper_and_others_get_titles_of_their_own(
    page_as: PageAs, tmp_path: Path
) -> None:
    customer = a_customer("重庆长安汽车配件有限公司")
    files = [tmp_path / name for name in ("IMG_1.jpg", "IMG_2.jpg", "回访记录.jpg", "IMG_4.jpg")]
    for number, file in enumerate(files):
        file.write_bytes(ugly.a_jpeg(size=(400, 300 + number)))
    page = page_as(Role.CUSTODIAN)
    page.goto("/intake")
    for number, file in enumerate(files, start=1):
        choose(page, file)
        expect(page.locator("[data-queue] li")).to_have_count(number)
    for name in ("IMG_1.jpg", "IMG_2.jpg"):
        page.get_by_label(f"选择 {name}").check()
    page.get_by_role("button", name="一起归档", exact=True).click()
    page.get_by_role("button", name="上移").nth(1).click()
    page.get_by_role("button", name="合并成一份").click()
    expect(page.locator("[data-queue] li")).to_have_count(3)
    expect(page.locator(".desk-parts li")).to_have_text(["IMG_2.jpg", "IMG_1.jpg"])

    page.get_by_label("全选").check()
    page.get_by_role("button", name="一起归档", exact=True).click()
    expect(page.get_by_role("heading", name="一起归档 3 份文件")).to_be_visible()
    page.get_by_role("combobox", name="所属客户").fill("长安")
    page.get_by_role("option", name=customer.name).click()
    page.locator("select[name=kind]").select_option("contract_copy")
    titles = page.locator("[data-paper-title]")
    expect(titles).to_have_count(3)
    values = [titles.nth(each).input_value() for each in range(3)]
    assert values == ["回访记录", "合同复印件 2", "合同复印件 3"]
    titles.first.fill("回访记录（第一季度）")
    page.get_by_role("button", name="全部归档").click()
    expect(page.locator("[data-left]")).to_have_text("0")
    filed = {each.title: each.current.pages for each in Attachment.of_customer(customer.id)}
    assert filed == {"回访记录（第一季度）": 1, "合同复印件 2": 1, "合同复印件 3": 2}
