"""Codes are printed, answered with on a phone, and counted; the pages on the way are sound."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.answering import answer_here
from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import PHONE, problems

KEY_USER = "nyckelanvandare@ekhamn.example"
LINKS = "/matning/oppna-lankar"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def make_codes(page: Page, unit: str, number: str) -> str:
    """Where the sheet of the new codes is."""
    page.goto(LINKS)
    page.get_by_text("Engångskoder", exact=True).last.click()
    page.locator("#open-link-codes-unit").fill(unit)
    page.locator("#open-link-number").fill(number)
    page.get_by_role("button", name="Gör koderna").click()
    made = page.get_by_role("status").get_by_role("link", name="Visa och skriv ut")
    return str(made.get_attribute("href"))


def make_link(page: Page, lines: str) -> str:
    """The address of a new link with a choice."""
    page.goto(LINKS)
    page.get_by_text("Länk med val mellan enheter").click()
    page.locator("#open-link-lines").fill(lines)
    page.locator("#open-link-make-choice").click()
    poster = page.get_by_role("status").get_by_role("link", name="Visa och skriv ut").get_attribute("href")
    return opened(page, str(poster)).locator(".sheet__address").first.inner_text()


def test_codes_from_paper_and_a_link_with_a_choice_are_answered_on_a_phone_and_counted(visit: Visit) -> None:
    desk = visit()
    sign_in(desk, KEY_USER)
    paper = make_codes(desk, "E0102", "3")
    link = make_link(desk, "E0102;10\nE0103")
    address, codes = link.rpartition("/")[0], opened(desk, paper).locator(".code").all_inner_texts()
    phone = visit(width=PHONE)

    phone.goto(address)
    phone.get_by_label("Kod").fill(codes[0].lower().replace("-", " "))
    phone.get_by_role("button", name="Fortsätt").click()
    answer_here(phone)
    phone.goto(link)
    phone.get_by_label("Enhet").select_option("E0102")
    phone.get_by_role("button", name="Fortsätt").click()
    answer_here(phone)
    phone.get_by_role("link", name="Svara som någon annan").click()
    phone.get_by_label("Enhet").select_option("E0103")
    phone.get_by_role("button", name="Fortsätt").click()
    answer_here(phone)
    desk.goto("/matning/folj?enhet=E01")

    assert len(codes) == 3
    expect(desk.get_by_text("Dessutom 3 svar genom öppna länkar: 2 av 13 väntade")).to_be_visible()
    expect(desk.get_by_role("row", name="HR-avdelningen")).to_contain_text("15")


def test_a_link_is_answered_without_javascript(visit: Visit) -> None:
    desk = visit()
    sign_in(desk, KEY_USER)
    link = make_link(desk, "E0201\nE0202")
    plain = visit(width=PHONE, script=False)

    plain.goto(link)
    plain.get_by_label("Enhet").select_option("E0202")
    plain.get_by_role("button", name="Fortsätt").click()
    for group in plain.locator("fieldset").all():
        group.locator("input").first.check(force=True)
    plain.get_by_role("button", name="Skicka svaret").click()
    thanked = plain.get_by_role("heading", level=1).inner_text()
    plain.goto(link)

    assert thanked == "Tack!"
    expect(plain.get_by_role("heading", level=1)).to_have_text("Någon har redan svarat i den här webbläsaren")


def test_every_page_of_a_link_is_sound(visit: Visit) -> None:
    page = visit(refused=True)
    sign_in(page, KEY_USER)
    paper, link = make_codes(page, "E0104", "2"), make_link(page, "E0104\nE0103")
    code = "/oppen/" + opened(page, paper).locator(".code").first.inner_text()
    poster = page.goto(LINKS) and page.get_by_role("link", name="Skriv ut: länken till").first.get_attribute("href")

    found = {
        state: problems(opened(page, state))
        for state in (LINKS, paper, str(poster), "/oppen", link, f"{link}?enhet=E0103", "/oppen/fel", code)
    }
    answer_here(page)
    found |= {"thanks": problems(page), "used": problems(opened(page, code))}
    page.goto(f"{link}?enhet=E0103")
    answer_here(page)
    found |= {"answered here": problems(opened(page, link))}

    assert {state: wrong for state, wrong in found.items() if wrong} == {}
