"""What leadership comes to find out, each answered within four clicks from Översikt, and by keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import wait_until_drawn
from tests.browser.test_overview import tab_to

LEADER = "ledning@ekhamn.example"
MOST_CLICKS = 4


@dataclass
class Reader:
    """Somebody at Översikt with a question, with a mouse or with a keyboard; every click is counted."""

    page: Page
    keyboard: bool
    clicks: int = 0

    def follow(self, link: Locator) -> None:
        """To where it leads."""
        self.clicks += 1
        if self.keyboard:
            tab_to(self.page, link)
            self.page.keyboard.press("Enter")
        else:
            link.click()
        wait_until_drawn(self.page)

    def view(self, name: str) -> None:
        """By the menu."""
        self.follow(self.page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name=name, exact=True))
        expect(self.page.locator(".page-head .eyebrow")).to_contain_text(name)

    def choose(self, label: str, option: str) -> None:
        """In a list."""
        self.clicks += 1
        field = self.page.get_by_label(label, exact=True)
        if self.keyboard:
            tab_to(self.page, field)
            self.page.keyboard.type(option)
        else:
            field.select_option(label=option)
        expect(field.locator("option:checked")).to_have_text(option)
        wait_until_drawn(self.page)

    def answered(self, *words: str) -> None:
        """In the heading of the page or a card, without unfolding anything."""
        said = self.page.get_by_role("main")
        for word in words:
            expect(said).to_contain_text(word)
        assert self.clicks <= MOST_CLICKS


@pytest.fixture(params=[False, True], ids=["by mouse", "by keyboard"])
def reader(visit: Visit, request: pytest.FixtureRequest) -> Reader:
    page = visit()
    sign_in(page, LEADER)
    page.goto("/resultat/oversikt")
    wait_until_drawn(page)
    return Reader(page, request.param)


def test_which_category_is_weakest_and_is_it_certain(reader: Reader) -> None:
    reader.view("Data och diagram")

    reader.answered("Infrastruktur ligger lägst med 42,9 av 100.", "så det är inte säkert lägst")


def test_which_unit_under_socialforvaltningen_differs_most(reader: Reader) -> None:
    reader.follow(reader.page.get_by_role("link", name="Socialförvaltningen", exact=True))
    reader.view("Intern jämförelse")

    reader.answered("skiljer sig mest", "Socialförvaltningen 2025")


def test_are_we_better_than_municipalities_of_our_size(reader: Reader) -> None:
    reader.view("Allas resultat")

    reader.answered("av vår storlek")


def test_did_we_really_improve_since_2024(reader: Reader) -> None:
    reader.view("Förändring")

    reader.answered("2024", "slump")


def test_what_should_we_train_and_where(reader: Reader) -> None:
    reader.view("Vet ej")

    reader.answered("Vet ej om", "mest i")
