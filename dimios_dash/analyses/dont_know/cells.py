"""What is read of Vet ej: shares of a unit and of those below it, statement by statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.analyses import hiding
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.internal.choices import ANSWERED, Chosen
from dimios_dash.analyses.internal.columns import HeatColumn, columns_of
from dimios_dash.analyses.internal.selection import Placed, selection
from dimios_dash.domain.benchmark import ALL
from dimios_dash.domain.gate.finer_hidden import FinerHidden
from dimios_dash.domain.statistics.interval import Interval
from dimios_dash.domain.statistics.uncertainty import interval_of_share
from dimios_dash.translations import _


@dataclass(frozen=True, slots=True)
class Most:
    """The statement that most of the unit's respondents answer Vet ej to. `where`: the unit below with most of it."""

    capability: str
    share: float
    interval: Interval | None
    where: str  # empty where no unit below shows it


@dataclass(frozen=True, slots=True, eq=False)
class DontKnowCells:
    """`shares` is [own unit first, then those below; columns] 0-1, the first column the mean of all; NaN: hidden."""

    chosen: Chosen
    columns: tuple[HeatColumn, ...]
    results: ReleasedResults
    own: ReleasedUnit
    below: tuple[Placed, ...]
    shares: NDArray[np.float64]
    most: Most | None

    def why(self, unit: ReleasedUnit) -> str:
        """Why a unit shows no share."""
        hidden = hiding.of_unit(self.results, unit)
        if not unit.takes_part and hidden:
            return hidden.reason
        few = FinerHidden.FEW_RESPONDENTS if unit.answered else FinerHidden.NO_RESPONDENTS
        return few.explanation

    @property
    def shown_below(self) -> int:
        """How many units below show their shares."""
        return int((~np.isnan(self.shares[1:]).all(axis=1)).sum())


def read(basis: Basis) -> DontKnowCells:
    chosen = Chosen.of(basis)
    statements = columns_of(basis.instrument, chosen.of_capabilities())
    below = selection(basis.results, basis.unit_id, chosen)
    shares = _shares(basis, [basis.unit, *(each.unit for each in below)], statements)
    columns = (HeatColumn(ALL, _("Alla"), ""), *statements)
    order = _order(chosen, columns, below, shares[1:])
    ordered = tuple(below[place] for place in order)
    return DontKnowCells(
        chosen=chosen,
        columns=columns,
        results=basis.results,
        own=basis.unit,
        below=ordered,
        shares=shares[[0, *(1 + place for place in order)]],
        most=_most(basis.unit, [each.unit.name for each in below], statements, shares[:, 1:]),
    )


def _shares(basis: Basis, units: Sequence[ReleasedUnit], columns: Sequence[HeatColumn]) -> NDArray[np.float64]:
    """[units, 1 + columns]; the mean of all columns first, which a unit shows all of or none."""
    keys = [str(key) for key in basis.instrument.statement_keys]
    shares = basis.shares.of([unit.unit_id for unit in units])[:, [keys.index(column.key) for column in columns]]
    return np.hstack([shares.mean(axis=1, keepdims=True), shares])


def _order(
    chosen: Chosen, columns: Sequence[HeatColumn], below: Sequence[Placed], shares: NDArray[np.float64]
) -> list[int]:
    wanted, keys = chosen.sort.removeprefix("-"), [column.key for column in columns]
    if wanted == ANSWERED:
        ranked = np.array([each.unit.answered for each in below], dtype=np.float64)
    elif wanted in keys:
        ranked = shares[:, keys.index(wanted)]
    else:
        return list(range(len(below)))
    order: list[int] = np.argsort(ranked if chosen.sort.startswith("-") else -ranked, kind="stable").tolist()
    return order


def _most(
    own: ReleasedUnit, names: Sequence[str], columns: Sequence[HeatColumn], shares: NDArray[np.float64]
) -> Most | None:
    if np.isnan(shares[0]).all():
        return None
    place = int(np.nanargmax(shares[0]))
    share, there = float(shares[0, place]), shares[1:, place]
    where = "" if np.isnan(there).all() else names[int(np.nanargmax(there))]
    return Most(columns[place].name, share, interval_of_share(share, own.answered), where)
