"""An earlier year in a later tree: whole pieces of the old release only.

Two trees over the same answers leak in most organisations where units have moved, since a moved unit can be found as
a difference. So nothing is counted again: each piece of the old release is placed, as a whole, at the lowest new unit
that contains all its old units. Everything shown is then a sum of old pieces, which could be derived from the old
release anyway, so both together tell what the old one told (Theorem 1 in `choosing`). Each placed piece is large
enough by itself, so that choosing again finds nothing to hide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.released import Release
from dimios_dash.domain.gate.unit_means import scores
from dimios_dash.domain.tree import ROOT, Tree

GONE = -1  # an old unit that no later unit continues
_EMPTY = -2  # no unit of the piece has been seen yet


@dataclass(frozen=True, slots=True, eq=False)
class Regrouped:
    """What an old release says of the N units of a later tree."""

    mean: NDArray[np.float64]  # [N, Q] 0-100, one decimal; NaN where no whole piece lies in the branch
    answers: NDArray[np.int32]  # [N, Q] behind each mean; never shown
    whole: NDArray[np.bool_]  # [N, Q] every old unit of the branch is counted in it: fit for a comparison


def regroup(old: Release, later: Tree, continued: NDArray[np.int32], scale_points: int) -> Regrouped:
    """Place the pieces of `old` in a later tree; continued[old units]: index of the later unit, or GONE."""
    placed = _placed(old, later, continued)
    answers, sums = (_brought(later, placed, each) for each in (old.piece_n, old.piece_sum))
    points = np.where(answers > 0, sums / np.maximum(answers, 1), np.nan)
    return Regrouped(scores(points, scale_points), answers, _whole(old, later, continued, placed) & (answers > 0))


def _placed(old: Release, later: Tree, continued: NDArray[np.int32]) -> NDArray[np.int32]:
    """The lowest later unit that contains all units of each old piece, [old units, Q]; _EMPTY for no piece."""
    statement = np.arange(old.home.shape[1])
    placed = np.full_like(old.home, _EMPTY)
    for unit, place in enumerate(np.where(continued == GONE, ROOT, continued)):
        counted = statement[old.home[unit] >= 0]
        home = old.home[unit, counted]
        before = placed[home, counted]
        placed[home, counted] = _lowest_common(later, np.where(before == _EMPTY, place, before), place)
    return placed


def _lowest_common(tree: Tree, units: NDArray[np.int32], other: np.int32) -> NDArray[np.int32]:
    """The lowest unit at or above both, for each of the units. Of two different units the later one is not above."""
    one, two = units, np.full_like(units, other)
    while (one != two).any():
        one, two = (
            np.where(one > two, tree.parent[one], one),
            np.where(two > one, tree.parent[two], two),
        )
    return one


def _brought(later: Tree, placed: NDArray[np.int32], pieces: NDArray[np.int32]) -> NDArray[np.int32]:
    """pieces[old units, Q] summed over the branches where they are placed, [N, Q]."""
    brought = np.zeros((len(later.ids), pieces.shape[1]), dtype=np.int32)
    unit, statement = np.nonzero(pieces)
    np.add.at(brought, (placed[unit, statement], statement), pieces[unit, statement])
    return later.rollup(brought)


def _whole(old: Release, later: Tree, continued: NDArray[np.int32], placed: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Branches that no old unit's answers have left, [N, Q]: neither by hiding nor by placing."""
    whole = np.ones((len(later.ids), old.home.shape[1]), dtype=np.bool_)
    statement = np.arange(old.home.shape[1])
    for unit in np.flatnonzero(continued != GONE):
        counted = np.where(old.home[unit] >= 0, placed[old.home[unit], statement], GONE)
        here = np.full_like(counted, continued[unit])
        while (leaving := here > counted).any():
            whole[here[leaving], statement[leaving]] = False
            here = np.where(leaving, later.parent[here], here)
    return whole
