"""What a change is made of: real change, another mix of role types, another tree.

    change as published = real change + mix + tree

Mix: of two years' means by role type m and shares of respondents w, the symmetric composition effect
Σ (w2 - w1) (m1 + m2) / 2 (Kitagawa 1955, J. Am. Stat. Assoc. 50, 1168-1194): what the mean would have changed by alone
because more or fewer of each type answered. What then is left is what changed within the types, and is called real; it
holds also what other shares of Vet ej within the types have moved, since the shares are those of respondents.
Tree: what the earlier year says of the unit as it is now, less what it said of it as it was. All is computed from
released means and from numbers of respondents by role type beside them: whoever has the releases can compute it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.split_blunting import TYPE_1, TYPE_2, TYPE_3, TYPES_1_2
from dimios_dash.domain.statistics.level_columns import with_levels

_PARTITIONS = ([TYPE_1, TYPE_2, TYPE_3], [TYPE_3, TYPES_1_2])  # the finer first


@dataclass(frozen=True, slots=True, eq=False)
class ByRoleType:
    """One unit in one year, in the order 1, 2, 3, 1 + 2; NaN for what is not shown."""

    answered: NDArray[np.float64]  # [4] respondents
    mean: NDArray[np.float64]  # [Q, 4] 0-100


def mix_effects(before: ByRoleType, after: ByRoleType) -> NDArray[np.float64]:
    """Points of the change of each statement and level that come from another mix; [levels] as `level_columns`.

    A statement is computed on three types, else on two groups, where both years show all of them; else it is NaN. So a
    level is computed on the statements that have one, and needs as many as it always does.
    """
    found = np.full(len(after.mean), np.nan)
    for groups in _PARTITIONS:
        found = np.where(np.isnan(found), _effect(before, after, groups), found)
    levels: NDArray[np.float64] = with_levels(found[None])[0]
    return levels


def _effect(before: ByRoleType, after: ByRoleType, groups: list[int]) -> NDArray[np.float64]:
    """[Q]; NaN where a group or its number is missing in either year. A group that nobody was ever of has no part."""
    shares = [year.answered[groups] / year.answered[groups].sum() for year in (before, after)]
    empty = (before.answered[groups] == 0) & (after.answered[groups] == 0)
    middle = np.where(empty, 0, (before.mean[:, groups] + after.mean[:, groups]) / 2)
    effect: NDArray[np.float64] = middle @ (shares[1] - shares[0])
    return effect
