"""How many respondents of each role type a unit has, told where its means by role type are.

What the gate protects is what people answered, and it does so against somebody who knows who answered, in which unit
and of which role type: every count is taken as known (Theorems 1 to 4). So these numbers add nothing to what can be
derived. They count respondents, not valid answers: how many said Vet ej in a group of one role type stays untold. And a
group of one or two is not told, though it could be: nobody needs it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.split_blunting import TYPE_3, TYPES_1_2
from dimios_dash.domain.tree import Tree

NOT_TOLD = -1
TWO_GROUPS, THREE_GROUPS = 2, 3  # Release.role_groups


def told_role_counts(tree: Tree, own: NDArray[Any], role_groups: NDArray[np.int8], k: int) -> NDArray[np.int32]:
    """Respondents of types 1, 2, 3 and 1 + 2 in each branch, int32[N, 4]; NOT_TOLD where their means are not shown.

    own[N, 3] are those in each unit itself, role_groups[N, Q] the groups that are shown on each statement. All shown
    groups of a unit are told, or none of them: each must be empty or hold at least k.
    """
    types = tree.rollup(own)
    counts = np.concatenate([types, types[:, :TYPE_3].sum(axis=1, keepdims=True)], axis=1)
    most = role_groups.max(axis=1)
    shown = np.repeat(most[:, None] == THREE_GROUPS, counts.shape[1], axis=1)
    shown[:, [TYPE_3, TYPES_1_2]] = most[:, None] >= TWO_GROUPS
    small = ((counts > 0) & (counts < k) & shown).any(axis=1, keepdims=True)
    return np.where(shown & ~small, counts, NOT_TOLD).astype(np.int32)
