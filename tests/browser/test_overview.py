"""Översikt in a browser: every way to a unit leads to the same address, and the address holds all there is to hold."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD, Visit, sign_in
from tests.browser.looking import wait_until_drawn

LEADER = "ledning@ekhamn.example"
WHOLE, BRANCH, BELOW = "Ekhamns kommun", "Utbildningsförvaltningen", "Grundskola 7–9"
BRANCHS_ADDRESS = "/resultat/oversikt?ar=2025&enhet=E02"
FURTHEST = 80  # presses of Tab; no page of ours has as many stops


def test_bar_link_list_and_breadcrumb_lead_to_the_same_address(visit: Visit) -> None:
    page = at_overview(visit())
    ways = {"bar": by_bar, "link": by_link, "list": by_list, "breadcrumb": by_breadcrumb}

    reached = {}
    for name, go in ways.items():
        go(page)
        expect(heading(page)).to_have_text(f"{BRANCH} 2025")
        reached[name] = page.url
        open_overview(page)

    assert {address.partition("/resultat")[2] for address in reached.values()} == {
        BRANCHS_ADDRESS.partition("/resultat")[2]
    }


def test_reload_back_and_a_copied_link_keep_what_is_shown(visit: Visit) -> None:
    page = at_overview(visit())
    by_link(page)
    expect(heading(page)).to_have_text(f"{BRANCH} 2025")

    page.reload()
    expect(heading(page)).to_have_text(f"{BRANCH} 2025")
    page.go_back()
    expect(heading(page)).to_have_text(f"{WHOLE} 2025")
    expect(page.get_by_label("Byt enhet")).to_have_value("E")
    page.go_forward()
    expect(heading(page)).to_have_text(f"{BRANCH} 2025")
    colleague = visit()
    sign_in(colleague, "processledare@ekhamn.example")
    colleague.goto(page.url)
    expect(heading(colleague)).to_have_text(f"{BRANCH} 2025")


def test_another_year_of_the_same_unit_is_chosen_in_the_list(visit: Visit) -> None:
    page = at_overview(visit())
    by_link(page)
    expect(heading(page)).to_have_text(f"{BRANCH} 2025")

    page.get_by_label("Byt år").select_option("2023")

    expect(heading(page)).to_have_text(f"{BRANCH} 2023")
    page.wait_for_url("**?ar=2023&enhet=E02")


@pytest.mark.parametrize(
    ("unit", "reason", "onward"),
    [
        ("E0102", "Visas inte, eftersom det inte finns några svar.", "Gå till Kommunledningskontoret"),
        ("E010401", "Visas inte, eftersom för få har svarat", "Gå till It-avdelningen"),
    ],
)
def test_a_unit_that_shows_nothing_says_why_and_leads_on(visit: Visit, unit: str, reason: str, onward: str) -> None:
    page = visit()
    sign_in(page, LEADER)

    page.goto(f"/resultat/oversikt?ar=2025&enhet={unit}")

    expect(page.get_by_role("heading", level=2).filter(has_text=reason)).to_be_visible()
    expect(page.get_by_text("Index", exact=True)).to_have_count(0)
    page.get_by_role("link", name=onward).click()
    expect(heading(page)).to_have_text(f"{onward.removeprefix('Gå till ')} 2025")


def test_from_sign_in_to_a_sub_unit_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    page.goto("/logga-in")
    tab_to(page, page.get_by_label("E-postadress"))
    page.keyboard.type(LEADER)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    tab_to(page, page.get_by_role("link", name="Se resultatet för 2025"))
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()

    tab_to(page, page.get_by_label("Byt enhet"))
    page.keyboard.press("ArrowDown")
    expect(heading(page)).to_have_text("Kommunledningskontoret 2025")
    expect(page.get_by_label("Byt enhet")).to_be_focused()
    page.keyboard.type(BRANCH)
    expect(heading(page)).to_have_text(f"{BRANCH} 2025")

    tab_to(page, page.get_by_role("link", name=BELOW))
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(f"{BELOW} 2025")
    expect(heading(page)).to_be_focused()


def test_a_session_that_ends_in_mid_use_leads_back_after_the_sign_in(visit: Visit) -> None:
    page = at_overview(visit(refused=True))
    page.context.clear_cookies()

    by_link(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")
    page.get_by_label("E-postadress").fill(LEADER)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(heading(page)).to_have_text(f"{BRANCH} 2025")
    assert page.url.endswith(BRANCHS_ADDRESS)


def test_the_page_does_not_move_when_its_charts_come(visit: Visit) -> None:
    page = at_overview(visit())
    page.add_init_script(
        "window.moved = 0;"
        "new PerformanceObserver(list => list.getEntries().forEach(one => { window.moved += one.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )

    page.reload()
    wait_until_drawn(page)

    assert page.evaluate("window.moved") < 0.01


def test_paper_has_the_charts_whole_and_nothing_to_click(visit: Visit) -> None:
    page = at_overview(visit())

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1030})  # A4 within its margins

    for nothing_on_paper in (
        page.get_by_role("navigation"),
        page.get_by_label("Byt enhet"),
        page.get_by_text("Logga ut"),
    ):
        expect(nothing_on_paper.first).to_be_hidden()
    widths = page.locator(".main-svg").evaluate_all("drawn => drawn.map(one => one.getBoundingClientRect().right)")
    assert max(widths) <= 688


def test_paper_has_its_own_width_of_charts_whatever_the_screen_had(visit: Visit) -> None:
    page = at_overview(visit())
    wide = "() => Array.from(document.querySelectorAll('.columns .main-svg')).map(one => one.clientWidth)"
    on_screen = page.evaluate(wide)

    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    on_paper = page.evaluate(wide)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    again = page.evaluate(wide)

    assert max(on_paper) <= 370 < min(on_screen)
    assert again == on_screen


def test_a_list_beside_the_pictures_says_what_each_point_says_and_is_reached_by_keyboard(visit: Visit) -> None:
    page = at_overview(visit())
    drawn = page.evaluate(
        "() => document.querySelector('#lage .js-plotly-plot').data.find(one => one.mode.includes('lines')).hovertext"
    )

    summary = page.locator("#lage").get_by_text("Visa som tabell")
    tab_to(page, summary)
    page.keyboard.press("Enter")

    rows = page.locator("#lage tbody tr").all_inner_texts()
    assert len(drawn) == 3
    for point, row in zip(drawn, rows, strict=False):
        year, capability, heritage = (
            part.split(" ")[-1] for part in point.replace("<b>", "").replace("</b>", "").split("<br>")
        )
        assert row.split("\t")[:3] == [year, capability, heritage]


def test_zooming_in_is_a_link_that_keeps_the_unit_and_says_how_much_is_shown(visit: Visit) -> None:
    page = at_overview(visit())
    by_link(page)
    expect(heading(page)).to_have_text(f"{BRANCH} 2025")

    page.get_by_role("link", name="Inzoomad").click()

    page.wait_for_url("**?ar=2025&enhet=E02&skala=nara")
    expect(page.get_by_text("Inzoomad: bilden visar").first).to_be_visible()
    page.get_by_label("Byt enhet").select_option("E")
    expect(heading(page)).to_have_text(f"{WHOLE} 2025")
    assert page.url.endswith("skala=nara")


def at_overview(page: Page) -> Page:
    """A leader at the newest results of the whole."""
    sign_in(page, LEADER)
    open_overview(page)
    return page


def open_overview(page: Page) -> None:
    page.goto("/resultat/oversikt")
    expect(heading(page)).to_have_text(f"{WHOLE} 2025")
    wait_until_drawn(page)


def heading(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("heading", level=1)


def by_bar(page: Page) -> None:
    """The bars stand in the order of the table."""
    names = page.get_by_role("region", name="Index och dimensioner").locator("tbody th").all_inner_texts()
    place = next(place for place, name in enumerate(names[1:]) if BRANCH in name)
    bar = page.locator("#enheter .bars .point path").nth(place)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def by_link(page: Page) -> None:
    page.get_by_role("link", name=BRANCH).click()


def by_list(page: Page) -> None:
    page.get_by_label("Byt enhet").select_option("E02")


def by_breadcrumb(page: Page) -> None:
    """From a unit below."""
    page.goto("/resultat/oversikt?ar=2025&enhet=E0201")
    page.get_by_role("navigation", name="Var du är").get_by_role("link", name=BRANCH).click()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if wanted.evaluate("found => found === document.activeElement"):
            return
    pytest.fail(f"no way to {wanted} by keyboard")
