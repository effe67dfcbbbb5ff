"""A recalculated release beside the first: allowed only where both together single nobody out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.disclosure import Release, release
from dimios_dash.domain.gate.counting import Answers, Counts, count
from dimios_dash.domain.gate.together import leaks_together
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

K = 3


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


def answers_in(*units: int) -> Answers:
    """So many in each unit, all of role type 1, answer 4 by e-mail."""
    unit = np.repeat(np.arange(len(units), dtype=np.int32), units)
    return Answers(
        unit, np.ones(unit.size, np.int8), np.zeros(unit.size, np.bool_), np.full((unit.size, 1), 4, np.int8)
    )


def with_homes(tree: Tree, counts: Counts, made: Release, home: list[int]) -> Release:
    """The release as it would be with answers counted elsewhere, and no splits."""
    homes = np.array(home, dtype=np.int32)[:, None]
    own = counts.valid.sum(axis=0)[:, 0]
    pieces = np.bincount(homes[homes[:, 0] >= 0, 0], weights=own[homes[:, 0] >= 0], minlength=len(tree.ids))
    return replace(
        made, home=homes, piece_n=pieces[:, None].astype(np.int32), role_groups=np.zeros_like(made.role_groups)
    )


def together(tree: Tree, answers: Answers, one: list[int], other: list[int]) -> bool:
    """Whether the releases with these homes leak together."""
    counts, made = count(tree, answers, 6), release(tree, answers, K)
    first, second = (with_homes(tree, counts, made, home) for home in (one, other))
    return bool(leaks_together(tree, counts, first, second, K).size)


def test_the_same_release_twice_is_safe() -> None:
    tree, answers = tree_of(0, 0), answers_in(3, 4, 5)
    made = release(tree, answers, K)

    assert not leaks_together(tree, count(tree, answers, 6), made, made, K).size


def test_the_same_answers_grouped_otherwise_single_out_the_difference() -> None:
    tree, answers = tree_of(0, 0, 0), answers_in(2, 4, 2, 5)

    assert together(tree, answers, one=[0, 1, 0, 3], other=[0, 0, 0, 3]) is False
    assert together(tree, answers, one=[0, 1, 0, 0], other=[0, 1, 0, 3]) is False
    assert together(tree, answers, one=[1, 1, 3, 3], other=[3, 1, 1, 3]) is False
    assert together(tree, answers_in(1, 4, 1, 5), one=[1, 1, 3, 3], other=[3, 1, 1, 3]) is True


def test_answers_that_only_one_release_counts_must_be_enough() -> None:
    tree = tree_of(0, 0)

    assert together(tree, answers_in(2, 4, 4), one=[1, 1, 2], other=[-1, 1, 2]) is True
    assert together(tree, answers_in(3, 4, 4), one=[1, 1, 2], other=[-1, 1, 2]) is False


def test_a_release_that_counted_others_is_refused() -> None:
    tree, before, now = tree_of(0), answers_in(3, 4), answers_in(3, 5)
    first, second = release(tree, before, K), release(tree, now, K)

    assert leaks_together(tree, count(tree, now, 6), first, second, K).tolist() == [0]


def test_splits_may_be_fewer_but_not_others() -> None:
    tree = tree_of(0)
    answers = replace(answers_in(6, 6), role=np.tile(np.array([1, 3], np.int8), 6))
    counts, made = count(tree, answers, 6), release(tree, answers, K)
    fewer = replace(made, role_groups=np.array([[3], [0]], dtype=np.int8))
    none = replace(made, home=np.array([[0], [0]], dtype=np.int32), piece_n=np.array([[12], [0]], dtype=np.int32))
    other = replace(none, role_groups=np.array([[2], [0]], dtype=np.int8))

    assert made.role_groups[:, 0].tolist() == [3, 3]
    assert not leaks_together(tree, counts, made, fewer, K).size
    assert not leaks_together(tree, counts, made, other, K).size
    assert leaks_together(tree, counts, replace(made, role_groups=np.zeros_like(made.role_groups)), other, K).size


def fewest_singled_out(own: list[int], one: list[int], other: list[int]) -> float:
    """Over all weights of pieces in {-1, 0, 1}: on how few answers a combination of both releases depends."""
    units = len(own)
    weights = np.array(list(product((-1, 0, 1), repeat=2 * units)))
    parts = ((one, weights[:, :units]), (other, weights[:, units:]))
    first, second = (np.where(np.array(home) >= 0, part[:, home], 0) for home, part in parts)
    touched = np.where(first + second != 0, own, 0).sum(axis=1)
    return float(touched[touched > 0].min(initial=10**6))


@st.composite
def two_ways(draw: st.DrawFn) -> tuple[list[int], list[int], list[int]]:
    size = 4
    own = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    homes = st.lists(st.integers(-1, size - 1), min_size=size, max_size=size)
    return own, draw(homes), draw(homes)


@given(two_ways())
def test_the_check_says_what_all_combinations_say(ways: tuple[list[int], list[int], list[int]]) -> None:
    own, one, other = ways
    tree = tree_of(0, 0, 0)

    leaking = together(tree, answers_in(*own), one, other)

    alone = any(fewest_singled_out(own, home, home) < K for home in (one, other))
    assert (alone or leaking) == (fewest_singled_out(own, one, other) < K)
