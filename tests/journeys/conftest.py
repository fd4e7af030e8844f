"""The site served for real, and a real browser to walk through it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from archive.accounts.models import User
from archive.actor import Role
from tests.conftest import ClientAs

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

    def open_page(*roles: Role, user: User | None = None, width: int = 1280) -> Page:
        cookie = client_as(*roles, user=user).get_cookie("archive")
        assert cookie is not None
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, locale="zh-CN"
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
