"""Take the README's pictures of a running archive that holds the demonstration company.

    archive run            # in one terminal
    python docs/images/take.py http://127.0.0.1:8000 var

The second argument is the data folder, where the sign-ins lie.
"""

import json
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
SCANS = sorted((HERE.parents[1] / "tests" / "data" / "scans").glob("*.jpg"))
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--lang=zh-CN"]
SIZES = {"": (1280, 800), "-phone": (390, 844)}
SLOW_LINK = {"offline": False, "latency": 40, "downloadThroughput": -1, "uploadThroughput": 900_000}


def sign_in(browser: Browser, address: str, account: dict[str, str], size: tuple[int, int]) -> Page:
    """A page on which someone is signed in."""
    width, height = size
    context = browser.new_context(
        base_url=address,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height},
    )
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#f-username", account["username"])
    page.fill("#f-password", account["password"])
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/")
    return page


def keep(page: Page, name: str) -> None:
    """What the window shows, as a small PNG."""
    path = HERE / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def open_first_customer(page: Page) -> None:
    """The file of a customer who has attachments."""
    page.goto("/customers?sort=code")
    page.locator("a[data-open]").first.click()
    page.get_by_role("link", name="变更历史").wait_for()
    page.wait_for_load_state("networkidle")


def take_all(browser: Browser, address: str, accounts: dict[str, dict[str, str]]) -> None:
    """Every picture, on a desk and on a phone."""
    for ending, size in SIZES.items():
        visitor = browser.new_page(locale="zh-CN", viewport={"width": size[0], "height": size[1]})
        visitor.goto(f"{address}/sign-in")
        keep(visitor, f"sign-in{ending}")

        page = sign_in(browser, address, accounts["salesperson"], size)
        keep(page, f"home{ending}")
        open_first_customer(page)
        keep(page, f"customer{ending}")
        page.goto("/search?q=破损")
        page.wait_for_load_state("networkidle")
        keep(page, f"search{ending}")
        page.goto("/contracts")
        page.locator("a[data-open]").first.click()
        page.locator(".docx").first.wait_for()
        page.wait_for_load_state("networkidle")
        keep(page, f"draft{ending}")

        page = sign_in(browser, address, accounts["custodian"], size)
        page.goto("/intake")
        page.wait_for_load_state("networkidle")
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_LINK)
        page.locator("input[type=file]").first.set_input_files(SCANS[:6])
        page.get_by_role("progressbar").nth(1).wait_for()
        page.wait_for_timeout(900)
        keep(page, f"upload{ending}")


def main() -> None:
    """Take them."""
    address, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    accounts = json.loads((folder / "demo-accounts.json").read_text())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        take_all(browser, address, accounts)
        browser.close()


if __name__ == "__main__":
    main()
