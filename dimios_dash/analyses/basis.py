"""What all analyses of one page are read from, asked of the database once: four statements, however many units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.queries import benchmarks, released_statistics, released_years, releases
from db.queries.benchmarks import PoolBenchmark
from db.queries.released_statistics import ReleasedStatistics
from db.queries.released_years import UnitYear
from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash import instruments
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.scoring import LevelMean, Means, levels
from dimios_dash.figures.numbers import count
from dimios_dash.ids import UnitId

CAPABILITY, HERITAGE = "F", "A"  # the two dimensions, in every version of the instrument


@dataclass(frozen=True, slots=True)
class Basis:
    """One unit in one release, with what stands around it."""

    results: ReleasedResults
    unit_id: UnitId
    years: tuple[UnitYear, ...]  # every released year with the unit, oldest first, this one included
    benchmark: PoolBenchmark | None
    statistics: ReleasedStatistics

    @property
    def year(self) -> int:
        """The calendar year of the measurement one looks at."""
        return self.results.year

    @property
    def instrument(self) -> Instrument:
        """The statements as they were put that year."""
        return instruments.load(self.results.instrument_version)

    @property
    def unit(self) -> ReleasedUnit:
        """The unit one looks at."""
        return self.results.unit(self.unit_id)

    @property
    def earlier(self) -> tuple[UnitYear, ...]:
        """Years before this one, oldest first."""
        return tuple(each for each in self.years if each.year < self.year)

    @property
    def last_time(self) -> UnitYear | None:
        """The nearest year before this one; not always last year."""
        return self.earlier[-1] if self.earlier else None

    @property
    def levels(self) -> Mapping[str, LevelMean]:
        """Categories, dimensions and index of the unit, by key."""
        return level_means(self.results.instrument_version, self.unit.means)

    @property
    def source(self) -> str:
        """The line under every picture: how many, when, what, by which rule."""
        return (
            f"n = {count(self.unit.answered)} svarande · {self.year} · publicerad mätning · minst {self.results.k} svar"
        )


def read(session: Session, scope: ResultsScope) -> Basis:
    """Everything that the analyses of the scope's unit show."""
    return Basis(
        releases.read(session, scope),
        scope.unit_id,
        released_years.of_unit(session, scope),
        benchmarks.of_results(session, scope),
        released_statistics.of_release(session, scope),
    )


def level_means(instrument_version: str, means: Means) -> Mapping[str, LevelMean]:
    """Every level above the statements, by key ("F1", "F", "index")."""
    return {level.key: level for level in levels(instruments.load(instrument_version), means)}
