"""/sprak: pages speak the language that somebody has chosen; nobody else chooses it, and it leads nowhere else."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dimios_dash.domain.permissions import Role
from tests.factories import Make
from tests.signing_in import sign_in


@pytest.fixture
def leader(site: Flask, committed: Make) -> FlaskClient:
    """Somebody who sees results, signed in."""
    address = f"{uuid4().hex}@prov.example"
    committed.account(committed.organisation(), address=address, role=Role.LEADER)
    committed.session.commit()
    browser = site.test_client()
    sign_in(browser, address)
    return browser


def chosen(browser: FlaskClient, language: str, came_from: str = "http://localhost/") -> tuple[int, str | None]:
    """Status and where it leads; the token as the page's form would send it."""
    cookie = browser.get_cookie("dimios_csrf_8050")
    assert cookie is not None
    answer = browser.post("/sprak", data={"sprak": language, "csrf": cookie.value}, headers={"Referer": came_from})
    return answer.status_code, answer.location


def spoken(browser: FlaskClient) -> str:
    """The language the page says it is in."""
    return browser.get("/").text.partition('<html lang="')[2][:2]


def test_pages_speak_swedish_until_another_language_is_chosen(leader: FlaskClient) -> None:
    assert spoken(leader) == "sv"

    chosen(leader, "fi")

    assert spoken(leader) == "fi"


def test_one_comes_back_to_the_page_and_what_was_chosen_there(leader: FlaskClient) -> None:
    came_from = "http://localhost/resultat/oversikt?ar=2025&enhet=E"

    assert chosen(leader, "en", came_from) == (303, "/resultat/oversikt?ar=2025&enhet=E")


@pytest.mark.parametrize(
    "came_from", ["https://ond.example/x", "http://localhost//ond.example/x", "http://localhost/\\ond.example", ""]
)
def test_nobody_is_led_to_another_site(leader: FlaskClient, came_from: str) -> None:
    _, leads_to = chosen(leader, "en", came_from)

    assert leads_to is not None
    assert re.match(r"/(?![/\\])", leads_to)


@pytest.mark.parametrize("language", ["", "de", "sv; drop table account", "SV"])
def test_a_language_that_is_not_spoken_here_changes_nothing(leader: FlaskClient, language: str) -> None:
    assert chosen(leader, language)[0] == 400
    assert spoken(leader) == "sv"


def test_a_stranger_and_a_forged_form_choose_nothing(site: Flask, leader: FlaskClient) -> None:
    assert site.test_client().post("/sprak", data={"sprak": "en"}).status_code == 401
    assert leader.post("/sprak", data={"sprak": "en", "csrf": "forged"}).status_code == 403
    assert spoken(leader) == "sv"
