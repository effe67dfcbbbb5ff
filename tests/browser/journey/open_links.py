"""Codes for those without e-mail: made at the desk, printed, and typed from paper."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.answering import answer_here


@dataclass(frozen=True, slots=True)
class Code:
    """One slip of paper: what is typed, and the path that a camera reads."""

    typed: str
    path: str


def make_codes(page: Page, unit: str, number: int) -> list[Code]:
    """So many codes for a unit, as they stand in the file and on the sheet that is printed."""
    page.goto("/matning/oppna-lankar")
    page.get_by_text("Engångskoder", exact=True).click()
    form = page.locator("details[open]")
    form.get_by_label("Enhet").fill(unit)
    form.get_by_label("Antal koder").fill(str(number))
    form.get_by_role("button", name="Gör koderna").click()
    expect(page.get_by_text(f": {number}").first).to_be_visible()
    codes = _downloaded(page)
    with page.expect_popup() as printed:
        page.get_by_role("link", name="Visa och skriv ut").click()
    for code in codes:
        expect(printed.value.get_by_text(code.typed, exact=True)).to_be_visible()
    expect(printed.value.locator("svg")).to_have_count(number)
    printed.value.close()
    return codes


def answer_from_paper(page: Page, code: Code) -> None:
    """Type the code as one reads it, say the same to every statement and send it."""
    page.goto("/oppen")
    page.get_by_label("Kod").fill(code.typed.lower())
    page.get_by_role("button", name="Fortsätt").click()
    answer_here(page)


def _downloaded(page: Page) -> list[Code]:
    address = page.get_by_role("link", name="Ladda ner som CSV").get_attribute("href")
    lines = page.request.get(str(address)).body().decode("utf-8-sig").splitlines()
    return [Code(row["kod"], "/" + row["adress"].split("/", 3)[3]) for row in csv.DictReader(lines, delimiter=";")]
