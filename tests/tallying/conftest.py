"""Measurements with ballots in the box, and earlier ones to move in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.engine import Role, connect, transaction
from db.models import Ballot, Measurement
from dimios_dash import instruments
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.crypto.sealing import Associated, Sheet, seal
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.channel import Channel
from dimios_dash.ids import MeasurementId, OrganisationId, UnitId, new_id
from dimios_dash.intake.answer_file import AnswerRow, read_answers
from dimios_dash.intake.tree_file import read_tree
from dimios_dash.intake.unit_row import UnitRow
from dimios_dash.preparation import key_store, role_url
from dimios_dash.settings import Settings
from tests.factories import Make

KEYS = instruments.load().statement_keys


@dataclass(frozen=True)
class Town:
    """A database of its own, in which a tally can commit."""

    settings: Settings
    engine: Engine
    keys: KeyStore

    def closed_measurement(self, tree: Mapping[str, str | None]) -> tuple[OrganisationId, MeasurementId]:
        """A new organisation with a closed measurement of these units."""
        with transaction(self.engine, None) as session:
            make = Make(session, self.keys)
            organisation_id = make.organisation()
            make.units(organisation_id, tree)
            return organisation_id, make.measurement(organisation_id, MeasurementState.CLOSED)

    def put(self, measurement_id: MeasurementId, unit_id: str, sheet: Sheet, channel: Channel = Channel.EMAIL) -> None:
        """A sealed ballot in the box."""
        with transaction(self.engine, None) as session:
            box = session.scalars(select(Measurement).where(Measurement.id == measurement_id)).one()
            assert box.box_public_key is not None
            envelope = seal(box.box_public_key, Associated(measurement_id, UnitId(unit_id), channel), sheet)
            self.put_envelope(session, OrganisationId(box.organisation_id), measurement_id, unit_id, channel, envelope)

    def put_envelope(  # noqa: PLR0917, the columns of a ballot
        self,
        session: Session,
        organisation_id: OrganisationId,
        measurement_id: MeasurementId,
        unit_id: str,
        channel: Channel,
        envelope: bytes,
    ) -> None:
        """Anything at all in the box."""
        session.add(
            Ballot(
                organisation_id=organisation_id,
                id=new_id(),
                measurement_id=measurement_id,
                unit_id=unit_id,
                channel=channel.value,
                envelope=envelope,
            )
        )


@pytest.fixture
def town(another_place: Settings) -> Iterator[Town]:
    """The worker's own engine in a database that starts empty."""
    keys = key_store(another_place)
    engine = connect(role_url(another_place, keys, Role.WORKER))
    yield Town(another_place, engine, keys)
    engine.dispose()


def sheet(*values: int) -> Sheet:
    """An answer sheet; the last value stands for all statements that are left."""
    filled = [*values, *[values[-1]] * (len(KEYS) - len(values))]
    return Sheet(2, dict(zip(KEYS, filled, strict=True)), {})


def units(tree: Mapping[str, str | None]) -> list[UnitRow]:
    """Rows of a tree file, named "Enhet <id>"."""
    return [
        UnitRow(row, UnitId(unit), None if parent is None else UnitId(parent), f"Enhet {unit}", Activity.OVRIGT, None)
        for row, (unit, parent) in enumerate(tree.items(), start=2)
    ]


def answers(unit_id: str, points: Sequence[int]) -> list[AnswerRow]:
    """One sheet for each point, with that answer to every statement."""
    return [AnswerRow(row, UnitId(unit_id), 2, (point,) * len(KEYS)) for row, point in enumerate(points, start=2)]


def files(folder: Path, year: int) -> tuple[tuple[UnitRow, ...], tuple[AnswerRow, ...]]:
    """Tree and answers as they are read from a folder of files."""
    tree = read_tree((folder / "tree.csv").read_bytes(), "tree.csv").rows
    name = f"answers-{year}.csv"
    return tree, read_answers((folder / name).read_bytes(), name, [row.unit_id for row in tree], KEYS).rows


def plain_means(values: NDArray[np.int_]) -> NDArray[np.float64]:
    """Mean score of each column of values[n, Q], Vet ej left out: the formula without any protection."""
    valid = values > 0
    points: NDArray[np.float64] = (values * valid).sum(axis=0) / valid.sum(axis=0)
    return (points - 1) / 5 * 100
