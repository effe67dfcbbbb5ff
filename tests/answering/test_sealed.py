"""Answers that the browser has sealed: received once, for the right unit and box, or told what to seal for."""

from __future__ import annotations

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dimios_dash.crypto.sealing import ENVELOPE_BYTES, Associated, Sheet, new_box, seal
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import UnitId
from tests.answering.links import ANSWERS, FIELDS, THIS_YEAR, Box, Link

SHEET = Sheet(2, ANSWERS, {"larande": "Små steg"})


def parcel(box: Box, link: Link, unit: str = "E1", /, **other: Any) -> dict[str, Any]:
    """What the script sends, with `other` in place of what it would send."""
    public = box.public_key(link)
    envelope = seal(public, Associated(link.measurement_id, UnitId(unit), Channel.EMAIL), SHEET)
    fields = {"measurement": str(link.measurement_id), "unit": unit, "box": b64encode(public).decode()}
    return {name: value for name, value in ({**fields, "envelope": envelope} | other).items() if value is not None}


def send(browser: FlaskClient, link: Link, fields: dict[str, Any]) -> TestResponse:
    """As multipart, with bytes as files."""
    data = {name: (BytesIO(value), "blob") if isinstance(value, bytes) else value for name, value in fields.items()}
    return browser.post(f"{link.path}/kuvert", data=data, content_type="multipart/form-data")


def test_a_sealed_answer_is_received_as_it_is_and_once(box: Box, browser: FlaskClient) -> None:
    link = box.link()

    first, second = (send(browser, link, parcel(box, link)) for _ in range(2))

    assert (first.status_code, first.json) == (201, {"received": True})
    assert second.status_code == 409
    assert second.json is not None
    assert (second.json["answered"], second.json["title"]) == (True, "Ditt svar är redan mottaget")
    assert box.sheets(link) == [SHEET]
    assert box.answered(link)


def test_twenty_at_once_leave_one_envelope_and_plain_ones_are_no_others(box: Box, form_server: Flask) -> None:
    link = box.link()
    sent = parcel(box, link)

    def one(turn: int) -> int:
        browser = form_server.test_client()
        if turn % 2:
            return browser.post(link.path, data=FIELDS).status_code
        return send(browser, link, sent).status_code

    with ThreadPoolExecutor(20) as people:
        statuses = sorted(people.map(one, range(20)))

    assert statuses[0] in {201, 303}
    assert statuses[1:] == [409] * 19
    assert len(box.ballots(link)) == 1


def test_moved_meanwhile_the_browser_is_told_the_new_unit_and_seals_anew(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    box.change(link, "invitation", unit_id="E2")

    refused = send(browser, link, parcel(box, link))
    stored_meanwhile = box.ballots(link)
    accepted = send(browser, link, parcel(box, link, "E2"))

    assert refused.status_code == 409
    assert refused.json is not None
    assert refused.json["unit"] == "Enhet E2"
    assert refused.json["again"]["unit"] == "E2"
    assert refused.json["again"]["measurement"] == str(link.measurement_id)
    assert stored_meanwhile == []
    assert accepted.status_code == 201
    assert box.sheets(link, "E2") == [SHEET]


def test_an_envelope_for_another_box_is_never_taken_since_nobody_could_open_it(box: Box, browser: FlaskClient) -> None:
    link = box.link()
    _, public = new_box()
    box.change(link, "measurement", box_public_key=public)

    refused = send(browser, link, parcel(box, link))

    assert refused.status_code == 409
    assert refused.json is not None
    assert refused.json["again"]["box"] == b64encode(public).decode()
    assert (box.ballots(link), box.answered(link)) == ([], False)


@pytest.mark.parametrize(
    ("when", "status", "title"),
    [
        ((MeasurementState.OPEN, THIS_YEAR + 1), 409, "Mätningen har inte öppnat än"),
        ((MeasurementState.OPEN, THIS_YEAR - 1), 410, "Mätningen är stängd"),
        ((MeasurementState.CLOSED, THIS_YEAR), 410, "Mätningen är stängd"),
    ],
)
def test_outside_its_days_it_says_so_in_words_that_the_script_can_show(
    box: Box, browser: FlaskClient, when: tuple[MeasurementState, int], status: int, title: str
) -> None:
    link = box.link(*when)

    answer = send(browser, link, parcel(box, link))

    assert answer.status_code == status
    assert answer.json is not None
    assert (answer.json["title"], answer.json["answered"]) == (title, False)
    assert len(answer.json["sentences"]) >= 1
    assert (box.ballots(link), box.answered(link)) == ([], False)


@pytest.mark.parametrize(
    ("change", "status"), [({"removed": True}, 410), ({"token_hash": b"another link"}, 404)], ids=["removed", "unknown"]
)
def test_a_link_that_does_not_hold_any_more_is_told_so(
    box: Box, browser: FlaskClient, change: dict[str, object], status: int
) -> None:
    link = box.link()
    box.change(link, "invitation", **change)

    answer = send(browser, link, parcel(box, link))

    assert answer.status_code == status
    assert answer.json is not None
    assert box.ballots(link) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"measurement": None},
        {"measurement": "urna"},
        {"unit": None},
        {"unit": "E1\0"},
        {"box": None},
        {"box": "å"},
        {"box": "A"},
        {"envelope": None},
        {"envelope": "text"},
        {"envelope": b""},
        {"envelope": bytes(ENVELOPE_BYTES - 1)},
        {"envelope": bytes(ENVELOPE_BYTES + 1)},
    ],
    ids=str,
)
def test_a_parcel_that_the_script_does_not_send_is_refused(
    box: Box, browser: FlaskClient, wrong: dict[str, object]
) -> None:
    link = box.link()

    answer = send(browser, link, parcel(box, link, **wrong))

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["title"] == "Det gick inte att ta emot svaret"
    assert (box.ballots(link), box.answered(link)) == ([], False)


@pytest.mark.parametrize("wrong", [{"measurement": str(UUID(int=0))}, {"unit": "E2"}, {"box": "QUJD"}], ids=str)
def test_one_sealed_for_something_else_is_told_what_to_seal_for(
    box: Box, browser: FlaskClient, wrong: dict[str, object]
) -> None:
    link = box.link()

    answer = send(browser, link, parcel(box, link, **wrong))

    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["again"]["unit"] == "E1"
    assert (box.ballots(link), box.answered(link)) == ([], False)


def test_a_flood_is_refused_in_words(box: Box, browser: FlaskClient) -> None:
    link = box.link()

    flood = bytes(2_000_000)
    answer = browser.post(f"{link.path}/kuvert", data=flood, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 413
    assert answer.json is not None
    assert box.ballots(link) == []
