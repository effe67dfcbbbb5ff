"""Cookies, sessions and the sign-in form in the hands of somebody who wants in."""

from __future__ import annotations

from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from db.models import SignInSession, Throttle
from dimios_dash.domain.permissions import Role
from tests.attacks.people import Person
from tests.factories import PASSWORD, Make
from tests.signing_in import sign_in

COOKIE = "dimios_8050"


@pytest.fixture
def address(committed: Make) -> str:
    """Somebody who may sign in, without any guesses counted against anybody."""
    address = f"kim.{uuid4().hex[:8]}@västerås.example"
    committed.account(committed.organisation(), address=address)
    committed.session.execute(delete(Throttle))
    committed.session.commit()
    return address


def cookies(browser: FlaskClient, address: str) -> dict[str, SimpleCookie]:
    """The cookies that signing in sets, by name."""
    parsed = [SimpleCookie(line) for line in sign_in(browser, address).headers.getlist("Set-Cookie")]
    return {next(iter(each)): each for each in parsed}


def test_a_cookie_from_before_the_sign_in_is_worth_nothing_after_it(site: Flask, address: str) -> None:
    browser, attacker = site.test_client(), site.test_client()
    attacker.get("/logga-in")
    planted = attacker.get_cookie(COOKIE)
    assert planted is not None
    browser.set_cookie(COOKIE, planted.value)

    sign_in(browser, address)
    attacker.set_cookie(COOKIE, planted.value)

    assert browser.get("/").status_code == 200
    assert attacker.get("/").status_code == 303


def test_each_sign_in_is_a_session_of_its_own_and_ends_by_itself(site: Flask, address: str) -> None:
    first, second = site.test_client(), site.test_client()
    for browser in (first, second):
        sign_in(browser, address)
    csrf = first.get_cookie("dimios_csrf_8050")
    assert csrf is not None

    wrong = second.post("/logga-ut", data={"csrf": csrf.value})
    first.post("/logga-ut", data={"csrf": csrf.value})

    assert wrong.status_code == 403
    assert (first.get("/").status_code, second.get("/").status_code) == (303, 200)


def test_script_reads_the_proof_but_never_the_session(site: Flask, address: str) -> None:
    set_ = cookies(site.test_client(), address)

    session, proof = set_[COOKIE][COOKIE], set_["dimios_csrf_8050"]["dimios_csrf_8050"]
    assert (session["httponly"], session["samesite"], session["domain"]) == (True, "Lax", "")
    assert (proof["httponly"], proof["samesite"]) == ("", "Lax")
    assert proof.value not in session.value


def test_a_cookie_signed_by_another_instance_is_not_ours(site: Flask, address: str) -> None:
    browser = site.test_client()
    sign_in(browser, address)
    serializer = site.session_interface.get_signing_serializer(site)  # type: ignore[attr-defined]
    ours = browser.get_cookie(COOKIE)
    assert ours is not None
    content = serializer.loads(ours.value)
    other = Flask("other")
    other.secret_key = b"the key of another instance's cookies"
    forged = other.session_interface.get_signing_serializer(other).dumps(content)  # type: ignore[attr-defined]

    stranger = site.test_client()
    stranger.set_cookie(COOKIE, forged)

    assert "_user_id" in content
    assert stranger.get("/").status_code == 303


@pytest.mark.parametrize("part", range(3))
def test_a_changed_cookie_opens_nothing(site: Flask, address: str, part: int) -> None:
    browser = site.test_client()
    sign_in(browser, address)
    ours = browser.get_cookie(COOKIE)
    assert ours is not None
    parts = ours.value.rsplit(".", 2)
    parts[part] = parts[part][:-2] + ("AA" if parts[part][-2:] != "AA" else "BB")

    browser.set_cookie(COOKIE, ".".join(parts))

    assert browser.get("/").status_code == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "//[", "http://[", "//ex\u2100mple", "///x.example", "/\t/x.example", "/\n/x.example", "\\/x.example",
        "/\\/x.example", "javascript:alert(1)", " //x.example", "x.example", "@x.example", "https:x.example", "/\\x",
    ],
)  # fmt: skip
def test_next_leads_only_to_pages_of_ours_and_is_never_a_mistake(site: Flask, address: str, wanted: str) -> None:
    browser = site.test_client()

    form = browser.get("/logga-in", query_string={"next": wanted})
    answer = sign_in(browser, address, next=wanted)

    assert (form.status_code, answer.status_code) == (200, 303)
    assert answer.location == "/"


