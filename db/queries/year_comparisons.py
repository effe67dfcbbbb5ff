"""How releases of earlier years compare with the one in the scope, in its tree: stored by the worker, tested once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from db.models import Measurement, Placement, YearComparison
from dimios_dash import instruments
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.statistics import level_columns
from dimios_dash.domain.statistics.interval import ACCEPTED_RISK, Interval
from dimios_dash.ids import UnitId


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
    """One unit of the scope's tree beside one earlier year."""

    answered_before: int  # respondents then of what belongs to the unit now
    same_people: bool  # they are those who answered in the unit then: as it was and as it is now are one
    changes: Mapping[str, Change]  # by key of statement, category, dimension and index; those that can be compared


def of_unit(session: Session, scope: ResultsScope) -> dict[int, ComparedUnit]:
    """The scope's unit beside each earlier year, oldest first; without years that it cannot be compared with."""
    here = YearComparison.unit_id == scope.unit_id
    rows = session.execute(_compared(scope).where(here).order_by(Measurement.year))
    return {row.year: _unit(row) for row in rows}


def of_children(session: Session, scope: ResultsScope, year: int) -> dict[UnitId, ComparedUnit]:
    """The units directly below the scope's, beside one earlier year; without those that cannot be compared."""
    below = (
        (Placement.organisation_id == YearComparison.organisation_id)
        & (Placement.measurement_id == YearComparison.later_id)
        & (Placement.unit_id == YearComparison.unit_id)
        & (Placement.parent_id == scope.unit_id)
    )
    rows = session.execute(_compared(scope).join(Placement, below).where(Measurement.year == year))
    return {UnitId(row.YearComparison.unit_id): _unit(row) for row in rows}


def _compared(scope: ResultsScope) -> Select[YearComparison, int, str]:
    """Earlier years beside the scope's measurement: the row, the earlier year, the version of the later instrument."""
    later = aliased(Measurement)
    return (
        select(YearComparison, Measurement.year, later.instrument_version)
        .join(Measurement, Measurement.id == YearComparison.measurement_id)
        .join(later, later.id == YearComparison.later_id)
        .where(
            YearComparison.later_id == scope.measurement_id,
            *(table.organisation_id == scope.organisation_id for table in (YearComparison, Measurement, later)),
        )
    )


def _unit(row: Row[YearComparison, int, str]) -> ComparedUnit:
    packed: YearComparison = row.YearComparison
    keys = level_columns.keys(instruments.load(row.instrument_version))
    columns = packed.difference, packed.margin, packed.adjusted_p, packed.hedges_g, packed.smallest
    changes = {
        key: Change(difference, *rest)
        for key, difference, *rest in zip(keys, *columns, strict=True)
        if difference is not None
    }
    return ComparedUnit(packed.answered_before, packed.same_people, changes)
