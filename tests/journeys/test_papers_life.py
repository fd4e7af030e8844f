"""A long file shows its progress while others are filed; a licence reminds until it is renewed."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from archive import clock
from archive.actor import Role
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind
from archive.filing.service.deciding import file_deposit
from archive.reading import ReadingState
from tests.builders import a_customer, a_user
from tests.filing.conftest import facts_of
from tests.journeys.conftest import PageAs
from tests.journeys.test_desk import HEAR, SUBMIT, TakeIn, expect_open, take_in
from tests.proposals import a_proposal, a_reading
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly

__all__ = ["take_in"]

pytestmark = pytest.mark.slow


def test_three_hundred_pages_show_their_progress_while_the_next_paper_is_filed(
    page_as: PageAs, take_in: TakeIn
) -> None:
    who, customer = a_user(Role.CUSTODIAN), a_customer("华盛货运有限公司")
    long = take_in(who.as_actor(), papers.blank_pages(300), "账册.pdf")
    sure = a_proposal(take_in(who.as_actor()), customer)
    a_reading(long, ReadingState.READING, pages_read=120)
    page = page_as(user=who)
    page.goto("/intake")
    row = page.locator(f'[data-row="{long.key}"]')
    expect(row).to_contain_text("正在识别 120 / 300 页")
    expect(row.locator("progress")).to_have_js_property("position", 0.4)
    page.locator(f'[data-open-deposit="{sure.key}"]').click()
    expect_open(page, sure)
    a_reading(long, ReadingState.READING, pages_read=150)
    page.evaluate(HEAR)
    expect(row).to_contain_text("正在识别 150 / 300 页")
    page.locator(SUBMIT).press("Enter")
    expect(page.locator("[data-left]")).to_have_text("1")
    assert Attachment.find(sure.key).customer_id == customer.id
    assert Deposit.find(long.key).is_waiting


def test_a_licence_that_runs_out_reminds_the_custodian_until_the_new_one_is_filed(
    page_as: PageAs, take_in: TakeIn, tmp_path: Path
) -> None:
    who, today = a_user(Role.CUSTODIAN), clock.local_day(clock.now())
    licence = file_deposit(
        take_in(who.as_actor()),
        a_customer("华盛货运有限公司").key,
        facts_of(AttachmentKind.LICENCE, valid_until=today + timedelta(days=20)),
        actor=who.as_actor(),
        now=clock.now(),
    )
    page = page_as(user=who)
    page.goto("/")
    duty = page.locator("a.duty", has_text="换存即将到期的附件")
    duty.click()
    page.wait_for_url(f"**/attachments/{licence.key}")
    expect(page.locator("main")).to_contain_text("即将到期")
    renewed = tmp_path / "新执照.png"
    renewed.write_bytes(ugly.a_png())
    page.get_by_label("归档新版本").set_input_files(str(renewed))
    page.get_by_label("有效期至").fill((today + timedelta(days=3650)).isoformat())
    page.get_by_role("button", name="上传新版本").click()
    expect(page.locator("main")).not_to_contain_text("即将到期")
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    expect(duty).to_have_count(0)
    assert Attachment.find(licence.key).current.original_name == "新执照.png"
