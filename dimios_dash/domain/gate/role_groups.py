"""Means by role type: on two groups (1 + 2 | 3), on three types, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.split_blunting import TYPE_3, TYPES_1_2, Bound, GroupSums, blunt_splits
from dimios_dash.domain.gate.splitting import Splits, split
from dimios_dash.domain.gate.unit_means import UnitPieces
from dimios_dash.domain.tree import Tree

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
    splits = split(tree, shown, types, pieces.asked, k)
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
    inhabited = _inhabited(tree, splits, types)
    bound = np.zeros(inhabited.shape, dtype=np.int8)
    for said in (Bound.LOWER, Bound.UPPER, Bound.NOT_TOLD):
        saying_else = tree.rollup(inhabited & (cells.bound != said))
        bound[shown & (saying_else == 0)] = said
    return bound


def _inhabited(tree: Tree, splits: Splits, types: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether answers of each group are counted first in each unit, types 1 and 2 in D3, others in D2: [N, Q, 4]."""
    two, three = tree.nearest(splits.two), tree.nearest(splits.three)
    home = np.stack([three, three, two, two], axis=-1)
    given = np.asarray(types.any(axis=0))
    given = np.concatenate([given, given[..., :TYPE_3].any(axis=-1, keepdims=True)], axis=-1)
    unit, statement, group = np.nonzero(given & (home >= 0))
    inhabited = np.zeros_like(given)
    inhabited[home[unit, statement, group], statement, group] = True
    return inhabited
