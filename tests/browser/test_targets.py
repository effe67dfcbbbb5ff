"""Mål in a browser: set by keyboard, seen by leadership, drawn on Översikt."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visit, sign_in
from tests.browser.looking import wait_until_drawn


def test_a_target_set_by_keyboard_is_seen_by_leadership_where_the_value_stands(visit: Visit) -> None:
    page = visit()
    sign_in(page, "nyckelanvandare@ekhamn.example")
    page.goto("/resultat/mal?ar=2025&enhet=E&niva=index")
    wait_until_drawn(page)

    page.get_by_label("Mål, 0–100").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("52")
    page.get_by_label("Eller ansvarig utan konto").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Ida, it-chef")
    page.get_by_role("button", name="Spara målet").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**?ar=2025&enhet=E&andrat=index")
    expect(page.get_by_role("status").get_by_text("Sparat: målet för Index är 52,0")).to_be_visible()
    leader = visit()
    sign_in(leader, "ledning@ekhamn.example")
    leader.goto("/resultat/oversikt?ar=2025&enhet=E")
    expect(leader.get_by_text("Mål 52,0 till")).to_be_visible()
    leader.get_by_role("link", name="Når vi målen?").click()
    expect(leader.get_by_role("region", name="Mål och hur långt")).to_contain_text("Ida, it-chef")
    expect(leader.get_by_role("button", name="Spara målet")).to_have_count(0)
