"""Open links and codes for one answer, as whoever has one meets them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import Ballot, OpenCode, Placement
from tests.answering.halls import SHEET, hall
from tests.answering.links import FIELDS, THIS_YEAR, Box


def test_an_answer_through_a_link_is_sealed_counted_and_thanked_for(box: Box, browser: FlaskClient) -> None:
    found = hall(box)

    form = browser.get(found.path)
    answer = browser.post(found.path, data=FIELDS | {"enhet": "E1"})
    thanks = browser.get(answer.location)

    assert form.status_code == 200
    assert "Enhet E1" in form.text
    assert (answer.status_code, answer.location) == (303, f"{found.path}/tack")
    assert "Svara som någon annan på den här datorn" in thanks.text
    assert (found.sheets(), found.answers()) == ([SHEET], 1)
    assert box.ballots(found.link)[0]["channel"] == "link"


def test_with_several_units_one_is_chosen_first(box: Box, browser: FlaskClient) -> None:
    found = hall(box, ("E1", "E2"))

    choice = browser.get(found.path)
    form = browser.get(f"{found.path}?enhet=E2")
    answer = browser.post(f"{found.path}?enhet=E2", data=FIELDS | {"enhet": "E2"})

    assert "Vilken enhet hör du till?" in choice.text
    assert [unit for unit in ("E", "E1", "E2") if f'value="{unit}"' in choice.text] == ["E1", "E2"]
    assert 'name="enhet" value="E2"' in form.text
    assert f'href="{found.path}">Välj en annan enhet' in form.text
    assert answer.status_code == 303
    assert found.sheets("E2") == [SHEET]


@pytest.mark.parametrize("unit", ["E", "E2", "finns-inte", "E1 ", "\0"])
def test_a_unit_outside_the_link_is_refused(box: Box, browser: FlaskClient, unit: str) -> None:
    found = hall(box)

    answers = [
        browser.get(found.path, query_string={"enhet": unit}),
        browser.post(found.path, data=FIELDS | {"enhet": unit}),
        browser.post(f"{found.path}/kuvert", data=found.parcel(unit, found.seal())),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 400]
    assert (box.ballots(found.link), found.answers()) == ([], 0)


@pytest.mark.parametrize("sealed", [False, True])
def test_twenty_posts_at_once_with_a_code_for_one_answer_leave_one_envelope(
    box: Box, form_server: Flask, sealed: bool
) -> None:
    found = hall(box, codes=2)

    def send(_: int) -> int:
        path, data = (f"{found.path}/kuvert", found.parcel()) if sealed else (found.path, FIELDS)
        return form_server.test_client().post(path, data=data).status_code

    with ThreadPoolExecutor(20) as people:
        statuses = sorted(people.map(send, range(20)))

    assert statuses == [201 if sealed else 303] + [409] * 19
    assert (found.sheets(), found.answers()) == ([SHEET], 1)


def test_a_used_code_says_so_and_the_next_one_works(box: Box, browser: FlaskClient) -> None:
    found = hall(box, codes=2)
    browser.post(found.path, data=FIELDS)

    used, second = browser.get(found.path), browser.post(f"/oppen/{found.codes[1]}", data=FIELDS)
    thanks = browser.get(f"{found.path}/tack")

    assert (used.status_code, "Koden är redan använd" in used.text) == (200, True)
    assert second.status_code == 303
    assert 'href="/oppen">Svara som någon annan' in thanks.text
    assert not any("Set-Cookie" in answer.headers for answer in (used, second, thanks))
    assert found.answers() == 2


def test_many_answer_through_one_link(box: Box, form_server: Flask) -> None:
    found = hall(box)

    def send(_: int) -> int:
        return form_server.test_client().post(found.path, data=FIELDS).status_code

    with ThreadPoolExecutor(8) as people:
        statuses = list(people.map(send, range(16)))

    assert statuses == [303] * 16
    assert (len(found.sheets()), found.answers()) == (16, 16)


def test_the_same_envelope_twice_is_one_answer(box: Box, browser: FlaskClient) -> None:
    found = hall(box)
    envelope = found.seal()

    statuses = [
        browser.post(f"{found.path}/kuvert", data=found.parcel(envelope=envelope)).status_code for _ in range(2)
    ]

    assert statuses == [201, 201]
    assert (found.sheets(), found.answers()) == ([SHEET], 1)


def test_a_double_click_is_one_answer_and_somebody_elses_on_the_same_page_is_another(
    box: Box, browser: FlaskClient
) -> None:
    found = hall(box)
    opened = browser.get(found.path).text.partition('name="omgang" value="')[2].partition('"')[0]

    for other in ({}, {}, {"F1.1": "6"}):
        assert browser.post(found.path, data=FIELDS | {"omgang": opened} | other).status_code == 303

    assert len(opened) >= 20
    assert (len(found.sheets()), found.answers()) == (2, 2)


def test_an_envelope_for_an_older_box_is_asked_for_anew(box: Box, browser: FlaskClient) -> None:
    found = hall(box)
    parcel = found.parcel() | {"box": "AAAA"}

    answer = browser.post(f"{found.path}/kuvert", data=parcel)

    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["again"]["channel"] == "link"
    assert answer.json["again"]["unit"] == "E1"


def test_no_row_says_which_code_gave_which_envelope(box: Box, browser: FlaskClient) -> None:
    found = hall(box, codes=3)
    for code in found.codes[:2]:
        browser.post(f"/oppen/{code}", data=FIELDS)

    with Session(box.engine) as session:
        ballots = session.scalars(select(Ballot).where(Ballot.organisation_id == found.organisation_id)).all()
        codes = session.scalars(select(OpenCode).where(OpenCode.organisation_id == found.organisation_id)).all()

    assert sorted(code.used for code in codes) == [False, True, True]
    assert not {ballot.id for ballot in ballots} & {code.id for code in codes}
    assert not any(code.code_hash in ballot.envelope for code in codes for ballot in ballots)


def test_days_of_the_units_own_count(box: Box, browser: FlaskClient) -> None:
    found = hall(box)
    with Session(box.engine) as session, session.begin():
        own = update(Placement).where(Placement.measurement_id == found.measurement_id)
        session.execute(own.values(opens=date(THIS_YEAR, 1, 1), closes=date(THIS_YEAR, 1, 2)))

    assert browser.post(found.path, data=FIELDS).status_code == 410
    assert found.answers() == 0
