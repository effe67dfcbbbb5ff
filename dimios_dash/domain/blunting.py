"""Sums kept away from the ends of the scale: a group where all gave the same extreme answer would reveal everybody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.leftovers import EMAIL, LINK

MARGIN = 2  # leaves each person at least three possible answers


def blunt(answers: NDArray[np.int64], sums: NDArray[np.int64], scale_points: int) -> NDArray[np.int64]:
    """Sums of pieces kept within their `limits`. answers and sums[2, ...] per channel → [...]; 0 for no answers.

    Whoever spread an open link may have filled it in too and can take those answers away again, so the e-mail
    answers of a mixed piece are blunted by themselves before the whole is.
    """
    email = _within(sums[EMAIL], answers[EMAIL], _margin(answers[[EMAIL]]), scale_points)
    return _within(email + sums[LINK], answers.sum(axis=0), _margin(answers), scale_points)


def limits(answers: NDArray[np.int64], scale_points: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Least and greatest sum a piece of answers[2, ...] may stand at; two further in where channels are mixed.

    Without the wider margin a mixed piece at its limit would tell that all its open-link answers lie at the end.
    """
    return _ends(answers.sum(axis=0), _margin(answers), scale_points)


def _margin(answers: NDArray[np.int64]) -> NDArray[np.int64]:
    margin: NDArray[np.int64] = np.where(answers > 0, MARGIN, 0).sum(axis=0)
    return margin


def _within(
    sums: NDArray[np.int64], answers: NDArray[np.int64], margin: NDArray[np.int64], scale_points: int
) -> NDArray[np.int64]:
    lowest, highest = _ends(answers, margin, scale_points)
    return np.minimum(np.maximum(sums, lowest), highest)


def _ends(
    answers: NDArray[np.int64], margin: NDArray[np.int64], scale_points: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return answers + margin, scale_points * answers - margin
