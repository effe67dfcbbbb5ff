"""What has changed in every unit of a branch since the nearest earlier year, as arrays: for many units at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import Row, Text, func, select
from sqlalchemy.orm import Session

from db.models import Measurement, YearComparison
from db.released_branch import from_highest_down
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.statistics.interval import ACCEPTED_RISK
from dimios_dash.ids import UnitId


@dataclass(frozen=True, slots=True, eq=False)
class BranchChanges:
    """Differences from one earlier year, in the columns of `level_columns`; those of `year_comparisons`."""

    year: int
    places: Mapping[UnitId, int]  # which row is a unit's; without units that cannot be compared
    difference: NDArray[np.float64]  # [units, levels] points, one decimal; NaN where it cannot be compared
    certain: NDArray[np.bool_]  # [units, levels] more than chance, after everything that was compared with it

    def of(self, units: Sequence[UnitId]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """The rows of these units; NaN and False for one that cannot be compared."""
        unknown = len(self.places)
        rows = [self.places.get(unit, unknown) for unit in units]
        levels = self.difference.shape[1]
        difference = np.vstack([self.difference, np.full((1, levels), np.nan)])
        certain = np.vstack([self.certain, np.zeros((1, levels), dtype=np.bool_)])
        return difference[rows], certain[rows]


def since_last_time(session: Session, scope: ResultsScope) -> BranchChanges | None:
    """Units from the user's highest down beside the nearest year that anything can be compared with."""
    packed = func.json_build_array(YearComparison.difference, YearComparison.adjusted_p).cast(Text)
    found = (
        select(Measurement.year, YearComparison.unit_id, packed.label("packed"))
        .join(Measurement, Measurement.id == YearComparison.measurement_id)
        .where(
            YearComparison.later_id == scope.measurement_id,
            *(table.organisation_id == scope.organisation_id for table in (YearComparison, Measurement)),
            Measurement.year == _nearest_year(scope),
        )
    )
    if scope.branch is not None:  # of the whole tree there is nothing to leave out, and thousands to compare with
        below = from_highest_down(scope)
        found = found.join(below, below.c.unit_id == YearComparison.unit_id)
    rows = session.execute(found).all()
    return _changes(rows) if rows else None


def _nearest_year(scope: ResultsScope) -> Any:
    return (
        select(func.max(Measurement.year))
        .join(
            YearComparison,
            (YearComparison.organisation_id == Measurement.organisation_id)
            & (YearComparison.measurement_id == Measurement.id),
        )
        .where(Measurement.organisation_id == scope.organisation_id, YearComparison.later_id == scope.measurement_id)
        .scalar_subquery()
    )


def _changes(rows: Sequence[Row[int, str, str]]) -> BranchChanges:
    difference, adjusted_p = zip(*orjson.loads(f"[{','.join(row.packed for row in rows)}]"), strict=True)
    p = np.array(adjusted_p, dtype=np.float64)
    return BranchChanges(
        rows[0].year,
        {UnitId(row.unit_id): place for place, row in enumerate(rows)},
        np.array(difference, dtype=np.float64),
        p <= ACCEPTED_RISK,  # of NaN it is False
    )
