"""How far units lie from the whole, from their last time or from others, and what of it is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from db.queries.releases import ReleasedUnit
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.internal.choices import Shown
from dimios_dash.domain.instrument import Instrument
from dimios_dash.domain.statistics import level_columns
from dimios_dash.domain.statistics.unit_differences import Errors, errors, more_than_chance

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """[units, levels] each, in the columns of `level_columns`; over statements that both sides show, nothing else."""

    points: Numbers  # NaN where there is nothing to compare
    of_units: Errors
    of_differences: Errors
    decided: NDArray[np.bool_] | None  # which are certain, where that was tested when the years were released

    def part(self, rows: slice, levels: Sequence[int]) -> Differences:
        """Of some units and levels only."""
        unit, between = (
            Errors(each.error[rows][:, levels], each.degrees[levels]) for each in (self.of_units, self.of_differences)
        )
        decided = None if self.decided is None else self.decided[rows][:, levels]
        return Differences(self.points[rows][:, levels], unit, between, decided)

    @property
    def certain(self) -> NDArray[np.bool_]:
        """More than chance, when all of these are looked at together."""
        return more_than_chance(self.points, self.of_differences) if self.decided is None else self.decided


def differences(basis: Basis, shown: Shown, units: Sequence[ReleasedUnit], mean: Numbers) -> Differences:
    """Of these units and their mean[units, statements]; of values it is the difference to the whole."""
    of_units = _errors(basis, units)
    if shown is Shown.LAST:
        return _since_last_time(basis, units, of_units)
    if shown is Shown.OTHERS:
        return Differences(_points(mean - _means_of_others(basis)), of_units, of_units, None)
    points = _points(mean - ReleasedUnit.means_of([basis.whole]))
    return Differences(points, of_units, of_units.beside(_errors(basis, [basis.whole])), None)


def places(instrument: Instrument, keys: Sequence[str]) -> list[int]:
    """Which columns of `level_columns` these levels are."""
    all_keys = level_columns.keys(instrument)
    return [all_keys.index(key) for key in keys]


def _points(between: Numbers) -> Numbers:
    """Statements have one decimal; the levels are means of them, not rounded."""
    return level_columns.with_levels(np.round(between, 1))


def _errors(basis: Basis, units: Sequence[ReleasedUnit]) -> Errors:
    answered = np.array([unit.answered for unit in units], dtype=np.int64)
    return errors(answered, basis.statistics.spreads, level_columns.keys(basis.instrument))


def _means_of_others(basis: Basis) -> Numbers:
    """[statements]; NaN where fewer than five others show it, and where nothing has been computed."""
    values = basis.benchmark.values if basis.benchmark else {}
    means = [values[key].mean if key in values else np.nan for key in basis.instrument.statement_keys]
    return np.array(means, dtype=np.float64)


def _since_last_time(basis: Basis, units: Sequence[ReleasedUnit], of_units: Errors) -> Differences:
    if basis.branch_changes is None:
        nothing = np.full(of_units.error.shape, np.nan)
        return Differences(nothing, of_units, of_units, None)
    points, certain = basis.branch_changes.of([unit.unit_id for unit in units])
    return Differences(points, of_units, of_units, certain)
