"""Open links and codes for one answer, as whoever has one meets them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.commands import floods
from db.models import Ballot, OpenCode, OpenLink, OpenLinkUnit, Placement, Throttle
from dimios_dash.crypto.sealing import Associated, Sheet, open_envelope, seal
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId
from tests.answering.links import ANSWERS, FIELDS, STATEMENTS, THIS_YEAR, Box, Link
from tests.factories import Make

SHEET = Sheet(2, ANSWERS, {})


@dataclass(frozen=True)
class Hall:
    """An open link of an organisation of its own, with the units E, E1 and E2."""

    box: Box
    organisation_id: OrganisationId
    measurement_id: MeasurementId
    codes: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"/oppen/{self.codes[0]}"

    @property
    def link(self) -> Link:
        """As the box's own deeds take it."""
        return Link(self.organisation_id, self.measurement_id, "")

    def sheets(self, unit: str = "E1") -> list[Sheet]:
        private = self.box.keys.read(f"boxes/{self.measurement_id}")
        sealed_to = Associated(self.measurement_id, UnitId(unit), Channel.LINK)
        rows = [row for row in self.box.ballots(self.link) if row["unit_id"] == unit]
        return [open_envelope(private, sealed_to, bytes(row["envelope"])) for row in rows]

    def answers(self) -> int:
        """As counted beside the link."""
        with Session(self.box.engine) as session:
            own = select(OpenLinkUnit.answers).where(OpenLinkUnit.organisation_id == self.organisation_id)
            return sum(session.scalars(own))

    def parcel(self, unit: str = "E1", envelope: bytes | None = None) -> dict[str, object]:
        """What the script sends."""
        from base64 import b64encode

        public = self.box.public_key(self.link)
        sealed = envelope or self.seal(unit)
        fields = {"measurement": str(self.measurement_id), "unit": unit, "box": b64encode(public).decode()}
        return fields | {"envelope": (BytesIO(sealed), "blob")}

    def seal(self, unit: str = "E1") -> bytes:
        return seal(self.box.public_key(self.link), Associated(self.measurement_id, UnitId(unit), Channel.LINK), SHEET)


def hall(
    box: Box,
    units: tuple[str, ...] = ("E1",),
    codes: int | None = None,
    state: MeasurementState = MeasurementState.OPEN,
    year: int = THIS_YEAR,
) -> Hall:
    with Session(box.engine) as session, session.begin():
        make = Make(session, box.keys)
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None, "E1": "E", "E2": "E"})
        measurement_id = make.measurement(organisation_id, state, year)
        made = make.open_link(organisation_id, measurement_id, dict.fromkeys(units), codes=codes)
    return Hall(box, organisation_id, measurement_id, made.codes)


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

    assert len(with_link) == len(before) + 1
    assert box.rows()["throttle"] == with_link
    with Session(box.engine) as session:
        newest = session.scalars(select(Throttle.last_failure_at).order_by(Throttle.last_failure_at.desc())).first()
    assert newest is not None
    assert (newest.second, newest.microsecond) == (0, 0)


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
