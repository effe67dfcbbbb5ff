"""Step 1 as a key user takes it: tree, sample, list, texts, start."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from dimios_dash.domain.days import period
from tests.browser.journey.people import BY_HAND, CHOSEN, FILES, PROPOSED, RESPONDENTS, UNITS
from tests.browser.journey.post import INVITED, REMINDED
from tests.browser.looking import problems
from tests.browser.test_main_job import figure, read_in

THANKS = "Tack för att du tog dig tid. Resultatet visas på intranätet."


def build_tree(page: Page, project: Path) -> None:
    """From the first page to the file, and one unit renamed in place."""
    page.get_by_role("link", name="Bygg organisationsträdet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Organisationsträd")
    read_in(page, "/matning/trad", project / FILES / "tree.csv", "Nya enheter", UNITS)
    page.locator(".tree__name", has_text="Överförmyndarenheten").click()
    page.get_by_label("Namn", exact=True).fill("Överförmyndarkontoret")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Överförmyndarkontoret är sparad")).to_be_visible()


def choose_sample(page: Page, staff: FilePayload) -> None:
    """From the staff to a proposal, changed by hand, to the list."""
    page.goto("/matning/urval")
    page.locator("input[type=file]").set_input_files(staff)
    page.get_by_role("button", name="Granska filen").click()
    expect(page.get_by_role("heading", name="Granska personal.csv")).to_be_visible()
    page.get_by_label("Minst per enhet").fill("5")
    page.get_by_role("button", name="Räkna om").click()
    expect(figure(page, "I urvalet")).to_have_text(str(PROPOSED))
    for unit, number in BY_HAND.items():
        page.get_by_label(f"Antal i urvalet från {unit}").fill(str(number))
    page.get_by_role("button", name="Räkna om").click()
    expect(figure(page, "I urvalet")).to_have_text(str(CHOSEN))
    assert problems(page) == []
    page.get_by_role("button", name=f"Lägg till {CHOSEN} som respondenter").click()
    page.wait_for_url("**/matning/respondenter*")
    expect(page.get_by_role("heading", name=f"Respondenter i år: {CHOSEN}")).to_be_visible()


def add_list(page: Page, others: FilePayload, count: int) -> None:
    """The rest from a file of their own."""
    page.goto("/matning/respondenter")
    page.get_by_text("Läs in från fil").click()
    page.locator("input[type=file]").set_input_files(others)
    page.get_by_role("button", name="Granska filen").click()
    expect(figure(page, "Nya")).to_have_text(str(count))
    page.get_by_role("button", name="Importera").click()
    expect(page.get_by_role("heading", name=f"Respondenter i år: {RESPONDENTS}")).to_be_visible()


def write_texts(page: Page) -> None:
    """Own words in mails and form, looked at before they are kept."""
    page.goto("/matning/texter")
    subjects = page.get_by_label("Ämne")
    subjects.nth(0).fill(INVITED)
    subjects.nth(1).fill(REMINDED)
    page.get_by_label("Tack").fill(THANKS)
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.get_by_text(INVITED).first).to_be_visible()
    expect(page.frame_locator("iframe").first.get_by_role("link").first).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Spara texterna").click()
    expect(page.get_by_text("Texterna är sparade")).to_be_visible()


def start(page: Page, today: date, closes: date) -> None:
    """With all units, to the end of a day."""
    page.goto("/matning/start")
    page.get_by_label("Sista dag", exact=True).fill(closes.isoformat())
    expect(page.get_by_text(f"Det går att svara {period(today, closes)}")).to_be_visible()
    page.get_by_text(f"Starta och skicka {RESPONDENTS} inbjudningar …").click()
    page.get_by_role("button", name=f"Ja, starta och skicka {RESPONDENTS} inbjudningar").click()
    page.wait_for_url("**/matning/folj*")
