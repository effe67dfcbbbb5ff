"""Signing in, staying out, and everything a stranger or a forger meets."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from db.models import Account, SignInSession
from dimios_dash import logs
from dimios_dash.domain.permissions import Role
from dimios_dash.ids import PLATFORM, OrganisationId
from tests.factories import PASSWORD, Make
from tests.signing_in import callback, sign_in


def test_the_right_password_opens_the_start_page(site: Flask, committed: Make) -> None:
    address = f"{uuid4().hex}@prov.example"
    committed.account(committed.organisation(), address=address)
    committed.session.commit()
    browser = site.test_client()

    answer = sign_in(browser, address)

    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    ("address", "password"), [("known", "fel"), ("unknown@prov.example", PASSWORD), ("inte en adress", "x")]
)
def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(
    site: Flask, committed: Make, address: str, password: str
) -> None:
    known = f"{uuid4().hex}@prov.example"
    committed.account(committed.organisation(), address=known)
    committed.session.commit()
    browser = site.test_client()

    answer = sign_in(browser, known if address == "known" else address, password)

    assert answer.status_code == 401
    assert "E-postadressen eller lösenordet stämmer inte" in answer.text


def test_after_five_wrong_guesses_even_the_right_password_must_wait(site: Flask, committed: Make) -> None:
    address = f"{uuid4().hex}@prov.example"
    committed.account(committed.organisation(), address=address)
    committed.session.commit()
    browser = site.test_client()

    guesses = [sign_in(browser, address, "fel").status_code for _ in range(5)]
    answer = sign_in(browser, address)

    assert guesses == [401, 401, 401, 401, 429]
    assert answer.status_code == 429
    assert "Vänta en kvart" in answer.text


def test_a_sign_in_that_does_not_come_from_our_form_is_refused(site: Flask) -> None:
    answer = site.test_client().post("/logga-in", data={"epost": "a@b.example", "losenord": "x", "before": "påhittat"})

    assert answer.status_code == 400


def test_a_stranger_is_sent_to_sign_in_and_a_strangers_callback_gets_401(site: Flask) -> None:
    browser = site.test_client()

    page = browser.get("/resultat/oversikt?ar=2025")
    posted = browser.post("/_dash-update-component", json={"output": "x"})
    layout = browser.get("/_dash-layout")

    assert (page.status_code, page.location) == (303, "/logga-in?next=/resultat/oversikt%3Far%3D2025")
    assert (posted.status_code, layout.status_code) == (401, 401)


@pytest.mark.parametrize("wanted", ["https://elak.example/", "//elak.example/", "/\\elak.example"])
def test_signing_in_never_leads_away_from_the_site(site: Flask, committed: Make, wanted: str) -> None:
    address = f"{uuid4().hex}@prov.example"
    committed.account(committed.organisation(), address=address)
    committed.session.commit()

    answer = sign_in(site.test_client(), address, next=wanted)

    assert answer.location == "/"


def test_signing_out_makes_a_copied_cookie_worthless(site: Flask, committed: Make) -> None:
    browser = signed_in(site, committed)
    copied = browser.get_cookie("dimios_8050")
    assert copied is not None

    browser.post("/logga-ut", data={"csrf": csrf_of(browser)["X-CSRFToken"]})
    browser.set_cookie("dimios_8050", copied.value)

    assert browser.get("/").status_code == 303


def test_a_revoked_session_and_a_closed_account_are_out_at_once(site: Flask, committed: Make) -> None:
    revoked, closed = signed_in(site, committed), signed_in(site, committed)
    assert revoked.get("/").status_code == closed.get("/").status_code == 200

    committed.session.execute(delete(SignInSession))
    committed.session.execute(update(Account).values(disabled=True))
    committed.session.commit()

    assert revoked.get("/").status_code == closed.get("/").status_code == 303
    committed.session.execute(update(Account).values(disabled=False))
    committed.session.commit()


def test_a_callback_without_the_csrf_token_is_forbidden(site: Flask, committed: Make) -> None:
    browser = signed_in(site, committed)

    without = browser.post("/_dash-update-component", json=callback("/"))
    forged = browser.post("/_dash-update-component", json=callback("/"), headers={"X-CSRFToken": "påhittad"})

    assert (without.status_code, forged.status_code) == (403, 403)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"output": "finns-inte.children"}', b'{"output": {"a": 1}}',
        b'{"output": "notice.children", "inputs": 5}', b'{"output": "..a.b...c.d..", "outputs": []}',
        b'{"output": "_pages_content.children", "inputs": "x", "outputs": {}}',
    ],
)  # fmt: skip
def test_malformed_callbacks_get_400_and_never_a_traceback(site: Flask, committed: Make, body: bytes) -> None:
    browser = signed_in(site, committed)

    answer = browser.post(
        "/_dash-update-component", data=body, content_type="application/json", headers=csrf_of(browser)
    )

    assert answer.status_code == 400
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        (Role.LEADER, "/matning/trad", 403),
        (Role.OPERATOR, "/resultat/oversikt", 403),
        (Role.OPERATOR, "/matning/respondenter", 403),
        (Role.KEY_USER, "/finns/inte", 404),
        (Role.KEY_USER, "/resultat/oversikt?ar=1999", 404),
        (Role.KEY_USER, "/resultat/oversikt?ar=tjugo", 404),
        (Role.KEY_USER, "/resultat/oversikt?ar=2025&ar=2024", 404),
    ],
)
def test_a_page_that_is_not_theirs_has_its_true_status(
    site: Flask, committed: Make, role: Role, address: str, status: int
) -> None:
    organisation_id = PLATFORM if role is Role.OPERATOR else None
    browser = signed_in(site, committed, role, organisation_id)

    page = browser.get(address)
    path, _, query = address.partition("?")
    drawn = browser.post(
        "/_dash-update-component", json=callback(path, query and f"?{query}"), headers=csrf_of(browser)
    )

    assert page.status_code == status
    assert drawn.status_code == status or path == "/finns/inte"


def signed_in(
    site: Flask, committed: Make, role: Role = Role.KEY_USER, organisation_id: OrganisationId | None = None
) -> FlaskClient:
    """A browser signed in with `role`, in an organisation of its own."""
    address = f"{uuid4().hex}@prov.example"
    committed.account(organisation_id or committed.organisation(), role, address)
    committed.session.commit()
    browser = site.test_client()
    assert sign_in(browser, address).status_code == 303
    return browser


def csrf_of(browser: FlaskClient) -> dict[str, str]:
    """The header that the pages' script sends."""
    cookie = browser.get_cookie("dimios_csrf_8050")
    return {"X-CSRFToken": "" if cookie is None else cookie.value}


def test_a_mistake_of_ours_is_told_with_a_reference_and_logged_without_what_was_typed(
    site: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("trasig")

    monkeypatch.setattr("db.commands.sign_in.is_braked", broken)
    logs.configure()

    answer = sign_in(site.test_client(), "hemlig.adress@prov.example", "ett hemligt lösenord")

    told, logged = answer.text, capsys.readouterr().err
    assert answer.status_code == 500
    assert "Traceback" not in told
    assert "trasig" in logged
    assert re.findall(r"referensen (\w{8})", told)[0] in logged
    assert "hemlig" not in logged
