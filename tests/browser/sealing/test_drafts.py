"""What somebody has filled in stays in their browser until it has arrived, and nowhere else."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, expect

from dimios_dash.crypto.sealing import Sheet
from tests.answering.halls import hall
from tests.answering.links import ANSWERS, FIELDS, Box, Link
from tests.browser.looking import problems
from tests.browser.sealing.conftest import Come
from tests.browser.sealing.filling import be_thanked, fill, posts, send

HALF = dict(list(FIELDS.items())[:9])  # the role, and eight statements
BLOCKED = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
NO_WEBCRYPTO = "delete Crypto.prototype.subtle"
OF_SHARED = "Det du fyller i sparas bara i den här fliken"


def half_filled(box: Box, page: Page) -> Link:
    link = box.link(invited=10)
    page.goto(link.path)
    fill(page, {"F1": "Mer tid"}, HALF)
    return link


def again(page: Page, path: str) -> Page:
    """The same browser, later."""
    later = page.context.new_page()
    page.close()
    later.goto(path)
    return later


def stored(page: Page) -> dict[str, Any]:
    """Everything in the browser's lasting storage."""
    return {name: json.loads(kept) for name, kept in page.evaluate("Object.entries(localStorage)")}


def checked(page: Page) -> int:
    return page.locator(".statement input:checked").count()


def test_a_later_visit_goes_on_where_the_last_one_stopped(box: Box, come: Come) -> None:
    page = come()
    link = half_filled(box, page)
    expect(page.locator(".steps__kept")).to_contain_text("sparas bara i den här webbläsaren")

    page = again(page, link.path)
    expect(page.locator("main")).to_contain_text("Det du fyllde i finns kvar, men är inte skickat än")
    expect(page.locator("main")).to_contain_text("8 av 30 påståenden är besvarade.")
    sound, kept = problems(page), stored(page)
    page.get_by_role("button", name="Fortsätt där du slutade").click()
    expect(page.locator("[id='F2.4']")).to_be_visible()
    fill(page)
    send(page)
    be_thanked(page)

    assert sound == []
    assert [draft["values"] for draft in kept.values()] == [HALF | {"forslag_F1": "Mer tid"}]
    assert link.token not in json.dumps(kept)
    assert stored(page) == {}
    assert box.sheets(link) == [Sheet(2, ANSWERS, {"F1": "Mer tid"})]


def test_it_can_be_removed_and_a_mistake_undone(box: Box, come: Come) -> None:
    page = come()
    link = half_filled(box, page)

    page.get_by_role("button", name="Ta bort det jag fyllt i").click()
    expect(page.get_by_text("Det du fyllt i är borttaget")).to_be_visible()
    removed = (checked(page), stored(page))
    sound = problems(page)
    page.get_by_role("button", name="Ångra").click()
    restored = checked(page)
    page.get_by_role("button", name="Ta bort det jag fyllt i").first.click()
    page = again(page, link.path)

    assert removed == (0, {})
    assert restored == len(HALF)
    assert sound == []
    assert (checked(page), stored(page)) == (0, {})


def test_a_draft_of_last_year_is_swept_out(box: Box, come: Come) -> None:
    page = come()
    page.goto(box.link().path)
    old = json.dumps({"until": "2025-12-31", "values": {"F1.1": "4"}})
    page.evaluate("draft => localStorage.setItem('svar:gammal', draft)", old)
    page.evaluate("localStorage.setItem('annat', '1')")

    page.reload()

    assert page.evaluate("Object.keys(localStorage)") == ["annat"]


def test_where_nothing_can_be_kept_the_page_says_so_and_asks_whoever_leaves(box: Box, come: Come) -> None:
    page = come()
    page.add_init_script(BLOCKED)
    link = half_filled(box, page)

    expect(page.locator(".steps__kept")).to_have_text(
        "Den här webbläsaren sparar inte det du fyller i. Skicka svaret innan du stänger sidan."
    )
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    asked.value.dismiss()
    fill(page)
    send(page)
    be_thanked(page)

    assert box.sheets(link) == [Sheet(2, ANSWERS, {"F1": "Mer tid"})]


def test_an_open_link_keeps_it_in_its_tab_only_and_somebody_else_begins_anew(box: Box, come: Come) -> None:
    opened = hall(box)
    page = come()
    page.goto(opened.path)
    fill(page, fields=HALF)
    expect(page.locator(".steps__kept")).to_contain_text(OF_SHARED)

    other = page.context.new_page()
    other.goto(opened.path)
    page.reload()
    reloaded = checked(page)
    page.goto(f"{opened.path}?ny=1")

    assert (checked(other), reloaded, checked(page)) == (0, len(HALF), 0)
    assert stored(page) == {}


