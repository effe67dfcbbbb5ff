"""Who belonged then to what a unit is now: numbers of respondents, and whether they are the same people."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.regrouping import GONE
from dimios_dash.domain.tree import ROOT, Tree


def in_each_unit(tree: Tree, below: NDArray[np.int32]) -> NDArray[np.int32]:
    """Respondents of each unit itself, from those in it and `below`[N]."""
    own = below.copy()
    np.subtract.at(own, tree.parent[1:], below[1:])
    return own


def answered_before(own: NDArray[np.int32], later: Tree, continued: NDArray[np.int32]) -> NDArray[np.int64]:
    """Respondents of the old units that each later unit continues, those below it included, int64[later units].

    `own` and `continued` are those of the old units. Whoever is counted in a whole branch of the later tree is one of
    these, and all of these are: sums of numbers of respondents, which everybody may know.
    """
    placed = np.zeros(len(later.ids), dtype=np.int64)
    np.add.at(placed, np.where(continued == GONE, ROOT, continued), own)
    found: NDArray[np.int64] = later.rollup(placed)
    return found


def same_people(old: Tree, own: NDArray[np.int32], later: Tree, continued: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Later units that hold exactly the old respondents that the unit with their id held then, bool[later units]."""
    inhabited = np.flatnonzero(own)
    then = _members(old, zip(inhabited.tolist(), inhabited.tolist(), strict=True))
    places = np.where(continued == GONE, ROOT, continued)[inhabited]
    now = _members(later, zip(inhabited.tolist(), places.tolist(), strict=True))
    by_id = dict(zip(old.ids, then, strict=True))
    return np.array([by_id.get(unit) == found for unit, found in zip(later.ids, now, strict=True)], dtype=np.bool_)


def _members(tree: Tree, placed: Iterable[tuple[int, int]]) -> list[set[int]]:
    """For each unit of a tree those who are placed (who, where) in it or below."""
    found: list[set[int]] = [set() for _ in tree.ids]
    for who, where in placed:
        found[where].add(who)
    for unit in range(len(tree.ids) - 1, ROOT, -1):
        found[tree.parent[unit]] |= found[unit]
    return found
