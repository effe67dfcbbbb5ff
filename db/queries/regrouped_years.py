"""Earlier years as the organisation is now: in the tree of the measurement one looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Measurement, RegroupedUnit, Release
from db.released_branch import from_highest_down
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.ids import StatementKey, UnitId


@dataclass(frozen=True, slots=True)
class RegroupedMean:
    """What an earlier release says of a unit of today on one statement."""

    mean: float | None  # 0-100, one decimal; None where the earlier year holds no group that lies wholly in the unit
    whole: bool  # all who belonged to the unit's branch are counted in it: fit for a comparison of years

    @classmethod
    def by_statement(
        cls, statements: Iterable[str], means: Iterable[float | None], whole: Iterable[int]
    ) -> dict[StatementKey, Self]:
        """Of the arrays of one stored unit."""
        cells = zip(statements, means, whole, strict=True)
        return {StatementKey(key): cls(mean, bool(fit)) for key, mean, fit in cells}


@dataclass(frozen=True, slots=True)
class RegroupedYear:
    """One earlier year in the later tree."""

    year: int
    instrument_version: str
    units: Mapping[UnitId, Mapping[StatementKey, RegroupedMean]]


def of_release(session: Session, scope: ResultsScope) -> tuple[RegroupedYear, ...]:
    """Every released year before the scope's, oldest first, for the units from the user's highest down."""
    below = from_highest_down(scope)
    rows = session.execute(
        select(
            Measurement.year,
            Measurement.instrument_version,
            Release.statements,
            RegroupedUnit.unit_id,
            RegroupedUnit.mean,
            RegroupedUnit.whole,
        )
        .join(below, below.c.unit_id == RegroupedUnit.unit_id)
        .join(Release, Release.measurement_id == RegroupedUnit.measurement_id)
        .join(Measurement, Measurement.id == RegroupedUnit.measurement_id)
        .where(
            RegroupedUnit.later_id == scope.measurement_id,
            *(table.organisation_id == scope.organisation_id for table in (RegroupedUnit, Release, Measurement)),
        )
        .order_by(Measurement.year)
    )
    return tuple(_years(rows))


def _years(
    rows: Iterable[Any],
) -> Iterator[RegroupedYear]:
    for (year, version), units in groupby(rows, key=lambda row: (row.year, row.instrument_version)):
        yield RegroupedYear(
            year,
            version,
            {UnitId(row.unit_id): RegroupedMean.by_statement(row.statements, row.mean, row.whole) for row in units},
        )
