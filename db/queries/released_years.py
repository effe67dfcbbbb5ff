"""One unit through the years: what each release says of it, in the tree of that year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, Select, select
from sqlalchemy.orm import Session, aliased

from db.models import Measurement, Placement, Release, ReleasedUnit
from db.released_branch import STATEMENTS_KEPT
from db.role_group import RoleGroup
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import StatementKey


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A unit's released numbers of one year."""

    year: int
    k: int
    instrument_version: str
    answered: int
    means: Mapping[StatementKey, float | None]  # 0-100, one decimal; None where that year's release hides it


@dataclass(frozen=True, slots=True)
class UnitRoleMeans:
    """A unit's means by role type of one year, of the groups that are shown."""

    answered: Mapping[RoleGroup, int]  # respondents
    means: Mapping[StatementKey, Mapping[RoleGroup, float]]  # 0-100, one decimal


def of_unit(session: Session, scope: ResultsScope) -> tuple[UnitYear, ...]:
    """Every released year whose tree has the scope's unit within the user's branch, oldest first; the scope's too."""
    of_measurement = Measurement.year, Measurement.k, Measurement.instrument_version
    rows = session.execute(
        _every_year(scope, *of_measurement, ReleasedUnit.answered, ReleasedUnit.mean, Release.statements)
    )
    return tuple(
        UnitYear(row.year, row.k, row.instrument_version, row.answered, _means(row.statements, row.mean))
        for row in rows
    )


def role_means_of_unit(session: Session, scope: ResultsScope) -> dict[int, UnitRoleMeans]:
    """The same years, oldest first; nothing in a year that shows no means by role type of the unit."""
    columns = Measurement.year, ReleasedUnit.role_answered, ReleasedUnit.role_mean
    rows = session.execute(_every_year(scope, *columns, Release.statements))
    return {
        row.year: UnitRoleMeans(
            RoleGroup.counted(row.role_answered),
            {
                StatementKey(key): {
                    group: mean for group, mean in zip(RoleGroup, means, strict=True) if mean is not None
                }
                for key, means in zip(row.statements, row.role_mean or (), strict=False)
            },
        )
        for row in rows
    }


def dont_know_of_unit(session: Session, scope: ResultsScope) -> dict[int, Mapping[StatementKey, float | None]]:
    """The same years, oldest first: shares of Vet ej, 0-1; None where that year's release hides it."""
    rows = session.execute(_every_year(scope, Measurement.year, ReleasedUnit.dont_know, Release.statements))
    return {row.year: _means(row.statements, row.dont_know or [None] * len(row.statements)) for row in rows}


@lru_cache(STATEMENTS_KEPT)
def _every_year(scope: ResultsScope, *columns: Any) -> Select[Any]:
    above = _upwards(scope)
    highest = above.c.parent_id.is_(None) if scope.branch is None else above.c.unit_id == scope.branch
    return (
        select(*columns)
        .join(above, above.c.measurement_id == Measurement.id)
        .join(Release, Release.measurement_id == Measurement.id)
        .join(ReleasedUnit, ReleasedUnit.measurement_id == Measurement.id)
        .where(
            highest,
            Measurement.state == MeasurementState.RELEASED,
            ReleasedUnit.unit_id == scope.unit_id,
            *(table.organisation_id == scope.organisation_id for table in (Measurement, Release, ReleasedUnit)),
        )
        .order_by(Measurement.year)
    )


def _means(statements: list[str], means: list[float | None]) -> Mapping[StatementKey, float | None]:
    return {StatementKey(key): mean for key, mean in zip(statements, means, strict=True)}


def _upwards(scope: ResultsScope) -> CTE:
    """The scope's unit and every unit above it, in each of the organisation's measurements."""
    columns = (Placement.measurement_id, Placement.unit_id, Placement.parent_id)
    here = (Placement.organisation_id == scope.organisation_id) & (Placement.unit_id == scope.unit_id)
    above = select(*columns).where(here).cte("above", recursive=True)
    parent = aliased(Placement)
    return above.union_all(
        select(parent.measurement_id, parent.unit_id, parent.parent_id).where(
            parent.organisation_id == scope.organisation_id,
            parent.measurement_id == above.c.measurement_id,
            parent.unit_id == above.c.parent_id,
        )
    )
