"""The site served for real, and a real browser to walk through it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)
from werkzeug.serving import make_server

from archive.accounts.models import User
from archive.actor import Role
from tests.conftest import ClientAs
from tests.journeys.whole import WholeArchive, whole_archive

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PageAs = Callable[..., Page]

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def address(site: Flask) -> Iterator[str]:
    """Where the site answers while the tests run."""
    server = make_server("127.0.0.1", 0, site, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system brings it; `ARCHIVE_TEST_CHROMIUM` names another one."""
    program = os.environ.get("ARCHIVE_TEST_CHROMIUM") or shutil.which("chromium")
    assert program, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page_as(address: str, browser: Browser, client_as: ClientAs) -> Iterator[PageAs]:
    """A browser page of a signed-in person: ``page_as(Role.CUSTODIAN)``; addresses are relative.

    A script error on any of these pages fails the test.
    """
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(
        *roles: Role, user: User | None = None, width: int = 1280, is_phone: bool = False
    ) -> Page:
        cookie = client_as(*roles, user=user).get_cookie("archive")
        assert cookie is not None
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 800},
            locale="zh-CN",
            is_mobile=is_phone,
            has_touch=is_phone,
        )
        context.add_cookies([{"name": "archive", "value": cookie.value, "url": address}])
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_page
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeArchive]:
    """The archive with every process, as `archive run` starts it."""
    with whole_archive(tmp_path_factory.mktemp("whole")) as running:
        yield running


@pytest.fixture
def context_of(whole: WholeArchive, browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers of their own, before the whole archive.

    A word on the console of any page, or an answer that is a breakdown, fails the test.
    """
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # The browser itself reports an answer such as 404 or 422 as an error.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            faults.append(f"{message.location.get('url')}: {message.text}")

    def look_at(answer: Response) -> None:
        if answer.status >= 500:
            faults.append(f"{answer.url} answered {answer.status}")

    def open_context(language: str = "zh", theme: str = "light") -> BrowserContext:
        context = browser.new_context(
            base_url=whole.address,
            viewport={"width": 1280, "height": 800},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if theme == "dark" else "light",
        )
        context.add_cookies([{"name": "language", "value": language, "url": whole.address}])
        context.on("console", hear)
        context.on("response", look_at)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
    assert faults == [], "\n".join(faults)


@pytest.fixture
def sign_in(whole: WholeArchive, context_of: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Sign in at the whole archive, through its page: ``sign_in("staff")``."""

    def open_page(role: str, *, language: str = "zh", theme: str = "light") -> Page:
        page = context_of(language, theme).new_page()
        account = whole.accounts[role]
        page.goto("/sign-in")
        page.locator("[name=username]").fill(account["username"])
        page.locator("[name=password]").fill(account["password"])
        page.locator("form[action$='/sign-in'] button[type=submit]").click()
        page.wait_for_url("**/")
        return page

    return open_page


@pytest.fixture
def stranger(context_of: Callable[..., BrowserContext]) -> Page:
    """Someone who is not signed in, before the whole archive."""
    return context_of().new_page()
