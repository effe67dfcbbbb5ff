"""The gate between ballots and everything anybody may see: unit means that single nobody out.

Answers go in, a release comes out, once per measurement. What the release does not hold does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.blunting import blunt, limits
from dimios_dash.domain.choosing import Choice, choose
from dimios_dash.domain.disclosure_check import leaks
from dimios_dash.domain.tree import Tree

SMALLEST_GROUPS = (3, 5, 7, 10)
SHORTEST_SCALE = 3  # on a shorter one three answers have no room between the blunted ends
DECIMALS = 1


class Hidden(IntEnum):
    """Whether a unit's mean is shown on a statement, else why not."""

    SHOWN = 0
    NO_ANSWERS = 1
    TOO_FEW = 2  # fewer than k valid answers in the branch
    PROTECTS_OTHERS = 3  # enough, but showing it would single out fewer than k

    @property
    def explanation(self) -> str:
        """One Swedish sentence for the page."""
        return _EXPLANATIONS[self]


_EXPLANATIONS = {
    Hidden.SHOWN: "Visas.",
    Hidden.NO_ANSWERS: "Visas inte, eftersom det inte finns några svar.",
    Hidden.TOO_FEW: "Visas inte, eftersom för få har svarat för att ingen ska kunna kännas igen.",
    Hidden.PROTECTS_OTHERS: "Visas inte, eftersom värdet jämfört med andra kunde avslöja vad några få har svarat.",
}


class Leak(RuntimeError):
    """The independent check found a group below k, so nothing is published: a fault of the program."""

    def __init__(self, statements: NDArray[np.intp]) -> None:
        self.statements = tuple(statements.tolist())
        super().__init__(f"the release would single out fewer than k on statements {self.statements}")


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What n respondents said on Q statements, by their place in the tree.

    `role` is not used for unit means.
    """

    unit: NDArray[np.int32]  # [n] index in the tree
    role: NDArray[np.int8]  # [n] role type, 1 to 3
    link: NDArray[np.bool_]  # [n] came by open link
    values: NDArray[np.int8]  # [n, Q] scale points from 1; 0 is Vet ej


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """Unit means of N units on Q statements. Pieces are regrouped under later trees but never shown."""

    mean: NDArray[np.float64]  # [N, Q] 0-100, one decimal; NaN where it is not shown
    hidden: NDArray[np.int8]  # [N, Q] Hidden
    home: NDArray[np.int32]  # [N, Q] settled unit where the unit's own answers are counted; -1 for none
    lifted: NDArray[np.bool_]  # [N, Q] shown, but some answers of the branch are counted higher up
    bound: NDArray[np.int8]  # [N, Q] +1 / -1: shown, and all its pieces stand at the upper / lower limit
    piece_n: NDArray[np.int32]  # [N, Q] answers counted first in this unit
    piece_sum: NDArray[np.int32]  # [N, Q] their blunted sum
    answered: NDArray[np.int32]  # [N] respondents in the branch, all-Vet-ej ones included


def release(tree: Tree, answers: Answers, k: int, scale_points: int = 6) -> Release:
    """Everything that will be shown of these answers, in groups of at least k.

    Raises ValueError for input outside its range and Leak where the independent check objects.
    """
    _require_in_range(tree, answers, k, scale_points)
    respondents, own, sums = _count(tree, answers)
    choice = _choose_alike(tree, respondents, own, k)
    home = _homes(tree, choice.settled)
    piece_n, piece_sum = (_gather_home(home, each) for each in (own, sums))
    blunted = blunt(piece_n, piece_sum, scale_points)
    made = Release(
        mean=_means(tree, choice.shown, piece_n, blunted, scale_points),
        hidden=_reasons(tree.rollup(own.sum(axis=0)), choice.shown, k),
        home=home,
        lifted=choice.shown & ~choice.settled,
        bound=_bounds(tree, choice.shown, piece_n, blunted, scale_points),
        piece_n=piece_n.sum(axis=0).astype(np.int32),
        piece_sum=blunted.astype(np.int32),
        answered=tree.rollup(respondents.sum(axis=0)[:, 0]).astype(np.int32),
    )
    _require_safe(tree, own, made, k)
    return made


def _require_in_range(tree: Tree, answers: Answers, k: int, scale_points: int) -> None:
    if k not in SMALLEST_GROUPS:
        raise ValueError(f"k must be one of {SMALLEST_GROUPS}, not {k}")
    if scale_points < SHORTEST_SCALE:
        raise ValueError(f"a scale needs at least {SHORTEST_SCALE} points, not {scale_points}")
    people, statements = answers.values.shape
    if not (answers.unit.shape == answers.link.shape == answers.role.shape == (people,)) or not statements:
        raise ValueError("unit, role, link and values must hold the same respondents and at least one statement")
    if ((answers.unit < 0) | (answers.unit >= len(tree.ids))).any():
        raise ValueError("an answer belongs to a unit outside the tree")
    if ((answers.values < 0) | (answers.values > scale_points)).any():
        raise ValueError(f"an answer lies outside 0 (Vet ej) to {scale_points}")


def _count(tree: Tree, answers: Answers) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Respondents [2, N, 1], valid answers [2, N, Q] and their sums [2, N, Q], per channel and unit."""
    group = answers.link * len(tree.ids) + answers.unit
    everybody = np.ones((group.size, 1), dtype=np.int8)
    per_group = (everybody, answers.values > 0, answers.values)
    respondents, valid, sums = (
        _sum_by(group, each, 2 * len(tree.ids)).reshape(2, len(tree.ids), -1) for each in per_group
    )
    return respondents, valid, sums


