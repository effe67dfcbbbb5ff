"""Stores what pools of organisations reach, frozen until a later fixed date, and whom each was counted from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from db.models import Benchmark as Row
from db.models import ToldPool
from dimios_dash.domain.benchmark import Benchmark
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import PLATFORM, OrganisationId


@dataclass(frozen=True, slots=True)
class PoolOfOthers:
    """What one organisation may see of the others in a pool; without values where they are too few.

    The platform's own leaves nobody out: it is for all who are not in the pool.
    """

    organisation_id: OrganisationId
    pool: str
    organisations: int
    synthetic: bool
    values: Mapping[str, Benchmark]


def replace_pools(
    session: Session,
    _scope: SystemScope,
    year: int,
    replaced: Collection[str],
    pools: Sequence[PoolOfOthers],
    day: date,
) -> None:
    """These instead of what the replaced pools of the year told; the year's other pools stay as they are."""
    session.execute(delete(Row).where(Row.year == year, Row.pool.in_(replaced)))
    if pools:
        session.execute(insert(Row), [_row(pool, year, day) for pool in pools])


def remember(
    session: Session, _scope: SystemScope, year: int, told: Mapping[str, Collection[OrganisationId]], day: date
) -> None:
    """Keep for good whose results were told of on a fixed date."""
    row = {"organisation_id": PLATFORM, "year": year, "computed_on": day}
    session.execute(
        insert(ToldPool), [{**row, "pool": pool, "members": sorted(members)} for pool, members in told.items()]
    )


def _row(pool: PoolOfOthers, year: int, day: date) -> dict[str, object]:
    values = list(pool.values.values())
    return {
        "organisation_id": pool.organisation_id,
        "year": year,
        "pool": pool.pool,
        "computed_on": day,
        "organisations": pool.organisations,
        "synthetic": pool.synthetic,
        "keys": list(pool.values),
        "counts": [value.organisations for value in values],
        "mean": [value.mean for value in values],
        "lower_quartile": [value.lower_quartile for value in values],
        "median": [value.median for value in values],
        "upper_quartile": [value.upper_quartile for value in values],
        "sd": [value.sd for value in values],
        "place": [value.place for value in values],
    }
