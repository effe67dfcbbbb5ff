"""Free texts in a browser: a key user masks, shows and gathers by keyboard, and a leader reads what is left."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import problems
from tests.browser.test_overview import tab_to

KEY_USER, LEADER = "nyckelanvandare@ekhamn.example", "ledning@ekhamn.example"
NUMBER = "070-174 06 58"


def read(page: Page, words: str) -> None:
    """Look for words among the texts, in the field of the page."""
    page.goto("/resultat/forslag?ar=2025")
    field = page.get_by_label("Sök i texterna")
    field.fill(words)
    field.press("Enter")
    expect(page).to_have_url(re.compile("sok="))


def open_text(page: Page, words: str) -> None:
    """From the queue of those that wait."""
    page.goto("/resultat/forslag/granska?ar=2025")
    page.get_by_role("listitem").filter(has_text=words).get_by_role("link", name="Granska texten").click()
    expect(page.get_by_role("heading", name="Texten som den skrevs")).to_be_visible()


def test_a_name_and_a_number_are_masked_by_keyboard_and_nobody_else_reads_them(visit: Visit) -> None:
    page, leader = visit(), visit(width=390)
    sign_in(page, KEY_USER)
    open_text(page, NUMBER)

    expect(page.get_by_label("070-174", exact=True)).to_be_checked()  # proposed
    tab_to(page, page.get_by_label("Kim", exact=True))
    page.keyboard.press("Space")
    expect(page.get_by_text("Ring [maskerat] på servicedesk, [maskerat] hon är")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Spara"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Beslutet är sparat")).to_be_visible()

    sign_in(leader, LEADER)
    read(leader, "e-arkivet")
    expect(leader.get_by_text("Ring [maskerat] på servicedesk, [maskerat] hon är")).to_be_visible()
    read(leader, NUMBER)
    expect(leader.get_by_role("heading", name="Inga texter passar valet")).to_be_visible()


def test_many_are_shown_at_once_and_alike_ones_counted_under_one(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    page.goto("/resultat/forslag/granska?ar=2025")
    page.get_by_role("listitem").filter(has_text="Betygen skrivs").get_by_role("checkbox").check()

    page.get_by_role("button", name="Gör", exact=True).click()
    expect(page.get_by_text("1 text är ändrad.")).to_be_visible()
    read(page, "Betygen")
    page.get_by_role("listitem").filter(has_text="Betygen skrivs").get_by_role("link", name="Ändra").click()
    page.get_by_label("Samma uppgifter skrivs in i två system").check()
    page.get_by_role("button", name="Räkna den här under den markerade").click()
    expect(page.get_by_text("Texterna är samlade")).to_be_visible()

    read(page, "Betygen")
    expect(page.get_by_text("4 har skrivit samma sak")).to_be_visible()


def test_a_text_is_hidden_only_with_a_reason_and_readers_are_told_how_many(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    open_text(page, "Mobilerna laddar ur")
    reason = page.get_by_label("Varför den döljs")
    expect(reason).to_be_hidden()

    page.get_by_label("Dölj", exact=True).check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj varför texten ska döljas.")
    reason.select_option("Handlar om något annat")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Beslutet är sparat")).to_be_visible()

    page.goto("/resultat/forslag?ar=2025")
    expect(page.get_by_text("3 texter är dolda: 2 handlar om något annat och 1 pekar ut en person.")).to_be_visible()


def test_the_pages_are_sound(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    found = {}
    for address in (
        "/resultat/forslag",
        "/resultat/forslag?enhet=E010401&sok=finns+inte",
        "/resultat/forslag/granska",
        "/resultat/forslag/granska?visa=visas",
        "/resultat/forslag/granska?ar=2024",
    ):
        page.goto(address)
        found[address] = problems(page)
    open_text(page, "Bjud in ekonomerna")
    found["one text"] = problems(page)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}