def _sum_by(group: NDArray[Any], values: NDArray[Any], groups: int) -> NDArray[np.int64]:
    """Column sums of values[n, Q] within each group[n]: [groups, Q]."""
    columns = values.shape[1]
    cell = group[:, None] * columns + np.arange(columns)
    return (
        np.bincount(cell.ravel(), weights=values.ravel(), minlength=groups * columns)
        .astype(np.int64)
        .reshape(groups, columns)
    )


def _choose_alike(tree: Tree, respondents: NDArray[np.int64], own: NDArray[np.int64], k: int) -> Choice:
    """The choice per statement, drawn towards hiding the same units on all of them."""
    size = tree.rollup(respondents.sum(axis=0))
    base = choose(tree, respondents, k, weight=size)
    weight = np.where(base.shown, size, size / 2)
    return choose(tree, own, k, weight=np.broadcast_to(weight, own.shape[1:]))


def _homes(tree: Tree, settled: NDArray[np.bool_]) -> NDArray[np.int32]:
    """First settled unit at or above each, int32[N, Q]; -1 for none."""
    home = np.where(settled, np.arange(len(settled), dtype=np.int32)[:, None], np.int32(-1))
    for unit in range(1, len(home)):
        home[unit] = np.where(settled[unit], unit, home[tree.parent[unit]])
    return home


def _gather_home(home: NDArray[np.int32], own: NDArray[np.int64]) -> NDArray[np.int64]:
    """Own values[2, N, Q] summed where they are counted first, same shape."""
    gathered = np.zeros_like(own)
    channel, unit, statement = np.nonzero(own * (home >= 0))
    target = home[unit, statement]
    np.add.at(gathered, (channel, target, statement), own[channel, unit, statement])
    return gathered


def _means(
    tree: Tree,
    shown: NDArray[np.bool_],
    piece_n: NDArray[np.int64],
    blunted: NDArray[np.int64],
    scale_points: int,
) -> NDArray[np.float64]:
    """Scores of shown cells, summed from blunted pieces so that nothing can be found by difference."""
    answers = np.where(shown, tree.rollup(piece_n.sum(axis=0)), 1)
    points = tree.rollup(blunted) / answers
    return np.where(shown, np.round((points - 1) / (scale_points - 1) * 100, DECIMALS), np.nan)


def _reasons(answers: NDArray[np.int64], shown: NDArray[np.bool_], k: int) -> NDArray[np.int8]:
    """Hidden[N, Q] from the valid answers in each branch."""
    cases = [shown, answers == 0, answers < k]
    reasons = [Hidden.SHOWN, Hidden.NO_ANSWERS, Hidden.TOO_FEW]
    return np.select(cases, reasons, Hidden.PROTECTS_OTHERS).astype(np.int8)


def _bounds(
    tree: Tree,
    shown: NDArray[np.bool_],
    piece_n: NDArray[np.int64],
    blunted: NDArray[np.int64],
    scale_points: int,
) -> NDArray[np.int8]:
    """+1 / -1 where every piece of a shown cell stands at its upper / lower limit, moved there or not."""
    lowest, highest = limits(piece_n, scale_points)
    inhabited = piece_n.sum(axis=0) > 0
    pieces = tree.rollup(inhabited)
    at_top, at_bottom = (shown & (tree.rollup(inhabited & (blunted == limit)) == pieces) for limit in (highest, lowest))
    bound: NDArray[np.int8] = at_top.astype(np.int8) - at_bottom.astype(np.int8)
    return bound


def _require_safe(tree: Tree, own: NDArray[np.int64], made: Release, k: int) -> None:
    """Raises Leak unless the independent check finds nothing."""
    shown = made.hidden == Hidden.SHOWN
    found = leaks(tree, own=own, home=made.home, shown=shown, counted=tree.rollup(made.piece_n), k=k)
    if found.size:
        raise Leak(found)
