"""When something of ours breaks under an answer, its writer gets a reference, and the log no more than that."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from dimios_dash import logs
from dimios_dash.crypto.sealing import Associated, Sheet, seal
from dimios_dash.crypto.tokens import token_hash
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import UnitId
from tests.answering.halls import hall
from tests.answering.links import ANSWERS, FIELDS, Box, Link

WORDS = "Kaffeautomaten på Hemliga gatan"
ANSWER = FIELDS | {"forslag_F1": WORDS, "larande": WORDS}
CHANNELS = (Channel.EMAIL, Channel.LINK)
Fault = Callable[[Box, Link], AbstractContextManager[None]]


@contextmanager
def useless_box(box: Box, link: Link) -> Iterator[None]:
    """A public key that nothing can be sealed for."""
    box.change(link, "measurement", box_public_key=b"\4" + b"x" * 64)
    yield


@contextmanager
def full_database(box: Box, _link: Link) -> Iterator[None]:
    """One that takes no envelope, and quotes the row that it refuses."""
    with box.engine.begin() as owner:
        owner.execute(text("alter table ballot add constraint full_up check (false) not valid"))
    try:
        yield
    finally:
        with box.engine.begin() as owner:
            owner.execute(text("alter table ballot drop constraint full_up"))


def door(box: Box, channel: Channel) -> tuple[Link, str]:
    """A link to E1 of a measurement with texts, and the path of its form."""
    if channel is Channel.EMAIL:
        link = box.link(invited=10)
        return link, link.path
    found = hall(box)
    return found.link, found.path


def parcel(box: Box, link: Link, channel: Channel) -> dict[str, object]:
    """What the script sends."""
    public = box.public_key(link)
    sheet = Sheet(2, ANSWERS, {"larande": WORDS})
    envelope = seal(public, Associated(link.measurement_id, UnitId("E1"), channel), sheet)
    fields = {"measurement": str(link.measurement_id), "unit": "E1", "box": b64encode(public).decode()}
    return fields | {"envelope": (BytesIO(envelope), "blob")}


def needles(path: str) -> list[str]:
    """What must not be written down, in any spelling: the link, its hash, answers and words."""
    secret = path.rpartition("/")[2]
    digest = token_hash(secret).hex()
    chosen = ["vet_ej", "respondenttyp", "F1.1", "'F2.3'", '"F2.3"', f"{FIELDS['F1.2']}&F1.3"]
    return [secret, secret[10:40], digest, digest[:16], "Kaffe", "Hemliga", "larande", *chosen]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("fault", [useless_box, full_database])
def test_a_plain_answer_that_breaks_something_is_in_no_log(
    box: Box, browser: FlaskClient, capsys: pytest.CaptureFixture[str], channel: Channel, fault: Fault
) -> None:
    link, path = door(box, channel)
    logs.configure()

    with fault(box, link):
        answer = browser.post(path, data=ANSWER)

    told = capsys.readouterr()
    [line] = told.err.splitlines()
    assert answer.status_code == 500
    assert f"referensen {json.loads(line)['reference']} " in answer.text
    assert [word for word in needles(path) if word in line + told.out] == []
    assert [word for word in needles(path) if word in answer.text] == []
    assert box.ballots(link) == []


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_sealed_answer_that_breaks_something_is_in_no_log(
    box: Box, browser: FlaskClient, capsys: pytest.CaptureFixture[str], channel: Channel
) -> None:
    link, path = door(box, channel)
    logs.configure()

    with full_database(box, link):
        answer = browser.post(f"{path}/kuvert", data=parcel(box, link, channel))

    told = capsys.readouterr()
    assert answer.status_code == 500
    assert '"reference"' in told.err
    assert [word for word in needles(path) if word in told.err + told.out] == []
    assert box.ballots(link) == []
