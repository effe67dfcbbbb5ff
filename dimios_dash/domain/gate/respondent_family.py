"""Respondents in groups of at least ten: for Vet ej, which has a family of its own, and for free texts.

A respondent answers every statement, by a point of the scale or by Vet ej. So respondents are the same on all
statements, and one choice serves everything that is counted on respondents. By Theorem 1 nothing counted on this
family tells of fewer than max(k, FEWEST) of them, and open-link answers never help e-mail answers over that number.

A free text is shown at the unit whose own piece holds its writer: the smallest such unit, and the texts of a unit
minus those of the units below it always come from a whole piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.choosing import choose
from dimios_dash.domain.tree import Tree

FEWEST = 10  # answers in a piece of anything finer than a mean


@dataclass(frozen=True, slots=True, eq=False)
class RespondentFamily:
    """Where respondents are counted, and where the texts of each unit are shown."""

    shown: NDArray[np.bool_]  # [N]
    settled: NDArray[np.bool_]  # [N]
    home: NDArray[np.int32]  # [N] unit where the unit's own respondents are counted first; -1 for none


def respondent_family(tree: Tree, respondents: NDArray[Any], k: int) -> RespondentFamily:
    """The family of respondents[2, N], per channel, those in each unit itself."""
    own = respondents[:, :, None]
    choice = choose(tree, own, max(k, FEWEST), weight=tree.rollup(own.sum(axis=0)))
    return RespondentFamily(choice.shown[:, 0], choice.settled[:, 0], tree.nearest(choice.settled)[:, 0])
