"""How soon the form is ready on a slow connection, counted from the first byte of its page.

python -m benchmarks.first_view

A real Chromium that keeps nothing from before, behind a link of 1.6 Mbit/s and 150 ms there and back. Ready is when the
page is drawn and its script, if any, has run.
"""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.answers import invite, served
from benchmarks.slow_link import slow_link
from benchmarks.tree import place
from tests.browser.conftest import CHROMIUM, HEADLESS

VIEWS = 7
READY = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const [drawn] = performance.getEntriesByName("first-contentful-paint");
    return [page.responseStart, Math.max(drawn.startTime, page.domContentLoadedEventEnd) - page.responseStart];
}"""
Times = tuple[float, float]  # ms until the first byte, ms from there until it is ready


def main() -> None:
    """Print both times for a browser with the script and for one without, and what was sent."""
    if CHROMIUM is None:
        print("no Chromium: the first view was not measured")
        return
    with TemporaryDirectory() as folder, place(Path(folder)) as settings:
        links = invite(settings, 2 * VIEWS)
        with served(settings, "app:server", {}) as server, slow_link(server) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=HEADLESS)
            print(f"{'first byte':>10} {'ready after':>11}   (ms, median of {VIEWS}, load {os.getloadavg()[0]:.1f})")
            for script in (True, False):
                views = [_view(browser, f"http://localhost:{port}{next(links).path}", script) for _ in range(VIEWS)]
                first, ready = (median(times) for times in zip(*views, strict=True))
                print(f"{first:>10.0f} {ready:>11.0f}   {'with' if script else 'without'} JavaScript")
            browser.close()


def _view(browser: Browser, address: str, script: bool) -> Times:
    visitor = browser.new_context(java_script_enabled=script)
    page = visitor.new_page()
    page.goto(address)
    page.wait_for_timeout(1000)  # it tells of what is drawn only when it has been
    first, ready = page.evaluate(READY)
    visitor.close()
    return first, ready


if __name__ == "__main__":
    main()