def test_a_line_break_in_next_ends_no_header(site: Flask, address: str) -> None:
    answer = sign_in(site.test_client(), address, next="/x\r\nSet-Cookie: elak=1")

    assert "elak" not in {line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")}


def test_no_spelling_of_an_address_gets_more_guesses(site: Flask, address: str) -> None:
    browser = site.test_client()
    local, _, domain = address.partition("@")
    spellings = (
        address.upper(),
        f"  {address}\t",
        f"Kim <{address}>",
        f"mailto:{address}",
        f"{local}@{domain.encode('idna').decode()}",
    )

    guesses = [
        sign_in(browser, spelling, "fel").status_code for spelling in (*spellings, address, address.replace("k", "ｋ"))
    ]

    assert guesses == [401] * 4 + [429] * 3


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP", "True-Client-IP"])
@pytest.mark.usefixtures("address")  # forgets earlier guesses
def test_no_header_makes_a_guesser_somebody_else(site: Flask, committed: Make, header: str) -> None:
    browser = site.test_client()
    before = committed.session.scalar(select(func.count()).select_from(Throttle))
    form = browser.get("/logga-in").text.partition('name="before" value="')[2].partition('"')[0]

    for number in range(4):
        browser.post(
            "/logga-in",
            data={"epost": f"okand{number}@prov.example", "losenord": "fel", "before": form},
            headers={header: f"10.0.0.{number}"},
        )

    committed.session.rollback()
    assert before == 0
    assert committed.session.scalar(select(func.count()).select_from(Throttle)) == 4 + 1  # addresses, and one place


def test_a_stranger_and_a_wrong_password_cannot_be_told_apart(
    site: Flask, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dimios_dash.public import sign_in as door

    work: list[str] = []

    def hard_work(*_arguments: object) -> bool:
        work.append("argon2")
        return False

    monkeypatch.setattr(door, "burn", hard_work)
    monkeypatch.setattr(door, "verify_password", hard_work)
    browser = site.test_client()
    tried = (address, "okand@prov.example", "ingen adress")

    answers = [sign_in(browser, each, PASSWORD) for each in tried]

    assert work == ["argon2"] * 3
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text.replace(each, "") for answer, each in zip(answers, tried, strict=True)}) == 1


def test_the_database_of_sessions_opens_no_session(site: Flask, committed: Make) -> None:
    person = Person.arrive(site, committed, committed.organisation(), Role.KEY_USER)
    stolen = committed.session.scalars(
        select(SignInSession.secret_hash).where(SignInSession.account_id == person.account_id)
    ).one()
    serializer = site.session_interface.get_signing_serializer(site)  # type: ignore[attr-defined]

    for secret in (stolen.hex(), stolen.decode("latin1")):  # even with the key of the cookies
        stranger = site.test_client()
        stranger.set_cookie(COOKIE, serializer.dumps({"_user_id": secret, "_fresh": True}))

        assert stranger.get("/").status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost@evil.example", "evil.example/x"])
def test_a_forged_host_is_in_no_address_that_we_send_on(site: Flask, host: str) -> None:
    browser = site.test_client()

    answers = [
        browser.get(path, environ_overrides={"HTTP_HOST": host, "HTTP_X_FORWARDED_HOST": host})
        for path in ("/", "/matning/trad", "/logga-in", "/svara/x", "/brevlada")
    ]

    assert not any("evil" in (answer.location or "") or "evil" in answer.text for answer in answers)
