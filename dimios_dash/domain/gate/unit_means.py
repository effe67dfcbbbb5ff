"""Means of units, summed from blunted pieces so that nothing can be found by difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.blunting import blunt, limits
from dimios_dash.domain.gate.counting import Counts, gather_home
from dimios_dash.domain.gate.released import Hidden
from dimios_dash.domain.tree import ROOT, Tree

DECIMALS = 1


@dataclass(frozen=True, slots=True, eq=False)
class UnitPieces:
    """The answers counted first in each unit, and where each unit's own answers are."""

    settled: NDArray[np.bool_]  # [N, Q]
    home: NDArray[np.int32]  # [N, Q]; -1 for none
    answers: NDArray[np.int64]  # [2, N, Q] per channel
    asked: NDArray[np.int64]  # [N, Q, 3] respondents of each role type behind them, those who said Vet ej too
    types: NDArray[np.int64]  # [2, N, Q, 3] and role type
    type_sums: NDArray[np.int64]  # [2, N, Q, 3] their scale points
    sums: NDArray[np.int64]  # [N, Q] blunted
    histograms: NDArray[np.int64]  # [N, Q, K] true


def settled_as_seen(
    tree: Tree, settled: NDArray[np.bool_], respondents: NDArray[np.int64], answers: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """settled[N, Q] without the units where some are counted first and all of them said Vet ej: seen as lifted.

    respondents[N, Q], or [N, 1] where they are the same on all statements, and answers[N, Q] are in each unit itself.
    So whether a unit is lifted does not tell what its head, the only one counted there, said: it is lifted either way.
    Nobody is counted above the root, which stays as it is. To settle less is always safe (Theorem 1).
    """
    kept = settled & (gather_home(tree.nearest(settled), answers) > 0)
    asked = np.broadcast_to(respondents, answers.shape).copy()
    for level in tree.levels[:0:-1]:
        parents, first = tree.families(level)
        asked[parents] += np.add.reduceat(np.where(kept[level], 0, asked[level]), first, axis=0)
    seen: NDArray[np.bool_] = kept | (settled & (asked == 0))
    seen[ROOT] = settled[ROOT]
    return seen


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
        asked=_asked(home, counts.roles, answers.sum(axis=0)),
        types=types,
        type_sums=type_sums,
        sums=blunt(answers, type_sums.sum(axis=-1), scale_points),
        histograms=gather_home(home, counts.histograms),
    )


def _asked(home: NDArray[np.int32], roles: NDArray[np.int64], answers: NDArray[np.int64]) -> NDArray[np.int64]:
    """roles[N, 3] counted first in each unit, [N, Q, 3]; nobody where there are no answers[N, Q] (in the root)."""
    asked = gather_home(home, np.repeat(roles[:, None], home.shape[1], axis=1))
    asked[answers == 0] = 0
    return asked


def means(tree: Tree, shown: NDArray[np.bool_], pieces: UnitPieces, scale_points: int) -> NDArray[np.float64]:
    """Scores of shown[N, Q] cells, 0-100; NaN elsewhere."""
    answers = np.where(shown, tree.rollup(pieces.answers.sum(axis=0)), 1)
    return scores(np.where(shown, tree.rollup(pieces.sums) / answers, np.nan), scale_points)


def scores(points: NDArray[np.float64], scale_points: int) -> NDArray[np.float64]:
    """Mean scale points as 0-100, one decimal."""
    return np.round((points - 1) / (scale_points - 1) * 100, DECIMALS)


def reasons(
    answered: NDArray[np.int64], answers: NDArray[np.int64], shown: NDArray[np.bool_], k: int
) -> NDArray[np.int8]:
    """Hidden[N, Q] from the respondents [N] and the valid answers [N, Q] in each branch.

    Where all said Vet ej it is the same as where too few did not: else it would be told of a unit of one.
    """
    nobody = np.broadcast_to(answered[:, None] == 0, answers.shape)
    cases = [shown, nobody, answers < k]
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
