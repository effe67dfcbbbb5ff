"""The gate between ballots and everything anybody may see, so that nobody can be singled out.

Answers go in, a release comes out, once per measurement. What the release does not hold does not exist.

    counting            answers are counted; single ones go no further
    choosing            which units are shown, where answers are counted (Theorem 1)
    unit_means          blunted sums of pieces (Theorem 4), means
    role_groups         splits by role type (Theorem 2), blunted in their turn
    distributions       protected pictures in larger pieces (Theorem 3)
    respondent_family   larger groups of respondents, for Vet ej and texts
    disclosure_check, finer_check    a second look by other means, or nothing is published
"""

from __future__ import annotations

import os

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.choosing import choose_alike
from dimios_dash.domain.gate.counting import Answers, Counts, count, require_in_range
from dimios_dash.domain.gate.disclosure_check import leaks
from dimios_dash.domain.gate.distributions import Distributions, distributions
from dimios_dash.domain.gate.dont_know import share_of_dont_know
from dimios_dash.domain.gate.finer_check import finer_leaks
from dimios_dash.domain.gate.released import Hidden, Release
from dimios_dash.domain.gate.respondent_family import FEWEST, RespondentFamily, respondent_family
from dimios_dash.domain.gate.role_groups import role_groups
from dimios_dash.domain.gate.spreading import Coins
from dimios_dash.domain.gate.unit_means import UnitPieces, bounds, means, reasons, scores, settled_as_seen, unit_pieces
from dimios_dash.domain.tree import Tree

__all__ = ["SMALLEST_GROUPS", "Answers", "Hidden", "Leak", "Release", "release"]

SMALLEST_GROUPS = (3, 5, 7, 10)
SHORTEST_SCALE = 3  # on a shorter one three answers have no room between the blunted ends


class Leak(RuntimeError):
    """An independent check found a group below k, so nothing is published: a fault of the program."""

    def __init__(self, statements: NDArray[np.intp]) -> None:
        self.statements = tuple(statements.tolist())
        super().__init__(f"the release would single out fewer than k on statements {self.statements}")


def release(
    tree: Tree,
    answers: Answers,
    k: int,
    scale_points: int = 6,
    *,
    coins: Coins = os.urandom,
    earlier: Release | None = None,
) -> Release:
    """Everything that will be shown of these answers, in groups of at least k.

    `earlier` is the release of the same tree that a recalculation replaces: pictures of unchanged pieces are kept.
    Raises ValueError for input outside its range and Leak where the independent checks object.
    """
    _require_promised(k, scale_points)
    require_in_range(tree, answers, scale_points)
    counts = count(tree, answers, scale_points)
    made = _made(tree, counts, k, scale_points, coins=coins, earlier=earlier)
    require_safe(tree, counts, made, k)
    return made


def _made(tree: Tree, counts: Counts, k: int, scale_points: int, *, coins: Coins, earlier: Release | None) -> Release:
    choice = choose_alike(tree, counts.respondents[:, :, None], counts.valid, k)
    respondents = counts.respondents.sum(axis=0)
    settled = settled_as_seen(tree, choice.settled, respondents[:, None], counts.valid.sum(axis=0))
    pieces = unit_pieces(tree, settled, counts, scale_points)
    answered = tree.rollup(respondents)
    roles = role_groups(tree, choice.shown, pieces, k, scale_points)
    family = respondent_family(tree, counts.respondents, k)
    pictures = _distributions(tree, choice.shown, pieces, family, k, coins=coins, earlier=earlier)
    return Release(
        mean=means(tree, choice.shown, pieces, scale_points),
        hidden=reasons(answered, tree.rollup(counts.valid.sum(axis=0)), choice.shown, k),
        home=pieces.home,
        lifted=choice.shown & ~pieces.settled,
        bound=bounds(tree, choice.shown, pieces, scale_points),
        piece_n=pieces.answers.sum(axis=0).astype(np.int32),
        piece_sum=pieces.sums.astype(np.int32),
        answered=answered.astype(np.int32),
        role_groups=roles.splits.groups,
        role_n=roles.answers.astype(np.int32),
        role_mean=scores(roles.points, scale_points),
        role_bound=roles.bound,
        distribution=pictures.shown,
        distribution_piece=pictures.piece,
        distribution_home=pictures.home,
        dont_know=share_of_dont_know(tree, family, counts.respondents, counts.valid),
        text_home=family.home,
    )


def _require_promised(k: int, scale_points: int) -> None:
    if k not in SMALLEST_GROUPS:
        raise ValueError(f"k must be one of {SMALLEST_GROUPS}, not {k}")
    if scale_points < SHORTEST_SCALE:
        raise ValueError(f"a scale needs at least {SHORTEST_SCALE} points, not {scale_points}")


def _distributions(
    tree: Tree,
    shown: NDArray[np.bool_],
    pieces: UnitPieces,
    family: RespondentFamily,
    k: int,
    *,
    coins: Coins,
    earlier: Release | None,
) -> Distributions:
    before = None
    if earlier is not None:
        before = Distributions(earlier.distribution_home, earlier.distribution_piece, earlier.distribution)
    return distributions(tree, shown, pieces, family, max(k, FEWEST), coins=coins, earlier=before)


def require_safe(tree: Tree, counts: Counts, made: Release, k: int) -> None:
    """Raises Leak unless the independent checks find nothing."""
    shown, counted = made.hidden == Hidden.SHOWN, tree.rollup(made.piece_n)
    in_means = leaks(tree, own=counts.valid, home=made.home, shown=shown, counted=counted, k=k)
    found = np.union1d(in_means, finer_leaks(tree, counts, made, k))
    if found.size:
        raise Leak(found)
