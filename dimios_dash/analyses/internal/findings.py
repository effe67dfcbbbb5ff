"""Which unit stands out, and is it more than chance?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from db.queries.releases import ReleasedUnit
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.internal.choices import Chosen, Part, Shown
from dimios_dash.analyses.internal.differences import Differences, places
from dimios_dash.domain.instrument import Category


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference that stands out. `margin` is None where the spread is not known."""

    unit: str
    category: str
    points: float  # one decimal
    certain: bool
    margin: float | None
    answered: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Among categories of the units below; where there are none, of the unit itself."""

    most: Finding | None  # the largest difference
    surest: Finding | None  # the largest that is more than chance


def findings(basis: Basis, chosen: Chosen, units: Sequence[ReleasedUnit], found: Differences) -> Findings:
    """`units` and `found` begin with the unit one looks at."""
    candidates = units[1:] or [unit for unit in units if _compares(basis, chosen, unit)]
    categories = [each for each in basis.instrument.categories if chosen.part in {Part.BOTH, each.key[0]}]
    taken = places(basis.instrument, [category.key for category in categories])
    kept = found.part(slice(len(units) - len(candidates), None), taken)
    certain, size = kept.certain, np.abs(kept.points)
    most, surest = (
        _finding(candidates, categories, kept, certain, each) for each in (size, np.where(certain, size, np.nan))
    )
    return Findings(most, surest)


def _compares(basis: Basis, chosen: Chosen, unit: ReleasedUnit) -> bool:
    """The whole organisation does not with itself."""
    return unit.unit_id != basis.whole.unit_id or chosen.shown in {Shown.LAST, Shown.OTHERS}


def _finding(
    units: Sequence[ReleasedUnit],
    categories: Sequence[Category],
    found: Differences,
    certain: NDArray[np.bool_],
    size: NDArray[np.float64],
) -> Finding | None:
    if np.isnan(size).all():  # of nothing too
        return None
    row, column = divmod(int(np.nanargmax(size)), size.shape[1])
    margin = float(found.of_units.margin[row, column])
    return Finding(
        units[row].name,
        categories[column].name.spoken,
        round(float(found.points[row, column]), 1),
        bool(certain[row, column]),
        None if np.isnan(margin) else round(margin, 1),
        units[row].answered,
    )
