"""What somebody has who takes the database, its files and its logs, and not the keys."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Date, DateTime, text

from db.models import Base
from dimios_dash import instruments
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from dimios_dash.settings import Settings
from tests.attacks.organisations import YEAR
from tests.attacks.people import Person
from tests.factories import Invited, Make

STATEMENTS = instruments.load().statement_keys
PIECE = 2**24


@dataclass(frozen=True)
class Answered:
    """Somebody who has answered, and the key user who has read in a file with another address."""

    invited: Invited
    uploaded: str

    @property
    def needles(self) -> dict[str, bytes]:
        """What must be found nowhere, as it could be written."""
        token = self.invited.token
        local = self.invited.address.partition("@")[0]
        return {
            "address": local.encode(),
            "address as UTF-16": local.encode("utf-16-le"),
            "address as base64": b64encode(local.encode())[:-4],
            "uploaded address": self.uploaded.partition("@")[0].encode(),
            "link": token.encode(),
            "secret of the link": urlsafe_b64decode(token + "==")[16:],
            "answers": b",".join(f'"{key}":6'.encode() for key in list(STATEMENTS)[:3]),
            "answer": f'"{STATEMENTS[0]}"'.encode() + b":6",
        }


@pytest.fixture
def answered(site: Flask, committed: Make) -> Answered:
    organisation_id = committed.organisation()
    committed.units(organisation_id, {"E": None})
    measurement_id = committed.measurement(organisation_id, MeasurementState.OPEN, YEAR)
    invited = committed.invitation(organisation_id, measurement_id, "E", f"stulen.{uuid4().hex}@prov.example")
    key_user = Person.arrive(site, committed, organisation_id, Role.KEY_USER)
    uploaded = f"fil.{uuid4().hex}@prov.example"
    content = f"epost;enhet_id\n{uploaded};E\n".encode()
    sent = {"csrf": key_user.csrf, "fil": (BytesIO(content), "fil.csv")}
    assert key_user.browser.post("/ladda-upp/respondenter", data=sent).status_code == 303
    fields = dict.fromkeys(map(str, STATEMENTS), "6") | {"respondenttyp": "2"}
    assert site.test_client().post(f"/svara/{invited.token}", data=fields).status_code == 303
    return Answered(invited, uploaded)


def test_no_row_holds_an_address_a_link_or_an_answer(committed: Make, answered: Answered) -> None:
    committed.session.rollback()
    needles = answered.needles

    found = {
        (name, what)
        for name in Base.metadata.tables
        for (row,) in committed.session.execute(text(f"select t::text from {name} t"))  # noqa: S608, our own names
        for what, needle in needles.items()
        if needle.decode("latin1") in row or needle.hex() in row
    }

    assert found == set()


def test_no_file_of_the_cluster_holds_them_nor_does_its_log(site_place: Settings, answered: Answered) -> None:
    files = [path for path in site_place.data.rglob("*") if path.is_file()]

    found = {
        (path.name, what)
        for path in files
        for piece in pieces(path)
        for what, needle in answered.needles.items()
        if needle in piece
    }

    assert any("pg_wal" in str(path) for path in files)
    assert any(path.name == "log" for path in files)
    assert found == set()


@pytest.mark.parametrize(
    "name",
    [
        *("ballot", "invitation", "release", "released_unit", "released_piece", "regrouped_unit", "year_comparison"),
        "suggestion",
    ],
)
def test_what_comes_of_answers_carries_no_time_and_no_number_in_turn(name: str) -> None:
    columns = Base.metadata.tables[name].columns

    assert not any(isinstance(column.type, DateTime | Date) for column in columns)
    assert not any(column.identity is not None for column in columns)


def pieces(path: Path) -> Iterator[bytes]:
    """The file bit by bit, each overlapping the one before."""
    with path.open("rb") as file:
        tail = b""
        while content := file.read(PIECE):
            yield tail + content
            tail = content[-200:]
