"""Links to the form from mails that the demo has really sent, and answers through them, part by part."""

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
    answer_here(page)


def answer_here(page: Page) -> None:
    """The same, where the form is open, at whichever part."""
    while page.locator("#bakat").is_visible():
        page.locator("#bakat").click()
    page.locator("input[name=respondenttyp]").last.check(force=True)
    page.evaluate(f"document.querySelectorAll('.scale input[value=\"{VALUE}\"]').forEach(box => box.click())")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack")


def onward(page: Page) -> bool:
    """To the next part, whatever is left in this one; False at the end, and where everything is one page."""
    forward = page.locator("#framat")
    if not forward.is_visible():
        return False
    forward.click()
    if page.locator("#lage .notice--warning").is_visible():
        forward.click()
    return True


def to_the_end(page: Page) -> None:
    """To the part where the answer is sent."""
    while onward(page):
        pass


def send(page: Page) -> None:
    """Go to the end and press the button, whatever it says now."""
    to_the_end(page)
    page.locator("button[type=submit]").click()


def _link_in(mail: str) -> str:
    return html.unescape(re.findall(r"https?://[^/\s\"]+(/svara/[\w-]+)", mail)[0])
