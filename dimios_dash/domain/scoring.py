"""From answers to scores and levels: the published formula of the product.

Scores run from 0 to 100. Categories, dimensions and the index are computed from *released statement means
only*, so a hidden statement can never be recovered from a level above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from dimios_dash.domain.instrument import HIGHEST, LOWEST, Category, Instrument
from dimios_dash.ids import StatementKey
from dimios_dash.translations import N_, _

DECIMALS = 1
SHOWN_STATEMENTS_NEEDED = 3  # of a category's five
INDEX_KEY = "index"
STRENGTH = 67.0
WEAKNESS = 33.0
EXTREMES = 3

Means = Mapping[StatementKey, float | None]
"""Released statement means of one group: 0-100, one decimal; None where the release hides it.

Every statement of the instrument has an entry; the functions here raise KeyError where one is missing.
"""


class Level(StrEnum):
    STATEMENT = "statement"
    CATEGORY = "category"
    DIMENSION = "dimension"
    INDEX = "index"


class LevelHidden(StrEnum):
    """Why a level above the statements has no value."""

    FEW_STATEMENTS = "few_statements"
    HIDDEN_CATEGORY = "hidden_category"
    HIDDEN_DIMENSION = "hidden_dimension"

    @property
    def explanation(self) -> str:
        """One sentence for the page."""
        return _(_EXPLANATIONS[self])


_EXPLANATIONS = {
    LevelHidden.FEW_STATEMENTS: N_("Visas inte, eftersom färre än tre av kategorins fem påståenden kan visas."),
    LevelHidden.HIDDEN_CATEGORY: N_("Visas inte, eftersom minst en av de tre kategorierna inte kan visas."),
    LevelHidden.HIDDEN_DIMENSION: N_("Visas inte, eftersom minst en av de två dimensionerna inte kan visas."),
}


@dataclass(frozen=True, slots=True)
class LevelMean:
    """One value above the statements. Exactly one of `mean` and `hidden` is None."""

    level: Level
    key: str  # of the category or dimension; INDEX_KEY for the index
    mean: float | None  # 0-100, one decimal
    hidden: LevelHidden | None


@dataclass(frozen=True, slots=True)
class Standouts:
    """Statements that stand out in one direction, the most outstanding first."""

    absolute: tuple[StatementKey, ...]  # past a fixed limit; may be none, may be all
    relative: tuple[StatementKey, ...]  # the three outermost; even the best have three lowest


def score(answer: int) -> float:
    """The score (0-100) of one answer, a point of the scale.

    Vet ej has no score and is left out by the caller: its share is a result of its own, never a zero.
    Raises ValueError for a point outside the scale.
    """
    if not LOWEST <= answer <= HIGHEST:
        raise ValueError(f"{answer} is not a point of the scale {LOWEST}-{HIGHEST}")
    return statement_mean(answer, 1)


def statement_mean(total: int, n: int) -> float:
    """Mean score (0-100, not rounded) of `n` valid answers whose scale points sum to `total`.

    Whether n is enough to be shown is decided by the release, not here.
    Raises ValueError without answers, and for a sum that so many answers cannot have.
    """
    if n < 1:
        raise ValueError("a mean needs at least one valid answer")
    if not n * LOWEST <= total <= n * HIGHEST:
        raise ValueError(f"{n} answers cannot sum to {total}")
    return 100 * (total - n * LOWEST) / (n * (HIGHEST - LOWEST))


def levels(instrument: Instrument, means: Means) -> tuple[LevelMean, ...]:
    """Every category, then every dimension, then the index, in the order of the instrument.

    A category is the mean of its shown statements and needs three of them; a dimension is the mean of its
    categories, the index that of the dimensions, and each is hidden if one of them is. Each level is
    computed from the values below it *before* they are rounded, and rounded once, to one decimal, when it
    is handed out. So a dimension can differ by a tenth from the mean of the categories as they are printed.
    """
    categories = {category.key: _category(category, means) for category in instrument.categories}
    dimensions = [
        _whole(
            Level.DIMENSION,
            dimension.key,
            [categories[category.key] for category in dimension.categories],
            LevelHidden.HIDDEN_CATEGORY,
        )
        for dimension in instrument.dimensions
    ]
    index = _whole(Level.INDEX, INDEX_KEY, dimensions, LevelHidden.HIDDEN_DIMENSION)
    return tuple(_rounded(level) for level in (*categories.values(), *dimensions, index))


def _category(category: Category, means: Means) -> LevelMean:
    shown = [mean for statement in category.statements if (mean := means[statement.key]) is not None]
    if len(shown) < SHOWN_STATEMENTS_NEEDED:
        return LevelMean(Level.CATEGORY, category.key, None, LevelHidden.FEW_STATEMENTS)
    return LevelMean(Level.CATEGORY, category.key, fmean(shown), None)


def _whole(level: Level, key: str, parts: list[LevelMean], hidden: LevelHidden) -> LevelMean:
    """The mean of all parts, or hidden when one of them is."""
    shown = [part.mean for part in parts if part.mean is not None]
    if len(shown) < len(parts):
        return LevelMean(level, key, None, hidden)
    return LevelMean(level, key, fmean(shown), None)


def _rounded(level: LevelMean) -> LevelMean:
    return level if level.mean is None else LevelMean(level.level, level.key, round(level.mean, DECIMALS), None)


def strengths(instrument: Instrument, means: Means) -> Standouts:
    """Shown statements at 67 or above, and the three highest.

    Equal means stand in the order of the instrument. With fewer than six shown, half of them, the middle
    one included, can be a relative strength, so that none is strength and weakness at once.
    """
    ranked = _ranked(instrument, means, lambda mean: -mean)
    return Standouts(
        absolute=tuple(key for key, mean in ranked.items() if mean >= STRENGTH),
        relative=_highest(ranked),
    )


def weaknesses(instrument: Instrument, means: Means) -> Standouts:
    """Shown statements at 33 or below, and the three lowest that are not among the three highest.

    Equal means stand in the order of the instrument.
    """
    ranked = _ranked(instrument, means, lambda mean: mean)
    highest = _highest(_ranked(instrument, means, lambda mean: -mean))
    return Standouts(
        absolute=tuple(key for key, mean in ranked.items() if mean <= WEAKNESS),
        relative=tuple(key for key in ranked if key not in highest)[:EXTREMES],
    )


def _ranked(instrument: Instrument, means: Means, rank: Callable[[float], float]) -> dict[StatementKey, float]:
    """Shown means by rank; sorting is stable, so equal ones keep the order of the instrument."""
    shown = [(key, mean) for key in instrument.statement_keys if (mean := means[key]) is not None]
    return dict(sorted(shown, key=lambda pair: rank(pair[1])))


def _highest(ranked: dict[StatementKey, float]) -> tuple[StatementKey, ...]:
    half = (len(ranked) + 1) // 2
    return tuple(ranked)[: min(EXTREMES, half)]
