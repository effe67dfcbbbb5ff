"""How releases of earlier years compare with the one in the scope, in its tree: stored by the worker, tested once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, aliased

from db.models import Measurement, Placement, RegroupedUnit, Release, YearComparison
from db.queries.regrouped_years import RegroupedMean
from db.released_branch import STATEMENTS_KEPT
from dimios_dash import instruments
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.statistics import level_columns
from dimios_dash.domain.statistics.interval import ACCEPTED_RISK, Interval
from dimios_dash.ids import StatementKey, UnitId


@dataclass(frozen=True, slots=True)
class Change:
    """One statement or level of one unit, later less earlier. Only this module makes it."""

    difference: float  # points, one decimal; statements that both years show
    margin: float | None  # half the 95 % interval; None, as all that follows, where no spread is known
    adjusted_p: float | None
    hedges_g: float | None
    smallest: float | None  # points that would be certain by themselves, with so many answers

    @property
    def certain(self) -> bool:
        """More than chance, after everything that was compared at the same time has been allowed for."""
        return self.adjusted_p is not None and self.adjusted_p <= ACCEPTED_RISK

    @property
    def interval(self) -> Interval | None:
        """95 % around the difference, of this comparison by itself."""
        if self.margin is None:
            return None
        return Interval(self.difference - self.margin, self.difference + self.margin)


@dataclass(frozen=True, slots=True)
class ComparedUnit:
    """One unit of the scope's tree beside one earlier year, both as the organisation is now."""

    year: int
    instrument_version: str  # of that year
    means: Mapping[StatementKey, RegroupedMean]  # of that year
    answered_before: int  # respondents then of what belongs to the unit now; 0 where nothing can be compared
    same_people: bool  # they are those who answered in the unit then: as it was and as it is now are one
    changes: Mapping[str, Change]  # by key of statement, category, dimension and index; those that can be compared


_Compared = Select[str, list[float | None], list[int], YearComparison, int, str, list[str], str]


def of_unit(session: Session, scope: ResultsScope) -> dict[int, ComparedUnit]:
    """The scope's unit beside every earlier released year, oldest first; `changes` are empty where it has none."""
    return {row.year: _unit(row) for row in session.execute(_of_unit(scope))}


@lru_cache(STATEMENTS_KEPT)
def _of_unit(scope: ResultsScope) -> _Compared:
    return _compared(scope).where(RegroupedUnit.unit_id == scope.unit_id).order_by(Measurement.year)


def of_children(session: Session, scope: ResultsScope, year: int) -> dict[UnitId, ComparedUnit]:
    """Every unit directly below the scope's, beside one earlier year; empty for a year that is none."""
    return {UnitId(row.unit_id): _unit(row) for row in session.execute(_of_children(scope, year))}


@lru_cache(STATEMENTS_KEPT)
def _of_children(scope: ResultsScope, year: int) -> _Compared:
    below = (
        (Placement.organisation_id == RegroupedUnit.organisation_id)
        & (Placement.measurement_id == RegroupedUnit.later_id)
        & (Placement.unit_id == RegroupedUnit.unit_id)
        & (Placement.parent_id == scope.unit_id)
    )
    return _compared(scope).join(Placement, below).where(Measurement.year == year)


def _compared(scope: ResultsScope) -> _Compared:
    """Units beside earlier years in the scope's tree, and how they compare where they do."""
    later = aliased(Measurement)
    tables = RegroupedUnit, Measurement, Release, later
    return (
        select(
            RegroupedUnit.unit_id,
            RegroupedUnit.mean,
            RegroupedUnit.whole,
            YearComparison,
            Measurement.year,
            Measurement.instrument_version,
            Release.statements,
            later.instrument_version.label("later_version"),
        )
        .join(Measurement, Measurement.id == RegroupedUnit.measurement_id)
        .join(Release, Release.measurement_id == RegroupedUnit.measurement_id)
        .join(later, later.id == RegroupedUnit.later_id)
        .outerjoin(YearComparison, _of_the_same())
        .where(
            RegroupedUnit.later_id == scope.measurement_id,
            *(table.organisation_id == scope.organisation_id for table in tables),
        )
    )


def _of_the_same() -> ColumnElement[bool]:
    """Joins a unit in an earlier year with its comparison."""
    columns = "organisation_id", "measurement_id", "later_id", "unit_id"
    return and_(*(getattr(YearComparison, name) == getattr(RegroupedUnit, name) for name in columns))


def _unit(row: Any) -> ComparedUnit:
    packed: YearComparison | None = row.YearComparison
    means = RegroupedMean.by_statement(row.statements, row.mean, row.whole)
    if packed is None:
        return ComparedUnit(row.year, row.instrument_version, means, 0, same_people=False, changes={})
    changes = _changes(packed, row.later_version)
    return ComparedUnit(row.year, row.instrument_version, means, packed.answered_before, packed.same_people, changes)


def _changes(packed: YearComparison, later_version: str) -> dict[str, Change]:
    keys = level_columns.keys(instruments.load(later_version))
    columns = packed.difference, packed.margin, packed.adjusted_p, packed.hedges_g, packed.smallest
    return {
        key: Change(difference, *rest)
        for key, difference, *rest in zip(keys, *columns, strict=True)
        if difference is not None
    }
