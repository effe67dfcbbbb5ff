"""A stored release as a whole, pieces included: for a recalculation and for later trees. *web* may not ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import unpacking
from db.models import Measurement, ReleasedPiece, ReleasedUnit
from db.models import Release as Packed
from db.queries import ballots
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.gate.released import Release
from dimios_dash.domain.instrument import HIGHEST
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.statistics.pooled_spread import PooledSpread
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import MeasurementId, StatementKey

Row = TypeVar("Row", ReleasedUnit, ReleasedPiece)


@dataclass(frozen=True, slots=True, eq=False)
class StoredRelease:
    """What was stored, in the order of its tree and its statements."""

    measurement_id: MeasurementId
    year: int
    statements: tuple[StatementKey, ...]
    tree: Tree
    release: Release
    instrument_version: str
    spreads: Mapping[str, PooledSpread]  # by key of statement, category, dimension and index


def of_measurement(session: Session, scope: SystemScope, measurement_id: MeasurementId) -> StoredRelease:
    """The release of one measurement. Raises NoResultFound for one that is not released."""
    packed, year, version = session.execute(
        select(Packed, Measurement.year, Measurement.instrument_version)
        .join(
            Measurement,
            (Measurement.organisation_id == Packed.organisation_id) & (Measurement.id == Packed.measurement_id),
        )
        .where(Packed.organisation_id == scope.organisation_id, Packed.measurement_id == measurement_id)
    ).one()
    rows = _rows(session, scope, measurement_id)
    return StoredRelease(
        measurement_id,
        year,
        tuple(map(StatementKey, packed.statements)),
        rows.tree,
        unpacking.release_of(rows, HIGHEST),
        version,
        unpacking.spreads_of(packed),
    )


def released(session: Session, scope: SystemScope) -> dict[MeasurementId, int]:
    """Year of each released measurement of the organisation, oldest first."""
    rows = session.execute(
        select(Measurement.id, Measurement.year)
        .where(
            Measurement.organisation_id == scope.organisation_id,
            Measurement.state == MeasurementState.RELEASED,
        )
        .order_by(Measurement.year)
    )
    return {MeasurementId(row.id): row.year for row in rows}


def _rows(session: Session, scope: SystemScope, measurement_id: MeasurementId) -> unpacking.Rows:
    tree = ballots.frozen_tree(session, scope, measurement_id)
    units = _by_unit(session, scope, measurement_id, ReleasedUnit)
    pieces = _by_unit(session, scope, measurement_id, ReleasedPiece)
    return unpacking.Rows(tree, [units[each] for each in tree.ids], [pieces[each] for each in tree.ids])


def _by_unit(session: Session, scope: SystemScope, measurement_id: MeasurementId, table: type[Row]) -> dict[str, Row]:
    rows = session.scalars(
        select(table).where(table.organisation_id == scope.organisation_id, table.measurement_id == measurement_id)
    )
    return {row.unit_id: row for row in rows}
