"""A label is printed, and scanned: the picture of the printed sheet opens the paper."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pypdfium2 as pdfium
import zxingcpp
from playwright.sync_api import Page, expect

from archive.recognition.codes import LabelCode, parse

SignIn = Callable[..., Page]


def test_a_printed_label_is_read_by_a_camera_and_opens_its_paper(sign_in: SignIn) -> None:
    page = sign_in("custodian")
    page.goto("/attachments")
    paper = page.locator("main tbody a[data-open]").first
    address = str(paper.get_attribute("href"))
    page.goto(address)
    page.get_by_role("link", name="打印标签").click()
    page.get_by_label("标签纸").select_option("4x10")  # the smallest
    page.get_by_label("从第几张开始").fill("6")
    page.get_by_role("button", name="更新版面").click()
    expect(page.locator(".qr-label.is-used")).to_have_count(5)
    sheet = page.pdf(prefer_css_page_size=True, print_background=True)
    pages = pdfium.PdfDocument(sheet)
    assert len(pages) == 1
    width, height = pages[0].get_size()
    assert (round(width), round(height)) == (595, 842)  # A4, in points
    found = zxingcpp.read_barcodes(pages[0].render(scale=150 / 72).to_pil())
    assert [parse(each.text) for each in found] == [LabelCode(address.rsplit("/", 1)[1])]
    place = found[0].position.top_left
    across, down = place.x / 150 * 25.4, place.y / 150 * 25.4  # millimetres
    assert 8 + 48.5 < across < 8 + 2 * 48.5  # the sixth label: second row, second column
    assert 21.5 + 25.4 < down < 21.5 + 2 * 25.4
    page.goto(urlsplit(found[0].text).path)
    assert urlsplit(page.url).path == address
