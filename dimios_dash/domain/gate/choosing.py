"""Which units are shown, and where answers are counted, so that no group below k can be singled out.

A unit is *settled* when what is left over in its branch is counted there, *lifted* when it is shown but its
left-over is counted higher up, and hidden otherwise. The cheapest choice is found exactly, by dynamic
programming over the tree from the leaves up and a trace back down, for all statements at once, and for all units
of a level at once. It sees counts only, never scores, so that the pattern of what is hidden says nothing about
anybody's answer.

**Theorem 1.** The answers counted first in one settled unit are its piece. What can be derived from all shown numbers
depends on fewer than k answers exactly when some piece holds 1 to k - 1.

*Proof.* A settled unit is shown, and every shown number is a union of pieces: those of the settled units in its branch.
The number of a shown unit minus those of the shown units directly below it is its own piece (nothing, where it is
lifted). So what can be derived is exactly Σ a(u) · sum of piece u, for any numbers a(u); where a(u) is not 0 it depends
on every answer of the piece, and on no part of one. ∎ Hence hiding more, or settling less, is always safe; so is any
part of a release, and any calculation with it.

The rule for channels: a piece has at least k e-mail answers, or none and at least k by open link. Then the theorem
holds for all answers, and for the e-mail answers alone when somebody knows those by open link and takes them away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.branches import UNTOUCHED, Branches, Meeting
from dimios_dash.domain.gate.leftovers import EMAIL, LINK, NOTHING, Leftovers, state_of
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
    return _trace(plan, *_gather(plan))


def choose_alike(tree: Tree, respondents: NDArray[Any], valid: NDArray[Any], k: int) -> Choice:
    """The choice for valid[2, N, Q] answers, drawn towards hiding the same units on all statements.

    respondents[2, N, Q] are those behind them; [2, N, 1] where they are the same on all statements.
    """
    size = tree.rollup(respondents.sum(axis=0))
    base = choose(tree, respondents, k, weight=size)
    weight = np.where(base.shown, size, size / 2)
    return choose(tree, valid, k, weight=np.broadcast_to(weight, valid.shape[1:]))


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What the program knows before it starts. Costs are stretched so that sums of answers fit between them.

    The answers of a unit are added to what hiding or lifting it costs: they decide between equal costs.
    """

    tree: Tree
    states: Leftovers
    own: NDArray[np.intp]  # [N, Q] state of the unit's own answers
    answers: NDArray[np.int64]  # [N, Q] in the branch
    hide: NDArray[np.float64]  # [N, Q] cost of hiding the unit
    lift: NDArray[np.float64]  # [F] cost of lifting each left-over, without the unit's answers

    @classmethod
    def of(cls, tree: Tree, own: NDArray[Any], k: int, weight: NDArray[Any]) -> _Plan:
        states = Leftovers.of(k, links=bool(own[LINK].any()))
        answers = tree.rollup(own.sum(axis=0))
        stretch = 2.0 * (1 + answers.sum(axis=0).max(initial=0))
        hide = (weight + 1) * stretch + answers
        return cls(tree, states, state_of(own[EMAIL], own[LINK], k), answers, hide, states.lift * stretch)


Met = tuple[NDArray[np.intp], Meeting]
"""Children, and how they met their parents."""


def _gather(plan: _Plan) -> tuple[Branches, list[list[Met]]]:
    """Least costs within each unit, from the leaves up, and who met on the way: at each level, the root's first."""
    within = Branches.of_own(plan.own, plan.states.lift.size)
    met: list[list[Met]] = []
    for level in plan.tree.levels[::-1]:
        met.insert(0, [])
        passed = _go_up(plan, level, within.take(level))
        for turn in _in_turn(plan.tree, level):
            parents = plan.tree.parent[level[turn]]
            meeting = Meeting.of(plan.states, within.take(parents), passed.take(turn))
            within.put(parents, meeting.joined())
            met[0].append((level[turn], meeting))
    return within, met


def _in_turn(tree: Tree, level: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Places in the level: the first child of every family, then the second, and so on; none for the root's level."""
    if level[0] == ROOT:
        return
    _, first = tree.families(level)
    turn = np.arange(level.size) - np.repeat(first, np.diff(first, append=level.size))
    for number in range(turn.max() + 1):
        yield np.flatnonzero(turn == number)


def _go_up(plan: _Plan, units: NDArray[np.intp], within: Branches) -> Branches:
    """Least cost of what may leave the units."""
    hide = plan.hide[units]
    counted = within.counted + np.minimum(hide, plan.lift[:, None, None] + plan.answers[units])
    counted[NOTHING] = _settling_costs(plan.states, within).min(axis=0)
    cost = np.where(within.state == NOTHING, within.cost, within.cost + hide)
    return Branches(counted, within.state, cost)


def _settling_costs(states: Leftovers, within: Branches) -> NDArray[np.float64]:
    """Cost of counting here what is left over: in an untouched branch, then each fitting state, [1 + fitting, B, Q]."""
    settles = np.isin(within.state, states.fitting) & (within.state != NOTHING)
    untouched = np.where(settles, within.cost, np.inf)
    return np.concatenate([untouched[None], within.counted[states.fitting]])


def _trace(plan: _Plan, within: Branches, met: list[list[Met]]) -> Choice:
    """From the root down: what each unit does in the cheapest whole."""
    shown, settled = np.zeros((2, *plan.own.shape), dtype=np.bool_)
    leaving = np.full_like(plan.own, UNTOUCHED)
    leaving[ROOT] = _leaving_root(plan.states, within.take(np.array([ROOT])))
    rest = leaving.copy()
    for level, below in zip(plan.tree.levels, [*met[1:], []], strict=True):
        settled[level] = leaving[level] == NOTHING
        shown[level] = settled[level] | _lifted(plan, level, leaving[level])
        if below:
            rest[level] = _rest(plan.states, within.take(level), leaving[level])
        for children, meeting in below[::-1]:
            parents = plan.tree.parent[children]
            rest[parents], leaving[children] = meeting.parted(rest[parents])
    return Choice(shown, settled)


def _leaving_root(states: Leftovers, within: Branches) -> NDArray[np.intp]:
    """The root is hidden only where it cannot be settled, [1, Q]."""
    can_settle = np.isfinite(_settling_costs(states, within)).any(axis=0)
    cheapest = within.counted.argmin(axis=0)
    counted = within.counted.min(axis=0) < within.cost
    return np.where(can_settle, NOTHING, np.where(counted, cheapest, UNTOUCHED))


def _lifted(plan: _Plan, units: NDArray[np.intp], leaving: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether what leaves unsettled units is cheaper to lift than to hide with, [B, Q]; never the root."""
    lift = plan.lift[np.maximum(leaving, NOTHING)] + plan.answers[units]
    cheaper: NDArray[np.bool_] = (leaving > NOTHING) & (lift <= plan.hide[units]) & (units != ROOT)[:, None]
    return cheaper


def _rest(states: Leftovers, within: Branches, leaving: NDArray[np.intp]) -> NDArray[np.intp]:
    """What is left over in units before they settle, [B, Q]: the cheapest; the same as leaves where they do not."""
    cheapest = np.array([UNTOUCHED, *states.fitting])[_settling_costs(states, within).argmin(axis=0)]
    return np.where(leaving == NOTHING, cheapest, leaving)
