"""The second look at distributions: do the pictures hold whole pieces, with their number and shown sum?

Whole unit pieces: then they say nothing of sums that the means do not say. Whole pieces of respondents: then their
numbers say nothing of Vet ej that its shares do not say. That pieces of pictures are large enough is asked of
`disclosure_check.leaks`, as for means.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def misdrawn(
    *,
    home: NDArray[Any],
    text_home: NDArray[Any],
    picture_home: NDArray[Any],
    piece_n: NDArray[Any],
    piece_sum: NDArray[Any],
    pictures: NDArray[Any],
) -> NDArray[np.intp]:
    """Indices of the statements whose pictures do not fit; empty for a safe release.

    home and picture_home[N, Q]: where the mean and the picture count the unit's own answers first, text_home[N]: where
    its respondents are, -1 for nowhere; piece_n and piece_sum[N, Q]: answers counted first in each unit and their shown
    sum; pictures[N, Q, K] of pieces.
    """
    torn = _torn(home, picture_home) | _torn(text_home[:, None], picture_home)
    answers, sums = pictures.sum(axis=-1), pictures @ np.arange(1, pictures.shape[-1] + 1)
    unit, column = np.nonzero((picture_home >= 0) & (piece_n > 0))
    for drawn, pieces in ((answers, piece_n), (sums, piece_sum)):
        np.subtract.at(drawn, (picture_home[unit, column], column), pieces[unit, column])
    wrong = (pictures < 0).any(axis=-1) | np.not_equal(answers, 0) | np.not_equal(sums, 0)
    return np.flatnonzero((torn | wrong).any(axis=0))


def _torn(home: NDArray[Any], picture_home: NDArray[Any]) -> NDArray[np.bool_]:
    """Units [N, Q] that are not in the picture of the unit where they are counted."""
    expected = np.where(home < 0, -1, picture_home[home, np.arange(picture_home.shape[1])])
    return np.asarray(picture_home != expected)
