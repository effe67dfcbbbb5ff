"""From an organisation's files to its results page: the three steps, walked in Granvik by two people."""

from __future__ import annotations

import csv
import html
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import APIRequestContext, Locator, Page, expect

from dimios_dash import instruments
from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import problems

FILES = Path("dimios_dash/demo_data/granvik")
KEYS = instruments.load().statement_keys
UNANSWERED = 6  # this many respondents never answer


@dataclass(frozen=True, slots=True)
class Reply:
    """One respondent's answers as the test made them up; 0 is Vet ej."""

    unit: str
    role: int
    values: tuple[int, ...]

    def fields(self) -> dict[str, str]:
        """As the form sends them."""
        said = {str(key): str(value) if value else "vet_ej" for key, value in zip(KEYS, self.values, strict=True)}
        return {"enhet": self.unit, "respondenttyp": str(self.role), **said}


def test_the_whole_story_from_files_to_the_numbers_of_oversikt(visit: Visit, project: Path) -> None:
    key_user = visit()
    sign_in(key_user, "nyckelanvandare@granvik.example")
    read_in(key_user, "/matning/trad", project / FILES / "trad.xlsx", "Nya enheter", 11)
    read_in(key_user, "/matning/respondenter", project / FILES / "respondenter.csv", "Nya", 42)
    start(key_user)
    addresses = invited(project)

    links = {address: link for address, link in mails(key_user, len(addresses)).items() if "granvik" in address}
    replies = made_up(project)
    answering = list(replies)[:-UNANSWERED]
    walk_the_form(visit(script=False, width=390), links[answering[0]], replies[answering[0]])
    for address in answering[1:]:
        send(key_user.request, links[address], replies[address])

    key_user.goto("/matning/folj")
    expect(key_user.get_by_text(f"{len(answering)} av {len(addresses)} har svarat").first).to_be_visible()
    assert key_user.request.get("/resultat/oversikt").status == 404  # nobody sees results before the release

    close_and_release(key_user)

    key_user.goto("/resultat/oversikt")
    expect(key_user.get_by_role("heading", level=1)).to_contain_text("Granvik")
    expected = levels_of([replies[address] for address in answering])
    for label, value in expected.items():
        expect(figure(key_user, label)).to_have_text(swedish(value))


def read_in(page: Page, address: str, file: Path, counted: str, number: int) -> None:
    """Choose a file, look at what will happen, say yes."""
    page.goto(address)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Granska filen").click()
    expect(figure(page, counted)).to_have_text(str(number))
    page.get_by_role("button", name="Importera").click()
    expect(page.get_by_text(re.compile("är inläs"))).to_be_visible()


def figure(page: Page, label: str) -> Locator:
    """The large number under a label."""
    return page.locator(".figure-key", has=page.get_by_text(label, exact=True)).locator(".figure-key__value")


def start(page: Page) -> None:
    """Start this year's measurement with what the page proposes."""
    page.goto("/matning/start")
    expect(page.get_by_role("status").filter(has_text="visas så gott som säkert")).to_be_visible()
    page.get_by_label("Så många svarar").select_option("80")
    expect(page.get_by_text("80 % av de inbjudna svarar")).to_be_visible()
    assert problems(page) == []
    page.get_by_text("Starta och skicka 42 inbjudningar …").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ja, starta och skicka 42 inbjudningar")).to_be_visible()
    assert problems(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matning/folj*")


def invited(project: Path) -> list[str]:
    """The addresses in the respondents' file."""
    with (project / FILES / "respondenter.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["epost"] for row in csv.DictReader(file, delimiter=";")]


def mails(page: Page, count: int) -> dict[str, str]:
    """Address → personal link, from the mails that have really been sent; waits until all are there."""
    sent: list[tuple[str, str]] = []
    while len(sent) < count:
        page.wait_for_timeout(500)
        listed = page.request.get("/brevlada").text()
        sent = re.findall(r'href="(/brevlada/[^"]+)">([^<]+@granvik\.example)<', listed)
    return {address: link_in(page.request.get(mail).text()) for mail, address in sent}


def link_in(mail: str) -> str:
    """The path of the personal link in a mail."""
    return html.unescape(re.findall(r"https?://[^/\s\"]+(/svara/[\w-]+)", mail)[0])


def made_up(project: Path) -> dict[str, Reply]:
    """Answers in the middle of the scale, so that no group stands at a blunted end."""
    random = np.random.default_rng(2026)
    with (project / FILES / "respondenter.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["epost"]: Reply(
                row["enhet_id"],
                int(row["respondenttyp"] or 2),
                tuple(int(value) for value in random.choice([0, 2, 3, 3, 4, 4, 5], len(KEYS))),
            )
            for row in csv.DictReader(file, delimiter=";")
        }


def walk_the_form(page: Page, link: str, reply: Reply) -> None:
    """Answer in a browser without JavaScript: forget one statement, be told so, complete, be thanked."""
    fields = reply.fields()
    page.goto(link)
    page.goto(link)  # opening it any number of times does nothing
    page.locator(f"input[name=respondenttyp][value='{fields['respondenttyp']}']").check(force=True)
    for key in KEYS[1:]:
        page.locator(f"input[name='{key}'][value='{fields[key]}']").check(force=True)
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator(f"input[name='{KEYS[0]}'][value='{fields[KEYS[0]]}']").check(force=True)
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack")
    page.goto(link)
    expect(page.get_by_text("redan").first).to_be_visible()


def send(browser: APIRequestContext, link: str, reply: Reply) -> None:
    """Post the form as a browser without JavaScript does; a second time is politely refused."""
    first = browser.post(link, form={**reply.fields()}, max_redirects=0)
    second = browser.post(link, form={**reply.fields()}, max_redirects=0)
    assert first.status == 303
    assert "redan" in second.text()


def close_and_release(page: Page) -> None:
    """Close, say yes, release, and wait for the worker."""
    page.goto("/matning/avsluta")
    page.get_by_text("Avsluta mätningen …").click()
    page.get_by_role("button", name="Ja, avsluta mätningen nu").click()
    expect(page.get_by_role("button", name="Beräkna och publicera resultat")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Beräkna och publicera resultat").click()
    expect(page.get_by_role("link", name="Se resultatet")).to_be_visible()


def levels_of(replies: list[Reply]) -> dict[str, float]:
    """Index and dimensions of the whole, from the raw answers, as product.md says: nothing of ours is used."""
    values = np.array([reply.values for reply in replies], dtype=float)
    values[values == 0] = np.nan
    means = np.round((np.nanmean(values, axis=0) - 1) / 5 * 100, 1)
    categories = means.reshape(6, 5).mean(axis=1)
    capability, heritage = categories[:3].mean(), categories[3:].mean()
    return {"Index": (capability + heritage) / 2, "Digital förmåga": capability, "Digitalt arv": heritage}


def swedish(value: float) -> str:
    """One decimal, decimal comma."""
    return f"{value:.1f}".replace(".", ",")
