"""The key user sees the form as respondents do, and nothing comes of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.answering import VALUE, send, to_the_end
from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import problems

KEY_USER = "nyckelanvandare@ekhamn.example"


@pytest.mark.parametrize("script", [True, False])
def test_a_key_user_walks_through_the_form_and_nothing_is_kept_or_sent(visit: Visit, *, script: bool) -> None:
    page = visit(script=script)
    sign_in(page, KEY_USER)
    page.goto("/svara/prov?enhet=E0102&sprak=fi")
    expect(page.locator("html")).to_have_attribute("lang", "fi")
    page.get_by_label("Så här ser respondenter").select_option("E0103")
    page.get_by_role("button", name="Visa").click()
    expect(page.locator("#enhet")).to_contain_text("Ekonomiavdelningen")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)

    page.locator("input[name=respondenttyp]").first.check(force=True)
    for box in page.locator(f".scale input[value='{VALUE}']").all() if not script else []:
        box.check(force=True)
    if script:
        page.evaluate(f"document.querySelectorAll('.scale input[value=\"{VALUE}\"]').forEach(box => box.click())")
        to_the_end(page)
        expect(page.get_by_text("Förhandsvisning: inget sparas eller skickas")).to_be_visible()
    send(page)
    page.wait_for_url("**/svara/prov/tack?**")

    expect(page.get_by_text("Förhandsvisning: inget sparas eller skickas")).to_be_visible()
    assert len(sent) == (0 if script else 1)
    if script:
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_page_for_texts_leads_to_it(visit: Visit) -> None:
    page = visit()
    sign_in(page, KEY_USER)

    page.goto("/matning/texter?sprak=nb")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Se formuläret som respondenterna ser det").click()
    expect(opened.value.get_by_text("Förhandsvisning")).to_be_visible()
    expect(opened.value.locator("html")).to_have_attribute("lang", "nb")
    opened.value.goto("/svara/prov?sprak=sv")

    assert problems(opened.value) == []
