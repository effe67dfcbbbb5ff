"""Least costs of what branches of the tree can leave over, and how two branches meet and part.

A branch where nothing is counted is *untouched*: all its answers are left over, so it has one state and one cost.
In any other branch every state is possible at some cost. The difference matters because a unit can be shown without
its left-over only if something is counted below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.leftovers import Leftovers

UNTOUCHED = -1  # in place of a state: nothing is counted in the branch

_BATCH = 1 << 19  # pairs weighed at a time: they fit in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Branches:
    """B branches on Q statements, with F states."""

    counted: NDArray[np.float64]  # [B, F, Q] least cost of each state where something is counted; inf: impossible
    state: NDArray[np.intp]  # [B, Q] the state of the untouched branch
    cost: NDArray[np.float64]  # [B, Q] and what it costs

    @classmethod
    def of_own(cls, own: NDArray[np.intp], states: int) -> Branches:
        """Units by themselves, with own[B, Q] answers as states."""
        branches, statements = own.shape
        return cls(np.full((branches, states, statements), np.inf), own.copy(), np.zeros(own.shape))

    def copy(self) -> Branches:
        return Branches(self.counted.copy(), self.state.copy(), self.cost.copy())

    def take(self, places: NDArray[np.integer]) -> Branches:
        return Branches(self.counted[places], self.state[places], self.cost[places])

    def put(self, places: NDArray[np.integer], other: Branches) -> None:
        self.counted[places], self.state[places], self.cost[places] = other.counted, other.state, other.cost


def meet(states: Leftovers, one: Branches, other: Branches) -> Branches:
    """Least costs of branches [B] when each is joined by one of the others [B]."""
    counted = np.full_like(one.counted, np.inf)
    both = _both_counted(one, other)
    counted[both] = _least_of_pairs(states, one.counted[both], other.counted[both])
    np.minimum(counted, _with_untouched(states, one, other), out=counted)
    np.minimum(counted, _with_untouched(states, other, one), out=counted)
    return Branches(counted, states.together[one.state, other.state], one.cost + other.cost)


def _both_counted(one: Branches, other: Branches) -> NDArray[np.intp]:
    """Branches where something can be counted on both sides, on some statement."""
    possible = np.isfinite(one.counted).any(axis=(1, 2)) & np.isfinite(other.counted).any(axis=(1, 2))
    return np.flatnonzero(possible)


def _least_of_pairs(states: Leftovers, one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least cost of each state that two counted branches make, [B, F, Q]."""
    made = np.empty_like(one)
    for batch in _batches(len(one), states.made.size * one.shape[2]):
        pairs = one[batch][:, states.left] + other[batch][:, states.right]
        made[batch] = np.minimum.reduceat(pairs, states.first, axis=1)
    return made


def _batches(branches: int, each: int) -> list[slice]:
    step = max(1, _BATCH // max(each, 1))
    return [slice(start, start + step) for start in range(0, branches, step)]


def _with_untouched(states: Leftovers, counted: Branches, untouched: Branches) -> NDArray[np.float64]:
    """Least cost of each state that a counted branch makes with an untouched one, [B, F, Q]."""
    made = np.full_like(counted.counted, np.inf)
    branch, statement = np.ogrid[: made.shape[0], : made.shape[2]]
    for state in range(made.shape[1]):
        target = states.together[state, untouched.state]
        cost = counted.counted[:, state] + untouched.cost
        made[branch, target, statement] = np.minimum(made[branch, target, statement], cost)
    return made


def part(
    states: Leftovers, one: Branches, other: Branches, made: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The cheapest two states that make made[B, Q], [B, Q] each: the reverse of `meet`. UNTOUCHED is of UNTOUCHED."""
    left, right = np.full_like(made, UNTOUCHED), np.full_like(made, UNTOUCHED)
    least = np.full(made.shape, np.inf)
    both = _both_counted(one, other)
    for batch in _batches(both.size, states.made.size * made.shape[1]):
        rows = both[batch]
        pairs = one.counted[rows][:, states.left] + other.counted[rows][:, states.right]
        pairs[states.made[None, :, None] != made[rows][:, None]] = np.inf
        cheapest = pairs.argmin(axis=1)
        least[rows] = np.take_along_axis(pairs, cheapest[:, None], axis=1)[:, 0]
        left[rows], right[rows] = states.left[cheapest], states.right[cheapest]
    for counted, untouched, kept, dropped in ((one, other, left, right), (other, one, right, left)):
        for state in range(counted.counted.shape[1]):
            cost = counted.counted[:, state] + untouched.cost
            cheaper = (cost < least) & (states.together[state, untouched.state] == made)
            least[cheaper], kept[cheaper], dropped[cheaper] = cost[cheaper], state, UNTOUCHED
    untouched_too = made == UNTOUCHED
    left[untouched_too] = right[untouched_too] = UNTOUCHED
    return left, right
