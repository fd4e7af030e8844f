"""The tab key goes through a page as the eye does: nothing is skipped, hidden or a trap."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.contracts.service.templates import install_shipped_templates
from archive.customers.models import Customer
from archive.seams import Seams
from tests.builders import a_complaint, a_customer, a_user, a_visit
from tests.journeys.conftest import PageAs
from tests.journeys.test_intake import choose
from tests.recognition import ugly_files as ugly

pytestmark = pytest.mark.slow

MOST = 260
"""More presses of the tab key than any of these pages has stops: so many are a trap."""

LOOK = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let at = -1, still = 0; still < 3; at = scrollY) {
    await frame();  // a browser may take some frames to bring what has the focus into view
    still = at === scrollY ? still + 1 : 0;
  }
  // What shows the focus may be drawn on the element, on its label, or on what holds it.
  const drawn = each => [each, each.labels?.[0], each.nextElementSibling, each.parentElement]
    .filter(Boolean).map(one => {
      const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
      return [outline, boxShadow, borderColor, backgroundColor].join();
    }).join("|");
  const before = window.focusBefore;
  const sameAsUnfocused = before ? drawn(before.element) === before.drawn : false;
  const element = document.activeElement;
  if (!element || element === document.body) {
    window.focusBefore = null;
    return { end: true, sameAsUnfocused };
  }
  window.focusBefore = { element, drawn: drawn(element) };
  const box = (element.labels?.[0] ?? element).getBoundingClientRect().width > 4
    && element.getBoundingClientRect().width <= 4
    ? element.labels[0].getBoundingClientRect() : element.getBoundingClientRect();
  const x = Math.min(box.left + box.width / 2, innerWidth - 1);
  const y = Math.min(Math.max(box.top, 0) + Math.min(box.height, innerHeight) / 2, innerHeight - 1);
  const above = document.elementFromPoint(Math.max(x, 0), Math.max(y, 0));
  const isSeen = Boolean(above) && (element.contains(above) || above.contains(element)
    || [...(element.labels ?? [])].some(label => label.contains(above)));
  let aside = 0;  // a strip that scrolls is measured as if it were all in sight
  for (let each = element; each; each = each.parentElement) aside += each.scrollLeft;
  const number = window.focusNumbers ??= new Map();
  const isSecond = number.has(element);
  number.set(element, true);
  return {
    end: false, isSeen, isSecond, sameAsUnfocused,
    name: `${element.tagName} ${element.id} ${(element.getAttribute("aria-label")
      ?? element.textContent ?? "").trim().slice(0, 30)}`,
    part: element.closest("nav, header.shell-top, [role=toolbar], dialog")?.className ?? "main",
    left: box.left + aside, right: box.right + aside,
    top: box.top + scrollY, bottom: box.bottom + scrollY,
    isSticky: Boolean(element.closest(".form-acts, .shell-top, .shell-side")),
  };
}"""

SKIPPED = """() => [...document.querySelectorAll(
    "main :is(a[href], button, input:not([type=radio]), select, textarea, summary)")]
  .filter(each => !each.disabled && each.type !== "hidden" && each.tabIndex >= 0
    && each.checkVisibility({ visibilityProperty: true }) && !window.focusNumbers.has(each))
  .map(each => `${each.tagName} ${each.id} ${each.textContent.trim().slice(0, 30)}`)"""


@dataclass
class Stop:
    """Where the focus was, on the page as a whole."""

    name: str
    part: str
    left: float
    right: float
    top: float
    bottom: float
    isSticky: bool  # noqa: N815  # as the script says it


def walk(page: Page, start: str) -> list[str]:
    """Press the tab key from *start* to the end of the page: what is wrong on the way."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("delete window.focusNumbers; delete window.focusBefore")
    page.locator(start).evaluate("each => { each.tabIndex = -1; each.focus() }")
    wrong: list[str] = []
    stops: list[Stop] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        found: dict[str, Any] = page.evaluate(LOOK)
        if found.pop("sameAsUnfocused") and stops:
            wrong.append(f"{stops[-1].name}: its focus is not seen")
        if found.pop("end"):
            break
        if found.pop("isSecond"):  # once around: what was left out is found below
            break
        if not found.pop("isSeen"):
            wrong.append(f"{found['name']}: something lies over it")
        stops.append(Stop(**found))
    else:
        wrong.append(f"no end after {MOST} stops")
    assert len(stops) > 1, "the walk saw nothing"
    wrong += [f"{each}: skipped" for each in page.evaluate(SKIPPED)]
    return wrong + backwards(stops)


def backwards(stops: list[Stop]) -> list[str]:
    """Where the focus goes up within a column, or to the left within a line."""
    found = []
    for before, after in pairwise(stops):
        if before.part != after.part or before.isSticky or after.isSticky:
            continue
        is_same_column = after.left < before.right and before.left < after.right
        shared = min(after.bottom, before.bottom) - max(after.top, before.top)
        is_same_line = shared > min(after.bottom - after.top, before.bottom - before.top) / 2
        is_up = is_same_column and after.bottom <= before.top
        is_back = is_same_line and after.right <= before.left
        if is_up or is_back:
            found.append(f"{before.name} -> {after.name}: backwards")
    return found


@pytest.fixture
def seller(parts: Seams, empty_site: object) -> User:
    """A salesperson with a customer who was visited and has complained."""
    install_shipped_templates(now=clock.now(), blobs=parts.blobs, docgen=parts.docgen)
    seller = a_user(Role.SALESPERSON)
    customer = a_customer("广东华盛货运有限公司", salesperson=seller)
    a_visit(customer, actor=seller.as_actor())
    a_complaint(customer)
    return seller


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tab_key_goes_through_the_pages_of_each_day_in_their_visual_order(
    page_as: PageAs, seller: User, width: int
) -> None:
    number = Customer.objects.get().archive_number
    page = page_as(user=seller, width=width)
    wrong: dict[str, list[str]] = {}
    each_width = "/customers", f"/customers/{number}", f"/customers/{number}/drafts/new"
    for path in (*each_width, "/complaints/new") if width < 768 else ("/", *each_width, "/search"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        wrong[path] = walk(page, "body" if path == "/" else "main")
    assert {path: found for path, found in wrong.items() if found} == {}, wrong


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tab_key_goes_through_the_intake_and_the_customers_form(
    page_as: PageAs, tmp_path: Path, empty_site: object, width: int
) -> None:
    a_customer("广东华盛货运有限公司")
    page = page_as(Role.CUSTODIAN, width=width)
    page.goto("/intake")
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(ugly.a_jpeg())
    choose(page, scan)
    expect(page.get_by_role("combobox", name="所属客户")).to_be_visible()
    wrong = {"/intake": walk(page, "main")}
    page.goto("/customers/new")
    wrong["/customers/new"] = walk(page, "main")
    assert {path: found for path, found in wrong.items() if found} == {}, wrong
