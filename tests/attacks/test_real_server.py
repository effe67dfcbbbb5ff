"""On a server where everything is real and every statement is logged: nothing is told, nothing is lost."""

from __future__ import annotations

import threading
import time
from base64 import b64encode, urlsafe_b64decode
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import quote_plus
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db import embedded
from db.engine import Role
from db.models import Ballot, Base, Invitation, Outbox
from dimios_dash import instruments
from dimios_dash.crypto.key_names import box_key, database_key
from dimios_dash.crypto.sealing import Associated, open_envelope
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId, new_id
from dimios_dash.preparation import key_store
from dimios_dash.tallying.boxes import remix
from tests.attacks.real_server import RealServer, real_server
from tests.attacks.test_stolen_database import pieces
from tests.factories import Invited, Make

STATEMENTS = [str(key) for key in instruments.load().statement_keys]
TODAY = today_in_stockholm(datetime.now(UTC))
ALTOGETHER = 60
Poll = tuple[OrganisationId, MeasurementId, list[Invited]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with real_server(tmp_path_factory.mktemp("real")) as server:
        yield server


def poll(server: RealServer, respondents: int) -> Poll:
    """An open measurement, and its respondents, whose invitations stand in the outbox."""
    with Session(server.owner) as session, session.begin():
        make = Make(session, key_store(server.settings))
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None})
        measurement_id = make.measurement(organisation_id, year=TODAY.year)
        invited = [
            make.invitation(organisation_id, measurement_id, "E", f"eva.{uuid4().hex}@prov.example")
            for _ in range(respondents)
        ]
        for one in invited:
            row = {"organisation_id": organisation_id, "measurement_id": measurement_id, "invitation_id": one.id}
            session.add(Outbox(**row, id=new_id(), kind="invitation", state="sent"))
    return organisation_id, measurement_id, invited


def sheet_of(number: int, words: str | None = None) -> dict[str, str]:
    """What a browser sends of respondent `number`: their first six answers say which one they are."""
    digits = [number // 6**place % 6 + 1 for place in range(6)] + [4] * (len(STATEMENTS) - 6)
    texts = {} if words is None else {"forslag_F1": words, "larande": words}
    return {"respondenttyp": "2"} | dict(zip(STATEMENTS, map(str, digits), strict=True)) | texts


def numbers_in(server: RealServer, measurement_id: MeasurementId) -> list[int]:
    """Whose answers lie in the box, opened with its key."""
    private = key_store(server.settings).read(box_key(measurement_id))
    sealed_to = Associated(measurement_id, UnitId("E"), Channel.EMAIL)
    with Session(server.worker) as session:
        envelopes = session.scalars(select(Ballot.envelope).where(Ballot.measurement_id == measurement_id)).all()
    sheets = [open_envelope(private, sealed_to, bytes(envelope)).answers for envelope in envelopes]
    return sorted(sum((sheet[STATEMENTS[place]] - 1) * 6**place for place in range(6)) for sheet in sheets)


def test_no_file_of_the_server_and_no_log_tells_an_answer_a_text_an_address_or_a_link(server: RealServer) -> None:
    organisation_id, measurement_id, (invited,) = poll(server, 1)
    unheard_of = uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))  # digits would look personal
    words = f"Kaffeautomaten {unheard_of}"
    assert server.submit(invited.token, {"respondenttyp": "2"}) == 422
    assert server.submit(invited.token, sheet_of(7, words)) == 303
    assert server.status("GET", f"/svara/{invited.token}/tack") == 200
    assert server.status("GET", f"/svara/{invited.token}x") == 404
    remix(server.worker, TODAY)
    needles = needles_of(invited, words) | passwords_of(server)

    rows = {
        what
        for name in Base.metadata.tables
        for row in rows_of(server, name)
        for what, needle in needles.items()
        if needle.decode("latin1") in row or needle.hex() in row
    }
    files = [path for path in (*server.settings.data.rglob("*"), server.logs) if path.is_file()]
    told = {
        (path.name, what)
        for path in files
        for piece in pieces(path)
        for what, needle in needles.items()
        if needle in piece or needle.hex().encode() in piece
    }

    assert (rows, told) == (set(), set())
    assert numbers_in(server, measurement_id) == [7]
    everything = b"".join(server_log(server))
    assert b"INSERT INTO ballot" in everything  # the log does tell statements, with what they were given
    assert str(organisation_id).encode() in everything
    assert b"/svara/" in server.logs.read_bytes()  # and gunicorn's the requests
    assert any("pg_wal" in str(path) for path in files)


