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

from dimios_dash.domain.gate.leftovers import Leftovers

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
    possible: NDArray[np.intp]  # states of some branch where something is counted
    rows: NDArray[np.intp]  # branches where something can be counted

    @classmethod
    def of(cls, branches: Branches) -> _Side:
        possible = np.asarray(np.isfinite(branches.counted).any(axis=2))
        return cls(branches, np.flatnonzero(possible.any(axis=1)), np.flatnonzero(possible.any(axis=0)))

    def beside(self, untouched: Branches, states: Leftovers) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """What each possible state makes with an untouched branch, and what that costs: [possible, rows, Q] each."""
        cost = self.branches.counted[self.possible[:, None], self.rows] + untouched.cost[self.rows]
        return states.together[self.possible[:, None, None], untouched.state[self.rows]], cost


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
        both = np.isin(states.left, sides[0].possible) & np.isin(states.right, sides[1].possible)
        return cls(states, *sides, states.left[both], states.right[both], states.made[both])

    def joined(self) -> Branches:
        """Least costs of both together."""
        one, other = self.one.branches, self.other.branches
        counted = np.full(one.counted.shape, np.inf)
        first = np.flatnonzero(np.diff(self.made, prepend=-1))
        for rows, costs in self._weighed():
            counted[self.made[first, None], rows] = np.minimum.reduceat(costs, first, axis=0)
        statement = np.arange(one.cost.shape[1])
        for touched, untouched in self._with_untouched():
            target, cost = touched.beside(untouched, self.states)
            cells = (target * len(one.cost) + touched.rows[:, None]) * statement.size + statement
            np.minimum.at(counted.reshape(-1), cells.ravel(), cost.ravel())
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
        for touched, untouched in self._with_untouched():
            target, cost = touched.beside(untouched, self.states)
            cost[target != made[touched.rows]] = np.inf
            lower = cost.min(axis=0)
            place, statement = np.nonzero(lower < least[touched.rows])
            cells = touched.rows[place], statement
            kept, dropped = (left, right) if touched is self.one else (right, left)
            least[cells], dropped[cells] = lower[place, statement], UNTOUCHED
            kept[cells] = touched.possible[cost.argmin(axis=0)[place, statement]]
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

    def _with_untouched(self) -> list[tuple[_Side, Branches]]:
        """Each side where something can be counted, and what it meets where nothing is counted there."""
        sides = (self.one, self.other.branches), (self.other, self.one.branches)
        return [(touched, untouched) for touched, untouched in sides if touched.rows.size]
