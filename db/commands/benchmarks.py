"""Stores the benchmarks of a year, frozen until they are computed anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from db.models import Benchmark as Row
from dimios_dash.domain.benchmark import Benchmark
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import OrganisationId


@dataclass(frozen=True, slots=True)
class PoolOfOthers:
    """What one organisation may see of the others in a pool; keys that fewer than five others show are not there."""

    organisation_id: OrganisationId
    pool: str
    organisations: int
    synthetic: bool
    values: Mapping[str, Benchmark]


def replace_year(session: Session, _scope: SystemScope, year: int, pools: Sequence[PoolOfOthers], today: date) -> None:
    """These instead of all the year's benchmarks of the platform."""
    session.execute(delete(Row).where(Row.year == year))
    if pools:
        session.execute(insert(Row), [_row(pool, year, today) for pool in pools])


def _row(pool: PoolOfOthers, year: int, today: date) -> dict[str, object]:
    values = list(pool.values.values())
    return {
        "organisation_id": pool.organisation_id,
        "year": year,
        "pool": pool.pool,
        "computed_on": today,
        "organisations": pool.organisations,
        "synthetic": pool.synthetic,
        "keys": list(pool.values),
        "counts": [value.organisations for value in values],
        "mean": [value.mean for value in values],
        "lower_quartile": [value.lower_quartile for value in values],
        "median": [value.median for value in values],
        "upper_quartile": [value.upper_quartile for value in values],
    }
