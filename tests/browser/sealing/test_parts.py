"""One part of the form at a time: how one goes on, back and to what is left, and what is said of it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from dimios_dash.crypto.sealing import Sheet
from tests.answering.links import ANSWERS, FIELDS, STATEMENTS, Box
from tests.browser.answering import onward, to_the_end
from tests.browser.looking import NARROWEST, PHONE, problems
from tests.browser.sealing.conftest import Come
from tests.browser.sealing.filling import be_thanked, fill, posts, reach, send

CATEGORIES = ("F1", "F2", "F3", "A1", "A2", "A3")
OF_PARTS = "Array.from(document.querySelectorAll('.statement, textarea')).filter((each) => each.checkVisibility())"
SMALL = """() => Array.from(document.querySelectorAll('main :is(label, button, a.button, textarea, .steps__parts a)'))
    .filter((each) => each.checkVisibility() && each.htmlFor === '' | each.tagName !== 'LABEL')
    .filter((each) => each.getBoundingClientRect().height < 43.9)
    .map((each) => each.outerHTML)"""


def opened(box: Box, come: Come, **wanted: int) -> Page:
    page = come(**wanted)
    page.goto(box.link(invited=10).path)
    return page


def shown(page: Page) -> list[str]:
    """Ids of the fields that are shown."""
    return [str(each) for each in page.evaluate(f"{OF_PARTS}.map((each) => each.id)")]


def test_the_form_is_shown_in_eight_parts_each_announced_by_its_heading(box: Box, come: Come) -> None:
    page = opened(box, come)
    seen, titles = [shown(page)], [page.title()]
    page.locator("input[name=respondenttyp]").first.check()

    while onward(page):
        seen.append(shown(page))
        titles.append(page.title())
        expect(page.locator("h2:visible").first).to_be_focused()
        described = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).id")
        assert described == "steg"

    assert seen[0] == ["respondenttyp"]
    assert [each[-1] for each in seen[1:]] == [*(f"forslag_{key}" for key in CATEGORIES), "larande"]
    assert [key for each in seen for key in each if key in STATEMENTS] == STATEMENTS
    assert len(set(titles)) == 8
    assert titles[1].startswith("Del 1 av 7: ")


def test_progress_is_told_in_words_and_by_a_bar(box: Box, come: Come) -> None:
    page = opened(box, come)
    page.clock.install()
    page.reload()
    fill(page, fields={"respondenttyp": "1"})
    onward(page)
    expect(page.locator("#steg")).to_have_text("Del 1 av 7 · 0 av 30 besvarade ungefär 8 minuter kvar")

    for key in STATEMENTS[:10]:  # half a minute each, after one long pause
        reach(page, key)
        page.clock.fast_forward(30_000 if key != "F1.1" else 3_600_000)
        page.locator(f"input[name='{key}']").first.check(force=True)

    # 20 left; 75 seconds for the usual five, 60 for the pause, 270 for the others, shared by 15
    expect(page.locator("#steg")).to_have_text("Del 2 av 7 · 10 av 30 besvarade ungefär 9 minuter kvar")
    expect(page.locator(".answer__bar li")).to_have_count(7)
    expect(page.locator(".answer__bar li.is-done")).to_have_count(2)


def test_what_is_left_is_told_gently_and_found_again_at_the_end(box: Box, come: Come) -> None:
    link = box.link(invited=10)
    page = come(width=PHONE)
    page.goto(link.path)
    fill(page, fields={name: value for name, value in FIELDS.items() if name not in {"F1.2", "A1.4"}})
    reach(page, "F1.1")
    page.locator("#framat").click()
    expect(page.get_by_role("status")).to_contain_text("1 påstående saknar svar: gå dit. Vill du svara sedan?")
    expect(page.locator("[id='F1.2']")).to_contain_text("Inget svar än")
    hinted = problems(page)
    page.locator("#framat").click()

    to_the_end(page)
    expect(page.locator("main")).to_contain_text("2 påståenden saknar svar: gå till det första")
    expect(page.locator(".steps__parts li").first).to_contain_text("4 av 5 besvarade")
    at_the_end = problems(page)
    page.get_by_role("link", name="gå till det första").click()
    expect(page.locator("[id='F1.2']")).to_be_focused()
    page.locator("input[name='F1.2']").first.check(force=True)
    expect(page.locator("[id='F1.2'] .statement__open")).to_have_count(0)
    page.locator("#framat").click()

    assert shown(page)[3] == "A1.4"  # past the parts that are whole
    assert (hinted, at_the_end) == ([], [])
    assert box.ballots(link) == []


def test_the_browsers_back_button_and_reloading_know_the_part_and_nothing_of_an_answer(box: Box, come: Come) -> None:
    page = opened(box, come)
    page.goto("/logga-in")
    link = box.link(invited=10)
    page.goto(link.path)
    fill(page, {"F2": "Hemligheten"}, {name: FIELDS[name] for name in ("respondenttyp", "F1.1", "F2.1", "F3.1")})
    assert shown(page)[0] == "F3.1"

    page.reload()
    after_reload = shown(page)[0]
    page.go_back()
    expect(page.locator("h2:visible").first).to_be_focused()
    after_back = shown(page)[0]
    page.go_forward()
    expect(page.locator("[id='F3.1']")).to_be_visible()
    page.locator("#bakat").click()
    expect(page.locator("[id='F2.1']")).to_be_visible()
    history = page.evaluate("JSON.stringify(history.state)")

    assert (after_reload, after_back) == ("F3.1", "F2.1")
    assert page.locator("input:checked").count() == 4
    assert page.url.endswith(link.path)
    assert re.fullmatch(r'\{"part":\d,("from":\d,)?"depth":\d+\}', history)


def test_enter_goes_on_and_never_sends_half_a_form(box: Box, come: Come) -> None:
    page = opened(box, come)
    sent = posts(page)
    page.locator("input[name=respondenttyp]").first.check()

    page.keyboard.press("Enter")
    expect(page.locator("[id='F1.1']")).to_be_visible()
    page.locator("input[name='F1.1']").first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("saknar svar")
    assert sent == []


def test_a_whole_form_is_answered_by_keyboard_alone(box: Box, come: Come) -> None:
    link = box.link()
    page = come()
    page.goto(link.path)
    page.locator("input[name=respondenttyp]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    for place, key in enumerate(STATEMENTS):
        page.keyboard.press("Tab")
        page.keyboard.press("v" if ANSWERS[key] == 0 else str(ANSWERS[key]))
        if place % 5 == 4:
            page.keyboard.press("Enter")
    page.locator("#bakat").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    be_thanked(page)

    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_every_part_is_sound_and_its_targets_are_large(box: Box, come: Come) -> None:
    page = opened(box, come)
    found, small = problems(page), []

    while onward(page):
        found += problems(page)
        page.set_viewport_size({"width": NARROWEST, "height": 600})
        small += page.evaluate(SMALL)

    assert found == []
    assert small == []


def test_paper_shows_everything(box: Box, come: Come) -> None:
    page = opened(box, come)
    onward(page)

    page.emulate_media(media="print")

    assert shown(page)[0] == "respondenttyp"
    assert len(shown(page)) == len(STATEMENTS) + 1 + 7
    expect(page.locator("#framat")).to_be_hidden()
    expect(page.locator("#steg")).to_be_hidden()


def test_where_the_script_fails_the_form_is_whole(box: Box, come: Come) -> None:
    link = box.link()
    page = come()
    page.add_init_script("Object.defineProperty(history, 'replaceState', { value: undefined })")
    page.goto(link.path)

    expect(page.locator("[id='A3.5']")).to_be_visible()
    fill(page)
    send(page)

    be_thanked(page)
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]
