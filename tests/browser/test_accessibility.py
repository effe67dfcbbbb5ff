"""Every page in every state the demo offers: for a screen reader, for a phone, at 200 %."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import answer, links_of_ekhamn, mails_of_ekhamn, send
from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import problems

FILES = Path("dimios_dash/demo_data/granvik")
HIDDEN, BRANCH = "E010401", "E02"
OPEN = (
    "/logga-in",
    "/sa-skyddas-svaren",
    "/sa-skyddas-svaren?sprak=fi",
    "/svara/hjalp",
    "/oppen?sprak=nb",
    "/brevlada",
)

STATES = {
    "nyckelanvandare@ekhamn.example": (
        "/",
        "/matning/trad",
        "/matning/trad/jamfor?fran=2025",
        "/matning/urval",
        "/matning/respondenter",
        "/matning/texter",
        "/matning/start",
        "/matning/oppna-lankar",
        "/matning/folj",
        "/matning/folj?enhet=E02",
        "/matning/utskick",
        "/matning/avsluta",
        "/resultat/oversikt",
        "/resultat/mal?niva=F1",
    ),
    "ledning@ekhamn.example": (
        "/",
        "/resultat/alla",
        f"/resultat/oversikt?ar=2023&enhet={BRANCH}",
        "/resultat/oversikt?skala=nara",
        "/resultat/mal",
        "/resultat/forandring?fran=2023&niva=formagor",
        f"/resultat/forandring?enhet={BRANCH}",
        f"/resultat/forandring?enhet={HIDDEN}",
        "/resultat/forandring?ar=2023",
        f"/resultat/oversikt?enhet={HIDDEN}",
        "/resultat/oversikt?enhet=E0101",
        "/resultat/internt?visa=helheten&niva=2&jamfor=E01,E02",
        f"/resultat/internt?enhet={BRANCH}&visa=ifjol&mot=formagor",
        f"/resultat/internt?enhet={HIDDEN}",
        "/resultat/vet-ej",
        "/resultat/vet-ej?enhet=E08",
        "/matning/start",  # not for leadership
        "/finns-inte",
    ),
    "nyckelanvandare@granvik.example": (
        "/",
        "/matning/trad",
        "/matning/folj",
        "/matning/avsluta",
        "/resultat/oversikt",
    ),
    "drift@dimios.example": ("/",),
}


@pytest.mark.parametrize("who", STATES)
def test_every_page_is_sound(visit: Visit, who: str) -> None:
    page = visit(refused=True)  # two of the pages are refusals
    sign_in(page, who)

    found = {state: problems(opened(page, state)) for state in STATES[who]}

    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def test_the_pages_for_people_without_an_account_are_sound(visit: Visit) -> None:
    page = visit(refused=True)
    mail, link = mails_of_ekhamn(page)[0], links_of_ekhamn(page)[0]

    found = {state: problems(opened(page, state)) for state in (*OPEN, mail, "/svara/fel", link, f"{link}?sprak=fi")}
    found |= {
        "wrong password": problems(refused_at_the_door(page)),
        "half an answer": problems(half_answered(page, link)),
    }
    answer(page, link)
    found |= {"thanks": problems(page), "a second time": problems(opened(page, link))}

    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def test_a_file_is_looked_at_soundly(visit: Visit, project: Path) -> None:
    page = visit()
    sign_in(page, "nyckelanvandare@granvik.example")
    tree = problems(looked_at(page, "/matning/trad", project / FILES / "trad.csv"))
    sign_out(page)
    sign_in(page, "nyckelanvandare@ekhamn.example")
    with_errors = problems(looked_at(page, "/matning/respondenter", project / FILES / "respondenter-med-fel.csv"))

    assert (tree, with_errors) == ([], [])


def test_no_two_pages_have_the_same_title(visit: Visit) -> None:
    page = visit()
    signs_in = opened(page, "/logga-in").title()
    sign_in(page, "nyckelanvandare@ekhamn.example")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    pages = [link.get_attribute("href") for link in page.get_by_role("navigation").get_by_role("link").all()]

    titles = [signs_in, *(opened(page, str(path)).title() for path in pages)]

    assert len(titles) > 8
    assert len(set(titles)) == len(titles)


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(visit: Visit) -> None:
    page = visit()
    sign_in(page, "nyckelanvandare@ekhamn.example")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


def test_the_menu_of_a_phone_closes_behind_the_one_who_chose(visit: Visit) -> None:
    page = visit(width=390)
    sign_in(page, "ledning@ekhamn.example")
    page.get_by_text("Meny", exact=True).click()

    page.get_by_role("link", name="Översikt").click()

    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("link", name="Översikt")).to_be_hidden()


def opened(page: Page, address: str) -> Page:
    """The page at an address."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def refused_at_the_door(page: Page) -> Page:
    """The sign-in page after a wrong password."""
    page.goto("/logga-in")
    page.get_by_label("E-postadress").fill("ingen@ekhamn.example")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    return page


def half_answered(page: Page, link: str) -> Page:
    """The form after an answer that lacks a lot."""
    page.goto(link)
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    return page


def looked_at(page: Page, address: str, file: Path) -> Page:
    """The preview of a file."""
    page.goto(address)
    page.locator("input[type=file]").wait_for(state="attached")
    if (folded := page.locator("summary", has_text="Läs in från fil")).count():
        folded.click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Granska filen").click()
    expect(page.get_by_role("heading", name=f"Granska {file.name}")).to_be_visible()
    return page


def sign_out(page: Page) -> None:
    """Through the button, as a person does."""
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/logga-in")
