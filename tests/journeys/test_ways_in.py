"""Papers come in without the page of the inbox: as a stack in a folder, and by mail."""

import dataclasses
import io
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from archive import clock
from archive.actor import Role
from archive.arriving import tasks as ways
from archive.arriving.models import SeenFile
from archive.filing import tasks as filing
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, DepositState
from archive.seams import Seams
from tests.arriving.imap import running_server
from tests.builders import a_customer, a_user
from tests.filing.papers import CODE, NAME, a_licence
from tests.filing.test_reading import read_all
from tests.journeys.conftest import PageAs

pytestmark = pytest.mark.slow

LETTER = ("关于运费结算的函", "演示物流有限公司：", "贵司三月的运费请于本月底以前付清。", "此致")
LICENCE = [each.text for each in a_licence().lines]
LEFT, SUBMIT = "[data-left]", "form[data-filing] [type=submit]"

Arrange = Callable[..., None]


@pytest.fixture
def with_settings(empty_site: Flask, monkeypatch: pytest.MonkeyPatch) -> Arrange:
    """Let the settings of the site name a way in: ``with_settings(scan_folder=...)``."""

    def arrange(**given: object) -> None:
        parts = empty_site.extensions["archive.seams"]
        settings = dataclasses.replace(parts.settings, **given)
        changed = dataclasses.replace(parts, settings=settings)
        monkeypatch.setitem(empty_site.extensions, "archive.seams", changed)

    return arrange


@pytest.fixture
def worker(empty_site: Flask, parts: Seams) -> Callable[[], None]:
    """Do what the worker does for each paper that came in."""

    def work() -> None:
        with empty_site.app_context():
            for deposit in Deposit.waiting():
                filing.prepare_deposit(deposit.key)
            read_all(parts)
            for digest in {each.file.sha256 for each in Deposit.waiting()}:
                filing.take_up_reading(digest)
            for deposit in Deposit.waiting():
                filing.prepare_deposit(deposit.key)

    return work


def printed(page: Page, *lines: str) -> bytes:
    """A sheet with *lines*, as an office prints it into a PDF."""
    page.set_content("".join(f"<p style='font-size:20px'>{line}</p>" for line in lines))
    return page.pdf(format="A4")


def as_scanned(sheet: bytes) -> bytes:
    """What a scanner makes of a printed *sheet*: a picture without text."""
    out = io.BytesIO()
    picture = pypdfium2.PdfDocument(sheet)[0].render(scale=150 / 72).to_pil()
    picture.convert("L").save(out, "PDF", resolution=150)
    return out.getvalue()


def one_file(*sheets: bytes) -> bytes:
    """All *sheets* in one PDF, as a feeder scans them."""
    made, out = pikepdf.new(), io.BytesIO()
    for sheet in sheets:
        with pikepdf.open(io.BytesIO(sheet)) as opened:
            made.pages.extend(opened.pages)
    made.save(out)
    return out.getvalue()


def test_a_stack_with_a_printed_separator_sheet_is_laid_in_the_folder_and_filed_as_two_papers(
    page_as: PageAs,
    empty_site: Flask,
    with_settings: Arrange,
    worker: Callable[[], None],
    tmp_path: Path,
) -> None:
    with_settings(scan_folder=str(tmp_path))
    who, customer = a_user(Role.CUSTODIAN), a_customer("演示海川物流有限公司")
    page = page_as(user=who)
    page.goto("/ways/separators")
    page.get_by_label("类别").select_option("letter")
    page.get_by_role("combobox", name="所属客户").fill("yshc")
    page.get_by_role("option", name=customer.name).click()
    page.get_by_role("button", name="更新版面").click()
    expect(page.locator(".separator-sheet")).to_contain_text(customer.name)
    sheet = as_scanned(page.pdf(prefer_css_page_size=True, print_background=True))
    letters = [printed(page, *LETTER, f"第 {number} 封") for number in (1, 2)]
    (tmp_path / "早班.pdf").write_bytes(one_file(letters[0], sheet, letters[1]))
    with empty_site.app_context():
        ways.look_into_folder()
        SeenFile.objects.update(set__since=clock.now() - timedelta(minutes=1))
        ways.look_into_folder()
    worker()

    page.goto("/intake")
    expect(page.locator(LEFT)).to_have_text("2")
    first, second = Deposit.waiting()
    expect(page.locator(f'[data-open-key="{first.key}"]')).to_be_visible()
    expect(page.locator(".desk-parts")).to_contain_text("由较大的文件拆分而来：第 1 页")
    page.get_by_role("combobox", name="所属客户").press_sequentially("hcwl")
    page.get_by_role("option", name=customer.name).click()
    page.locator("select[name=kind]").select_option("letter")
    page.locator(SUBMIT).click()
    expect(page.locator(f'[data-open-key="{second.key}"]')).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("1")  # the customer that the sheet named
    expect(page.locator(SUBMIT)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(LEFT)).to_have_text("0")
    filed = Attachment.of_customer(customer.id)
    assert [(each.kind, each.current.pages) for each in filed] == [(AttachmentKind.LETTER, 1)] * 2
    kept = Deposit.objects.get(state=DepositState.CUT)
    assert (kept.file.name, kept.file.pages) == ("早班.pdf", 3)
    page.goto("/ways")
    expect(page.get_by_role("row", name="早班.pdf")).to_contain_text("已进收件箱")


def test_a_licence_that_a_customer_mails_is_filed_with_one_key(
    page_as: PageAs, empty_site: Flask, with_settings: Arrange, worker: Callable[[], None]
) -> None:
    who, customer = a_user(Role.CUSTODIAN), a_customer(NAME, credit_code=CODE)
    page = page_as(user=who)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "zhang@example.com", "新执照"
    mail.set_content("见附件。")
    mail.add_attachment(printed(page, *LICENCE), "application", "pdf", filename="新执照.pdf")
    with running_server() as server:
        asked = server.mailbox()
        named = {f"mailbox_{name}": value for name, value in vars(asked).items()}
        with_settings(**{**named, "mailbox_senders": "@example.com"})
        server.send(mail.as_bytes())
        with empty_site.app_context():
            ways.look_into_mailbox()
        assert (server.folder("INBOX"), server.folder(asked.done)) == (0, 1)
    worker()

    page.goto("/intake")
    expect(page.locator("[data-side]")).to_contain_text("zhang@example.com · 新执照")
    expect(page.locator(".is-sure")).to_contain_text("类别和客户均已确认")
    expect(page.locator(SUBMIT)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(LEFT)).to_have_text("0")
    [paper] = Attachment.of_customer(customer.id)
    assert (paper.kind, paper.current.original_name) == (AttachmentKind.LICENCE, "新执照.pdf")
    page.goto("/ways")
    expect(page.locator("main")).to_contain_text("正常")
    expect(page.get_by_role("row", name="新执照.pdf")).to_contain_text("已进收件箱")
