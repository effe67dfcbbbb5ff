"""What a release shows beside the means: role types, distributions, Vet ej, texts; and that the check looks at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.organisations import random_answers, random_tree
from dimios_dash.domain.disclosure import Release, release
from dimios_dash.domain.gate.counting import Answers, count
from dimios_dash.domain.gate.finer_check import finer_leaks
from dimios_dash.domain.gate.split_blunting import TYPE_1, TYPE_2, TYPE_3, TYPES_1_2, Bound
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


def answers_in(*units: dict[int, list[int]]) -> Answers:
    """One statement's answers by e-mail: in each unit those of each role type; 0 is Vet ej."""
    rows = [(unit, role, said) for unit, types in enumerate(units) for role, given_ in types.items() for said in given_]
    unit, role, values = (np.array(column) for column in zip(*rows, strict=True))
    return Answers(
        unit.astype(np.int32), role.astype(np.int8), np.zeros(unit.size, np.bool_), values.astype(np.int8)[:, None]
    )


def test_a_unit_shows_the_means_of_its_role_types() -> None:
    made = release(tree_of(), answers_in({1: [2, 3, 4], 2: [3, 3, 4, 0], 3: [5, 5, 4]}), 3)

    assert made.role_groups[0, 0] == 3
    assert made.role_n[0, 0].tolist() == [3, 3, 3, 6]
    assert made.role_mean[0, 0].tolist() == pytest.approx([40.0, 46.7, 73.3, 43.3])
    assert not made.role_bound.any()


def test_two_groups_are_shown_where_three_would_tell_too_much() -> None:
    made = release(tree_of(), answers_in({1: [2, 3], 2: [3, 3, 4], 3: [5, 5, 4]}), 3)

    assert made.role_groups[0, 0] == 2
    assert np.isnan(made.role_mean[0, 0, [TYPE_1, TYPE_2]]).all()
    assert made.role_mean[0, 0, [TYPE_3, TYPES_1_2]].tolist() == pytest.approx([73.3, 40.0])


def test_a_role_type_without_answers_has_no_mean() -> None:
    made = release(tree_of(), answers_in({1: [2, 3, 4], 3: [5, 5, 4]}), 3)

    assert np.isnan(made.role_mean[0, 0]).tolist() == [False, True, False, False]


def test_a_unanimous_role_type_is_blunted_without_moving_the_mean() -> None:
    made = release(tree_of(), answers_in({1: [2, 3, 4], 2: [3, 3, 4], 3: [6, 6, 6]}), 3)

    assert made.mean[0, 0] == pytest.approx(62.2)
    assert made.role_mean[0, 0, TYPE_3] == pytest.approx(86.7)
    assert made.role_bound[0, 0].tolist() == [Bound.INSIDE, Bound.LOWER, Bound.UPPER, Bound.LOWER]


def test_a_distribution_is_shown_from_ten_with_the_number_and_the_shown_mean() -> None:
    tree, answers = tree_of(0, 0), answers_in({}, {1: [2, 3, 3, 4, 4, 4, 5, 5, 6, 6]}, {1: [3] * 12})

    made = release(tree, answers, 3)

    counts = made.distribution[:, 0]
    assert counts.sum(axis=1).tolist() == [22, 10, 12]
    assert (counts @ np.arange(1, 7)).tolist() == [78, 42, 36]
    assert np.count_nonzero(counts[2]) >= 3


def test_nine_answers_show_no_distribution() -> None:
    made = release(tree_of(0), answers_in({1: [4] * 11}, {1: [2, 3, 4] * 3}), 3)

    assert np.any(made.distribution[:, 0], axis=-1).tolist() == [True, False]
    assert made.distribution_home[:, 0].tolist() == [0, 0]


def test_pictures_and_shares_of_dont_know_together_single_nobody_out() -> None:
    tree = tree_of(0, 0)
    answers = answers_in({1: [4]}, {1: [2, 3, 4] * 3 + [0] * 3}, {1: [3, 4, 5] * 3 + [3, 4]})

    made = release(tree, answers, 3)

    assert made.text_home.tolist() == [0, 1, 0]
    assert made.distribution[:, 0].sum(axis=-1).tolist() == [21, 0, 0]


def test_a_recalculation_keeps_the_pictures_of_pieces_that_are_unchanged() -> None:
    tree = tree_of(0, 0)
    said = {1: [1, 2, 3, 4, 5, 6] * 4}
    first = release(tree, answers_in({}, said, {1: [2, 3, 3, 4, 4, 5] * 4}), 3)

    second = release(tree, answers_in({}, said, {1: [2, 3, 3, 4, 5, 5] * 4}), 3, earlier=first)

    assert np.array_equal(first.distribution_piece[1], second.distribution_piece[1])
    assert (second.distribution_piece[2, 0] @ np.arange(1, 7)) == 88


