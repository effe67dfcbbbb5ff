"""Means of units, summed from blunted pieces so that nothing can be found by difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.blunting import blunt, limits
from dimios_dash.domain.counting import Counts, gather_home
from dimios_dash.domain.released import Hidden
from dimios_dash.domain.tree import Tree

DECIMALS = 1


@dataclass(frozen=True, slots=True, eq=False)
class UnitPieces:
    """The answers counted first in each unit, and where each unit's own answers are."""

    settled: NDArray[np.bool_]  # [N, Q]
    home: NDArray[np.int32]  # [N, Q]; -1 for none
    answers: NDArray[np.int64]  # [2, N, Q] per channel
    types: NDArray[np.int64]  # [2, N, Q, 3] and role type
    type_sums: NDArray[np.int64]  # [2, N, Q, 3] their scale points
    sums: NDArray[np.int64]  # [N, Q] blunted
    histograms: NDArray[np.int64]  # [N, Q, K] true


def unit_pieces(tree: Tree, settled: NDArray[np.bool_], counts: Counts, scale_points: int) -> UnitPieces:
    """Everything counted, brought to the first settled[N, Q] unit at or above."""
    home = tree.nearest(settled)
    answers, types, type_sums = (
        np.stack([gather_home(home, each) for each in own]) for own in (counts.valid, counts.types, counts.type_sums)
    )
    return UnitPieces(
        settled=settled,
        home=home,
        answers=answers,
        types=types,
        type_sums=type_sums,
        sums=blunt(answers, type_sums.sum(axis=-1), scale_points),
        histograms=gather_home(home, counts.histograms),
    )


def means(tree: Tree, shown: NDArray[np.bool_], pieces: UnitPieces, scale_points: int) -> NDArray[np.float64]:
    """Scores of shown[N, Q] cells, 0-100; NaN elsewhere."""
    answers = np.where(shown, tree.rollup(pieces.answers.sum(axis=0)), 1)
    return scores(np.where(shown, tree.rollup(pieces.sums) / answers, np.nan), scale_points)


def scores(points: NDArray[np.float64], scale_points: int) -> NDArray[np.float64]:
    """Mean scale points as 0-100, one decimal."""
    return np.round((points - 1) / (scale_points - 1) * 100, DECIMALS)


def reasons(answers: NDArray[np.int64], shown: NDArray[np.bool_], k: int) -> NDArray[np.int8]:
    """Hidden[N, Q] from the valid answers in each branch."""
    cases = [shown, answers == 0, answers < k]
    chosen = [Hidden.SHOWN, Hidden.NO_ANSWERS, Hidden.TOO_FEW]
    return np.select(cases, chosen, Hidden.PROTECTS_OTHERS).astype(np.int8)


def bounds(tree: Tree, shown: NDArray[np.bool_], pieces: UnitPieces, scale_points: int) -> NDArray[np.int8]:
    """+1 / -1 where every piece of a shown cell stands at its upper / lower limit, moved there or not."""
    lowest, highest = limits(pieces.answers, scale_points)
    inhabited = pieces.answers.sum(axis=0) > 0
    number = tree.rollup(inhabited)
    at_top, at_bottom = (
        shown & (tree.rollup(inhabited & (pieces.sums == limit)) == number) for limit in (highest, lowest)
    )
    bound: NDArray[np.int8] = at_top.astype(np.int8) - at_bottom.astype(np.int8)
    return bound