def test_an_answer_from_another_tab_of_an_open_link_is_told_and_nothing_is_taken_away(box: Box, come: Come) -> None:
    opened = hall(box)
    page = come()
    page.goto(opened.path)
    other = page.context.new_page()
    other.goto(opened.path)
    fill(other, fields=HALF)

    fill(page)
    send(page)
    be_thanked(page)

    expect(other.get_by_text("Ett svar har skickats från en annan flik")).to_be_visible()
    assert checked(other) == len(HALF)
    assert opened.answers() == 1


def test_a_role_that_was_changed_is_kept_too(box: Box, come: Come) -> None:
    page = come()
    link = box.link(role_type=3)
    page.goto(link.path)

    page.locator("input[name=respondenttyp][value='1']").check()
    page = again(page, link.path)

    expect(page.locator("input[name=respondenttyp][value='1']")).to_be_checked()
    expect(page.get_by_text("Det du fyllde i finns kvar")).to_have_count(0)


def test_another_language_keeps_everything(box: Box, come: Come) -> None:
    for draft in (True, False):
        page = come()
        if not draft:
            page.add_init_script(BLOCKED)
        link = half_filled(box, page)
        sent = posts(page)
        while page.locator("#bakat").is_visible():
            page.locator("#bakat").click()

        page.locator(".languages [lang=fi]").click()
        expect(page.locator("html")).to_have_attribute("lang", "fi")

        assert checked(page) == len(HALF)
        expect(page.locator("#forslag_F1")).to_have_value("Mer tid")
        assert len(sent) == (0 if draft else 1)  # what is kept here need not travel
        assert box.ballots(link) == []


def test_closed_meanwhile_a_later_visit_says_that_it_was_not_sent_and_it_can_be_when_extended(
    box: Box, come: Come
) -> None:
    page = come()
    link = box.link()
    page.goto(link.path)
    fill(page)
    box.close(link)
    send(page)
    expect(page.get_by_role("status")).to_contain_text("Mätningen är stängd")

    page = again(page, link.path)
    expect(page.get_by_role("status")).to_contain_text("Det du har fyllt i är inte skickat")
    expect(page.get_by_role("status")).to_contain_text("kan skickas om mätningen förlängs")
    sound, nothing_yet = problems(page), box.ballots(link)
    box.change(link, "measurement", state="open")
    page.reload()
    page.get_by_role("button", name="Fortsätt där du slutade").click()
    send(page)
    be_thanked(page)

    assert (sound, nothing_yet) == ([], [])
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_the_thank_you_page_removes_what_the_server_has_sealed(box: Box, come: Come) -> None:
    personal, opened = box.link(), hall(box)
    for path in (personal.path, opened.path):
        page = come()
        page.add_init_script(NO_WEBCRYPTO)
        page.goto(path)
        fill(page)
        kept = page.evaluate("localStorage.length + sessionStorage.length")
        send(page)
        be_thanked(page)

        expect(page.locator("#utkast")).to_be_attached()
        assert kept == 1
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0

    assert box.sheets(personal) == [Sheet(2, ANSWERS, {})]
    assert opened.answers() == 1


def test_a_thank_you_page_that_somebody_only_opens_removes_nothing(box: Box, come: Come) -> None:
    opened = hall(box)
    page = come()
    page.goto(opened.path)
    fill(page, fields=HALF)

    page.goto(f"{opened.path}/tack")
    page.goto(opened.path)

    assert checked(page) == len(HALF)


def test_offline_the_page_says_so_and_that_nothing_is_lost(box: Box, come: Come) -> None:
    page = come()
    half_filled(box, page)

    page.context.set_offline(True)
    expect(page.locator(".steps__kept")).to_contain_text("Ingen uppkoppling just nu.")
    page.context.set_offline(False)

    expect(page.locator(".steps__kept")).to_contain_text("sparas bara i den här webbläsaren")


def test_after_thanks_neither_back_nor_forward_shows_what_was_filled_in(box: Box, come: Come) -> None:
    link = box.link()
    page = come()
    page.goto("/logga-in")
    page.goto(link.path)
    fill(page)
    send(page)
    be_thanked(page)
    seen = []

    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        seen.append(checked(page))
    page.go_forward()
    seen.append(checked(page))

    assert seen == [0, 0, 0, 0]
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_no_answer_lies_in_the_database_before_it_is_sent(box: Box, come: Come) -> None:
    page = come()
    link = box.link(invited=10)
    before = box.rows()

    page.goto(link.path)
    fill(page, {"larande": "Hemligheten"}, HALF)
    page.reload()

    assert box.rows() == before
