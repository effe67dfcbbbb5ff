"""Everything anybody may see of one release, as one file for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import orjson
from sqlalchemy.orm import Session

from db.queries import benchmarks, released_details, released_statistics, releases, suggestions
from db.queries.benchmarks import PoolBenchmark
from db.queries.released_statistics import ReleasedStatistics
from db.queries.releases import ReleasedMean, ReleasedResults, ReleasedUnit
from dimios_dash import instruments
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.domain.gate.finer_hidden import FinerHidden
from dimios_dash.domain.scopes import ResultsScope, ReviewScope
from dimios_dash.domain.scoring import LevelHidden, levels
from dimios_dash.exports import release_details
from dimios_dash.exports.release_details import AT_BOUND, Details, low_and_high
from dimios_dash.exports.release_entries import (
    BenchmarkEntry,
    BenchmarkValue,
    LevelEntry,
    MeanEntry,
    ReleaseFile,
    ReliabilityEntry,
    SpreadEntry,
    TextEntry,
    UnitEntry,
)
from dimios_dash.exports.release_explanations import EXPLANATIONS
from dimios_dash.ids import StatementKey, UnitId

NOT_TAKING_PART: Final = "not_taking_part"
REASONS: Final[Mapping[str, str]] = {
    **{reason.name.lower(): reason.explanation for reason in Hidden if reason is not Hidden.SHOWN},
    NOT_TAKING_PART: "Enheten ingår inte i årets mätning.",
    **{reason.value: reason.explanation for reason in LevelHidden},
    **{reason.value: reason.explanation for reason in FinerHidden},
}
"""Every word that can stand under `hidden`, or is the reason for what is not listed, and what it means."""


def gather(session: Session, scope: ResultsScope, *, reviewing: ReviewScope | None = None) -> ReleaseFile:
    """The release in the scope, from the user's highest unit down, and the benchmark of its sector.

    Its texts are those that readers may see, as they see them; for somebody `reviewing` all of them, as written.
    """
    results, facts = releases.read(session, scope), releases.facts(session, scope)
    details = released_details.of_release(session, scope)
    statistics = released_statistics.of_release(session, scope)
    return ReleaseFile(
        organisation=facts.organisation,
        year=results.year,
        k=results.k,
        instrument=f"dimios-{results.instrument_version}",
        units=tuple(map(_unit, results.units)),
        homes=_homes(results),
        means=tuple(_means(results, details, statistics)),
        splits=tuple(release_details.splits(results, details)),
        distributions=tuple(release_details.distributions(results, details)),
        levels=tuple(_levels(results, statistics)),
        dont_know=tuple(release_details.dont_know(results, details)),
        hidden_reasons=REASONS,
        released_on=facts.released_on,
        synthetic=facts.synthetic,
        skipped_ballots=facts.skipped_ballots,
        benchmark=_benchmark(benchmarks.of_results(session, scope)),
        pooled_spread=tuple(SpreadEntry(key, spread.sd) for key, spread in statistics.spreads.items()),
        reliability=tuple(_reliability(statistics)),
        texts=tuple(_texts(session, scope, reviewing)),
        explanations=EXPLANATIONS,
    )


def _texts(session: Session, scope: ResultsScope, reviewing: ReviewScope | None) -> Iterator[TextEntry]:
    found = suggestions.readable(session, scope) if reviewing is None else suggestions.as_written(session, reviewing)
    return (TextEntry(each.unit_id, each.category, each.text) for each in found)


def as_json(file: ReleaseFile) -> bytes:
    """UTF-8, indented, fields in the order above."""
    return orjson.dumps(file, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _unit(unit: ReleasedUnit) -> UnitEntry:
    return UnitEntry(
        unit.unit_id,
        unit.parent_id,
        unit.name,
        unit.activity,
        unit.takes_part,
        unit.answered,
        unit.invited,
        {group.value: n for group, n in unit.role_answered.items()},
    )


def _homes(results: ReleasedResults) -> dict[StatementKey, dict[UnitId, UnitId | None]]:
    homes: dict[StatementKey, dict[UnitId, UnitId | None]] = {}
    for unit in results.units:
        for cell in unit.cells:
            homes.setdefault(cell.statement, {})[unit.unit_id] = cell.home
    return homes


def _means(results: ReleasedResults, details: Details, statistics: ReleasedStatistics) -> Iterator[MeanEntry]:
    for unit in results.units:
        for cell, detail in zip(unit.cells, details[unit.unit_id], strict=True):
            spread = statistics.spreads.get(cell.statement)
            yield MeanEntry(
                unit.unit_id,
                cell.statement,
                cell.mean,
                _hidden(unit, cell),
                AT_BOUND.get(cell.bound),
                *low_and_high(cell.mean, unit.answered, detail.counts, spread),
                some_counted_higher_up=cell.lifted,
            )


def _hidden(unit: ReleasedUnit, cell: ReleasedMean) -> str | None:
    if cell.hidden is Hidden.SHOWN:
        return None
    if cell.hidden is Hidden.NO_ANSWERS and not unit.takes_part:
        return NOT_TAKING_PART
    return cell.hidden.name.lower()


def _levels(results: ReleasedResults, statistics: ReleasedStatistics) -> Iterator[LevelEntry]:
    instrument = instruments.load(results.instrument_version)
    for unit in results.units:
        for level in levels(instrument, unit.means):
            ends = low_and_high(level.mean, unit.answered, None, statistics.spreads.get(level.key))
            yield LevelEntry(unit.unit_id, level.level, level.key, level.mean, level.hidden, *ends)


def _reliability(statistics: ReleasedStatistics) -> Iterator[ReliabilityEntry]:
    for key, found in statistics.reliability.items():
        yield ReliabilityEntry(key, found.alpha, found.omega, found.alpha_low, found.alpha_high)


def _benchmark(found: PoolBenchmark | None) -> BenchmarkEntry | None:
    if found is None:
        return None
    values = tuple(
        BenchmarkValue(key, each.organisations, each.mean, each.lower_quartile, each.median, each.upper_quartile)
        for key, each in found.values.items()
    )
    return BenchmarkEntry(found.pool, found.year, found.computed_on, found.organisations, found.synthetic, values)
