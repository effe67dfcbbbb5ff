"""The key user's pages in a browser: by keyboard, after a refusal, and while answers come in."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.answering import answer, links_of_ekhamn
from tests.browser.conftest import Visit, sign_in
from tests.browser.test_overview import tab_to

KEY_USER = "nyckelanvandare@ekhamn.example"
ONE_MORE = FilePayload(
    name="en till.csv", mimeType="text/csv", buffer=b"epost;enhet_id\nny.kollega@ekhamn.example;E0101\n"
)


def test_a_file_is_read_in_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    tab_to(page, page.get_by_role("link", name="Respondenter"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    tab_to(page, page.get_by_label("Fil med kolumnrubriker"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(ONE_MORE)
    tab_to(page, page.get_by_role("button", name="Granska filen"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Importera"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Respondenterna är inlästa")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_what_is_refused_is_said_until_it_goes_well(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    close(page)
    notice = page.get_by_role("alert")
    day = page.get_by_label("Ny sista dag")
    last_day = day.input_value()

    day.fill("")
    page.get_by_role("button", name="Öppna igen").click()
    expect(notice).to_have_text("Välj en ny sista dag först.")
    day.fill(last_day)
    page.get_by_role("button", name="Öppna igen").click()

    expect(page.get_by_text("Mätningen pågår")).to_be_visible()
    expect(notice).to_be_hidden()


def test_figures_change_when_an_answer_comes_in_and_nobody_loses_their_place(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    page.goto("/matning/folj")
    before = answered(page)
    page.evaluate("window.stillHere = true")
    onward = page.get_by_role("link", name="Socialförvaltningen")
    onward.focus()
    respondent = visit()

    answer(respondent, links_of_ekhamn(respondent)[-1])

    expect(page.get_by_text(re.compile(rf"^{before + 1} av \d+ har svarat"))).to_be_visible()
    expect(onward).to_be_focused()
    assert page.evaluate("window.stillHere") is True


def close(page: Page) -> None:
    """Close the open measurement."""
    page.goto("/matning/avsluta")
    page.get_by_text("Avsluta mätningen …").click()
    page.get_by_role("button", name="Ja, avsluta mätningen nu").click()
    expect(page.get_by_role("button", name="Öppna igen")).to_be_visible()


def answered(page: Page) -> int:
    """How many of the whole have answered, as the page says."""
    return int(page.get_by_text(re.compile(r"^\d+ av \d+ har svarat")).inner_text().split()[0])
