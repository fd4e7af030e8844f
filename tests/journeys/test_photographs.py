"""A custodian photographs two pages with a phone; they come in as one file."""

import re
from pathlib import Path

from playwright.sync_api import expect

from archive.actor import Role
from archive.filing.models import Deposit
from tests.journeys.conftest import PageAs
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly


def test_pages_photographed_with_a_phone_are_put_in_order_and_sent_as_one_file(
    page_as: PageAs, tmp_path: Path
) -> None:
    askew, plain, bad = (tmp_path / name for name in ("1.jpg", "2.jpg", "3.jpg"))
    askew.write_bytes(papers.as_jpeg(papers.a_photograph(papers.a_sheet())))
    plain.write_bytes(ugly.a_jpeg())
    bad.write_bytes(ugly.a_jpeg(size=(300, 200)))
    page = page_as(Role.CUSTODIAN, width=390, is_phone=True)
    page.goto("/intake")
    camera = page.locator("[data-camera]")
    expect(camera).to_have_attribute("capture", "environment")
    camera.set_input_files([str(plain), str(bad)])
    camera.set_input_files(str(askew))
    shots = page.locator("[data-shot-list] > li")
    expect(shots).to_have_count(3)
    expect(shots.nth(0)).to_contain_text("没有找到清楚的纸边")
    straight = shots.nth(2).get_by_role("checkbox", name="按纸边拉直")
    expect(straight).to_be_checked()
    shown = shots.nth(2).locator("img")
    expect(shown).to_have_attribute("src", re.compile("^data:image/jpeg"))
    straight.uncheck()
    expect(shown).to_have_attribute("src", re.compile("^blob:"))  # as it was taken
    straight.check()
    shots.nth(1).get_by_role("button", name="移除这一页").click()
    shots.nth(1).get_by_role("button", name="往前移一页").click()
    expect(shots.nth(0).locator("img")).to_have_attribute("alt", "第 1 页")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="2 页合成一份上传").click()
    expect(page.locator("[data-left]")).to_have_text("1")
    expect(shots).to_have_count(0)
    [deposit] = Deposit.waiting()
    assert (deposit.file.pages, deposit.straightened) == (2, [1])
    assert [each.file.name for each in deposit.part_deposits] == ["1.jpg", "2.jpg"]
