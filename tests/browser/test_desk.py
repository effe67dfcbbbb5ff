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
    page.on("filechooser", lambda chooser: chooser.set_files(ONE_MORE))  # from the start: listening takes a moment
    sign_in(page, KEY_USER)
    tab_to(page, page.get_by_role("link", name="Respondenter"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    tab_to(page, page.get_by_text("Läs in från fil"))
    page.keyboard.press("Enter")
    file = page.get_by_label("Fil med kolumnrubriker")
    tab_to(page, file)
    page.keyboard.press("Enter")
    expect(file).to_have_value(re.compile(re.escape(ONE_MORE["name"])))
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


def test_the_list_is_filtered_searched_and_changed_where_it_stands(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    page.goto("/matning/respondenter")
    page.evaluate("window.stillHere = true")
    page.get_by_label("Inbjudan").select_option("Skickad, inte svarat")
    expect(page).to_have_url(re.compile(r"\?status=skickad$"))
    first = page.get_by_role("table").get_by_role("link").first
    address = first.inner_text()

    page.get_by_label("Sök e-postadress").fill(address.upper())
    expect(page.get_by_text("Respondenter 1–1 av 1")).to_be_visible()
    page.get_by_label(f"Markera {address}").check()
    page.get_by_text("Ändra flera på en gång").click()
    page.get_by_label("Vad ska göras").select_option("Byt språk")
    page.get_by_role("group").get_by_label("Språk").last.select_option("Finska")
    page.get_by_role("button", name="Granska ändringen").click()
    expect(page.get_by_text("1 respondent får det nya språket.")).to_be_visible()
    page.get_by_role("button", name="Gör ändringen").click()

    expect(page.get_by_role("cell", name="Finska")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?status=skickad$"))
    assert page.evaluate("window.stillHere") is True


def test_who_tries_the_demo_is_offered_files_to_try_it_with(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)
    page.goto("/matning/respondenter")
    page.get_by_text("Läs in från fil").click()

    offered = page.get_by_role("main").get_by_role("link", name=re.compile("^Granviks|vanliga fel"))

    expect(offered).to_have_count(3)
    assert {page.request.get(str(file.get_attribute("href"))).status for file in offered.all()} == {200}


def close(page: Page) -> None:
    """Close the open measurement."""
    page.goto("/matning/avsluta")
    page.get_by_text("Avsluta mätningen …").click()
    page.get_by_role("button", name="Ja, avsluta mätningen nu").click()
    expect(page.get_by_role("button", name="Öppna igen")).to_be_visible()


def answered(page: Page) -> int:
    """How many of the whole have answered, as the page says."""
    return int(page.get_by_text(re.compile(r"^\d+ av \d+ har svarat")).inner_text().split()[0])
