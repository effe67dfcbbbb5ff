"""What must be true of every page in every state, as a browser can tell."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dimios_dash.language import DEFAULT_LANGUAGE

DESK, PHONE = 1440, 390
ZOOMED, NARROWEST = 720, 320  # 720: what is left of 1440 at 200 %


def wait_until_drawn(page: Page) -> None:
    """Until the page's heading and its charts are there."""
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator(".card__room:not(:has(.main-svg))")).to_have_count(0)


def problems(page: Page) -> list[str]:
    """Everything wrong with what the page shows now; the page is left at the width of a desk."""
    wait_until_drawn(page)
    found = [*_structure(page)]
    for width in (PHONE, DESK):
        _set_width(page, width)
        found += [f"{width}: {violation}" for violation in _violations(page)]
    for width in (ZOOMED, NARROWEST):
        _set_width(page, width)
        found += [f"scrolls sideways at {width}"] if _scrolls_sideways(page) else []
    _set_width(page, DESK)
    return found


def _structure(page: Page) -> list[str]:
    """The language of its address, one heading, main part, header and footer."""
    spoken = parse_qs(urlsplit(page.url).query).get("sprak", [DEFAULT_LANGUAGE])[0]
    wanted = {f"html[lang={spoken}]": 1, "h1": 1, "main": 1, "body header": 1, "body footer": 1}
    return [
        f"{mark}: {page.locator(mark).count()}" for mark, count in wanted.items() if page.locator(mark).count() != count
    ]


def _set_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def _violations(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{found['id']}: {[node['target'] for node in found['nodes']]}" for found in violations]


def _scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
