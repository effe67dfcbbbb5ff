"""A release from its rows, as it came out of the gate: `packing` the other way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from db.models import Release as Packed
from db.models import ReleasedPiece, ReleasedUnit
from dimios_dash.domain.gate.released import Release
from dimios_dash.domain.gate.role_groups import GROUPS
from dimios_dash.domain.statistics.pooled_spread import PooledSpread
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one release, in the order of its tree."""

    tree: Tree
    units: Sequence[ReleasedUnit]
    pieces: Sequence[ReleasedPiece]


def release_of(rows: Rows, scale_points: int) -> Release:
    """The release. What was not stored yet, in an older version, is as if it were not shown."""
    units, pieces = rows.units, rows.pieces
    cells = len(units), len(units[0].mean)
    groups, points = (*cells, GROUPS), (*cells, scale_points)
    return Release(
        mean=_numbers([unit.mean for unit in units]),
        hidden=np.array([unit.hidden for unit in units], dtype=np.int8),
        home=_places(rows.tree, [unit.home for unit in units], cells),
        lifted=np.array([unit.lifted for unit in units], dtype=np.bool_),
        bound=np.array([unit.bound for unit in units], dtype=np.int8),
        piece_n=np.array([piece.n for piece in pieces], dtype=np.int32),
        piece_sum=np.array([piece.total for piece in pieces], dtype=np.int32),
        answered=np.array([unit.answered for unit in units], dtype=np.int32),
        role_groups=_filled([unit.role_groups for unit in units], np.zeros(cells, dtype=np.int8)),
        role_n=_filled([piece.role_n for piece in pieces], np.zeros(groups, dtype=np.int32)),
        role_mean=_filled([unit.role_mean for unit in units], np.full(groups, np.nan), _numbers),
        role_bound=_filled([unit.role_bound for unit in units], np.zeros(groups, dtype=np.int8)),
        distribution=_filled([unit.distribution for unit in units], np.zeros(points, dtype=np.int32)),
        distribution_piece=_filled([piece.distribution for piece in pieces], np.zeros(points, dtype=np.int32)),
        distribution_home=_places(rows.tree, [piece.distribution_home for piece in pieces], cells),
        dont_know=_filled([unit.dont_know for unit in units], np.full(cells, np.nan), _numbers),
        text_home=_places(rows.tree, [[unit.text_home] for unit in units], (len(units), 1))[:, 0],
    )


def spreads_of(packed: Packed) -> dict[str, PooledSpread]:
    """How much respondents differ in the whole organisation, by key."""
    spreads = zip(packed.spread_keys, packed.spread_sd, packed.spread_n, strict=True)
    return {key: PooledSpread(sd, n) for key, sd, n in spreads}


def _numbers(values: Any) -> NDArray[np.float64]:
    """NaN for null."""
    return np.array(values, dtype=np.float64)


def _filled(
    stored: Sequence[Any], nothing: NDArray[Any], convert: Callable[[Any], NDArray[Any]] = np.asarray
) -> NDArray[Any]:
    """Each unit's array in its place of `nothing`[N, ...], where it has one."""
    for place, values in enumerate(stored):
        if values is not None:
            nothing[place] = convert(values)
    return nothing


def _places(tree: Tree, stored: Sequence[Sequence[str | None] | None], shape: tuple[int, int]) -> NDArray[np.int32]:
    """Places of ids in the tree, [N, Q]; -1 for null."""
    place: Mapping[str | None, int] = {None: NOWHERE, **{unit: at for at, unit in enumerate(tree.ids)}}
    found = np.full(shape, NOWHERE, dtype=np.int32)
    for at, ids in enumerate(stored):
        if ids is not None:
            found[at] = [place[UnitId(unit) if unit else None] for unit in ids]
    return found
