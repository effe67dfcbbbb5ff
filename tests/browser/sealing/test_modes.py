"""Every state of the form, in every way of looking at it: narrow, zoomed, without colours, without motion, by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dimios_dash.crypto.sealing import Sheet
from tests.answering.links import ANSWERS, FIELDS, Box
from tests.browser.looking import problems
from tests.browser.sealing.conftest import Come
from tests.browser.sealing.filling import be_thanked, fill
from tests.browser.sealing.states import BESIDE_IT, OF_THE_FORM

PHONES_AND_DESK = (320, 390, 1440)
ZOOMED = {"200 %": 720, "400 %": 360}  # what is left of 1440
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
BADLY_PLACED = """() => Array.from(document.querySelectorAll("a, button, input, select, textarea, summary"))
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches(".skip-link"))
    .map((each) => [each.name || each.textContent.trim(), each.getBoundingClientRect()])
    .filter(([, { left, right, width, height }]) => left < 0 || right > innerWidth || Math.min(width, height) < 16)
    .map(([name]) => name)"""
FACES = """() => ["1", "2"].map((value) => {
    const face = document.querySelector(`[name="F1.1"][value="${value}"] + *`), style = getComputedStyle(face);
    return [style.backgroundColor, style.borderWidth, style.fontWeight].join();
})"""
MOVING = """() => document.getAnimations().length || Array.from(document.querySelectorAll("*"), getComputedStyle)
    .filter((style) => parseFloat(style.transitionDuration) > 0.01 || style.scrollBehavior === "smooth").length"""
FOCUSED = """() => {
    const { id, name, type, value } = document.activeElement;
    return { id, name: name ?? "", type: type ?? "", value: value ?? "" };
}"""


@SCRIPT
@pytest.mark.parametrize("state", OF_THE_FORM)
def test_every_state_of_the_form_is_sound(box: Box, come: Come, state: str, script: bool) -> None:
    page = looked_through(come, script)

    OF_THE_FORM[state](box, page)

    assert problems(page) == []


def test_every_page_beside_the_form_is_sound(box: Box, come: Come) -> None:
    found = {}
    for state, visit in BESIDE_IT.items():
        page = come()
        visit(box, page)
        found[state] = problems(page)
        page.context.close()

    assert {state: wrong for state, wrong in found.items() if wrong} == {}


@SCRIPT
@pytest.mark.parametrize("state", ["the form", "half answered", "closed meanwhile"])
def test_nothing_is_cut_off_or_too_small_to_hit_at_any_width_or_zoom(
    box: Box, come: Come, state: str, script: bool
) -> None:
    page = come(script=script)
    OF_THE_FORM[state](box, page)

    found = {}
    for width in (*PHONES_AND_DESK, *ZOOMED.values()):
        page.set_viewport_size({"width": width, "height": 700})
        found[width] = page.evaluate(BADLY_PLACED)

    assert {width: wrong for width, wrong in found.items() if wrong} == {}


@SCRIPT
def test_text_twice_as_large_makes_nobody_scroll_sideways(box: Box, come: Come, script: bool) -> None:
    page = come(script=script, width=390)
    page.goto(box.link(invited=10).path)

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@SCRIPT
def test_with_colours_of_ones_own_a_choice_is_still_seen(box: Box, come: Come, script: bool) -> None:
    page = looked_through(come, script)
    page.emulate_media(forced_colors="active")
    page.goto(box.link(invited=10).path)
    before = page.evaluate(FACES)

    fill(page, fields={"F1.1": "1"})

    chosen, other = page.evaluate(FACES)
    assert before[0] == before[1] == other
    assert chosen != other
    assert problems(page) == []


@SCRIPT
def test_whoever_wants_no_motion_gets_none(box: Box, come: Come, script: bool) -> None:
    page = come(script=script)
    page.emulate_media(reduced_motion="reduce")

    page.goto(box.link(invited=10).path)

    assert page.evaluate(MOVING) == 0


@SCRIPT
def test_the_form_is_answered_by_keyboard_alone(box: Box, come: Come, script: bool) -> None:
    link = box.link()
    page = come(script=script)
    page.goto(link.path)

    answer_by_keys(page)
    be_thanked(page)

    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def looked_through(come: Come, script: bool) -> Page:
    """A page that axe can look at: it is a script too, so that only ours stays away."""
    page = come()
    if not script:
        page.route("**/svara.js*", lambda route: route.abort())
    return page


def answer_by_keys(page: Page) -> None:
    """Tab from stop to stop, choose with arrows and space, and press Enter on the way on."""
    answered: set[str] = set()
    for _ in range(300):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["name"] in FIELDS and at["name"] not in answered:
            answered.add(at["name"])
            choose_by_keys(page, at["value"], FIELDS[at["name"]])
        elif at["id"] == "framat":
            page.keyboard.press("Enter")
        elif at["type"] == "submit" and not at["name"] and len(answered) == len(FIELDS):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no way by keyboard to more than {sorted(answered)}")


def choose_by_keys(page: Page, focused: str, wanted: str) -> None:
    """In a group of radio buttons, from the one that has focus."""
    if focused == wanted:
        page.keyboard.press("Space")
    while page.evaluate(FOCUSED)["value"] != wanted:
        page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_be_checked()
