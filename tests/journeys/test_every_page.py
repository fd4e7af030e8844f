"""Every main page, in each language and each theme, at a desk and on a phone: no fault shows."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from archive.accounts.demonstration import PEOPLE
from tests.house.source import HAN, ROOT

SignIn = Callable[..., Page]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

# By role: the pages that it works with. `*` opens the first entry of the list before it.
PAGES = {
    "salesperson": (
        "/", "/profile", "/search", "/search?q=货物", "/contracts", "*", "*/versions/new",
        "*/compare", "/visits", "*",
        "/customers/new", "/customers", "*", "*/communication", "*/contracts", "*/history",
        "*/attachments", "*/drafts/new", "*/visits/new", "*/edit", "*/cooperation", "*/personal",
        "*/contacts/0/left", "*/development",
        "*/development/new", "/development", "*", "*/edit", "*/progress", "/schemes", "*", "*/edit",
        "/losses", "*", "*/edit", "/losses/new", "/losses/statistics", "/completeness", "*",
    ),
    "customer_service": ("/", "/complaints", "*", "*/edit", "*/handler", "/complaints/new",
                         "/complaints?form=oral&form=complaint&status=accepted"),
    "custodian": ("/", "/notices?tab=all", "/duties", "/tasks", "*", "*/finish", "/intake",
                  "/imports", "/imports/new", "/attachments", "/attachments/labels", "/places",
                  "/recognition", "/ways/separators", "/stock-takes", "*", "/disposals", "*",
                  "/disposals/due", "/disposals/new", "/retention", "/legal-holds", "*",
                  "/legal-holds/new", "/customers", "*", "*/attachments"),
    "staff": ("/", "/customers", "/search?q=客户", "/tasks/new"),
    "sales_manager": ("/", "/customers", "*", "*/assign", "*/merge", "*/classes",
                      "*/classes/maintenance", "/measures", "*", "/classes", "/classes/moves",
                      "/classes/proposals", "/merges", "/handovers", "/handovers/new", "/dashboard",
                      "/figures", "/lists/views",
                      "/lists/runs", "/lists/customers/assign", "/lists/proposals/accept"),
    "administrator": ("/", "/people", "*", "/people/new", "/templates", "*", "/templates/new",
                      "/templates/company", "/templates/placeholders",
                      "/clauses", "/clauses/new", "/channels",
                      "/channels/arrangements", "/ways", "/notices/settings", "/nowhere"),
    "auditor": ("/", "/trail", "*", "/rights", "/restrictions"),
    "general_manager": ("/", "/customers", "/rights", "/routes", "*", "/routes/new"),
    "operations_manager": ("/", "/reviews", "*", "/reviews/done", "/absences", "/contracts",
                           "/contracts/HT-2026-00003/review/places/new"),
}  # fmt: skip

ALIKE = "tbody tr:nth-child(n+4)"
FRAME = (".shell-side", ".shell-top", ".shell-tabs")

OWN_NAMES = re.compile("|".join(["中文", *(name for _, _, name, _ in PEOPLE)]))

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Look:
    """A language, the theme that is chosen beside the other one, and the width of the window."""

    language: str
    theme: str
    width: int

    @property
    def other_theme(self) -> str:
        """The one that was not chosen."""
        return {"light": "dark", "dark": "light"}[self.theme]


DESK, PHONE = 1280, 390


@pytest.fixture(
    params=[Look("zh", "light", PHONE), Look("en", "dark", DESK)], ids=lambda look: look.language
)
def look(request: pytest.FixtureRequest) -> Look:
    """Every page on a phone in Chinese, the language of the company, and at a desk in English."""
    chosen: Look = request.param
    return chosen


def addresses(page: Page, role: str) -> list[str]:
    """The addresses of the pages of *role*, those of single records found in their lists."""
    found: list[str] = []
    record = ""
    for each in PAGES[role]:
        if each == "*":
            page.goto(found[-1])
            link = page.locator("main a[data-open], main tbody th a, main tbody td a").first
            record = str(link.get_attribute("href")).split("?")[0]
        found.append(each.replace("*", record, 1))
    return found


def faults_of(page: Page, address: str, *rules: str, frame: bool = True) -> list[str]:
    """What axe-core calls serious or critical on the page; of all its rules, or of *rules*.

    The rows of a table are alike: three are looked at. The frame is the same around every page.
    """
    answer = page.evaluate(
        """([rules, left]) => axe.run({exclude: left.map(each => [each])}, {
              resultTypes: ["violations"], ...(rules.length ? {runOnly: rules} : {})})
           .then(all => JSON.stringify(all.violations
              .filter(each => ["serious", "critical"].includes(each.impact))
              .map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html)])))""",
        [list(rules), [ALIKE, *(() if frame else FRAME)]],
    )
    return [f"{address} {rule}: {nodes}" for rule, nodes in json.loads(answer)]


def faults_in(page: Page, theme: str, address: str, *, frame: bool) -> list[str]:
    """What is wrong with the page in another theme: only its colours are others."""
    page.evaluate(
        """theme => {
            document.documentElement.dataset.bsTheme = theme;
            let changing = [];
            do {
                changing.forEach(each => each.finish());
                changing = document.getAnimations().filter(
                    each => each instanceof CSSTransition && each.playState !== "finished");
            } while (changing.length);
        }""",
        theme,
    )
    return faults_of(page, f"{address} ({theme})", "color-contrast", frame=frame)


def out_of_turn(page: Page, address: str) -> list[str]:
    """What the keyboard comes to before its place on the page."""
    answer = page.evaluate(
        "[...document.querySelectorAll('[tabindex]')].filter(each => each.tabIndex > 0)"
        ".map(each => each.outerHTML.slice(0, 200))"
    )
    return [f"{address} is out of turn: {each}" for each in answer]


@pytest.mark.parametrize("role", PAGES)
def test_no_page_has_a_serious_fault_or_scrolls_sideways(
    sign_in: SignIn, role: str, look: Look
) -> None:
    page = sign_in(role, language=look.language, theme=look.theme)
    page.emulate_media(reduced_motion="reduce")  # colours are at once what they are
    faults: list[str] = []
    page.set_viewport_size({"width": look.width, "height": 800})
    for nth, address in enumerate(addresses(page, role)):
        page.goto(address)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        page.evaluate(AXE.read_text())
        assert page.locator("html").get_attribute("data-bs-theme") == look.theme
        faults += faults_of(page, address, frame=nth == 0)
        faults += out_of_turn(page, address)
        faults += faults_in(page, look.other_theme, address, frame=nth == 0)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > look.width:
            faults.append(f"{address} is {width} wide")
    assert faults == [], "\n".join(faults)


def test_the_sign_in_page_has_no_serious_fault(stranger: Page, look: Look) -> None:
    stranger.emulate_media(color_scheme="dark" if look.theme == "dark" else "light")
    stranger.goto("/sign-in")
    stranger.evaluate(AXE.read_text())
    assert faults_of(stranger, f"/sign-in {look.language}") == []


def test_the_pages_can_be_used_with_the_keyboard_alone(sign_in: SignIn) -> None:
    page = sign_in("salesperson")
    page.keyboard.press("Tab")
    assert "跳到正文" in str(page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("/")
    expect(page.locator("[data-search-field]")).to_be_focused()


def test_no_page_in_english_says_a_chinese_word_of_its_own(sign_in: SignIn) -> None:
    """The frame, the headings and the labels; what people wrote stays as they wrote it."""
    page = sign_in("administrator", language="en")
    for address in ("/", "/people/new", "/templates/new", "/profile", "/nowhere"):
        page.goto(address)
        own = page.locator("nav, h1, h2, label, legend, button, th").all_inner_texts()
        left = [text for text in own if HAN.search(OWN_NAMES.sub("", text))]
        assert left == [], address
