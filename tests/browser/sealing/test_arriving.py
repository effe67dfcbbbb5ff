"""An answer arrives, once, whatever happens on the way; and whoever sends it always knows whether it has."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from dimios_dash.crypto.sealing import Sheet
from tests.answering.links import ANSWERS, FIELDS, STATEMENTS, Box, Link
from tests.browser.answering import to_the_end
from tests.browser.looking import problems
from tests.browser.sealing.conftest import Come
from tests.browser.sealing.filling import be_thanked, fill, posts, send

PARCELS = "**/kuvert"


def filled(box: Box, come: Come, **wanted: bool) -> tuple[Link, Page]:
    """A browser with the whole form filled in, nothing sent."""
    link = box.link()
    page = come(**wanted)
    page.goto(link.path)
    fill(page)
    return link, page


def test_moved_meanwhile_the_browser_seals_anew_and_says_where_the_answer_counts(box: Box, come: Come) -> None:
    link, page = filled(box, come)
    box.change(link, "invitation", unit_id="E2")
    sent = posts(page)

    send(page)
    expect(page.get_by_role("status")).to_contain_text("du flyttats till Enhet E2. Svaret räknas där")
    be_thanked(page)

    expect(page.get_by_text("Medan du svarade flyttades du till en annan enhet.")).to_be_visible()
    expect(page.get_by_text("Svaret räknas för Enhet E2.")).to_be_visible()
    assert len(sent) == 2
    assert box.sheets(link, "E2") == [Sheet(2, ANSWERS, {})]


def test_a_new_box_meanwhile_is_sealed_for_without_a_word(box: Box, come: Come) -> None:
    link, other = box.link(), box.link()
    page = come()
    page.goto(link.path)
    fill(page)
    private = box.keys.read(f"boxes/{other.measurement_id}")
    box.change(link, "measurement", box_public_key=box.public_key(other))

    send(page)
    be_thanked(page)

    expect(page.get_by_text("flyttades")).to_be_hidden()
    assert box.sheets(link, private=private) == [Sheet(2, ANSWERS, {})]


def test_offline_nothing_is_lost_and_it_is_sent_when_the_connection_is_back(box: Box, come: Come) -> None:
    link, page = filled(box, come)
    page.context.set_offline(True)

    send(page)
    expect(page.get_by_role("status")).to_contain_text("Svaret har inte kommit fram än")
    still = page.locator("input:checked").count()
    sound = problems(page)
    page.context.set_offline(False)
    be_thanked(page)

    assert still == len(FIELDS)
    assert sound == []
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_a_lost_answer_to_what_arrived_ends_in_thanks_and_one_envelope(box: Box, come: Come) -> None:
    link, page = filled(box, come)
    turns: list[int] = []

    def swallow(route: Route) -> None:
        turns.append(len(box.ballots(link)))
        if len(turns) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(PARCELS, swallow)
    send(page)
    expect(page.get_by_role("status")).to_contain_text("Svaret har inte kommit fram än")
    page.get_by_role("button", name="Försök igen nu").click()
    be_thanked(page)

    assert turns == [0, 1]
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_a_server_that_starts_is_asked_again_by_itself(box: Box, come: Come) -> None:
    link, page = filled(box, come)
    turns: list[str] = []

    def not_yet(route: Route) -> None:
        turns.append(route.request.url)
        if len(turns) == 1:
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")
        else:
            route.continue_()

    page.route(PARCELS, not_yet)
    send(page)
    be_thanked(page)

    assert len(turns) == 2
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_while_it_is_on_its_way_nothing_can_be_changed_that_would_not_be_sent(box: Box, come: Come) -> None:
    link, page = filled(box, come)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("button", name="Försök igen nu")).to_be_visible()

    page.evaluate('document.querySelector(\'input[name="F1.1"][value="6"]\').focus()')

    assert page.evaluate("document.activeElement.name") != "F1.1"
    assert page.evaluate("document.querySelectorAll('form > section:not([inert])').length") == 0
    assert box.ballots(link) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_leaves_one_envelope(box: Box, come: Come, script: bool) -> None:
    link, page = filled(box, come, script=script)

    to_the_end(page)
    page.locator("button[type=submit]").dblclick()
    expect(page.locator("h1")).to_have_text(re.compile("^Tack!$" if script else "^Tack!$|redan mottaget"))

    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_the_second_of_two_tabs_says_that_the_answer_has_come_as_soon_as_it_has(box: Box, come: Come) -> None:
    link, page = filled(box, come)
    second = page.context.new_page()
    second.goto(link.path)
    fill(second, fields=FIELDS | {"F1.1": "6"})
    expect(page.locator("input[name='F1.1'][value='6']")).to_be_checked()  # the draft is one
    send(page)
    be_thanked(page)

    be_thanked(second)
    second.go_back()
    expect(second.get_by_role("heading", level=1)).to_have_text("Ditt svar är redan mottaget")
    assert box.sheets(link) == [Sheet(2, ANSWERS | {"F1.1": 6}, {})]


def test_the_back_button_leads_past_the_form(box: Box, come: Come) -> None:
    link = box.link()
    page = come()
    page.goto("/logga-in")
    page.goto(link.path)
    fill(page)
    send(page)
    be_thanked(page)

    page.go_back()

    assert page.url.endswith("/logga-in")


def test_without_the_script_the_back_button_leads_to_word_that_it_has_come(box: Box, come: Come) -> None:
    link, page = filled(box, come, script=False)
    send(page)
    be_thanked(page)

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ditt svar är redan mottaget")
    assert len(box.ballots(link)) == 1


def test_closed_meanwhile_it_is_refused_kindly_and_can_be_sent_if_it_opens_again(box: Box, come: Come) -> None:
    link, page = filled(box, come)
    box.close(link)

    send(page)
    expect(page.get_by_role("status")).to_contain_text("Mätningen är stängd")
    expect(page.get_by_role("status")).to_contain_text("Allt du har valt och skrivit finns kvar i den här webbläsaren")
    sound, stored = problems(page), box.ballots(link)
    chosen = page.locator("input:checked").count()
    box.change(link, "measurement", state="open")
    send(page)
    be_thanked(page)

    assert (sound, stored, chosen) == ([], [], len(STATEMENTS) + 1)
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_whoever_leaves_with_an_answer_on_its_way_is_asked(box: Box, come: Come) -> None:
    _, page = filled(box, come)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("button", name="Försök igen nu")).to_be_visible()

    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    asked.value.accept()

    assert asked.value.type == "beforeunload"