def needles_of(invited: Invited, words: str) -> dict[str, bytes]:
    """What must be found nowhere, as it could be written."""
    local, secret = invited.address.partition("@")[0], urlsafe_b64decode(invited.token + "==")[16:]
    number = words.partition(" ")[2]
    return {
        "address": local.encode(),
        "address as UTF-16": local.encode("utf-16-le"),
        "address as base64": b64encode(local.encode())[:-4],
        "text": words.encode(),
        "text as sent": quote_plus(words).encode(),
        "text's number": number.encode(),
        "text as UTF-16": number.encode("utf-16-le"),
        "link": invited.token.encode(),
        "secret of the link": secret,
        "answers": b",".join(f'"{key}":4'.encode() for key in sorted(STATEMENTS)[10:13]),
        "answers as sent": "&".join(f"{key}=4" for key in STATEMENTS[10:13]).encode(),
        "answer": f'"{STATEMENTS[0]}":2'.encode(),
        "a python answer": f"'{STATEMENTS[0]}': 2".encode(),
    }


def passwords_of(server: RealServer) -> dict[str, bytes]:
    """What *web* and *worker* sign in to the database with."""
    keys = key_store(server.settings)
    return {f"password of {role}": keys.read(database_key(role)) for role in (Role.WEB, Role.WORKER)}


def rows_of(server: RealServer, table: str) -> Sequence[str]:
    with server.owner.connect() as connection:
        return connection.scalars(text(f"select t::text from {table} t")).all()  # noqa: S608, our own names


def server_log(server: RealServer) -> Iterator[bytes]:
    return pieces(server.settings.data / "database" / "log")


def test_twenty_posts_at_once_make_one_envelope(server: RealServer) -> None:
    _, measurement_id, (invited,) = poll(server, 1)
    together = threading.Barrier(20)

    def post(_place: int) -> int | None:
        together.wait()
        return server.submit(invited.token, sheet_of(5))

    with ThreadPoolExecutor(20) as people:
        answers = Counter(people.map(post, range(20)))

    assert answers == {303: 1, 409: 19}
    assert numbers_in(server, measurement_id) == [5]


def submit_all(server: RealServer, asked: Poll, meanwhile: threading.Event) -> list[int]:
    """Everybody answers until they are told that their answer has come; who had a 303, one entry each.

    `meanwhile` is set when a third have answered.
    """
    acknowledged: list[int] = []

    def answer(number: int) -> None:
        status = None
        while status not in {303, 409, 200}:
            status = server.submit(asked[2][number].token, sheet_of(number))
            if status is None or status >= 500:
                time.sleep(0.2)
        if status == 303:
            acknowledged.append(number)
        if len(acknowledged) >= ALTOGETHER // 3:
            meanwhile.set()

    with ThreadPoolExecutor(8) as people:
        list(people.map(answer, range(len(asked[2]))))
    meanwhile.set()
    return sorted(acknowledged)


@pytest.mark.parametrize("victim", ["web", "database"])
def test_no_acknowledged_answer_is_lost_when_a_server_is_killed_under_load(server: RealServer, victim: str) -> None:
    asked, meanwhile = poll(server, ALTOGETHER), threading.Event()

    with ThreadPoolExecutor(1) as crowd:
        answering = crowd.submit(submit_all, server, asked, meanwhile)
        assert meanwhile.wait(60)
        if victim == "web":
            server.kill_web()
            server.start_web()
        else:
            server.kill_database()
            embedded.start(server.settings.data, server.settings.keys)
        acknowledged = answering.result()

    lying = numbers_in(server, asked[1])
    assert set(acknowledged) <= set(lying)
    assert lying == list(range(ALTOGETHER))  # each once: whoever was cut off sent again
    with Session(server.owner) as session:
        answered = session.scalars(select(Invitation.answered).where(Invitation.measurement_id == asked[1])).all()
    assert answered == [True] * ALTOGETHER


def test_the_files_that_were_looked_through_are_whole(server: RealServer) -> None:
    """The control: what is written in clear is found, in the WAL and in the log."""
    needle = uuid4().hex
    with server.owner.begin() as connection:
        connection.execute(text("create table naive (told text)"))
        connection.execute(text("insert into naive values (:needle)"), {"needle": needle})
    places = [
        path
        for path in server.settings.data.rglob("*")
        if path.is_file() and any(needle.encode() in piece for piece in pieces(path))
    ]

    assert any("pg_wal" in str(path) for path in places)
    assert any(path.name == "log" for path in places)
