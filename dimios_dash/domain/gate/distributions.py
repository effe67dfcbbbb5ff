"""Which units show a distribution, and the protected pictures they show (see `spreading`).

A picture tells two things exactly (Theorem 3): the sum of its answers, and how many they are, hence how many of the
respondents said Vet ej. So its pieces, the family H, are unions of unit pieces, where sums are known anyway, and at the
same time unions of pieces of the respondent family, where Vet ej is counted anyway: of three families each of which is
safe the answers between two could still be found by difference. Both partitions are of the kind "first settled unit at
or above", and the finest that both refine is "first unit at or above that is settled in both".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.choosing import choose
from dimios_dash.domain.gate.counting import gather_home
from dimios_dash.domain.gate.respondent_family import RespondentFamily
from dimios_dash.domain.gate.spreading import Coins, protect
from dimios_dash.domain.gate.unit_means import UnitPieces
from dimios_dash.domain.tree import Tree


@dataclass(frozen=True, slots=True, eq=False)
class Distributions:
    """Pictures of the family H."""

    home: NDArray[np.int32]  # [N, Q] unit whose picture first holds the unit's own answers; -1 for none
    piece: NDArray[np.int32]  # [N, Q, K] pictures of pieces
    shown: NDArray[np.int32]  # [N, Q, K] pictures of units; zeros where none is shown


def distributions(
    tree: Tree,
    shown: NDArray[np.bool_],
    pieces: UnitPieces,
    family: RespondentFamily,
    fewest: int,
    *,
    coins: Coins,
    earlier: Distributions | None = None,
) -> Distributions:
    """Protected distributions in pieces of at least `fewest` answers, for shown[N, Q] units.

    A recalculation keeps the pictures of `earlier` for pieces of the same units with the same number and sum of
    answers: a second picture would tell more than one.
    """
    whole = tree.nearest(pieces.settled & family.settled[:, None])
    answers = np.stack([gather_home(whole, each) for each in pieces.answers])
    choice = choose(tree, answers, fewest, weight=tree.rollup(answers.sum(axis=0)))
    of_piece = _through(whole, tree.nearest(choice.settled))
    answers, sums, histograms = (
        gather_home(of_piece, each) for each in (pieces.answers.sum(axis=0), pieces.sums, pieces.histograms)
    )
    home = _through(pieces.home, of_piece)
    drawn = np.zeros_like(histograms, dtype=np.int32) if earlier is None else _kept(earlier, home, answers, sums)
    unit, statement = np.nonzero((answers > 0) & (drawn.sum(axis=-1) == 0))
    drawn[unit, statement] = protect(histograms[unit, statement], sums[unit, statement], coins)
    visible = (choice.shown & shown)[..., None]
    return Distributions(home, drawn, np.where(visible, tree.rollup(drawn), 0).astype(np.int32))


def _through(first: NDArray[np.int32], then: NDArray[np.int32]) -> NDArray[np.int32]:
    """Where answers are counted that `first`[N, Q] has brought to a unit and `then`[N, Q] brings on from there."""
    statement = np.arange(first.shape[1])
    return np.where(first < 0, np.int32(-1), then[first, statement])


def _kept(
    earlier: Distributions, home: NDArray[np.int32], answers: NDArray[np.int64], sums: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Earlier pictures of unchanged pieces, [N, Q, K]; zeros elsewhere."""
    same = (earlier.piece.sum(axis=-1) == answers) & (_sums_of(earlier.piece) == sums)
    moved, statement = np.nonzero(home != earlier.home)
    for change in (home, earlier.home):
        touched = change[moved, statement]
        same[touched[touched >= 0], statement[touched >= 0]] = False
    return np.where(same[..., None], earlier.piece, np.int32(0))


def _sums_of(pictures: NDArray[np.int32]) -> NDArray[np.int64]:
    """Scale points in pictures [N, Q, K], [N, Q]."""
    return pictures.astype(np.int64) @ np.arange(1, pictures.shape[-1] + 1)
