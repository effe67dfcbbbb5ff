"""What the heat map of units is drawn from: every chosen unit as a row of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from db.queries.benchmarks import PoolBenchmark
from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.analyses import blunted
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.internal.choices import ANSWERED, Chosen, Shown
from dimios_dash.analyses.internal.columns import HeatColumn, columns_of
from dimios_dash.analyses.internal.differences import Differences, differences, places
from dimios_dash.analyses.internal.findings import Findings, findings
from dimios_dash.analyses.internal.selection import Placed, selection
from dimios_dash.domain.sector import Sector
from dimios_dash.domain.statistics import level_columns
from dimios_dash.translations import _

LOOKED_AT: Final = 70  # units: those of a first page, and so those of the picture and of the words


@dataclass(frozen=True, slots=True, eq=False)
class HeatCells:
    """`values` and `certain` are [own unit first, then those below; columns]; NaN where there is no value."""

    chosen: Chosen
    columns: tuple[HeatColumn, ...]
    results: ReleasedResults
    whole: ReleasedUnit
    ends_of_whole: Mapping[str, int]  # by column, as `blunted.end` says
    own: ReleasedUnit
    below: tuple[Placed, ...]  # in the order that was chosen
    values: NDArray[np.float64]
    certain: NDArray[np.bool_]
    findings: Findings
    benchmark: PoolBenchmark | None  # where others are compared with
    last_year: int | None  # where last time is compared with

    @property
    def is_whole(self) -> bool:
        """Whether one looks at the whole organisation."""
        return self.own.unit_id == self.whole.unit_id

    @property
    def others(self) -> str:
        """ "andra kommuner"; pools are named "sector:kommun"."""
        return Sector(self.benchmark.pool.partition(":")[2]).others if self.benchmark else _("andra organisationer")


def read(basis: Basis) -> HeatCells:
    chosen = Chosen.of(basis)
    columns = columns_of(basis.instrument, chosen)
    below = selection(basis.results, basis.unit_id, chosen)
    units = [basis.unit, *(each.unit for each in below)]
    mean = ReleasedUnit.means_of(units)
    found = differences(basis, chosen.shown, units, mean)
    taken = places(basis.instrument, [column.key for column in columns])
    values, certain = _values(chosen.shown, mean, found, taken)
    order = [0, *(1 + place for place in _order(chosen, columns, units[1:], values[1:]))]
    basis.results.look_at([units[place].unit_id for place in order[:LOOKED_AT]])
    others, last = chosen.shown is Shown.OTHERS, chosen.shown is Shown.LAST
    return HeatCells(
        chosen=chosen,
        columns=columns,
        results=basis.results,
        whole=basis.whole,
        ends_of_whole={column.key: blunted.end(basis.whole, column.key) for column in columns},
        own=basis.unit,
        below=tuple(below[place - 1] for place in order[1:]),
        values=values[order],
        certain=certain[order],
        findings=findings(basis, chosen, units, found),
        benchmark=basis.benchmark if others else None,
        last_year=basis.branch_changes.year if last and basis.branch_changes else None,
    )


def _values(
    shown: Shown, mean: NDArray[np.float64], found: Differences, taken: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """What the cells say; and which of them are certain: of scores none is asked about."""
    if shown is Shown.VALUE:
        values = level_columns.with_levels(mean)[:, taken]
        return values, np.zeros(values.shape, dtype=np.bool_)
    part = found.part(slice(None), taken)
    return part.points, part.certain


def _order(
    chosen: Chosen, columns: Sequence[HeatColumn], units: Sequence[ReleasedUnit], values: NDArray[np.float64]
) -> list[int]:
    """Places of the units; equal ones keep the order of the tree, and what has no value stands last."""
    wanted, keys = chosen.sort.removeprefix("-"), [column.key for column in columns]
    if wanted == ANSWERED:
        ranked = np.array([unit.answered for unit in units], dtype=np.float64)
    elif wanted in keys:
        ranked = values[:, keys.index(wanted)]
    else:
        return list(range(len(units)))
    order: list[int] = np.argsort(ranked if chosen.sort.startswith("-") else -ranked, kind="stable").tolist()
    return order
