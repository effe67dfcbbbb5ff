"""Step 2 as a key user takes it: what bounced, who comes and goes, reminders, more time."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from dimios_dash.domain.days import written
from tests.browser.looking import problems
from tests.browser.test_main_job import figure


def see_bounces(page: Page, addresses: set[str]) -> None:
    """The follow-up says how many have come back and leads to them."""
    page.goto("/matning/folj")
    expect(figure(page, "Har studsat")).to_have_text(str(len(addresses)))
    page.get_by_role("link", name="Rätta till det under Utskick").click()
    expect(page.get_by_role("heading", name=f"Kom inte fram: {len(addresses)}")).to_be_visible()
    for address in addresses:
        expect(page.get_by_role("rowheader", name=address)).to_be_visible()
    assert problems(page) == []


def correct(page: Page, wrong: str, right: str) -> None:
    """Another address for somebody whose invitation came back."""
    page.goto("/matning/utskick")
    page.get_by_label("Person", exact=True).select_option(label=f"{wrong} (inbjudan)")
    page.get_by_label("Rätt adress").fill(right)
    page.get_by_role("button", name="Rätta adressen och bjud in").click()
    expect(page.get_by_role("rowheader", name=wrong)).to_have_count(0)


def remind(page: Page, people: int, number: int) -> None:
    """By hand: look at how many it is, say yes; the round is in the table then."""
    page.goto("/matning/utskick")
    page.get_by_text(f"Påminn {people} personer …").click()
    page.get_by_role("button", name=f"Ja, påminn {people} personer").click()
    expect(page.get_by_role("rowheader", name=f"Påminnelse {number}")).to_be_visible()


def add(page: Page, address: str, unit: str) -> None:
    """One more person, by hand, while it is open."""
    page.goto("/matning/respondenter")
    page.get_by_text("Lägg till en person").click()
    page.get_by_label("E-postadress", exact=True).fill(address)
    page.get_by_label("Enhet", exact=True).fill(unit)
    page.get_by_role("button", name="Lägg till personen").click()
    expect(page.get_by_text(f"{address} är tillagd")).to_be_visible()


def remove(page: Page, address: str) -> None:
    """Search for somebody, open, take out of the list."""
    page.goto("/matning/respondenter")
    page.get_by_label("Sök e-postadress").fill(address)
    expect(page.get_by_text("Respondenter 1–1 av 1")).to_be_visible()
    page.get_by_role("link", name=address).click()
    page.get_by_role("button", name="Ta bort personen").click()
    expect(page.get_by_text("Personen är borttagen").first).to_be_visible()


def extend(page: Page, closes: date) -> None:
    """Give more days. On the last ones of a year there are none to give, and the page says so."""
    page.goto("/matning/avsluta")
    expect(page.get_by_role("heading", name="Förläng mätningen")).to_be_visible()
    if page.get_by_label("Ny sista dag").is_visible():
        page.get_by_label("Ny sista dag").fill(closes.isoformat())
        page.get_by_role("button", name="Förläng").click()
    expect(page.get_by_text(f"{written(closes)}.").first).to_be_visible()
