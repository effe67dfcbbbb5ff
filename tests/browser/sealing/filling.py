"""Fills in the form as a person does, with answers and texts that the test can compare."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page, Request, expect

from tests.answering.links import FIELDS

FIELD_OF = {"larande": "larande"} | {key: f"forslag_{key}" for key in ("F1", "F2", "F3", "A1", "A2", "A3")}


def fill(page: Page, texts: Mapping[str, str] | None = None, fields: Mapping[str, str] = FIELDS) -> None:
    """Choose FIELDS, and write `texts` (by their key on the sheet)."""
    for name, value in fields.items():
        page.locator(f"input[name='{name}'][value='{value}']").check(force=True)
    for key, text in (texts or {}).items():
        page.locator(f"#{FIELD_OF[key]}").fill(text)


def send(page: Page) -> None:
    """Press the button, whatever it says now."""
    page.locator("button[type=submit]").click()


def be_thanked(page: Page) -> None:
    """Wait for the page that ends it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack!")


def posts(page: Page) -> list[Request]:
    """Everything that is posted from now on."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent
