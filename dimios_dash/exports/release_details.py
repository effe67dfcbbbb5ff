"""What is finer than means, as entries of a release file: in the order of units, then of statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from db.queries.released_details import ReleasedDetail
from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.domain.gate.split_blunting import Bound
from dimios_dash.domain.statistics.interval import Interval
from dimios_dash.domain.statistics.pooled_spread import PooledSpread
from dimios_dash.domain.statistics.released_interval import interval_of_unit
from dimios_dash.domain.statistics.uncertainty import interval_of_share
from dimios_dash.exports.release_entries import DistributionEntry, DontKnowEntry, SplitEntry
from dimios_dash.ids import UnitId

Details = Mapping[UnitId, Sequence[ReleasedDetail]]

AT_BOUND: Final = {
    int(Bound.UPPER): "eller högre",
    int(Bound.LOWER): "eller lägre",
    int(Bound.NOT_TOLD): "går inte att skilja från helheten",
}
SHARE_DECIMALS: Final = 3
POINT_DECIMALS: Final = 1


def splits(results: ReleasedResults, details: Details) -> Iterator[SplitEntry]:
    for unit, detail in _cells(results, details):
        for group in detail.groups:
            yield SplitEntry(
                unit.unit_id, detail.statement, group.group.value, group.mean, AT_BOUND.get(int(group.bound))
            )


def distributions(results: ReleasedResults, details: Details) -> Iterator[DistributionEntry]:
    for unit, detail in _cells(results, details):
        if detail.counts is not None:
            yield DistributionEntry(unit.unit_id, detail.statement, detail.counts)


def dont_know(results: ReleasedResults, details: Details) -> Iterator[DontKnowEntry]:
    for unit, detail in _cells(results, details):
        interval = None if detail.dont_know is None else interval_of_share(detail.dont_know, unit.answered)
        yield DontKnowEntry(
            unit.unit_id,
            detail.statement,
            detail.dont_know,
            detail.dont_know_hidden,
            *_rounded(interval, SHARE_DECIMALS),
        )


def low_and_high(
    mean: float | None, answered: int, counts: Sequence[int] | None, pooled: PooledSpread | None
) -> tuple[float | None, float | None]:
    """Ends of a unit's interval, one decimal; nothing where there is none."""
    return _rounded(interval_of_unit(mean, answered, counts, pooled), POINT_DECIMALS)


def _cells(results: ReleasedResults, details: Details) -> Iterator[tuple[ReleasedUnit, ReleasedDetail]]:
    return ((unit, detail) for unit in results.units for detail in details[unit.unit_id])


def _rounded(interval: Interval | None, decimals: int) -> tuple[float | None, float | None]:
    if interval is None:
        return None, None
    return round(interval.low, decimals), round(interval.high, decimals)
