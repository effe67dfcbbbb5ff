"""The organisation tree in a browser: by keyboard, by mouse, on a phone, and with somebody else at it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import problems
from tests.browser.test_overview import tab_to

KEY_USER = "nyckelanvandare@ekhamn.example"
SERVICE, RESCUE, GUARDIANS = "E06", "E07", "E08"
PANELS = ("Uppgifter", "Lägg till under", "Flytta", "Slå ihop", "Dela", "Stäng")


def opened(page: Page, unit: str = "") -> Page:
    sign_in(page, KEY_USER)
    page.goto(f"/matning/trad?enhet={unit}" if unit else "/matning/trad")
    expect(page.locator(".tree__row").first).to_be_visible()
    return page


def name(page: Page, unit: str) -> Locator:
    return page.locator(f".tree__name[data-unit='{unit}']")


def row(page: Page, unit: str) -> Locator:
    return page.locator(f".tree__row[data-row='{unit}']")


def test_a_unit_is_renamed_by_keyboard_alone_and_the_address_leads_back_to_it(visit: Visit) -> None:
    page = opened(visit())
    tab_to(page, name(page, GUARDIANS))
    page.keyboard.press("Enter")
    field = page.get_by_label("Namn", exact=True)
    expect(field).to_be_visible()
    expect(name(page, GUARDIANS)).to_be_focused()

    tab_to(page, field)
    field.fill("Överförmyndarkontoret")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Ändringen av Överförmyndarkontoret är sparad")
    expect(name(page, GUARDIANS)).to_be_focused()
    page.reload()
    expect(page.get_by_label("Namn", exact=True)).to_have_value("Överförmyndarkontoret")


def test_a_branch_is_unfolded_and_folded_where_one_stands(visit: Visit) -> None:
    page = opened(visit())
    toggle = page.get_by_role("button", name="Enheter under Serviceförvaltningen")
    tab_to(page, toggle)

    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(row(page, f"{SERVICE}01")).to_be_visible()
    expect(toggle).to_be_focused()
    page.keyboard.press("Enter")

    expect(row(page, f"{SERVICE}01")).to_have_count(0)
    expect(toggle).to_be_focused()


def test_a_unit_is_dragged_below_another_and_sent_back_by_buttons(visit: Visit) -> None:
    page = opened(visit())

    row(page, GUARDIANS).drag_to(row(page, RESCUE))
    expect(page.get_by_role("status")).to_contain_text("ligger nu under Räddningstjänsten")
    page.goto(f"/matning/trad?enhet={GUARDIANS}")
    page.get_by_role("button", name="Flytta", exact=True).click()
    page.get_by_label("Sök enhet", exact=True).fill("ekhamns kommun")
    target = page.get_by_label("Ny överordnad enhet")
    expect(target.locator("option")).to_have_count(2)  # the invitation to choose, and the only unit of that name
    target.select_option("E")
    page.get_by_role("button", name="Flytta hit").click()

    expect(page.get_by_role("status")).to_contain_text("ligger nu under Ekhamns kommun")
    page.get_by_role("button", name="Flytta upp").click()
    expect(page.get_by_role("status")).to_contain_text("har fått en ny plats")
    expect(page.locator(".tree__row").nth(-2)).to_have_attribute("data-row", GUARDIANS)
    page.get_by_role("button", name="Flytta ner").click()
    expect(page.locator(".tree__row").last).to_have_attribute("data-row", GUARDIANS)


def test_who_comes_second_is_told_and_sees_how_it_is_now(visit: Visit) -> None:
    first, second = opened(visit(), RESCUE), opened(visit(), RESCUE)
    for page, people in ((first, "50"), (second, "60")):
        page.get_by_label("Antal anställda").fill(people)

    first.get_by_role("button", name="Spara").click()
    expect(first.get_by_role("status")).to_contain_text("är sparad")
    second.get_by_role("button", name="Spara").click()

    expect(second.get_by_text("Någon annan var före dig")).to_be_visible()
    expect(second.get_by_role("alert").filter(has_text="Nora Ekman ändrade uppgifterna")).to_be_visible()
    expect(second.get_by_label("Antal anställda")).to_have_value("50")


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_is_sound(visit: Visit, panel: str) -> None:
    page = opened(visit(), SERVICE)

    page.get_by_role("button", name=panel, exact=True).click()
    expect(page.get_by_role("button", name=panel, exact=True)).to_have_attribute("aria-pressed", "true")

    assert problems(page) == []


def test_what_is_found_is_sound_too(visit: Visit) -> None:
    page = opened(visit())

    page.get_by_label("Sök enhet på namn eller id").fill("skola")
    expect(page.get_by_text("Enheter som hittades")).to_be_visible()

    assert problems(page) == []
