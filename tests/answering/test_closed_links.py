"""What stops an answer through an open link, and how that is said."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.commands import floods
from db.models import OpenCode, OpenLink, Placement
from dimios_dash.domain.calendar import MeasurementState
from tests.answering.halls import hall
from tests.answering.links import FIELDS, STATEMENTS, THIS_YEAR, Box


def test_this_browser_remembers_that_it_has_answered_and_lets_one_go_on(box: Box, browser: FlaskClient) -> None:
    found, other = hall(box), hall(box)
    cookie = browser.post(found.path, data=FIELDS).headers["Set-Cookie"]

    again, anew, elsewhere = (browser.get(path) for path in (found.path, f"{found.path}?ny=1", other.path))

    assert "Någon har redan svarat i den här webbläsaren" in again.text
    assert f'href="{found.path}?ny=1"' in again.text
    assert "formular" in anew.text
    assert "formular" in elsewhere.text
    assert f"Path={found.path};" in cookie + ";"
    assert "HttpOnly" in cookie
    assert browser.post(f"{found.path}?ny=1", data=FIELDS | {"F1.1": "6"}).status_code == 303
    assert found.answers() == 2


def test_a_flood_is_slowed_down_kindly_and_keeps_what_was_filled_in(
    box: Box, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = hall(box)
    monkeypatch.setattr(floods, "MOST_A_MINUTE", 0)

    plain = browser.post(found.path, data=FIELDS)
    sealed = browser.post(f"{found.path}/kuvert", data=found.parcel())

    assert [plain.status_code, sealed.status_code] == [429, 429]
    assert "Vänta en minut" in plain.text
    assert plain.text.count(" checked") == len(FIELDS)
    assert sealed.json is not None
    assert sealed.json["title"] == "Många svarar just nu"
    assert (box.ballots(found.link), found.answers()) == ([], 0)


def test_the_brake_keeps_a_minute_of_a_link_and_nothing_of_codes_for_one_answer(box: Box, browser: FlaskClient) -> None:
    before = box.rows()["throttle"]
    browser.post(hall(box).path, data=FIELDS)
    with_link = box.rows()["throttle"]
    browser.post(hall(box, codes=1).path, data=FIELDS)

    [added] = [row for row in with_link if row not in before]
    [at] = [value for value in added if isinstance(value, datetime)]
    assert len(with_link) == len(before) + 1
    assert (at.second, at.microsecond) == (0, 0)
    assert box.rows()["throttle"] == with_link


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ((MeasurementState.OPEN, THIS_YEAR + 1), (409, "Mätningen har inte öppnat än")),
        ((MeasurementState.DRAFT, THIS_YEAR), (409, "Mätningen har inte öppnat än")),
        ((MeasurementState.CLOSED, THIS_YEAR), (410, "Mätningen är stängd")),
        ((MeasurementState.RELEASED, THIS_YEAR), (410, "Mätningen är stängd")),
        ((MeasurementState.CANCELLED, THIS_YEAR), (410, "Mätningen är avbruten")),
    ],
)
@pytest.mark.parametrize("codes", [None, 1])
def test_outside_its_days_a_measurement_receives_nothing(
    box: Box,
    browser: FlaskClient,
    when: tuple[MeasurementState, int],
    told: tuple[int, str],
    codes: int | None,
) -> None:
    found, (status, sentence) = hall(box, codes=codes, state=when[0], year=when[1]), told

    answer = browser.post(found.path, data=FIELDS)
    looked = browser.get(found.path)

    assert (answer.status_code, sentence in answer.text) == (status, True)
    assert (looked.status_code, sentence in looked.text) == (200 if status == 409 else status, True)
    assert (box.ballots(found.link), found.answers()) == ([], 0)


def test_a_closed_link_says_so_and_keeps_what_was_filled_in(box: Box, browser: FlaskClient) -> None:
    found = hall(box)
    with Session(box.engine) as session, session.begin():
        own = update(OpenLink).where(OpenLink.organisation_id == found.organisation_id)
        session.execute(own.values(closed=True))

    looked, answer = browser.get(found.path), browser.post(found.path, data=FIELDS)

    assert (looked.status_code, "Länken är stängd" in looked.text) == (410, True)
    assert answer.status_code == 410
    assert answer.text.count(" checked") == len(FIELDS)
    assert box.ballots(found.link) == []


def test_a_unit_that_takes_no_part_is_not_offered(box: Box, browser: FlaskClient) -> None:
    found = hall(box, ("E1", "E2"))
    outside = update(Placement).where(Placement.measurement_id == found.measurement_id)
    with Session(box.engine) as session, session.begin():
        session.execute(outside.where(Placement.unit_id == "E1").values(takes_part=False))
    one_left = browser.get(found.path)
    with Session(box.engine) as session, session.begin():
        session.execute(outside.values(takes_part=False))

    assert 'name="enhet" value="E2"' in one_left.text
    assert "Enheten är inte med i år" in browser.get(found.path).text
    assert browser.post(found.path, data=FIELDS).status_code == 410


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(box: Box, browser: FlaskClient, method: str) -> None:
    found = hall(box, codes=1)
    before = box.rows()

    for path in ("/oppen", found.path, f"{found.path}/tack", f"{found.path}/kuvert"):
        query = FIELDS | {"enhet": "E1", "ny": "1", "kod": found.codes[0]}
        browser.open(path, method=method, headers={"Sec-Purpose": "prefetch"}, query_string=query)

    assert box.rows() == before


def test_a_code_that_nobody_has_made_looks_the_same_however_it_is_wrong(box: Box, browser: FlaskClient) -> None:
    right = hall(box).codes[0]
    wrong = ("0000-0000-0000-0000", right[:-1], "x", "a" * 3000, f"{right}/x", right[::-1])

    answers = [browser.get(f"/oppen/{code}", follow_redirects=True) for code in wrong]
    posts = [browser.post(f"/oppen/{code}", data=FIELDS) for code in wrong if "/" not in code]

    assert {answer.status_code for answer in [*answers, *posts]} == {404}
    assert len({answer.text for answer in [*answers, *posts]}) == 1
    assert "Koden fungerar inte" in answers[0].text


def test_a_code_is_typed_from_paper(box: Box, browser: FlaskClient) -> None:
    found = hall(box)
    typed = found.codes[0].lower().replace("-", " ")

    page, led = browser.get("/oppen"), browser.post("/oppen", data={"kod": typed})
    tidied = browser.get(f"/oppen/{typed.replace(' ', '')}")
    wrong = browser.post("/oppen", data={"kod": "K7RT <b>"})

    assert "Skriv din kod" in page.text
    assert (led.status_code, led.location) == (303, found.path)
    assert (tidied.status_code, tidied.location) == (303, found.path)
    assert wrong.status_code == 422
    assert "K7RT &lt;b&gt;" in wrong.text


def test_the_pages_of_a_code_keep_it_to_themselves(box: Box, browser: FlaskClient) -> None:
    found = hall(box, codes=1)

    pages = [browser.get(found.path), browser.post(found.path, data=FIELDS), browser.get(f"{found.path}/tack")]

    assert {page.headers["Referrer-Policy"] for page in pages} == {"no-referrer"}
    assert {page.headers["Cache-Control"] for page in pages} == {"no-store"}
    assert not any(found.codes[0] in page.text for page in (pages[0], pages[2]))


def test_what_is_missing_is_named_and_what_was_chosen_stays(box: Box, browser: FlaskClient) -> None:
    found = hall(box, codes=1)

    answer = browser.post(found.path, data={name: value for name, value in FIELDS.items() if name != "F1.2"})

    assert answer.status_code == 422
    assert [key for key in STATEMENTS if f'href="#{key}"' in answer.text] == ["F1.2"]
    with Session(box.engine) as session:
        assert not session.scalar(select(OpenCode.used).where(OpenCode.organisation_id == found.organisation_id))
