"""Benchmarks: what the worker compares, and what one organisation sees of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from db.models import Benchmark as Row
from db.models import Measurement, Organisation, Placement, Release, ReleasedUnit
from dimios_dash.domain.benchmark import DONT_KNOW, Benchmark
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.comparing.county import County
from dimios_dash.domain.comparing.size_class import SizeClass, size_class
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.scopes import ResultsScope, SystemScope
from dimios_dash.domain.sector import Sector
from dimios_dash.ids import PLATFORM, OrganisationId, StatementKey

_SECTOR_POOL: Final = "sector:"


@dataclass(frozen=True, slots=True)
class PoolBenchmark:
    """What the others of a pool reached in a year, the own organisation left out."""

    pool: str  # "sector:kommun": domain.comparing.pools
    year: int
    computed_on: date
    organisations: int  # others in the pool
    synthetic: bool  # at least one of them is made up
    values: Mapping[str, Benchmark]  # by "index", "F", "F1", "F1.1"; none where too few would be left in a difference
    dont_know: Mapping[str, Benchmark]  # Vet ej, per cent: by "alla", "F1.1"; none also where anybody's share is hidden
    among: bool = False  # the own organisation belongs to the pool, and has a place in it


@dataclass(frozen=True, slots=True)
class RootResult:
    """A whole organisation's released result of a year, and which pools it belongs to."""

    organisation_id: OrganisationId
    name: str
    sector: Sector
    size: SizeClass | None
    county: County | None
    focus: StrategyFocus | None
    synthetic: bool
    instrument_version: str
    answered: int
    means: Mapping[StatementKey, float | None]
    dont_know: Mapping[StatementKey, float | None]  # 0-1


def of_results(session: Session, scope: ResultsScope) -> PoolBenchmark | None:
    """The other organisations of the sector in the scope's year; None where nothing has been computed."""
    row = session.scalar(
        select(Row)
        .join(Organisation, Organisation.id == scope.organisation_id)
        .where(_told_to(scope), Row.pool == literal(_SECTOR_POOL) + Organisation.sector)
        .order_by(Row.organisation_id == PLATFORM)
        .limit(1)
    )
    return None if row is None else _pool(row)


def pools(session: Session, scope: ResultsScope) -> tuple[PoolBenchmark, ...]:
    """Every pool of the scope's year by its key, those with too few to be told included; own left out where it is in.

    Before the first fixed date after the first release there is none.
    """
    rows = session.scalars(
        select(Row)
        .ext(distinct_on(Row.pool))
        .where(_told_to(scope))
        .order_by(Row.pool, Row.organisation_id == PLATFORM)
    )
    return tuple(_pool(row) for row in rows)


def _told_to(scope: ResultsScope) -> ColumnElement[bool]:
    """Rows made for the organisation, and those that leave nobody out, of the year."""
    return Row.organisation_id.in_((scope.organisation_id, PLATFORM)) & (Row.year == scope.year)


def released_roots(session: Session, _scope: SystemScope, year: int, until: date) -> list[RootResult]:
    """One result for each organisation of the platform with a release of the year, let out `until` that day."""
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.sector,
            Organisation.employees,
            Organisation.county,
            Organisation.synthetic,
            Measurement.instrument_version,
            Measurement.strategy_focus,
            ReleasedUnit.answered,
            Release.statements,
            ReleasedUnit.mean,
            ReleasedUnit.dont_know,
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
            Measurement.released_on <= until,
            Placement.parent_id.is_(None),
        )
        .order_by(Organisation.id)
    )
    return [_root(row) for row in rows]


def _root(row: Any) -> RootResult:
    return RootResult(
        OrganisationId(row.id),
        row.name,
        Sector(row.sector),
        size_class(row.employees),
        None if row.county is None else County(row.county),
        None if row.strategy_focus is None else StrategyFocus(row.strategy_focus),
        row.synthetic,
        row.instrument_version,
        row.answered,
        {StatementKey(key): mean for key, mean in zip(row.statements, row.mean, strict=True)},
        {StatementKey(key): share for key, share in zip(row.statements, row.dont_know or [], strict=False)},
    )


def _pool(row: Row) -> PoolBenchmark:
    facts, told = (row.pool, row.year, row.computed_on, row.organisations, row.synthetic), _values(row)
    shares = {key.removeprefix(DONT_KNOW): value for key, value in told.items() if key.startswith(DONT_KNOW)}
    means = {key: value for key, value in told.items() if not key.startswith(DONT_KNOW)}
    return PoolBenchmark(*facts, means, shares, row.organisation_id != PLATFORM)


def _values(row: Row) -> dict[str, Benchmark]:
    places = row.place or [None] * len(row.keys)  # computed before places were
    deviations = row.sd or [None] * len(row.keys)
    columns = (row.counts, row.mean, row.lower_quartile, row.median, row.upper_quartile, places, deviations)
    return {key: Benchmark(*values) for key, *values in zip(row.keys, *columns, strict=True)}
