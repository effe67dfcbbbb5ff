"""Benchmarks: what the worker compares, and what one organisation sees of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from db.models import Benchmark as Row
from db.models import Measurement, Organisation, Placement, Release, ReleasedUnit
from dimios_dash.domain.benchmark import Benchmark
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import ResultsScope, SystemScope
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import OrganisationId, StatementKey

SECTOR_POOL = "sector:"


@dataclass(frozen=True, slots=True)
class PoolBenchmark:
    """What the others of a pool reached in a year, the own organisation left out."""

    pool: str  # "sector:kommun"
    year: int
    computed_on: date
    organisations: int  # others in the pool; below five there are no values
    synthetic: bool  # at least one of them is made up
    values: Mapping[str, Benchmark]  # by "index", "F", "F1", "F1.1"; without those fewer than five others show


@dataclass(frozen=True, slots=True)
class RootResult:
    """A whole organisation's released result of a year."""

    organisation_id: OrganisationId
    sector: Sector
    synthetic: bool
    instrument_version: str
    answered: int
    means: Mapping[StatementKey, float | None]


def of_results(session: Session, scope: ResultsScope) -> PoolBenchmark | None:
    """The other organisations of the sector in the scope's year; None where nothing has been computed."""
    row = session.scalar(
        select(Row)
        .join(Organisation, Organisation.id == Row.organisation_id)
        .where(
            Row.organisation_id == scope.organisation_id,
            Row.year == scope.year,
            Row.pool == literal(SECTOR_POOL) + Organisation.sector,
        )
    )
    if row is None:
        return None
    return PoolBenchmark(row.pool, row.year, row.computed_on, row.organisations, row.synthetic, _values(row))


def released_roots(session: Session, _scope: SystemScope, year: int) -> list[RootResult]:
    """One result for each organisation of the platform with a release of the year."""
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.sector,
            Organisation.synthetic,
            Measurement.instrument_version,
            ReleasedUnit.answered,
            Release.statements,
            ReleasedUnit.mean,
        )
        .join(Measurement, Measurement.organisation_id == Organisation.id)
        .join(
            Placement,
            (Placement.organisation_id == Organisation.id) & (Placement.measurement_id == Measurement.id),
        )
        .join(
            ReleasedUnit,
            (ReleasedUnit.organisation_id == Organisation.id)
            & (ReleasedUnit.measurement_id == Measurement.id)
            & (ReleasedUnit.unit_id == Placement.unit_id),
        )
        .join(Release, (Release.organisation_id == Organisation.id) & (Release.measurement_id == Measurement.id))
        .where(
            Measurement.year == year,
            Measurement.state == MeasurementState.RELEASED,
            Placement.parent_id.is_(None),
        )
        .order_by(Organisation.id)
    )
    return [
        RootResult(OrganisationId(id_), Sector(sector), synthetic, version, answered, _means(statements, mean))
        for id_, sector, synthetic, version, answered, statements, mean in rows
    ]


def _means(statements: Sequence[str], means: Sequence[float | None]) -> dict[StatementKey, float | None]:
    return {StatementKey(key): mean for key, mean in zip(statements, means, strict=True)}


def _values(row: Row) -> dict[str, Benchmark]:
    columns = (row.counts, row.mean, row.lower_quartile, row.median, row.upper_quartile)
    return {key: Benchmark(*values) for key, *values in zip(row.keys, *columns, strict=True)}
