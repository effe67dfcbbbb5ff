"""The choice of what to hide costs as little as any choice could: compared with all there are."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from dimios_dash.domain.gate.choosing import Choice, choose
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

SETTLE, LIFT, HIDE = range(3)
K = 3
PATTERNS = 60  # of answers, in every tree


def tree_of(parents: tuple[int, ...]) -> Tree:
    """Unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


def trees_of(size: int) -> list[Tree]:
    """One tree of every shape: 1, 1, 2, 4, 9, 20 and 48 of them up to 7 units."""
    numbered = product(*(range(unit) for unit in range(1, size)))
    return [tree_of(parents) for parents in {shape_of((-1, *parents)): parents for parents in numbered}.values()]


def shape_of(parents: tuple[int, ...], unit: int = 0) -> str:
    """The same for trees that differ only in the order of siblings."""
    below = (shape_of(parents, child) for child, parent in enumerate(parents) if parent == unit)
    return f"({''.join(sorted(below))})"


def all_plans(size: int) -> NDArray[np.intp]:
    """Every way to settle, lift or hide each unit, [plans, N]; in the order of base-3 numbers."""
    return np.array(list(product((SETTLE, LIFT, HIDE), repeat=size)))


def cost_of_all_plans(tree: Tree, own: NDArray[np.int64], weight: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    """Cost [plans, Q] by the words of the rule; inf for what a unit cannot do."""
    plans = all_plans(len(tree.ids))
    answers = tree.rollup(own.sum(axis=0))
    left = np.broadcast_to(own[:, None], (2, len(plans), *own.shape[1:])).copy()
    counted = np.zeros(left.shape[1:], dtype=bool)
    cost = np.zeros((len(plans), own.shape[2]))
    for unit in reversed(range(len(tree.ids))):
        email, link = left[:, :, unit]
        deed = plans[:, [unit]]
        decisive = np.where(email > 0, email, link)
        hide = np.where(answers[unit] < k, 0, weight[unit] + 1) * (1000 if unit == 0 else 1)
        lift = np.where(decisive < k, decisive, 2 * k)
        can_settle = (decisive == 0) | (decisive >= k)
        can_lift = (decisive > 0) & counted[:, unit] & (unit > 0)
        cost += np.where(deed == SETTLE, np.where(can_settle, 0, np.inf), 0)
        cost += np.where(deed == LIFT, np.where(can_lift, lift, np.inf), 0)
        cost += np.where(deed == HIDE, np.where(decisive > 0, hide, np.inf), 0)
        counted[:, unit] |= (deed == SETTLE) & (decisive > 0)
        if unit > 0:
            left[:, :, tree.parent[unit]] += np.where(deed == SETTLE, 0, left[:, :, unit])
            counted[:, tree.parent[unit]] |= counted[:, unit]
    return cost


def plan_chosen(tree: Tree, own: NDArray[np.int64], choice: Choice) -> NDArray[np.intp]:
    """Row of `all_plans` for each statement; a branch without answers has nothing to settle."""
    empty = tree.rollup(own.sum(axis=0)) == 0
    deeds = np.select([choice.settled | empty, choice.shown], [SETTLE, LIFT], HIDE)
    return np.asarray(3 ** np.arange(len(deeds))[::-1] @ deeds)


def test_all_shapes_of_trees_are_tried() -> None:
    assert [len(trees_of(size)) for size in range(1, 8)] == [1, 1, 2, 4, 9, 20, 48]


@pytest.mark.parametrize("k", [3, 5])
@pytest.mark.parametrize("links", [False, True])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7])
def test_no_choice_is_cheaper_in_any_small_tree(size: int, links: bool, k: int) -> None:
    random = np.random.default_rng([size, k])
    for tree in trees_of(size):
        own = random.integers(0, 2 * k, (2, size, PATTERNS)) * (random.random((2, size, PATTERNS)) < 0.7)
        own[1] *= links
        weight = random.integers(2, 30, (size, PATTERNS)) / 2

        choice = choose(tree, own, k, weight)

        cost = cost_of_all_plans(tree, own, weight, k)
        chosen = cost[plan_chosen(tree, own, choice), np.arange(PATTERNS)]
        assert chosen.tolist() == cost.min(axis=0).tolist()


def choose_one(parents: tuple[int, ...], email: list[int], weight: list[float]) -> tuple[list[bool], list[bool]]:
    """Shown and settled units of one statement."""
    own = np.array([email, [0] * len(email)])[:, :, None]
    choice = choose(tree_of(parents), own, K, np.array(weight)[:, None])
    return choice.shown[:, 0].tolist(), choice.settled[:, 0].tolist()


def test_of_equally_dear_units_the_smaller_is_hidden() -> None:
    for email in ([1, 4, 5], [1, 5, 4]):
        shown, _ = choose_one((0, 0), email, [10, 6, 6])

        assert shown == [True, email[1] == 5, email[2] == 5]


def test_lifting_comes_before_hiding_at_the_same_cost() -> None:
    shown, settled = choose_one((0, 1), [3, 2, 5], [10, 1, 5])

    assert shown == [True, True, True]
    assert settled == [True, False, True]


def test_a_unit_is_not_lifted_when_nothing_would_be_left_to_show() -> None:
    shown, _ = choose_one((0, 1, 1), [1, 9, 1, 1], [12, 11, 1, 1])

    assert shown == [True, False, False, False]
