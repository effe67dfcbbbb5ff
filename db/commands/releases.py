"""Stores what the disclosure control has let through, once per measurement. Only tallying calls it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import SystemRandom

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db.models import Measurement, Release, ReleasedPiece, ReleasedUnit
from dimios_dash.domain import disclosure
from dimios_dash.domain.calendar import MeasurementState, advance
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tree import Tree
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, StatementKey, UnitId


@dataclass(frozen=True, slots=True)
class ClosedMeasurement:
    """What a tally must know of the measurement it counts."""

    year: int
    k: int
    instrument_version: str


@dataclass(frozen=True, slots=True, eq=False)
class Tallied:
    """A release that has passed the gate, and what is told beside it."""

    statements: tuple[StatementKey, ...]  # [Q], the order of the release's columns
    tree: Tree
    release: disclosure.Release
    invited: Mapping[UnitId, int] | None  # by e-mail in each unit itself; None where it is not known
    skipped_ballots: int


def lock_closed(
    session: Session, scope: SystemScope, measurement_id: MeasurementId, today: date
) -> ClosedMeasurement | None:
    """The closed measurement, held until the transaction ends; None where it is released already.

    Raises NotFound, and Invalid where it is not closed.
    """
    held = session.execute(
        select(Measurement.state, Measurement.year, Measurement.k, Measurement.instrument_version)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id)
        .with_for_update()
    ).one_or_none()
    if held is None:
        raise NotFound("Mätningen finns inte längre. Ingenting har publicerats.")
    if held.state == MeasurementState.RELEASED:
        return None
    advance(MeasurementState(held.state), MeasurementState.RELEASED, held.year, today)
    return ClosedMeasurement(held.year, held.k, held.instrument_version)


def store(session: Session, scope: SystemScope, measurement_id: MeasurementId, tallied: Tallied, today: date) -> None:
    """Write the release, in an order that means nothing, and make the measurement released."""
    owner = {"organisation_id": scope.organisation_id, "measurement_id": measurement_id}
    session.execute(
        insert(Release).values(**owner, statements=list(tallied.statements), skipped_ballots=tallied.skipped_ballots)
    )
    session.execute(insert(ReleasedUnit), _shuffled(owner, _units(tallied)))
    session.execute(insert(ReleasedPiece), _shuffled(owner, _pieces(tallied)))
    session.execute(
        update(Measurement)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id)
        .values(state=MeasurementState.RELEASED.value, released_on=today)
    )


def _shuffled(owner: Mapping[str, object], rows: list[dict[str, object]]) -> list[dict[str, object]]:
    shuffled = [{**owner, **row} for row in rows]
    SystemRandom().shuffle(shuffled)
    return shuffled


def _units(tallied: Tallied) -> list[dict[str, object]]:
    """One row per unit of the tree: what may be shown."""
    made, ids = tallied.release, tallied.tree.ids
    invited = _invited_below(tallied)
    return [
        {
            "unit_id": unit_id,
            "answered": int(made.answered[index]),
            "invited": None if invited is None else int(invited[index]),
            "mean": [None if math.isnan(mean) else mean for mean in made.mean[index].tolist()],
            "hidden": made.hidden[index].tolist(),
            "home": [None if home < 0 else ids[home] for home in made.home[index].tolist()],
            "lifted": made.lifted[index].astype(int).tolist(),
            "bound": made.bound[index].tolist(),
        }
        for index, unit_id in enumerate(ids)
    ]


def _invited_below(tallied: Tallied) -> NDArray[np.int64] | None:
    """Invited in each unit and below it, int64[N]; None where it is not known."""
    if tallied.invited is None:
        return None
    own = np.array([tallied.invited.get(unit, 0) for unit in tallied.tree.ids], dtype=np.int64)
    return tallied.tree.rollup(own)


def _pieces(tallied: Tallied) -> list[dict[str, object]]:
    """One row per unit of the tree: what is kept for later trees and never shown."""
    made = tallied.release
    return [
        {"unit_id": unit_id, "n": made.piece_n[index].tolist(), "total": made.piece_sum[index].tolist()}
        for index, unit_id in enumerate(tallied.tree.ids)
    ]
