"""Least costs of what branches of the tree can leave over, and how two branches meet and part.

A branch where nothing is counted is *untouched*: all its answers are left over, so it has one state and one cost.
In any other branch every state is possible at some cost. The difference matters because a unit can be shown without
its left-over only if something is counted below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.leftovers import Leftovers

UNTOUCHED = -1  # in place of a state: nothing is counted in the branch

_BATCH = 1 << 19  # pairs weighed at a time: they fit in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Branches:
    """B branches on Q statements, with F states."""

    counted: NDArray[np.float64]  # [F, B, Q] least cost of each state where something is counted; inf: impossible
    state: NDArray[np.intp]  # [B, Q] the state of the untouched branch
    cost: NDArray[np.float64]  # [B, Q] and what it costs

    @classmethod
    def of_own(cls, own: NDArray[np.intp], states: int) -> Branches:
        """Units by themselves, with own[B, Q] answers as states."""
        return cls(np.full((states, *own.shape), np.inf), own.copy(), np.zeros(own.shape))

    def take(self, places: NDArray[np.integer]) -> Branches:
        return Branches(self.counted[:, places], self.state[places], self.cost[places])

    def put(self, places: NDArray[np.integer], other: Branches) -> None:
        self.counted[:, places], self.state[places], self.cost[places] = other.counted, other.state, other.cost


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """Branches that meet others, and what is possible in them."""

    branches: Branches
    possible: NDArray[np.bool_]  # [F] states of some branch where something is counted
    rows: NDArray[np.intp]  # branches where something can be counted

    @classmethod
    def of(cls, branches: Branches) -> _Side:
        possible = np.asarray(np.isfinite(branches.counted).any(axis=2))
        return cls(branches, np.asarray(possible.any(axis=1)), np.flatnonzero(possible.any(axis=0)))

    def beside(self, untouched: Branches) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """Each possible state, and what it costs beside an untouched branch, [rows, Q]."""
        for state in np.flatnonzero(self.possible).tolist():
            yield state, self.branches.counted[state, self.rows] + untouched.cost[self.rows]


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """Branches [B], each joined by one of the others [B], and the P pairs of states that are possible there."""

    states: Leftovers
    one: _Side
    other: _Side
    left: NDArray[np.intp]  # [P]
    right: NDArray[np.intp]  # [P]
    made: NDArray[np.intp]  # [P] in order

    @classmethod
    def of(cls, states: Leftovers, one: Branches, other: Branches) -> Meeting:
        sides = _Side.of(one), _Side.of(other)
        both = sides[0].possible[states.left] & sides[1].possible[states.right]
        return cls(states, *sides, states.left[both], states.right[both], states.made[both])

    def joined(self) -> Branches:
        """Least costs of both together."""
        one, other = self.one.branches, self.other.branches
        counted = np.full_like(one.counted, np.inf)
        first = np.flatnonzero(np.diff(self.made, prepend=-1))
        for rows, costs in self._weighed():
            counted[self.made[first, None], rows] = np.minimum.reduceat(costs, first, axis=0)
        statement = np.arange(counted.shape[2])
        for touched, untouched in ((self.one, other), (self.other, one)):
            for state, cost in touched.beside(untouched):
                target = self.states.together[state, untouched.state[touched.rows]]
                cells = target, touched.rows[:, None], statement
                counted[cells] = np.minimum(counted[cells], cost)
        return Branches(counted, self.states.together[one.state, other.state], one.cost + other.cost)

    def parted(self, made: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The cheapest two states that make made[B, Q], [B, Q] each. UNTOUCHED is made of UNTOUCHED."""
        left, right = np.full_like(made, UNTOUCHED), np.full_like(made, UNTOUCHED)
        least = np.full(made.shape, np.inf)
        for rows, costs in self._weighed():
            costs[self.made[:, None, None] != made[rows]] = np.inf
            cheapest = costs.argmin(axis=0)
            least[rows] = np.take_along_axis(costs, cheapest[None], axis=0)[0]
            left[rows], right[rows] = self.left[cheapest], self.right[cheapest]
        sides = (self.one, self.other, left, right), (self.other, self.one, right, left)
        for touched, untouched, kept, dropped in sides:
            for state, cost in touched.beside(untouched.branches):
                target = self.states.together[state, untouched.branches.state[touched.rows]]
                place, statement = np.nonzero((cost < least[touched.rows]) & (target == made[touched.rows]))
                cells = touched.rows[place], statement
                least[cells], kept[cells], dropped[cells] = cost[place, statement], state, UNTOUCHED
        untouched_too = made == UNTOUCHED
        left[untouched_too] = right[untouched_too] = UNTOUCHED
        return left, right

    def _weighed(self) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float64]]]:
        """Rows where something can be counted on both sides, and the cost of each pair, [P, rows, Q]; in batches."""
        one, other = self.one.branches, self.other.branches
        both = np.intersect1d(self.one.rows, self.other.rows, assume_unique=True)
        step = max(1, _BATCH // max(1, self.made.size * one.cost.shape[1]))
        for start in range(0, both.size, step):
            rows = both[start : start + step]
            yield rows, one.counted[self.left[:, None], rows] + other.counted[self.right[:, None], rows]
