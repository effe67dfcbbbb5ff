"""The unit pieces inside splits by role type, side by side, and the groups where their role types are summed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.blunting import limits
from dimios_dash.domain.gate.split_room import Whole, sum_in
from dimios_dash.domain.gate.splitting import Splits
from dimios_dash.domain.tree import Tree


@dataclass(frozen=True, slots=True, eq=False)
class SplitPieces:
    """The P inhabited unit pieces inside two-way splits, and where their groups are summed."""

    types: Whole  # [2, 3, P] answers per channel and role type
    type_sums: Whole  # [2, 3, P] their true sums
    sums: Whole  # [P] shown sums
    y_cell: Whole  # [Y] place of each piece of a two-way split among the N * Q cells
    y: NDArray[np.intp]  # [P]
    x_cell: Whole  # [X] the same of three-way splits
    x: NDArray[np.intp]  # [Y]; X for those outside
    at_limit: NDArray[np.int8]  # [P] +1 / -1 where the piece stands at its own limit

    def in_y(self, values: Whole) -> Whole:
        """values[..., P] of pieces summed in each Y."""
        return sum_in(values, self.y, self.y_cell.size)

    def in_x(self, values: Whole) -> Whole:
        """values[..., Y] summed in each X."""
        return sum_in(values, self.x, self.x_cell.size)


def split_pieces(
    tree: Tree, splits: Splits, types: Whole, type_sums: Whole, shown_sums: Whole, *, scale_points: int
) -> SplitPieces:
    """The pieces of types and type_sums[2, N, Q, 3] that come to shown_sums[N, Q]."""
    two, three = tree.nearest(splits.two), tree.nearest(splits.three)
    unit, statement = np.nonzero(types.any(axis=(0, -1)) & (two >= 0))
    columns = shown_sums.shape[1]
    y_cell, y = np.unique(two[unit, statement] * columns + statement, return_inverse=True)
    y_unit, y_statement = np.divmod(y_cell, columns)
    outer = three[y_unit, y_statement]
    x_cell, x = np.unique(np.where(outer < 0, shown_sums.size, outer * columns + y_statement), return_inverse=True)
    lowest, highest = limits(types.sum(axis=-1), scale_points)
    at_limit = (shown_sums == highest).astype(np.int8) - (shown_sums == lowest)
    return SplitPieces(
        types=_by_type(types[:, unit, statement]),
        type_sums=_by_type(type_sums[:, unit, statement]),
        sums=shown_sums[unit, statement],
        y_cell=y_cell,
        y=y,
        x_cell=x_cell,
        x=x,
        at_limit=at_limit[unit, statement],
    )


def _by_type(values: Whole) -> Whole:
    """values[2, P, 3] with role types before pieces."""
    return np.ascontiguousarray(values.swapaxes(1, 2))
