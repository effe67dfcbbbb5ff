"""Which units are shown, and where answers are counted, so that no group below k can be singled out.

A unit is *settled* when what is left over in its branch is counted there, *lifted* when it is shown but its
left-over is counted higher up, and hidden otherwise. The cheapest choice is found exactly, by dynamic
programming over the tree from the leaves up and a trace back down, for all statements at once. It sees counts
only, never scores, so that the pattern of what is hidden says nothing about anybody's answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.leftovers import EMAIL, LINK, NO_ANSWERS, Leftovers, state_of
from dimios_dash.domain.tree import ROOT, Tree


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """bool[N, Q] each. Settled units are shown; shown units that are not settled are lifted."""

    shown: NDArray[np.bool_]
    settled: NDArray[np.bool_]


def choose(tree: Tree, own: NDArray[Any], k: int, weight: NDArray[Any]) -> Choice:
    """Choose for own[2, N, Q] answers per channel, unit and statement; weight[N, Q] is what hiding a unit costs.

    Hiding costs the weight + 1; lifting one per answer lifted, 2k for k or more; settling nothing. (A branch with
    fewer than k answers is hidden in every choice, so its cost decides nothing.) The root outweighs all else and
    is never lifted. Equal costs: settle before lift before hide, then the smaller unit. Weights are multiples of
    one half.
    """
    plan = _Plan.of(tree, own, k, weight)
    return _trace(plan, _gather(plan))


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What the program knows before it starts."""

    tree: Tree
    states: Leftovers
    own: NDArray[np.intp]  # [N, Q] state of the unit's own answers
    hide: NDArray[np.float64]  # [N, Q] cost of hiding the unit
    lift: NDArray[np.float64]  # [N, F, Q] cost of lifting each left-over out of the unit

    @classmethod
    def of(cls, tree: Tree, own: NDArray[Any], k: int, weight: NDArray[Any]) -> _Plan:
        states = Leftovers.of(k, links=bool(own[LINK].any()))
        answers = tree.rollup(own.sum(axis=0))
        # Costs are stretched so that sums of answers fit between them: they decide between equal costs.
        stretch = 2.0 * (1 + answers.sum(axis=0).max(initial=0))
        lift = states.lift[None, :, None] * stretch + answers[:, None, :]
        lift[ROOT] = np.inf
        hide = (weight + 1) * stretch + answers
        return cls(tree, states, state_of(own[EMAIL], own[LINK], k), hide, lift)


@dataclass(frozen=True, slots=True, eq=False)
class _Costs:
    """Least costs [N, F, Q] of each state: in a unit, on its way up, and in its parent before it came."""

    within: NDArray[np.float64]
    passed: NDArray[np.float64]
    before: NDArray[np.float64]

    @classmethod
    def impossible(cls, shape: tuple[int, ...]) -> _Costs:
        return cls(*(np.full(shape, np.inf) for _ in range(3)))


def _gather(plan: _Plan) -> _Costs:
    """Costs from the leaves up."""
    costs = _Costs.impossible(plan.lift.shape)
    np.put_along_axis(costs.within, plan.own[:, None, :], 0.0, axis=1)
    for unit in range(len(plan.own) - 1, -1, -1):
        for child in plan.tree.children(unit):
            costs.before[child] = costs.within[unit]
            costs.within[unit] = _meet(plan.states, costs.within[unit], costs.passed[child])
        costs.passed[unit] = _go_up(plan, unit, costs.within[unit])
    return costs


def _meet(states: Leftovers, one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least cost of each state that two branches make together, [F, Q]."""
    pairs = one[states.left] + other[states.right]
    least: NDArray[np.float64] = np.minimum.reduceat(pairs, states.first)
    return least


def _go_up(plan: _Plan, unit: int, within: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least cost of each state that may leave the unit, [F, Q]."""
    passed: NDArray[np.float64] = within + np.minimum(plan.hide[unit], plan.lift[unit])
    passed[NO_ANSWERS] = within[NO_ANSWERS]
    passed[plan.states.all_counted] = within[plan.states.settling].min(axis=0)
    return passed


def _trace(plan: _Plan, costs: _Costs) -> Choice:
    """From the root down: what each unit does in the cheapest whole."""
    shown, settled = np.zeros((2, *plan.own.shape), dtype=np.bool_)
    leaving = np.empty_like(plan.own)
    leaving[ROOT] = _leaving_root(plan.states, costs.within[ROOT])
    for unit in range(len(plan.own)):
        settled[unit] = leaving[unit] == plan.states.all_counted
        shown[unit] = settled[unit] | _lifted(plan, unit, leaving[unit])
        rest = np.where(settled[unit], _settled_state(plan.states, costs.within[unit]), leaving[unit])
        for child in plan.tree.children(unit)[::-1]:
            rest, leaving[child] = _part(plan.states, costs.before[child], costs.passed[child], rest)
    return Choice(shown, settled)


def _leaving_root(states: Leftovers, within: NDArray[np.float64]) -> NDArray[np.intp]:
    """The root is hidden only where it cannot be settled, [Q]."""
    can_settle = np.isfinite(within[states.settling]).any(axis=0)
    return np.where(can_settle, states.all_counted, within.argmin(axis=0))


def _lifted(plan: _Plan, unit: int, leaving: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether what leaves an unsettled unit is cheaper to lift than to hide with, [Q]."""
    lift = np.take_along_axis(plan.lift[unit], leaving[None, :], axis=0)[0]
    cheaper: NDArray[np.bool_] = lift <= plan.hide[unit]
    return cheaper


def _settled_state(states: Leftovers, within: NDArray[np.float64]) -> NDArray[np.intp]:
    """The cheapest left-over that a settled unit counts, [Q]."""
    cheapest: NDArray[np.intp] = states.settling[within[states.settling].argmin(axis=0)]
    return cheapest


def _part(
    states: Leftovers, one: NDArray[np.float64], other: NDArray[np.float64], made: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The cheapest pair of states that makes `made`, [Q] each: the reverse of `_meet`."""
    sums = np.where(states.made[:, None] == made, one[states.left] + other[states.right], np.inf)
    pair = sums.argmin(axis=0)
    return states.left[pair], states.right[pair]
