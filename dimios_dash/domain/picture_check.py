"""The second look at distributions: do the pictures hold whole unit pieces, with their number and shown sum?

Then they say nothing of sums that the means do not say. That pieces of pictures are large enough is asked of
`disclosure_check.leaks`, as for means.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def misdrawn(
    *,
    home: NDArray[Any],
    picture_home: NDArray[Any],
    piece_n: NDArray[Any],
    piece_sum: NDArray[Any],
    pictures: NDArray[Any],
) -> NDArray[np.intp]:
    """Indices of the statements whose pictures do not fit; empty for a safe release.

    home and picture_home[N, Q]: where the mean and the picture count the unit's own answers first, -1 for nowhere;
    piece_n and piece_sum[N, Q]: answers counted first in each unit and their shown sum; pictures[N, Q, K] of pieces.
    """
    statement = np.arange(home.shape[1])
    expected = np.where(home < 0, -1, picture_home[home, statement])
    torn = np.not_equal(picture_home, expected)
    answers, sums = pictures.sum(axis=-1), pictures @ np.arange(1, pictures.shape[-1] + 1)
    unit, column = np.nonzero((picture_home >= 0) & (piece_n > 0))
    for drawn, pieces in ((answers, piece_n), (sums, piece_sum)):
        np.subtract.at(drawn, (picture_home[unit, column], column), pieces[unit, column])
    wrong = (pictures < 0).any(axis=-1) | np.not_equal(answers, 0) | np.not_equal(sums, 0)
    return np.flatnonzero((torn | wrong).any(axis=0))
