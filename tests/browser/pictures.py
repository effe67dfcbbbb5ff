"""`make pictures`: every view of the results as the README shows it, from a demo that is started for it."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, HEADLESS, PASSWORD, Product, running, sign_in
from tests.browser.looking import wait_until_drawn

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "assets" / "readme"
LEADER = "ledning@ekhamn.example"
MOST = 1_300  # pixels of a picture's height
RESULTS = "/resultat/"


def main() -> None:
    """Write one picture for each view in the menu, named as its address is; print them."""
    if CHROMIUM is None:
        sys.exit("Chromium is missing; .ci/chromium installs it.")
    with (
        TemporaryDirectory() as folder,
        running(Path(folder), ROOT, "--demo", DIMIOS_DEMO_PASSWORD=PASSWORD) as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=HEADLESS)
        for picture in taken(browser, product):
            print(picture.relative_to(ROOT))  # noqa: T201, what the command is for
        browser.close()


def taken(browser: Browser, product: Product) -> list[Path]:
    """A picture of each view, for the leader of Ekhamn."""
    page = browser.new_page(base_url=product.address, viewport={"width": 1440, "height": 900}, locale="sv-SE")
    sign_in(page, LEADER)
    return [_picture(page, address) for address in _views(page)]


def _views(page: Page) -> list[str]:
    links = page.get_by_role("navigation").locator(f'a[href^="{RESULTS}"]')
    links.first.wait_for()
    return [str(link.get_attribute("href")) for link in links.all()]


def _picture(page: Page, address: str) -> Path:
    page.goto(address)
    wait_until_drawn(page)
    page.wait_for_timeout(500)  # fonts, and what charts do when they have come
    file = PICTURES / f"{address.removeprefix(RESULTS)}.png"
    height = min(MOST, page.evaluate("document.documentElement.scrollHeight"))
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": 1440, "height": height})
    return file


if __name__ == "__main__":
    main()
