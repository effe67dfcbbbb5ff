"""What comparing two releases gives. Made by `year_comparison`, which takes a second to load."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """[N, levels] each, the columns of `level_columns`; NaN where the two years cannot be compared."""

    difference: NDArray[np.float64]  # points, later less earlier, not rounded
    margin: NDArray[np.float64]  # half of Welch's 95 % interval around it
    adjusted_p: NDArray[np.float64]  # certain from .05 down
    hedges_g: NDArray[np.float64]
    smallest: NDArray[np.float64]  # points from which a single change of so many answers would be certain
