"""What a release file consists of. The names of the fields are the file's names: a contract with whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dimios_dash.domain.scoring import Level
from dimios_dash.ids import StatementKey, UnitId


@dataclass(frozen=True, slots=True)
class UnitEntry:
    id: UnitId
    parent_id: UnitId | None
    name: str
    activity: str
    takes_part: bool
    answered: int  # respondents in the unit and below
    invited: int | None  # by e-mail, in the unit and below; null where it is not known
    answered_by_role_type: Mapping[str, int]  # of the groups whose means are listed under splits


@dataclass(frozen=True, slots=True)
class MeanEntry:
    unit: UnitId
    statement: StatementKey
    mean: float | None  # 0-100, one decimal
    hidden: str | None  # a key of hidden_reasons
    at_bound: str | None  # "eller högre", "eller lägre": the mean stands at the end of what may be shown
    interval_low: float | None  # 95 %, one decimal; null where the mean or every spread is hidden
    interval_high: float | None
    some_counted_higher_up: bool  # lifted: a few of the branch count in a unit above, if they gave an answer


@dataclass(frozen=True, slots=True)
class LevelEntry:
    unit: UnitId
    level: Level
    key: str
    mean: float | None  # 0-100, one decimal
    hidden: str | None
    interval_low: float | None
    interval_high: float | None


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
class SplitEntry:
    """A shown group of role types; what is not listed is not shown, for the reason `small_role_groups`."""

    unit: UnitId
    statement: StatementKey
    group: str  # "1", "2", "3" or "1+2"
    mean: float  # 0-100, one decimal
    at_bound: str | None


@dataclass(frozen=True, slots=True)
class DistributionEntry:
    """A shown distribution; what is not listed is not shown, for the reason `small_distribution`."""

    unit: UnitId
    statement: StatementKey
    counts: tuple[int, ...]  # answers 1 to 6, protected


@dataclass(frozen=True, slots=True)
class DontKnowEntry:
    unit: UnitId
    statement: StatementKey
    share_or_band: float | None  # share of Vet ej, 0-1, three decimals
    hidden: str | None
    interval_low: float | None
    interval_high: float | None


@dataclass(frozen=True, slots=True)
class SpreadEntry:
    """How much respondents differ in the whole organisation, in points."""

    key: str  # of a statement, category or dimension, or "index"
    standard_deviation: float


@dataclass(frozen=True, slots=True)
class ReliabilityEntry:
    category: str
    alpha: float
    omega: float
    alpha_low: float  # 95 %
    alpha_high: float


@dataclass(frozen=True, slots=True)
class TextEntry:
    unit: UnitId
    category: str | None  # null: what worked that others can learn from
    text: str


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    organisation: str
    year: int
    k: int
    instrument: str
    units: tuple[UnitEntry, ...]  # parents before children
    homes: Mapping[StatementKey, Mapping[UnitId, UnitId | None]]  # where a unit's own answers count; null: nowhere
    means: tuple[MeanEntry, ...]
    splits: tuple[SplitEntry, ...]
    distributions: tuple[DistributionEntry, ...]
    levels: tuple[LevelEntry, ...]
    dont_know: tuple[DontKnowEntry, ...]
    hidden_reasons: Mapping[str, str]
    released_on: date
    synthetic: bool  # made-up results
    skipped_ballots: int  # could not be opened, or answered other statements
    benchmark: BenchmarkEntry | None
    pooled_spread: tuple[SpreadEntry, ...]
    reliability: tuple[ReliabilityEntry, ...]
    texts: tuple[TextEntry, ...]  # in no order that means anything
    explanations: Mapping[str, str]  # how to read each table
