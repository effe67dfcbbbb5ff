"""Every view of the results in the menu: sound for everybody, in each language, with nothing asked of another host."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dimios_dash.language import Language
from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import problems, wait_until_drawn

LEADER = "ledning@ekhamn.example"
BRANCH, SMALL = "E02", "E0101"  # a branch with units below it, and a unit of few
FEWEST_VIEWS = 8


def views(page: Page) -> list[str]:
    """Addresses of the views in the menu, as it is drawn on the first page."""
    sign_in(page, LEADER)
    links = page.get_by_role("navigation").locator('a[href^="/resultat/"]')
    expect(links.first).to_be_attached()
    return [str(link.get_attribute("href")) for link in links.all()]


@pytest.mark.parametrize("unit", ["", f"?enhet={BRANCH}", f"?ar=2023&enhet={SMALL}"], ids=["whole", "branch", "few"])
def test_every_view_is_sound(visit: Visit, unit: str) -> None:
    page = visit()
    found = views(page)

    wrong = {view: problems(_opened(page, view + unit)) for view in found}

    assert len(found) >= FEWEST_VIEWS
    assert {view: each for view, each in wrong.items() if each} == {}


@pytest.mark.parametrize("language", Language)
def test_every_view_speaks_each_language(visit: Visit, language: Language) -> None:
    page = visit()
    found = views(page)
    page.locator(".language summary").click()
    page.get_by_role("button", name=language.own_name).click()

    spoken = {view: _opened(page, view).locator("html").get_attribute("lang") for view in found}
    headings = {page.goto(view) and page.locator("h2").first.inner_text() for view in found[:1]}
    _back_to_swedish(page)

    assert set(spoken.values()) == {language.value}
    assert all(headings)


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    wait_until_drawn(page)
    return page


def _back_to_swedish(page: Page) -> None:
    """The demo's leader belongs to the other tests too."""
    page.locator(".language summary").click()
    page.get_by_role("button", name=Language.SWEDISH.own_name).click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
