"""What a release consists of. It is made by `disclosure.release` and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dimios_dash.translations import N_, _


class Hidden(IntEnum):
    """Whether a unit's mean is shown on a statement, else why not."""

    SHOWN = 0
    NO_ANSWERS = 1  # nobody in the branch has answered the form
    TOO_FEW = 2  # fewer than k valid answers in the branch
    PROTECTS_OTHERS = 3  # enough, but showing it would single out fewer than k

    @property
    def explanation(self) -> str:
        """One sentence for the page."""
        return _(_EXPLANATIONS[self])


_EXPLANATIONS = {
    Hidden.SHOWN: N_("Visas."),
    Hidden.NO_ANSWERS: N_("Visas inte, eftersom det inte finns några svar."),
    Hidden.TOO_FEW: N_("Visas inte, eftersom för få har svarat för att ingen ska kunna kännas igen."),
    Hidden.PROTECTS_OTHERS: N_("Visas inte, eftersom värdet jämfört med andra kunde avslöja vad några få har svarat."),
}


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """What is shown of N units on Q statements with K scale points, and what is kept for later trees.

    Pieces, homes and pictures of pieces are regrouped under later trees, and compared, but never shown.
    """

    mean: NDArray[np.float64]  # [N, Q] 0-100, one decimal; NaN where it is not shown
    hidden: NDArray[np.int8]  # [N, Q] Hidden
    home: NDArray[np.int32]  # [N, Q] settled unit where the unit's own answers are counted; -1 for none
    lifted: NDArray[np.bool_]  # [N, Q] shown, but some of the branch are counted higher up, if they gave an answer
    bound: NDArray[np.int8]  # [N, Q] +1 / -1: shown, and all its pieces stand at the upper / lower limit
    piece_n: NDArray[np.int32]  # [N, Q] answers counted first in this unit
    piece_sum: NDArray[np.int32]  # [N, Q] their blunted sum
    answered: NDArray[np.int32]  # [N] respondents in the branch, all-Vet-ej ones included
    role_groups: NDArray[np.int8]  # [N, Q] role-type groups the unit is split in: 0, 2 (1 + 2 | 3) or 3
    role_n: NDArray[np.int32]  # [N, Q, 4] answers of types 1, 2, 3 and 1 + 2 behind each shown group; else 0
    role_mean: NDArray[np.float64]  # [N, Q, 4] 0-100, one decimal; NaN where it is not shown
    role_bound: NDArray[np.int8]  # [N, Q, 4] split_blunting.Bound
    distribution: NDArray[np.int32]  # [N, Q, K] protected numbers of answers; zeros where none are shown
    distribution_piece: NDArray[np.int32]  # [N, Q, K] protected numbers of the answers counted first in this unit
    distribution_home: NDArray[np.int32]  # [N, Q] unit whose picture first holds the unit's own answers; -1 for none
    dont_know: NDArray[np.float64]  # [N, Q] share of Vet ej, 0-1, three decimals; NaN where it is not shown
    text_home: NDArray[np.int32]  # [N] unit where the unit's texts are shown and its Vet ej counted first; -1 for none
