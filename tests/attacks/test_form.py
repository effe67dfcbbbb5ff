"""The respondent's form under attack: other people's links, bodies of every shape, and what the logs keep of it."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from gunicorn.config import Config  # type: ignore[import-untyped]

from dimios_dash import instruments, logs
from dimios_dash.crypto.sealing import ENVELOPE_BYTES
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.ids import OrganisationId
from dimios_dash.serving.access_log import AccessLog, without_link
from tests.attacks.organisations import YEAR, everything
from tests.factories import Invited, Make

FIELDS = dict.fromkeys(map(str, instruments.load().statement_keys), "4") | {"respondenttyp": "2"}
TOKEN = "A" * 54


def parcel() -> dict[str, object]:
    """What the script sends, sealed for nothing in particular."""
    envelope = (BytesIO(bytes(ENVELOPE_BYTES)), "blob")
    return {"measurement": str(uuid4()), "unit": "E", "box": "", "envelope": envelope}


def asked(committed: Make) -> tuple[OrganisationId, Invited]:
    """A respondent who may answer."""
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None})
    measurement_id = committed.measurement(organisation_id, MeasurementState.OPEN, YEAR)
    invited = committed.invitation(organisation_id, measurement_id, "E")
    committed.session.commit()
    return organisation_id, invited


def test_a_link_under_another_organisations_name_is_unknown(site: Flask, committed: Make) -> None:
    (_, mine), (other, _) = asked(committed), asked(committed)
    secret = urlsafe_b64decode(mine.token + "==")[16:]
    forged = urlsafe_b64encode(other.bytes + secret).rstrip(b"=").decode()
    before = everything(committed.session)

    answers = [
        site.test_client().post(f"/svara/{token}", data=FIELDS)
        for token in (forged, mine.token[:-1], mine.token + "A", mine.token.swapcase(), mine.token[::-1])
    ]
    sealed = [site.test_client().post(f"/svara/{token}/kuvert", data=parcel()) for token in (forged, mine.token[::-1])]

    assert {answer.status_code for answer in [*answers, *sealed]} == {404}
    assert len({answer.text for answer in answers}) == len({answer.text for answer in sealed}) == 1
    assert everything(committed.session) == before


@pytest.mark.parametrize(
    ("data", "kind", "query"),
    [
        (b"", "application/x-www-form-urlencoded", FIELDS),
        (b"{}", "application/json", FIELDS),
        (b"respondenttyp=2&" * 5000, "application/x-www-form-urlencoded", {}),
        (b"x" * (65 * 2**10), "text/plain", {}),
        (b"--x\r\n" * 10000, "multipart/form-data; boundary=x", {}),
        (b"--x", "multipart/form-data", {}),
        (b"&".join(b"%d=1" % number for number in range(9000)), "application/x-www-form-urlencoded", {}),
        (b"%ff%fe=%00&\xff=\xfe", "application/x-www-form-urlencoded; charset=utf-7", {}),
    ],
)
def test_no_body_but_a_whole_form_is_an_answer(
    site: Flask, committed: Make, data: bytes, kind: str, query: dict[str, str]
) -> None:
    _, mine = asked(committed)
    before = everything(committed.session)

    answer = site.test_client().post(f"/svara/{mine.token}", data=data, content_type=kind, query_string=query)

    assert answer.status_code in {400, 413, 422}
    assert mine.token not in answer.text
    assert everything(committed.session) == before


def test_files_in_place_of_fields_are_no_answer(site: Flask, committed: Make) -> None:
    _, mine = asked(committed)
    before = everything(committed.session)

    answer = site.test_client().post(
        f"/svara/{mine.token}", data={name: (BytesIO(value.encode()), value) for name, value in FIELDS.items()}
    )

    assert answer.status_code == 422
    assert everything(committed.session) == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
def test_only_a_post_changes_anything(site: Flask, committed: Make, method: str) -> None:
    _, mine = asked(committed)
    before = everything(committed.session)

    site.test_client().open(f"/svara/{mine.token}", method=method, data=FIELDS, query_string=FIELDS)

    assert everything(committed.session) == before


def test_the_pages_of_a_link_keep_it_to_themselves(site: Flask, committed: Make) -> None:
    _, mine = asked(committed)
    browser = site.test_client()

    pages = [browser.get(f"/svara/{mine.token}"), browser.post(f"/svara/{mine.token}", data=FIELDS)]
    pages += [browser.get(f"/svara/{mine.token}/tack"), browser.post(f"/svara/{mine.token}", data=FIELDS)]

    assert [page.status_code for page in pages] == [200, 303, 200, 409]
    assert not any(mine.token in page.text or mine.address in page.text for page in (pages[0], *pages[2:]))
    assert {page.headers["Referrer-Policy"] for page in pages} == {"no-referrer"}
    assert {page.headers["Cache-Control"] for page in pages} == {"no-store"}
    assert not any("Set-Cookie" in page.headers for page in pages)


def test_a_mistake_of_ours_while_answering_is_logged_without_link_and_answers(
    site: Flask, committed: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, mine = asked(committed)

    def broken(*_arguments: object) -> None:
        raise RuntimeError("trasig")

    monkeypatch.setattr("db.commands.ballots.submit", broken)
    logs.configure()

    answers = [
        site.test_client().post(f"/svara/{mine.token}", data=FIELDS),
        site.test_client().post(f"/svara/{mine.token}/kuvert", data=parcel()),
    ]

    logged = capsys.readouterr().err
    assert [answer.status_code for answer in answers] == [500, 500]
    assert logged.count("RuntimeError: trasig") == 2
    assert not any(word in logged for word in (mine.token, mine.token[20:], mine.address, "respondenttyp"))


@pytest.mark.parametrize(
    "path",
    [
        f"/svara/{TOKEN}", f"/svara/{TOKEN}/kuvert",
        f"//svara/{TOKEN}", f"/svara//{TOKEN}", f"/SVARA/{TOKEN}/tack", f"/x/svara/{TOKEN[:30]}",
        f"/{TOKEN}", f"/matning/{TOKEN}/x", f"/svara/x{TOKEN}.", f"/https://svar.example/svara/{TOKEN}",
    ],
)  # fmt: skip
def test_no_way_of_writing_a_link_gets_it_into_the_log(path: str) -> None:
    assert "AAAA" not in without_link(path)


@pytest.mark.parametrize("path", ["/oppen/{}", "/OPPEN//{}/kuvert", "/oppen/{}/tack", "/{}", "/x/{}.", "/oppen {}"])
@pytest.mark.parametrize("code", ["K7RT-2MXP-9WQH-4FGA", "k7rt-2mxp-9wqh-4fga", "K7RT 2MXP 9WQH 4FGA"])
def test_no_way_of_writing_a_code_gets_it_into_the_log(path: str, code: str) -> None:
    assert "2mxp" not in without_link(path.format(code)).lower()


def test_the_log_still_says_which_print_was_asked_for() -> None:
    assert without_link(f"/utskrift/lank/{uuid4()}").startswith("/utskrift/lank/")


def test_requests_that_the_server_cannot_read_are_logged_without_what_they_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: list[str] = []
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", lambda record: kept.append(record.getMessage()))
    log = AccessLog(Config())
    log.error_log.addHandler(handler)

    # What gunicorn's workers write, to the letter.
    unreadable = f"Invalid request from ip=10.1.2.3: Invalid HTTP Version: '/svara/{TOKEN} x'"
    log.warning(unreadable)
    log.warning("Worker %s", "7")
    log.exception("Error handling request %s %s", "GET", f"/svara/{TOKEN}?x=kim@prov.example")
    log.exception("Socket error processing request.")

    log.error_log.removeHandler(handler)
    assert kept == ["Invalid request", "Worker 7", "Error handling request", "Socket error processing request."]


def test_the_log_of_requests_has_neither_query_nor_sender() -> None:
    path = f"/svara/{TOKEN}"
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": "x=1", "REMOTE_ADDR": "10.1.2.3"}
    environ |= {"REQUEST_METHOD": "GET", "RAW_URI": f"{path}?x=1", "SERVER_PROTOCOL": "HTTP/1.1"}
    answer = SimpleNamespace(status="200 OK", response_length=1, sent=1, headers=[])
    asked_for = SimpleNamespace(headers=[], uri=f"/svara/{TOKEN}?x=1", method="GET", version=(1, 1))

    from dimios_dash.serving.access_log import FORMAT

    line = FORMAT % AccessLog(Config()).atoms(answer, asked_for, environ, timedelta(0))

    assert "/svara/…" in line
    assert not any(word in line for word in ("AAAA", "x=1", "10.1.2.3"))
