"""Everything anybody may see of one release, as one file for other programs.

The names of the fields are the file's names: they are a contract with whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import orjson
from sqlalchemy.orm import Session

from db.queries import benchmarks, releases
from db.queries.benchmarks import PoolBenchmark
from db.queries.releases import ReleasedMean, ReleasedResults, ReleasedUnit
from dimios_dash import instruments
from dimios_dash.domain.disclosure import Hidden
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.scoring import Level, LevelHidden, levels
from dimios_dash.ids import StatementKey, UnitId

NOT_TAKING_PART: Final = "not_taking_part"
AT_BOUND: Final = {1: "eller högre", -1: "eller lägre"}
REASONS: Final[Mapping[str, str]] = {
    **{reason.name.lower(): reason.explanation for reason in Hidden if reason is not Hidden.SHOWN},
    NOT_TAKING_PART: "Enheten ingår inte i årets mätning.",
    **{reason.value: reason.explanation for reason in LevelHidden},
}
"""Every word that can stand under `hidden`, and what it means."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    id: UnitId
    parent_id: UnitId | None
    name: str
    activity: str
    takes_part: bool
    answered: int  # respondents in the unit and below
    invited: int | None  # by e-mail, in the unit and below; null where it is not known


@dataclass(frozen=True, slots=True)
class MeanEntry:
    unit: UnitId
    statement: StatementKey
    mean: float | None  # 0-100, one decimal
    hidden: str | None  # a key of hidden_reasons
    at_bound: str | None  # "eller högre", "eller lägre": the mean stands at the end of what may be shown
    some_counted_higher_up: bool  # lifted: a few answers of the branch count in a unit above, not here


@dataclass(frozen=True, slots=True)
class LevelEntry:
    unit: UnitId
    level: Level
    key: str
    mean: float | None  # 0-100, one decimal
    hidden: str | None


@dataclass(frozen=True, slots=True)
class BenchmarkValue:
    key: str  # "index", "F", "F1" or "F1.1"
    organisations: int
    mean: float
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None


@dataclass(frozen=True, slots=True)
class BenchmarkEntry:
    """The other organisations of the pool; below five there are no values, below ten no quartiles."""

    pool: str
    year: int
    computed_on: date
    organisations: int
    synthetic: bool
    values: tuple[BenchmarkValue, ...]


@dataclass(frozen=True, slots=True)
class NotYet:
    """A table that this version of the disclosure control publishes nothing of."""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    organisation: str
    year: int
    k: int
    instrument: str
    units: tuple[UnitEntry, ...]  # parents before children
    homes: Mapping[StatementKey, Mapping[UnitId, UnitId | None]]  # where a unit's own answers count; null: nowhere
    means: tuple[MeanEntry, ...]
    splits: tuple[NotYet, ...]
    distributions: tuple[NotYet, ...]
    levels: tuple[LevelEntry, ...]
    dont_know: tuple[NotYet, ...]
    hidden_reasons: Mapping[str, str]
    released_on: date
    synthetic: bool  # made-up results
    skipped_ballots: int  # could not be opened, or answered other statements
    benchmark: BenchmarkEntry | None


def gather(session: Session, scope: ResultsScope) -> ReleaseFile:
    """The release in the scope, from the user's highest unit down, and the benchmark of its sector."""
    results, facts = releases.read(session, scope), releases.facts(session, scope)
    return ReleaseFile(
        organisation=facts.organisation,
        year=results.year,
        k=results.k,
        instrument=f"dimios-{results.instrument_version}",
        units=tuple(map(_unit, results.units)),
        homes=_homes(results),
        means=tuple(_mean(unit, cell) for unit in results.units for cell in unit.cells),
        splits=(),
        distributions=(),
        levels=tuple(_levels(results)),
        dont_know=(),
        hidden_reasons=REASONS,
        released_on=facts.released_on,
        synthetic=facts.synthetic,
        skipped_ballots=facts.skipped_ballots,
        benchmark=_benchmark(benchmarks.of_results(session, scope)),
    )


def as_json(file: ReleaseFile) -> bytes:
    """UTF-8, indented, fields in the order above."""
    return orjson.dumps(file, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _unit(unit: ReleasedUnit) -> UnitEntry:
    return UnitEntry(
        unit.unit_id, unit.parent_id, unit.name, unit.activity, unit.takes_part, unit.answered, unit.invited
    )


def _homes(results: ReleasedResults) -> dict[StatementKey, dict[UnitId, UnitId | None]]:
    homes: dict[StatementKey, dict[UnitId, UnitId | None]] = {}
    for unit in results.units:
        for cell in unit.cells:
            homes.setdefault(cell.statement, {})[unit.unit_id] = cell.home
    return homes


def _mean(unit: ReleasedUnit, cell: ReleasedMean) -> MeanEntry:
    return MeanEntry(
        unit.unit_id, cell.statement, cell.mean, _hidden(unit, cell), AT_BOUND.get(cell.bound), cell.lifted
    )


def _hidden(unit: ReleasedUnit, cell: ReleasedMean) -> str | None:
    if cell.hidden is Hidden.SHOWN:
        return None
    if cell.hidden is Hidden.NO_ANSWERS and not unit.takes_part:
        return NOT_TAKING_PART
    return cell.hidden.name.lower()


def _levels(results: ReleasedResults) -> Iterator[LevelEntry]:
    instrument = instruments.load(results.instrument_version)
    for unit in results.units:
        for level in levels(instrument, unit.means):
            yield LevelEntry(unit.unit_id, level.level, level.key, level.mean, level.hidden)


def _benchmark(found: PoolBenchmark | None) -> BenchmarkEntry | None:
    if found is None:
        return None
    values = tuple(
        BenchmarkValue(key, each.organisations, each.mean, each.lower_quartile, each.median, each.upper_quartile)
        for key, each in found.values.items()
    )
    return BenchmarkEntry(found.pool, found.year, found.computed_on, found.organisations, found.synthetic, values)
