"""What a release says of the measurement as a whole: how much respondents differ, how well categories hold together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Release
from db.unpacking import spreads_of
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.statistics.pooled_spread import PooledSpread
from dimios_dash.domain.tallied import ReleasedReliability


@dataclass(frozen=True, slots=True)
class ReleasedStatistics:
    """Of the whole organisation, whichever branch one looks at."""

    spreads: Mapping[str, PooledSpread]  # by key of statement, category, dimension and index; those that have one
    reliability: Mapping[str, ReleasedReliability]  # by category; those that enough have answered in full


def of_release(session: Session, scope: ResultsScope) -> ReleasedStatistics:
    """Empty where too few have answered."""
    packed = session.scalars(
        select(Release).where(
            Release.organisation_id == scope.organisation_id, Release.measurement_id == scope.measurement_id
        )
    ).one()
    columns = packed.reliability_keys, packed.alpha, packed.omega, packed.alpha_low, packed.alpha_high
    return ReleasedStatistics(
        spreads_of(packed),
        {key: ReleasedReliability(*numbers) for key, *numbers in zip(*columns, strict=True)},
    )
