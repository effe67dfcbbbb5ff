"""Fills in the form as a person does, with answers and texts that the test can compare."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page, Request, expect

from tests.answering.links import FIELDS
from tests.browser.answering import onward, send

__all__ = ["FIELD_OF", "be_thanked", "fill", "posts", "send"]

FIELD_OF = {"larande": "larande"} | {key: f"forslag_{key}" for key in ("F1", "F2", "F3", "A1", "A2", "A3")}
NAMES = "Array.from(document.querySelectorAll('.statement input, textarea'), ({ name }) => name)"
LIES_BEFORE = """field => {
    const here = Array.from(document.querySelectorAll('.statement, textarea')).find((each) => each.checkVisibility());
    return Boolean(!here || field.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


def fill(page: Page, texts: Mapping[str, str] | None = None, fields: Mapping[str, str] = FIELDS) -> None:
    """Choose FIELDS, and write `texts` (by their key on the sheet), in the form's order."""
    written = {FIELD_OF[key]: text for key, text in (texts or {}).items()}
    for name in dict.fromkeys(page.evaluate(NAMES)):
        if name in fields:
            reach(page, name)
            page.locator(f"input[name='{name}'][value='{fields[name]}']").check(force=True)
        if name in written:
            reach(page, name)
            page.locator(f"#{name}").fill(written[name])


def reach(page: Page, name: str) -> None:
    """Turn to the part with a field, by the buttons and links of the page."""
    field = page.locator(f"[name='{name}']").first
    while not field.is_visible():
        link = page.locator(f".steps__parts a[href='#{name.removeprefix('forslag_').partition('.')[0]}']")
        if link.is_visible():
            link.click()
        elif field.evaluate(LIES_BEFORE):
            page.locator("#bakat").click()
        else:
            onward(page)


def be_thanked(page: Page) -> None:
    """Wait for the page that ends it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack!")


def posts(page: Page) -> list[Request]:
    """Everything that is posted from now on."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent
