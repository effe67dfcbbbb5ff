"""Förändring in a browser: from Översikt to an answer, with few clicks and with none at all."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import wait_until_drawn

LEADER = "ledning@ekhamn.example"


def at_overview(page: Page) -> Page:
    sign_in(page, LEADER)
    page.goto("/resultat/oversikt")
    wait_until_drawn(page)
    return page


def test_did_we_really_improve_since_2024_takes_one_click_and_since_2023_two(visit: Visit) -> None:
    page = at_overview(visit())

    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Förändring").click()
    expect(page.locator(".page-head__lead")).to_have_text("Högre än 2024, men det kan vara slump.")
    page.get_by_label("Jämför med").select_option("2023")

    expect(page.locator(".page-head__lead")).to_have_text("Ja, säkert bättre än 2023.")
    page.wait_for_url("**fran=2023**")


def test_what_was_chosen_stands_in_the_address_and_is_kept_by_reload_and_back(visit: Visit) -> None:
    page = at_overview(visit())
    page.goto("/resultat/forandring?fran=2023")
    wait_until_drawn(page)

    page.get_by_role("link", name="Förmågor").click()
    expect(page.get_by_text("Regler och rutiner").first).to_be_visible()
    page.get_by_label("Jämför enheternas").select_option("A")
    page.wait_for_url("**matt=A**")
    page.reload()
    wait_until_drawn(page)

    expect(page.locator(".page-head__lead")).to_have_text("Ja, säkert bättre än 2023.")
    expect(page.get_by_label("Jämför enheternas")).to_have_value("A")
    page.go_back()
    expect(page.get_by_label("Jämför enheternas")).to_have_value("index")


def test_the_answer_is_reached_by_keyboard_alone(visit: Visit) -> None:
    page = at_overview(visit())
    link = page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Förändring")

    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".page-head__lead")).to_contain_text("2024")
    page.get_by_label("Jämför med").focus()
    page.keyboard.type("2023")

    expect(page.locator(".page-head__lead")).to_have_text("Ja, säkert bättre än 2023.")
