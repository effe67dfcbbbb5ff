"""How soon leadership sees the first view of results, and how much travels for it.

python -m benchmarks.first_result

A real Chromium on this machine, somebody signed in at the demo: with nothing kept from before, and loading the same
page again. Ready is when every chart of the page is drawn.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, HEADLESS, PASSWORD, Product, running, sign_in
from tests.browser.loading import Loading, cold, warm

VIEWS = 7
LEADER = "ledning@ekhamn.example"
OVERVIEW = "/resultat/oversikt"
PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print milliseconds and kilobytes of both, the middle one and the best of so many."""
    if CHROMIUM is None:
        print("no Chromium: the first view of results was not measured")
        return
    with TemporaryDirectory() as folder, sync_playwright() as playwright, _demo(Path(folder)) as product:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=HEADLESS)
        cookies = _signed_in(browser, product)
        loads = [_both(browser, product, cookies) for _ in range(VIEWS + 1)][1:]  # the first one warms the server
        browser.close()
    print(f"{'ready':>6} {'best':>6} {'kB':>6}   (ms, median of {VIEWS}, load {os.getloadavg()[0]:.1f})")
    for name, found in zip(("nothing kept", "again"), zip(*loads, strict=True), strict=True):
        times, size = [load.milliseconds for load in found], median(load.size for load in found)
        print(f"{median(times):>6.0f} {min(times):>6.0f} {size / 1000:>6.0f}   {OVERVIEW}, {name}")


def _demo(folder: Path) -> AbstractContextManager[Product]:
    return running(folder, PROJECT, "--demo", DIMIOS_DEMO_PASSWORD=PASSWORD)


def _signed_in(browser: Browser, product: Product) -> Any:
    """The cookies of somebody of the leadership."""
    visitor = browser.new_context(base_url=product.address)
    sign_in(visitor.new_page(), LEADER)
    cookies = visitor.cookies()
    visitor.close()
    return cookies


def _both(browser: Browser, product: Product, cookies: Any) -> tuple[Loading, Loading]:
    visitor = browser.new_context(base_url=product.address, viewport={"width": 1440, "height": 900})
    visitor.add_cookies(cookies)
    page, first = cold(visitor, OVERVIEW)
    again = warm(page)
    visitor.close()
    return first, again


if __name__ == "__main__":
    main()