def test_dont_know_and_texts_stand_on_ten_respondents() -> None:
    made = release(tree_of(0, 0), answers_in({1: [4] * 2}, {1: [0] * 3 + [3] * 9}, {1: [0] * 9}), 3)

    assert made.text_home.tolist() == [0, 1, 0]
    assert made.dont_know[:2, 0].tolist() == pytest.approx([12 / 23, 0.25], abs=0.001)
    assert np.isnan(made.dont_know[2, 0])


def some_release() -> tuple[Tree, Answers, Release]:
    random = np.random.default_rng(7)
    tree = random_tree(random, 40)
    answers = random_answers(random, tree, in_a_leaf=12.0, statements=3, by_link=0.2)
    return tree, answers, release(tree, answers, 3)


def at_first(shown: NDArray[np.bool_]) -> tuple[int, ...]:
    """Place of the first that is true."""
    return tuple(int(axis[0]) for axis in np.nonzero(shown))


def shown_everywhere(made: Release) -> Release:
    """Every unit that shows a mean split in three, each group said to count what is in it."""
    return replace(made, role_groups=np.where(made.hidden == 0, 3, 0).astype(np.int8))


def another_picture(made: Release) -> Release:
    pictures = made.distribution_piece.copy()
    pictures[at_first(pictures[..., 0] > 0)] += [1, 0, 0, 0, 0, 0]
    return replace(made, distribution_piece=pictures)


def another_sum(made: Release) -> Release:
    pictures = made.distribution_piece.copy()
    pictures[at_first(pictures[..., 0] > 0)] += [-1, 1, 0, 0, 0, 0]
    return replace(made, distribution_piece=pictures)


def a_torn_piece(made: Release) -> Release:
    home = made.distribution_home.copy()
    unit, statement = at_first((made.home != np.arange(len(home))[:, None]) & (home >= 0))
    home[unit, statement] = unit
    return replace(made, distribution_home=home)


def a_torn_group_of_respondents(made: Release) -> Release:
    """A unit of another group of respondents, so that its Vet ej is counted apart from that of its picture."""
    home = made.text_home.copy()
    home[made.distribution_home[:, 0] != 0] = 0
    return replace(made, text_home=home)


def small_pictures(made: Release) -> Release:
    pictures = made.distribution.copy()
    pictures[at_first(np.asarray((made.piece_n > 0) & (made.piece_n < 10)))] = [1, 1, 1, 0, 0, 0]
    return replace(made, distribution=pictures)


def small_groups_of_respondents(made: Release) -> Release:
    return replace(
        made, text_home=np.arange(len(made.text_home), dtype=np.int32), dont_know=np.ones_like(made.dont_know)
    )


@pytest.mark.parametrize(
    "spoil",
    [
        shown_everywhere,
        another_picture,
        another_sum,
        a_torn_piece,
        a_torn_group_of_respondents,
        small_pictures,
        small_groups_of_respondents,
    ],
)
def test_the_check_finds_what_is_wrong_with_anything_finer_than_means(spoil: Callable[[Release], Release]) -> None:
    tree, answers, made = some_release()
    counts = count(tree, answers, 6)

    assert not finer_leaks(tree, counts, made, 3).size
    assert finer_leaks(tree, counts, spoil(made), 3).size


@given(st.integers(0, 10_000))
def test_every_part_of_a_release_fits_the_others(seed: int) -> None:
    random = np.random.default_rng(seed)
    tree = random_tree(random, int(random.integers(1, 12)))
    answers = random_answers(
        random, tree, in_a_leaf=8.0, statements=2, by_link=random.choice([0.0, 0.3]), do_not_know=0.2
    )

    made = release(tree, answers, 3)

    shown, pictured = made.hidden == 0, made.distribution.any(axis=-1)
    assert (shown | (made.role_groups == 0) & ~pictured).all()
    assert (np.isnan(made.role_mean) == (made.role_n == 0)).all()
    assert ((made.role_n == 0) | (made.role_n >= 3)).all()
    assert (made.distribution.sum(axis=-1)[pictured] >= 10).all()
    assert (made.distribution.sum(axis=-1) <= tree.rollup(made.piece_n)).all()
    assert ((made.dont_know >= 0) & (made.dont_know <= 1) | np.isnan(made.dont_know)).all()
