"""An earlier year in a later tree: whole pieces only, and nothing that the old release did not tell."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.organisations import random_answers, random_tree
from dimios_dash.domain.disclosure import Release, release
from dimios_dash.domain.gate.counting import Answers
from dimios_dash.domain.gate.regrouping import GONE, Regrouped, regroup
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


def answers_in(*units: list[int]) -> Answers:
    """One statement's answers in each unit, by e-mail."""
    unit = np.repeat(np.arange(len(units), dtype=np.int32), [len(said) for said in units])
    values = np.array([[value] for said in units for value in said], dtype=np.int8)
    return Answers(unit, np.ones(unit.size, dtype=np.int8), np.zeros(unit.size, dtype=np.bool_), values)


def regrouped(old: Release, later: Tree, *continued: int) -> Regrouped:
    return regroup(old, later, np.array(continued, dtype=np.int32), 6)


def test_a_unit_that_moved_takes_its_piece_along() -> None:
    old = release(tree_of(0, 0, 1), answers_in([], [3] * 4, [4] * 4, [5] * 5), 3)

    later = regrouped(old, tree_of(0, 0, 2), 0, 1, 2, 3)

    assert later.mean[:, 0].tolist() == pytest.approx([61.5, 40.0, 71.1, 80.0])
    assert later.whole[:, 0].all()


def test_a_piece_whose_units_have_parted_goes_to_the_unit_that_contains_them_all() -> None:
    old = release(tree_of(0, 1, 1), answers_in([4] * 3, [3] * 1, [4] * 2, [5] * 2), 3)
    assert old.home[:, 0].tolist() == [0, 1, 1, 1]

    later = regrouped(old, tree_of(0, 0, 1, 2), 0, 1, 3, 2)

    assert np.isnan(later.mean[1:, 0]).all()
    assert later.answers[:, 0].tolist() == [8, 0, 0, 0, 0]
    assert later.whole[:, 0].tolist() == [True, False, False, False, False]


def test_a_unit_that_lost_some_of_its_answers_is_marked_as_unfit_for_comparison() -> None:
    old = release(tree_of(0, 0, 0), answers_in([4] * 3, [3] * 4, [4] * 2, [5] * 3), 3)

    later = regrouped(old, tree_of(0, 1, 0), 0, 1, 2, 3)

    assert later.answers[:, 0].tolist() == [12, 4, 0, 3]
    assert later.whole[:, 0].tolist() == [True, False, False, True]


def test_what_has_gone_is_counted_for_the_whole() -> None:
    old = release(tree_of(0, 0), answers_in([4] * 3, [3] * 4, [5] * 3), 3)

    later = regrouped(old, tree_of(0), 0, 1, GONE)

    assert later.answers[:, 0].tolist() == [10, 4]


def test_every_regrouped_number_is_a_sum_of_whole_old_pieces() -> None:
    random = np.random.default_rng(4)
    for _ in range(20):
        tree, moved_to = random_tree(random, 30), random_tree(random, 30)
        old = release(tree, random_answers(random, tree, statements=2), 3)
        continued = np.where(random.random(30) < 0.1, GONE, random.permutation(30)).astype(np.int32)
        continued[0] = 0

        later = regroup(old, moved_to, continued, 6)

        for unit in range(30):
            branch = np.isin(np.where(continued == GONE, 0, continued), moved_to.subtree(unit))
            for statement in range(2):
                home = old.home[:, statement]
                inside = [piece for piece in np.unique(home[home >= 0]) if branch[home == piece].all()]
                assert later.answers[unit, statement] == old.piece_n[inside, statement].sum()
