"""Links to the form from mails that the demo has really sent, and answers through them."""

from __future__ import annotations

import html
import re

from playwright.sync_api import Page, expect

VALUE = "4"


def mails_of_ekhamn(page: Page) -> list[str]:
    """Addresses of the mails that the worker sends when the demo is new; waits until they are there."""
    page.goto("/brevlada")
    mails = page.get_by_role("link", name="@ekhamn.example")
    while not mails.count():
        page.wait_for_timeout(500)
        page.reload()
    return [str(mail.get_attribute("href")) for mail in mails.all()]


def links_of_ekhamn(page: Page) -> list[str]:
    """Paths of the forms of people who have not answered, the newest mail first."""
    links = [_link_in(page.request.get(mail).text()) for mail in mails_of_ekhamn(page)]
    return [link for link in links if 'name="respondenttyp"' in page.request.get(link).text()]  # the others see none


def answer(page: Page, link: str) -> None:
    """Say the same to every statement and send it."""
    page.goto(link)
    page.evaluate(f"document.querySelectorAll('.scale input[value=\"{VALUE}\"]').forEach(box => box.click())")
    page.locator("input[name=respondenttyp]").last.check(force=True)
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack")


def _link_in(mail: str) -> str:
    return html.unescape(re.findall(r"https?://[^/\s\"]+(/svara/[\w-]+)", mail)[0])
