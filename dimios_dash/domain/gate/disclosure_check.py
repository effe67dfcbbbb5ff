"""The second look at a release: can any difference of shown numbers single out fewer than k answers?

Shares no code with the choice and does not ask how it was made. It follows every answer up the tree to the
shown numbers it is counted in, and takes all minimal differences. The shown numbers of one statement are nested
or disjoint, so everything derivable is a combination of these: each shown number minus the shown numbers
directly below it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.tree import Tree


def leaks(
    tree: Tree,
    *,
    own: NDArray[Any],
    home: NDArray[Any],
    shown: NDArray[Any],
    counted: NDArray[Any],
    k: int,
) -> NDArray[np.intp]:
    """Indices of the statements that would leak; empty for a safe release.

    own[2, N, Q]: answers by e-mail and by open link given in each unit; home[N, Q]: the unit whose number is the
    first to count them, -1 for none; shown bool[N, Q]; counted[N, Q]: answers behind each shown number as computed.
    A statement leaks where a difference holds 1 to k - 1 e-mail answers, or no e-mail answer and 1 to k - 1 by
    open link, or where a number counts other answers than `home` says.
    """
    totals = np.stack([_counted_in(tree, answers, home, shown) for answers in own])
    email, everybody = (_differences(tree, members, shown) for members in (totals[0], totals.sum(axis=0)))
    exposed = _too_small(email, k) | _too_small(everybody, k)
    astray = shown & (counted != totals.sum(axis=0))
    return np.flatnonzero((exposed | astray).any(axis=0))


def _counted_in(tree: Tree, answers: NDArray[Any], home: NDArray[Any], shown: NDArray[Any]) -> NDArray[np.int64]:
    """Answers in each shown number, [N, Q]: every group of answers walks up and is counted from its home on."""
    total = np.zeros(answers.shape, dtype=np.int64)
    unit, statement = np.nonzero(answers)
    place: NDArray[Any] = unit
    arrived: NDArray[np.bool_] = np.zeros(unit.shape, dtype=np.bool_)
    while (walking := place >= 0).any():
        arrived = arrived | (place == home[unit, statement])
        here = walking & arrived & shown[place, statement]
        np.add.at(total, (place[here], statement[here]), answers[unit, statement][here])
        place = np.where(walking, tree.parent[place], -1)
    return total


def _differences(tree: Tree, members: NDArray[np.int64], shown: NDArray[Any]) -> NDArray[np.int64]:
    """Answers of each shown number that are in no shown number below it, [N, Q]; 0 where nothing is shown."""
    above = _nearest_shown_above(tree, shown)
    unit, statement = np.nonzero(shown & (above >= 0))
    rest = np.where(shown, members, 0)
    np.subtract.at(rest, (above[unit, statement], statement), members[unit, statement])
    return rest


def _nearest_shown_above(tree: Tree, shown: NDArray[Any]) -> NDArray[np.intp]:
    """Index of the first shown unit properly above each, [N, Q]; -1 where there is none."""
    nearest = np.full(shown.shape, -1, dtype=np.intp)
    for unit in range(1, len(nearest)):
        parent = tree.parent[unit]
        nearest[unit] = np.where(shown[parent], parent, nearest[parent])
    return nearest


def _too_small(answers: NDArray[np.int64], k: int) -> NDArray[np.bool_]:
    """Not empty, yet below k (or below 0, which no honest difference is)."""
    return np.not_equal(answers, 0) & np.less(answers, k)
