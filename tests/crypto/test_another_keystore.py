"""The key store is a small interface: one that keeps nothing in files does for a ballot box's whole life."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from db.commands import ballots
from db.commands.ballots import SealedAnswer
from db.engine import Role, connect, transaction
from db.models import Ballot, Measurement, ReleasedUnit
from dimios_dash import instruments
from dimios_dash.crypto.key_names import box_key, links_key
from dimios_dash.crypto.keystore import KeyChanged, KeyExists, KeyMissing, KeyStore
from dimios_dash.crypto.organisation_keys import ensure_master_key
from dimios_dash.crypto.sealing import Associated, Sheet, seal
from dimios_dash.crypto.tokens import invitation_token, token_hash
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel
from dimios_dash.domain.scopes import FormScope
from dimios_dash.ids import UnitId
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from dimios_dash.surroundings import Surroundings
from dimios_dash.tallying.boxes import destroy_due
from dimios_dash.tallying.release import release_measurement
from dimios_dash.worker import boxes
from tests.factories import Make

DAY = date(2026, 5, 5)


class MemoryKeyStore:
    """As a key vault in the cloud would be: names and secrets, and no folder anywhere."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        if name not in self.kept:
            raise KeyMissing(name)
        return self.kept[name]

    def write_once(self, name: str, content: bytes) -> None:
        if name in self.kept:
            raise KeyExists(name)
        self.kept[name] = content

    def names(self, group: str) -> list[str]:
        return sorted(name for name in self.kept if name.startswith(f"{group}/"))

    def replace(self, name: str, content: bytes, expected: bytes | None = None) -> None:
        if expected not in {None, self.read(name)}:
            raise KeyChanged(name)
        self.kept[name] = content

    def destroy(self, name: str) -> int:
        self.read(name)
        del self.kept[name]
        return 1


@pytest.fixture
def engine(another_place: Settings) -> Iterator[Engine]:
    engine = connect(role_url(another_place, key_store(another_place), Role.WORKER))
    yield engine
    engine.dispose()


def test_a_box_is_made_filled_opened_and_destroyed_with_another_key_store(
    another_place: Settings, engine: Engine
) -> None:
    keys: KeyStore = MemoryKeyStore()
    ensure_master_key(keys)
    with transaction(engine, None) as session:
        make = Make(session, keys)
        organisation_id = make.organisation()
        make.units(organisation_id, {"E": None})
        measurement_id = make.measurement(organisation_id)
        invited = [make.invitation(organisation_id, measurement_id, "E") for _ in range(4)]
        one = update(Measurement).where(Measurement.id == measurement_id)
        session.execute(one.values(box_public_key=None, promised_k=None))
    for name in (box_key(measurement_id), links_key(measurement_id)):
        keys.destroy(name)

    boxes.make_missing(Surroundings(another_place, engine, keys))
    with transaction(engine, organisation_id) as session:
        box = session.scalars(select(Measurement.box_public_key)).one()
        assert box is not None
        sheet = Sheet(2, dict.fromkeys(instruments.load().statement_keys, 4), {})
        for respondent in invited:
            envelope = seal(box, Associated(measurement_id, UnitId("E"), Channel.EMAIL), sheet)
            scope = FormScope(organisation_id, token_hash(respondent.token))
            assert ballots.submit(session, scope, SealedAnswer(UnitId("E"), envelope), DAY)
        session.execute(one.values(state=MeasurementState.CLOSED, closed_on=DAY))
    release_measurement(engine, keys, organisation_id, measurement_id, lambda _done, _total: None)
    with transaction(engine, None) as session:
        assert session.scalars(select(ReleasedUnit.answered)).one() == 4
        session.execute(one.values(released_on=DAY))
    destroy_due(engine, keys, DAY + timedelta(days=14))

    with transaction(engine, None) as session:
        assert session.scalars(select(Ballot.id)).all() == []
    assert keys.names("boxes") == []
    assert invitation_token(keys.read(links_key(measurement_id)), organisation_id, invited[0].id)


def test_only_those_who_make_the_key_store_know_of_its_folders(project: Path) -> None:
    """The one beside them is the embedded server, which keeps its owner's password there before there is a store."""
    folder = re.compile(r"\bsettings\.keys\b|\bkey_folders\b|\bkeys_folder\b|\bkeys_copy\b")
    programs = [path for place in ("dimios_dash", "db", "pages") for path in (project / place).rglob("*.py")]

    knowing = {str(path.relative_to(project)) for path in programs if folder.search(path.read_text(encoding="utf-8"))}

    assert knowing == {*("dimios_dash/settings.py", "dimios_dash/preparation.py", "dimios_dash/serving/supervisor.py")}
