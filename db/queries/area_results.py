"""The activity areas of organisations that show them to others, out of their releases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Measurement, Placement, Release, ReleasedUnit
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.comparing.areas import areas
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.scoring import Means
from dimios_dash.ids import OrganisationId, StatementKey, UnitId

Areas = Mapping[Activity, Means]


@dataclass(frozen=True, slots=True)
class _Unit:
    unit_id: UnitId
    parent_id: UnitId | None
    activity: str
    answered: int
    means: Means


def of_year(
    session: Session, _scope: SystemScope, year: int, organisations: Collection[OrganisationId]
) -> Mapping[OrganisationId, Areas]:
    """Released means of each area of these organisations in the year; without those that show none."""
    rows = session.execute(
        select(Placement, ReleasedUnit.answered, ReleasedUnit.mean, Release.statements)
        .join(
            Measurement,
            (Measurement.organisation_id == Placement.organisation_id) & (Measurement.id == Placement.measurement_id),
        )
        .join(
            ReleasedUnit,
            (ReleasedUnit.organisation_id == Placement.organisation_id)
            & (ReleasedUnit.measurement_id == Placement.measurement_id)
            & (ReleasedUnit.unit_id == Placement.unit_id),
        )
        .join(
            Release,
            (Release.organisation_id == Placement.organisation_id)
            & (Release.measurement_id == Placement.measurement_id),
        )
        .where(
            Placement.organisation_id.in_(organisations),
            Measurement.year == year,
            Measurement.state == MeasurementState.RELEASED,
        )
        .order_by(Placement.organisation_id, Placement.position, Placement.unit_id)
    )
    by_organisation = groupby(rows, key=lambda row: OrganisationId(row.Placement.organisation_id))
    found = {owner: _parents_first([_unit(row) for row in units]) for owner, units in by_organisation}
    return {owner: areas(units, units[0].unit_id) for owner, units in found.items()}


def _unit(row: Any) -> _Unit:
    place = row.Placement
    return _Unit(
        UnitId(place.unit_id),
        None if place.parent_id is None else UnitId(place.parent_id),
        place.activity,
        row.answered,
        {StatementKey(key): mean for key, mean in zip(row.statements, row.mean, strict=True)},
    )


def _parents_first(units: Iterable[_Unit]) -> list[_Unit]:
    """The whole, then its units, then theirs."""
    below: dict[UnitId | None, list[_Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    found = list(below.get(None, []))
    for unit in found:
        found.extend(below.get(unit.unit_id, []))
    return found
