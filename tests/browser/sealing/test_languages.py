"""Another language in the middle of an answer: nothing is lost, and nothing is sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dimios_dash.language import Language
from tests.answering.links import ANSWERS, FIELDS, Box, Link
from tests.browser.sealing.conftest import Come
from tests.browser.sealing.filling import fill, posts, reach

HALF = dict(list(FIELDS.items())[:12])
TITLE = "How good are the conditions for digital development?"


def half_filled(box: Box, page: Page) -> Link:
    link = box.link(invited=10)
    page.goto(link.path)
    fill(page, {"F1": "Små steg"}, HALF)
    return link


def test_what_is_filled_in_comes_along_to_another_language_and_is_sent_from_there(box: Box, come: Come) -> None:
    page = come(script=False)
    link = half_filled(box, page)

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert page.locator(".statement input:checked").count() == len(HALF)
    expect(page.locator("#forslag_F1")).to_have_value("Små steg")
    assert box.ballots(link) == []
    fill(page, fields=FIELDS)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you!")
    assert "/tack?sprak=en" in page.url
    [sheet] = box.sheets(link)
    assert (sheet.answers, sheet.texts) == (ANSWERS, {"F1": "Små steg"})


def test_with_the_script_the_language_changes_without_sending_anything(box: Box, come: Come) -> None:
    page = come(width=390)
    link, sent = half_filled(box, page), posts(page)

    reach(page, "respondenttyp")
    page.get_by_role("link", name="Suomi").click()
    expect(page.locator("html[lang=fi]")).to_be_visible()
    fill(page, {"larande": "Pienin askelin"}, dict(list(FIELDS.items())[12:]))
    reach(page, "larande")
    page.get_by_role("button", name="Lähetä vastaus").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos!")
    assert [request.url.partition("?")[0].endswith("/kuvert") for request in sent] == [True]
    [sheet] = box.sheets(link)
    assert (sheet.answers, sheet.texts) == (ANSWERS, {"F1": "Små steg", "larande": "Pienin askelin"})


def test_enter_on_an_answer_sends_and_changes_no_language(box: Box, come: Come) -> None:
    page = come(script=False)
    half_filled(box, page)

    page.locator("input[name='F1.1'][value='1']").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="19 frågor återstår")).to_be_visible()
    assert "sprak" not in page.url


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("script", "size"), [(True, 30_000), (False, 12_000)])
def test_the_first_view_is_as_small_in_every_language(
    box: Box, come: Come, script: bool, size: int, language: Language
) -> None:
    page = come(script=script)
    wire: list[int] = []
    listening = page.context.new_cdp_session(page)
    listening.send("Network.enable")
    listening.on("Network.loadingFinished", lambda done: wire.append(done["encodedDataLength"]))

    page.goto(f"{box.link(invited=10).path}?sprak={language}", wait_until="networkidle")

    assert sum(wire) <= size
