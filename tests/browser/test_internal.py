"""The questions people come with, answered in few clicks from Översikt, and by keyboard."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, sign_in
from tests.browser.test_overview import at_overview, heading, tab_to

HEAT, TRAINING = "#enheter-karta", "#utbildningslista"


def title(page: Page, card: str) -> Locator:
    return page.locator(f"{card} .card__title")


def test_which_unit_under_socialforvaltningen_differs_most(visit: Visit) -> None:
    page = at_overview(visit())

    page.get_by_role("link", name="Intern jämförelse").click()
    page.locator(HEAT).get_by_role("link", name="Socialförvaltningen").click()

    expect(heading(page)).to_have_text("Socialförvaltningen 2025")
    expect(title(page, HEAT)).to_contain_text("skiljer sig mest")
    expect(page.locator(f"{HEAT} .card__reading")).to_contain_text("slump")


def test_what_should_we_train_and_where(visit: Visit) -> None:
    page = at_overview(visit())

    page.get_by_role("link", name="Vet ej").click()

    expect(title(page, TRAINING)).to_contain_text("Träna först på")
    expect(page.locator(f"{TRAINING} .card__reading")).to_contain_text("Börja i")
    expect(page.locator(f"{TRAINING} tbody tr").first).to_contain_text("?")


def test_two_units_are_put_side_by_side_by_keyboard_and_the_address_keeps_them(visit: Visit) -> None:
    page = visit()
    sign_in(page, "ledning@ekhamn.example")
    page.goto("/resultat/internt?ar=2025&enhet=E")

    for _ in range(2):
        tab_to(page, page.locator(HEAT).get_by_role("link", name="Jämför", exact=True).first)
        page.keyboard.press("Enter")
        expect(page.locator(HEAT).get_by_role("link", name="Ta bort").first).to_be_visible()
    expect(page.locator(HEAT).get_by_role("link", name="Ta bort")).to_have_count(2)
    page.reload()

    expect(title(page, "#valda-enheter")).to_contain_text("ligger längst från")
    page.get_by_role("link", name="Töm jämförelsen").click()
    expect(page.locator("#valda-enheter")).to_have_count(0)


def test_a_map_is_sorted_by_a_head_and_paged_on_a_phone(visit: Visit) -> None:
    page = visit(width=390)
    sign_in(page, "ledning@ekhamn.example")
    page.goto("/resultat/internt?ar=2025&enhet=E&niva=alla&mot=formagor")

    page.locator(HEAT).get_by_role("link", name="Svarande").click()
    expect(page.locator(f"{HEAT} th[aria-sort=descending]")).to_have_text("Svarande ↓")
    page.get_by_role("link", name="Nästa").click()

    expect(page.get_by_role("navigation", name="Sidor")).to_contain_text("Sida 2 av")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_folded_picture_can_be_taken_along(visit: Visit) -> None:
    page = visit()
    sign_in(page, "ledning@ekhamn.example")
    page.goto("/resultat/internt?ar=2025&enhet=E&visa=helheten")
    page.locator(HEAT).get_by_text("Dela och ladda ner").click()

    with page.expect_download() as taken:
        page.locator(HEAT).get_by_role("button", name="Bild (SVG)").click()

    drawn = taken.value.path().read_text(encoding="utf-8")
    assert taken.value.suggested_filename == "enheter-karta-2025.svg"
    assert "Samhällsbyggnadsförvaltningen" in drawn
    assert "publicerad mätning" in drawn
