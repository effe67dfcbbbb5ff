"""The trees that measurements were started with, as the organisation's units were then."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models import Measurement, Placement
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import DeskScope, ResultsScope
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.errors import NotFound
from dimios_dash.ids import UnitId

_UNFROZEN = (MeasurementState.DRAFT, MeasurementState.CANCELLED)
_NO_TREE = "Det året har ingen mätning med ett träd. Gå tillbaka och välj ett annat år."


def years(session: Session, scope: DeskScope) -> list[int]:
    """Years whose measurement has started, newest first."""
    found = session.scalars(
        select(Measurement.year)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.state.not_in(_UNFROZEN))
        .distinct()
        .order_by(Measurement.year.desc())
    )
    return [*found]


def of_year(session: Session, scope: DeskScope, year: int) -> list[Unit]:
    """All units of the year's tree, those outside the scope's branch too. Raises NotFound for a year without one."""
    if year not in years(session, scope):
        raise NotFound(_NO_TREE)
    rows = session.scalars(
        select(Placement)
        .join(
            Measurement,
            (Measurement.organisation_id == Placement.organisation_id) & (Measurement.id == Placement.measurement_id),
        )
        .where(
            Placement.organisation_id == scope.organisation_id,
            Measurement.year == year,
            Measurement.state.not_in(_UNFROZEN),
        )
        .order_by(Placement.position, Placement.unit_id)
    )
    return [_unit(row) for row in rows]


def of_years(session: Session, scope: ResultsScope, years: Collection[int]) -> dict[int, list[Unit]]:
    """The trees of released measurements of these years, those that there are; units outside the branch too."""
    rows = session.execute(
        select(
            Placement.unit_id,
            Placement.parent_id,
            Placement.name,
            Placement.activity,
            Placement.employees,
            Placement.position,
            Measurement.year,
        )
        .join(
            Measurement,
            (Measurement.organisation_id == Placement.organisation_id) & (Measurement.id == Placement.measurement_id),
        )
        .where(
            Placement.organisation_id == scope.organisation_id,
            Measurement.year.in_(years),
            Measurement.state == MeasurementState.RELEASED,
        )
        .order_by(Placement.position, Placement.unit_id)
    )
    found: dict[int, list[Unit]] = {}
    for row in rows:
        found.setdefault(row.year, []).append(_unit(row))
    return found


def _unit(row: Placement | Row[*tuple[Any, ...]]) -> Unit:
    parent = None if row.parent_id is None else UnitId(row.parent_id)
    return Unit(UnitId(row.unit_id), parent, row.name, Activity(row.activity), row.employees, row.position)
