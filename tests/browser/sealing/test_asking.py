"""Before anything is sent the script says what is missing or should be looked at, as the server would."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from dimios_dash.crypto.sealing import Sheet
from tests.answering.links import ANSWERS, FIELDS, Box
from tests.browser.looking import problems
from tests.browser.sealing.conftest import Come
from tests.browser.sealing.filling import be_thanked, fill, posts, send

HALF = {name: value for name, value in FIELDS.items() if name not in {"respondenttyp", "F1.2", "F1.3", "A3.5"}}
TEXTS = {"F1": "Ring 070-123 45 67 eller kim@prov.example", "larande": "å" * 501}


def said(page: Page) -> dict[str, object]:
    """What the page says is wrong, where, and what stands beside each field."""
    found: dict[str, object] = page.evaluate("""() => ({
        title: document.querySelector("#fel h2").textContent.trim(),
        links: Array.from(document.querySelectorAll("#fel a"), (a) => [a.hash, a.textContent.trim()]),
        remarks: Array.from(document.querySelectorAll(".field__error"), (p) => [p.id, p.textContent.trim()]),
        invalid: Array.from(document.querySelectorAll("[aria-invalid=true]"), (f) => [f.id,
            f.classList.contains("statement--error"), f.getAttribute("aria-describedby")]),
    })""")
    return found


def test_what_is_wrong_is_said_alike_with_and_without_the_script(box: Box, come: Come) -> None:
    link = box.link(invited=10)
    with_script, without = come(), come(script=False)
    sent = posts(with_script)
    for page in (with_script, without):
        page.goto(link.path)
        fill(page, TEXTS, HALF)
        send(page)
        expect(page.locator("#fel")).to_be_visible()

    assert said(with_script) == said(without)
    assert sent == []
    assert box.ballots(link) == []


def test_the_list_of_what_is_missing_takes_focus_and_leads_to_each_statement(box: Box, come: Come) -> None:
    link = box.link(invited=10)
    page = come(width=390)
    page.goto(link.path)
    fill(page, fields=HALF)
    send(page)

    expect(page.locator("#fel")).to_be_focused()
    expect(page.get_by_role("heading", name="4 frågor återstår")).to_be_in_viewport()
    sound = problems(page)
    page.get_by_role("link", name="2. Vi väljer").click()
    expect(page.locator("[id='F1.2']")).to_be_focused()
    page.locator("input[name='F1.2']").first.check(force=True)
    expect(page.get_by_role("heading", name="3 frågor återstår")).to_be_visible()
    expect(page.locator("[id='F1.2'] .field__error")).to_have_count(0)
    fill(page)
    expect(page.locator("#fel")).to_have_count(0)
    send(page)
    be_thanked(page)

    assert sound == []
    assert box.sheets(link) == [Sheet(2, ANSWERS, {})]


def test_what_looks_personal_is_pointed_out_and_then_its_writer_decides(box: Box, come: Come) -> None:
    link = box.link(invited=10)
    page = come()
    page.goto(link.path)
    fill(page, {"A1": "Fråga kim@prov.example", "F1": "Mer tid"})
    sent = posts(page)

    send(page)
    expect(page.locator("#forslag_A1-fel")).to_contain_text("kim@prov.example (e-postadress)")
    expect(page.get_by_role("heading", name="Läs igenom det du har skrivit")).to_be_visible()
    sound, sent_meanwhile = problems(page), list(sent)
    fill(page, {"A1": "Fråga kim@prov.example eller 811228-9874"}, {})
    send(page)
    expect(page.locator("#forslag_A1-fel")).to_contain_text("811228-9874 (personnummer)")
    send(page)
    be_thanked(page)

    assert (sound, sent_meanwhile) == ([], [])
    assert box.sheets(link)[0].texts == {"A1": "Fråga kim@prov.example eller 811228-9874", "F1": "Mer tid"}


def test_characters_are_counted_while_one_writes_as_one_writes_them(box: Box, come: Come) -> None:
    page = come()
    page.goto(box.link(invited=10).path)

    fill(page, {"larande": "🙂å\n x "}, {})

    expect(page.locator(".own-words", has=page.locator("#larande"))).to_contain_text("5 av 500 tecken")
    assert problems(page) == []
