"""What all analyses of one page are read from, asked of the database once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeVar, cast

from sqlalchemy.orm import Session

from db.queries import (
    benchmarks,
    branch_changes,
    listed_texts,
    regrouped_years,
    released_details,
    released_shares,
    released_statistics,
    released_years,
    releases,
    shared_results,
    suggestions,
    targets,
    year_comparisons,
)
from db.queries.benchmarks import PoolBenchmark
from db.queries.branch_changes import BranchChanges
from db.queries.listed_texts import CountedTexts, Listed, Wanted
from db.queries.regrouped_years import RegroupedYear
from db.queries.released_details import ReleasedDetail
from db.queries.released_shares import BranchShares
from db.queries.released_statistics import ReleasedStatistics
from db.queries.released_years import UnitYear
from db.queries.releases import ReleasedResults, ReleasedUnit
from db.queries.shared_results import SharedResult
from db.queries.targets import Target
from db.queries.year_comparisons import ComparedUnit
from dimios_dash import instruments
from dimios_dash.analyses import since
from dimios_dash.analyses.others import Others
from dimios_dash.analyses.since import Since
from dimios_dash.domain.benchmark import shares_of_dont_know
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.moderation.shown import ShownText
from dimios_dash.domain.scopes import ResultsScope
from dimios_dash.domain.scoring import LevelMean, Means, levels
from dimios_dash.domain.statistics.interval import Interval
from dimios_dash.errors import NotFound
from dimios_dash.figures.numbers import count
from dimios_dash.ids import StatementKey, SuggestionId, UnitId
from dimios_dash.translations import N_, _

Cells = TypeVar("Cells")
Chosen = TypeVar("Chosen")
_NO_SUCH_VIEW: Final = N_("Sidan finns inte. Kontrollera adressen eller gå till startsidan.")

CAPABILITY, HERITAGE = "F", "A"  # the two dimensions, in every version of the instrument


class Basis:
    """One unit in one release, with what stands around it and what was chosen on the page.

    Each part is asked of the database once, when an analysis first needs it: one statement, however many units.
    """

    def __init__(self, session: Session, scope: ResultsScope, choices: Mapping[str, object]) -> None:
        self._session, self._scope, self._choices = session, scope, choices
        self.unit_id = scope.unit_id
        self._read: dict[Callable[[Basis], object], object] = {}

    @cached_property
    def results(self) -> ReleasedResults:
        """The means of every unit from the user's highest down."""
        return releases.read(self._session, self._scope)

    @cached_property
    def whole(self) -> ReleasedUnit:
        """The whole organisation, whose totals everybody sees who sees results; nameless from within a branch."""
        found = releases.whole(self._session, self._scope)
        return found if self._scope.branch is None else replace(found, name=_("Hela organisationen"))

    @cached_property
    def whole_values(self) -> Mapping[str, float | None]:
        """Every level and statement of the whole organisation, by key; None where hidden."""
        means = self.whole.means
        above = {each.key: each.mean for each in level_means(self.instrument.version, means).values()}
        return above | {str(key): mean for key, mean in means.items()}

    @cached_property
    def years(self) -> tuple[UnitYear, ...]:
        """Every released year with the unit, oldest first, this one included."""
        return released_years.of_unit(self._session, self._scope)

    @cached_property
    def regrouped(self) -> tuple[RegroupedYear, ...]:
        """Earlier years in this year's tree, oldest first."""
        return regrouped_years.of_release(self._session, self._scope)

    @cached_property
    def compared(self) -> Mapping[int, ComparedUnit]:
        """The unit beside each earlier year as the organisation is now, oldest first, with what changed for certain."""
        return year_comparisons.of_unit(self._session, self._scope)

    @cached_property
    def branch_changes(self) -> BranchChanges | None:
        """Every unit from the user's highest down beside the nearest earlier year; None where none can be compared."""
        return branch_changes.since_last_time(self._session, self._scope)

    @cached_property
    def since(self) -> Since | None:
        """The earlier year that was chosen ("fran"), else the newest that can be compared with; None where none is."""
        found = since.chosen(self.compared, self.choice("fran", None), self.year)
        return None if found is None else Since(self._session, self._scope, found)

    @cached_property
    def details(self) -> Mapping[UnitId, tuple[ReleasedDetail, ...]]:
        """Role types, distributions and Vet ej of every unit from the user's highest down."""
        return released_details.of_release(self._session, self._scope)

    @cached_property
    def shares(self) -> BranchShares:
        """Vet ej of every unit from the user's highest down."""
        return released_shares.of_branch(self._session, self._scope, len(self.instrument.statements))

    @cached_property
    def whole_shares(self) -> Mapping[str, float]:
        """Vet ej of the whole organisation, per cent, by statement and "alla"; empty where any of it is hidden."""
        found = released_shares.of_whole(self._session, self._scope)
        keys = self.instrument.statement_keys
        return shares_of_dont_know(dict(zip(keys, found, strict=False)), len(keys))

    @cached_property
    def share_years(self) -> Mapping[int, Mapping[StatementKey, float | None]]:
        """Vet ej of the unit in every released year that has it, oldest first."""
        return released_years.dont_know_of_unit(self._session, self._scope)

    @cached_property
    def unit_details(self) -> tuple[ReleasedDetail, ...]:
        """Those of the unit one looks at, in the order of the statements."""
        return released_details.of_unit(self._session, self._scope)

    @cached_property
    def benchmark(self) -> PoolBenchmark | None:
        """The others of the sector."""
        return benchmarks.of_results(self._session, self._scope)

    @cached_property
    def points(self) -> tuple[SharedResult, ...]:
        """Other organisations of the sector that have agreed to be seen, the named ones first."""
        return shared_results.points(self._session, self._scope)

    @cached_property
    def pools(self) -> tuple[PoolBenchmark, ...]:
        """Every pool of other organisations of the year, by its key."""
        return benchmarks.pools(self._session, self._scope)

    @cached_property
    def others(self) -> Others:
        """Single other organisations, of those that have agreed to it; and what the own one is."""
        return Others(self._session, self._scope)

    @cached_property
    def statistics(self) -> ReleasedStatistics:
        """How much respondents differ in the whole organisation, how well categories hold together."""
        return released_statistics.of_release(self._session, self._scope)

    @cached_property
    def branch_targets(self) -> tuple[Target, ...]:
        """What is aimed at in every unit from the user's highest down."""
        return targets.of_branch(self._session, self._scope)

    @property
    def targets(self) -> Mapping[str, Target]:
        """What is aimed at in the unit, by key of category, dimension or index."""
        return {target.level: target for target in self.branch_targets if target.unit_id == self.unit_id}

    @cached_property
    def text_counts(self) -> tuple[CountedTexts, ...]:
        """How many free texts there are, read or not, from the user's highest unit down."""
        return listed_texts.counted(self._session, self._scope)

    @cached_property
    def text_tags(self) -> tuple[str, ...]:
        """Every tag of texts that may be read, from the user's highest unit down."""
        return listed_texts.tags(self._session, self._scope)

    def texts_wanted(self, wanted: Wanted, page: int, size: int | None) -> Listed:
        """Which texts of the unit and below are wanted, a page of so many at a time; None: all of them."""
        return listed_texts.wanted_ones(self._session, self._scope, wanted, page, size)

    def texts(self, among: Collection[SuggestionId]) -> tuple[ShownText, ...]:
        """These texts as others may read them, from the user's highest unit down, in the order of their ids."""
        return suggestions.readable(self._session, self._scope, among)

    @cached_property
    def text_homes(self) -> Mapping[UnitId, UnitId | None]:
        """Where each unit's own texts are shown, from the user's highest unit down; None: nowhere."""
        return suggestions.homes(self._session, self._scope)

    def cells(self, read: Callable[[Basis], Cells]) -> Cells:
        """What an analysis reads here, once however many parts of the page want it."""
        if read not in self._read:
            self._read[read] = read(self)
        return cast(Cells, self._read[read])

    def choice(self, name: str, default: Chosen) -> Chosen:
        """What was chosen by this name in the address; `default` where nothing was.

        Raises NotFound where the page means something else by the name: an analysis asked for by another page.
        """
        chosen = self._choices.get(name)
        if chosen is not None and default is not None and not isinstance(chosen, type(default)):
            raise NotFound(_(_NO_SUCH_VIEW))
        return default if chosen is None else cast(Chosen, chosen)

    @property
    def year(self) -> int:
        """The calendar year of the measurement one looks at."""
        return self._scope.year

    @property
    def instrument(self) -> Instrument:
        """The statements as they were put that year."""
        return instruments.load(self.this_year.instrument_version)

    @property
    def this_year(self) -> UnitYear:
        """The unit in the measurement one looks at; far less to read than the results of every unit."""
        return next(each for each in self.years if each.year == self.year)

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

    @cached_property
    def levels(self) -> Mapping[str, LevelMean]:
        """Categories, dimensions and index of the unit, by key."""
        return level_means(self.results.instrument_version, self.unit.means)

    def interval(self, mean: float | None, key: str, counts: Sequence[int] | None = None) -> Interval | None:
        """95 % around a mean of the unit; `key` of a statement or a level, `counts` its distribution where shown."""
        from dimios_dash.domain.statistics.released_interval import interval_of_unit  # scipy takes a second to load

        return interval_of_unit(mean, self.unit.answered, counts, self.statistics.spreads.get(key))

    def source(self, unit: ReleasedUnit) -> str:
        """The line under every picture of a unit: how many, when, what, by which rule."""
        return _(
            "n = %(n)s svarande · %(year)s · publicerad mätning · minst %(k)s svar",
            n=count(unit.answered),
            year=self.year,
            k=self.this_year.k,
        )


def read(session: Session, scope: ResultsScope, choices: Mapping[str, object] = MappingProxyType({})) -> Basis:
    """Everything that the analyses of the scope's unit show; `choices` are the page's own parameters, typed."""
    return Basis(session, scope, choices)


def level_means(instrument_version: str, means: Means) -> Mapping[str, LevelMean]:
    """Every level above the statements, by key ("F1", "F", "index")."""
    return {level.key: level for level in levels(instruments.load(instrument_version), means)}
