"""The tree of an organisation's units, as arrays that sums can run over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.ids import UnitId

ROOT = 0


@dataclass(frozen=True, eq=False)
class Tree:
    """Units of one measurement. Parents come before their children, so unit 0 is the root.

    `parent` holds the index of each unit's parent, -1 for the root: int32[N], read-only.
    """

    ids: tuple[UnitId, ...]
    parent: NDArray[np.int32]

    def __post_init__(self) -> None:
        place = np.arange(len(self.ids))
        if len(self.ids) == 0 or self.parent.shape != place.shape:
            raise ValueError("a tree needs at least one unit and one parent index for each unit")
        if self.parent[ROOT] != -1 or (self.parent >= place).any() or (self.parent[1:] < 0).any():
            raise ValueError("a tree needs its root first and every parent before its children")
        self.parent.setflags(write=False)

    @classmethod
    def build(cls, pairs: Sequence[tuple[UnitId, UnitId | None]]) -> Tree:
        """Make a tree of (unit, parent) pairs in any order; siblings keep the order they came in.

        Raises ValueError for no root, several roots, an unknown parent, a cycle or a repeated unit.
        """
        below = _children_by_parent(pairs)
        order = _parents_first(_only_root(below), below)
        _require_all_reached(pairs, order)
        place = {unit: index for index, unit in enumerate(order)}
        parents = dict(pairs)
        above = [-1 if (parent := parents[unit]) is None else place[parent] for unit in order]
        return cls(tuple(order), np.array(above, dtype=np.int32))

    def index(self, unit_id: UnitId) -> int:
        """Place of a unit in the arrays. Raises KeyError for a unit that is not in the tree."""
        return self._places[unit_id]

    def children(self, index: int) -> NDArray[np.intp]:
        """Indices of the units directly below, in order; empty for a leaf."""
        return self._children[index]

    def subtree(self, index: int) -> NDArray[np.intp]:
        """Indices of the unit and of everything below it, parents first."""
        found = [index]
        for unit in found:
            found.extend(self.children(unit).tolist())
        return np.array(sorted(found), dtype=np.intp)

    def rollup(self, values: NDArray[Any]) -> NDArray[Any]:
        """Sum values[N, ...] over each unit's subtree; same shape. Booleans are counted."""
        total = values.astype(np.int64) if values.dtype == np.bool_ else values.copy()
        for level in self.levels[:0:-1]:
            parents, first = self.families(level)
            total[parents] += np.add.reduceat(total[level], first, axis=0)
        return total

    def nearest(self, marked: NDArray[np.bool_]) -> NDArray[np.int32]:
        """The first marked[N, ...] unit at or above each, same shape; -1 where there is none."""
        places = np.arange(len(self.ids), dtype=np.int32).reshape(-1, *(1,) * (marked.ndim - 1))
        found = np.where(marked, places, np.int32(-1))
        for level in self.levels[1:]:
            found[level] = np.where(marked[level], found[level], found[self.parent[level]])
        return found

    def families(self, level: NDArray[np.intp]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """Each parent of a level below the root, and where its first child stands in the level."""
        above = self.parent[level]
        first = np.flatnonzero(np.diff(above, prepend=-1))
        return above[first], first

    @cached_property
    def levels(self) -> tuple[NDArray[np.intp], ...]:
        """Indices of the units at each depth, the root's first; siblings stand together."""
        found = [np.array([ROOT])]
        while (below := np.concatenate([self._children[unit] for unit in found[-1]])).size:
            found.append(below)
        return tuple(found)

    @cached_property
    def _places(self) -> Mapping[UnitId, int]:
        return {unit: index for index, unit in enumerate(self.ids)}

    @cached_property
    def _children(self) -> tuple[NDArray[np.intp], ...]:
        by_parent = np.argsort(self.parent, kind="stable")
        first, end = (
            np.searchsorted(self.parent[by_parent], np.arange(len(self.ids)), side=side) for side in ("left", "right")
        )
        return tuple(by_parent[start:stop] for start, stop in zip(first, end, strict=True))


def _children_by_parent(pairs: Sequence[tuple[UnitId, UnitId | None]]) -> Mapping[UnitId | None, list[UnitId]]:
    """Units under each parent, the root under None. Raises ValueError as `Tree.build` says."""
    units: set[UnitId] = set()
    below: dict[UnitId | None, list[UnitId]] = defaultdict(list)
    for unit, parent in pairs:
        if unit in units:
            raise ValueError(f"unit {unit!r} is given twice")
        units.add(unit)
        below[parent].append(unit)
    for parent in below:
        if parent is not None and parent not in units:
            raise ValueError(f"unit {below[parent][0]!r} lies under {parent!r}, which is not a unit")
    return below


def _only_root(below: Mapping[UnitId | None, list[UnitId]]) -> UnitId:
    roots = below.get(None, [])
    if not roots:
        raise ValueError("no unit is without a parent, so the tree has no root")
    if len(roots) > 1:
        raise ValueError(f"several units are without a parent: {', '.join(map(repr, roots))}")
    return roots[0]


def _parents_first(root: UnitId, below: Mapping[UnitId | None, list[UnitId]]) -> list[UnitId]:
    """Units from the root down, each followed by its own branch."""
    order, waiting = [], [root]
    while waiting:
        unit = waiting.pop()
        order.append(unit)
        waiting.extend(reversed(below.get(unit, [])))
    return order


def _require_all_reached(pairs: Sequence[tuple[UnitId, UnitId | None]], order: Sequence[UnitId]) -> None:
    """Raises ValueError where units hang together without hanging on the root: a cycle."""
    reached = set(order)
    for unit, _ in pairs:
        if unit not in reached:
            raise ValueError(f"unit {unit!r} lies under itself or under a cycle of units")
