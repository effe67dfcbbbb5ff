"""Means by role type: on two groups (1 + 2 | 3), on three types, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.split_blunting import TYPE_3, TYPES_1_2, Bound, GroupSums, blunt_splits
from dimios_dash.domain.splitting import Splits, split
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.unit_means import UnitPieces

GROUPS = 4  # TYPE_1, TYPE_2, TYPE_3, TYPES_1_2


@dataclass(frozen=True, slots=True, eq=False)
class RoleGroups:
    """What is shown by role type, for units that show a mean on all."""

    splits: Splits
    answers: NDArray[np.int64]  # [N, Q, 4] behind each shown mean, else 0
    points: NDArray[np.float64]  # [N, Q, 4] mean scale points; NaN where it is not shown
    bound: NDArray[np.int8]  # [N, Q, 4] Bound


def role_groups(tree: Tree, shown: NDArray[np.bool_], pieces: UnitPieces, k: int, scale_points: int) -> RoleGroups:
    """Means of the groups of shown[N, Q] units."""
    types = pieces.types
    splits = split(tree, shown, types, k)
    cells = blunt_splits(tree, splits, types, pieces.type_sums, pieces.sums, scale_points=scale_points)
    everybody = tree.rollup(types.sum(axis=0))
    both = everybody[..., :TYPE_3].sum(axis=-1, keepdims=True)
    answers = np.where(_shown_groups(splits), np.concatenate([everybody, both], axis=-1), 0)
    points = np.where(answers > 0, tree.rollup(cells.sums) / np.maximum(answers, 1), np.nan)
    return RoleGroups(splits, answers, points, _bounds(tree, splits, cells, types, answers > 0))


def _shown_groups(splits: Splits) -> NDArray[np.bool_]:
    """[N, Q, 4]: three-way units show all, two-way units type 3 and the others together."""
    groups = np.repeat(splits.three[..., None], GROUPS, axis=-1)
    groups[..., [TYPE_3, TYPES_1_2]] = splits.two[..., None]
    return groups


def _bounds(
    tree: Tree, splits: Splits, cells: GroupSums, types: NDArray[np.int64], shown: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """What all cells behind a shown group say alike; INSIDE where they differ."""
    first_in_x, first_in_y = (_answers_in(tree, marked, types) for marked in (splits.three, splits.two))
    inhabited = np.concatenate([first_in_x[..., :TYPE_3], first_in_y[..., TYPE_3:]], axis=-1) > 0
    of_all = tree.rollup(inhabited)
    bound = np.zeros(inhabited.shape, dtype=np.int8)
    for said in (Bound.LOWER, Bound.UPPER, Bound.NOT_TOLD):
        alike = tree.rollup(inhabited & (cells.bound == said)) == of_all
        bound[shown & alike] = said
    return bound


def _answers_in(tree: Tree, marked: NDArray[np.bool_], types: NDArray[np.int64]) -> NDArray[np.int64]:
    """Answers in each group [N, Q, 4] of the pieces counted first in marked[N, Q] units."""
    home = tree.nearest(marked)
    gathered = np.zeros((*marked.shape, GROUPS), dtype=np.int64)
    unit, statement = np.nonzero(types.any(axis=(0, -1)) & (home >= 0))
    own = types[:, unit, statement].sum(axis=0)
    own = np.column_stack([own, own[:, :TYPE_3].sum(axis=1)])
    np.add.at(gathered, (home[unit, statement], statement), own)
    return gathered
