"""Every view of the results in the menu: sound for everybody, in each language, with nothing asked of another host."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dimios_dash.language import DEFAULT_LANGUAGE, Language
from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import problems, wait_until_drawn

LEADER = "ledning@ekhamn.example"
SMALL = "E0101"  # a unit of few
FEWEST_VIEWS = 8


def views(page: Page) -> list[str]:
    """Addresses of the views in the menu, as it is drawn on the first page."""
    sign_in(page, LEADER)
    links = page.get_by_role("navigation").locator('a[href^="/resultat/"]')
    expect(links.first).to_be_attached()
    return [str(link.get_attribute("href")) for link in links.all()]


def test_every_view_is_sound(visit: Visit) -> None:
    """Of a unit of few, where much is hidden; test_accessibility.py looks at the whole and at branches."""
    page = visit()
    found = views(page)

    wrong = {view: problems(_opened(page, f"{view}?ar=2023&enhet={SMALL}")) for view in found}

    assert len(found) >= FEWEST_VIEWS
    assert {view: each for view, each in wrong.items() if each} == {}


@pytest.mark.parametrize("language", [each for each in Language if each is not DEFAULT_LANGUAGE])
def test_a_language_stays_chosen_from_view_to_view(visit: Visit, language: Language) -> None:
    page = visit()
    first, *_, last = views(page)
    page.locator(".language summary").click()
    page.get_by_role("button", name=language.own_name).click()

    spoken = {_opened(page, view).locator("html").get_attribute("lang") for view in (first, last)}
    _back_to_swedish(page)

    assert spoken == {language.value}


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    wait_until_drawn(page)
    return page


def _back_to_swedish(page: Page) -> None:
    """The demo's leader belongs to the other tests too."""
    page.locator(".language summary").click()
    page.get_by_role("button", name=Language.SWEDISH.own_name).click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
