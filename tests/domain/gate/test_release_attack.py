"""Whole releases of random organisations, attacked: by cuts over units and role types, and by ranges of answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_flow

from benchmarks import range_attack
from benchmarks.organisations import (
    random_answers,
    random_tree,
    with_ordinary_opinions,
    with_unanimous_groups,
)
from dimios_dash.domain.disclosure import Hidden, release
from dimios_dash.domain.gate.counting import Answers
from dimios_dash.domain.gate.split_blunting import Bound, GroupSums
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

SIZES = (1, 2, 5, 12, 30, 30, 80, 300)


@dataclass(frozen=True)
class Graph:
    """Answers as edges between the number of units and the number of role types that count them first."""

    ends: NDArray[np.int64]  # [n, 2]; answers that are not counted are left out

    def smallest_cut(self) -> float:
        """Fewest answers between two parts of a connected piece: the least of all greatest flows out of a vertex."""
        vertices, ends = np.unique(self.ends, return_inverse=True)
        one, other = ends.reshape(-1, 2).T
        size = (vertices.size, vertices.size)
        edges = csr_array((np.ones(one.size, dtype=np.int32), (one, other)), shape=size)
        both_ways = csr_array((edges + edges.T).astype(np.int32))
        component = connected_components(both_ways)[1]
        source = {label: int(np.flatnonzero(component == label)[0]) for label in np.unique(component)}
        others = (vertex for vertex in range(vertices.size) if vertex != source[component[vertex]])
        flows = (maximum_flow(both_ways, source[component[each]], each).flow_value for each in others)
        return min(flows, default=float("inf"))


def graph_of(
    tree: Tree, answers: Answers, home: NDArray[np.int32], two: NDArray[np.bool_], three: NDArray[np.bool_]
) -> Graph:
    """All answers of one statement; home[N], two[N] and three[N] say where they are counted."""
    valid = (answers.values[:, 0] > 0) & (home[answers.unit] >= 0)
    piece, role = home[answers.unit[valid]].astype(np.int64), answers.role[valid].astype(np.int64)
    y, x = (tree.nearest(each)[piece] for each in (two, three))
    units = len(tree.ids)
    split = np.where((role < 3) & (x >= 0), (role + 1) * units + x, np.where(role == 3, 4, 5) * units + y)
    return Graph(np.stack([piece, np.where(y >= 0, split, 6 * units + piece)], axis=1))


def only(answers: Answers, chosen: NDArray[np.bool_]) -> Answers:
    return Answers(answers.unit[chosen], answers.role[chosen], answers.link[chosen], answers.values[chosen])


def organisation(random: np.random.Generator, units: int) -> tuple[Tree, Answers]:
    """Heads on inner units, 0-40 % Vet ej, 0-100 % by open link."""
    tree = random_tree(random, units)
    by_link, do_not_know = random.choice([0.0, 0.3, 1.0]), random.choice([0.0, 0.15, 0.4])
    return tree, random_answers(random, tree, by_link=by_link, do_not_know=do_not_know)


@pytest.mark.parametrize("k", [3, 5, 10])
@pytest.mark.parametrize("units", SIZES)
def test_no_cut_of_a_release_parts_fewer_than_k(units: int, k: int) -> None:
    tree, answers = organisation(np.random.default_rng([units, k]), units)

    made = release(tree, answers, k)

    groups = made.role_groups[:, 0]
    for seen in (answers, only(answers, ~answers.link)):
        graph = graph_of(tree, seen, made.home[:, 0], groups >= 2, groups == 3)
        assert graph.smallest_cut() >= k


def test_plain_threes_by_role_type_leak_in_most_organisations() -> None:
    random = np.random.default_rng(8)
    leaking = []
    for _ in range(10):
        tree = random_tree(random, 30)
        answers = random_answers(random, tree)
        made = release(tree, answers, 3)
        shown = made.hidden[:, 0] == Hidden.SHOWN
        leaking.append(graph_of(tree, answers, made.home[:, 0], shown, shown).smallest_cut() < 3)

    assert np.mean(leaking) > 0.8


@pytest.mark.parametrize("units", SIZES)
def test_distributions_and_dont_know_stand_on_groups_of_ten(units: int) -> None:
    tree, answers = organisation(np.random.default_rng(units), units)

    made = release(tree, answers, 3)

    valid = only(answers, answers.values[:, 0] > 0)
    for people, home in ((valid, made.distribution_home[:, 0]), (answers, made.text_home)):
        for seen in (people, only(people, ~people.link)):
            counted = home[seen.unit]
            sizes = np.bincount(counted[counted >= 0])
            assert not ((sizes > 0) & (sizes < 10)).any()


def attacked(seed: int) -> tuple[Tree, Answers]:
    random = np.random.default_rng(seed)
    tree = random_tree(random, int(random.integers(6, 101)))
    answers = random_answers(random, tree, statements=2)
    return tree, with_unanimous_groups(random, with_ordinary_opinions(random, answers))


@pytest.mark.parametrize("seed", range(12))
def test_a_range_attacker_leaves_everybody_three_possible_answers(seed: int) -> None:
    tree, answers = attacked(seed)

    by_means = range_attack.possible_answers(tree, answers, 3, splits=False)
    by_splits = range_attack.possible_answers(tree, answers, 3, splits=True)

    assert by_means.min() >= 3
    assert by_splits.min() >= 3
    assert (by_splits <= by_means).all()


def test_the_range_attacker_finds_the_answers_of_a_unanimous_type_that_is_not_blunted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tree = Tree((UnitId("whole"),), np.array([-1], dtype=np.int32))
    role = np.repeat(np.arange(1, 4, dtype=np.int8), 3)
    values = np.array([2, 3, 4, 3, 3, 4, 6, 6, 6], dtype=np.int8)[:, None]
    answers = Answers(np.zeros(9, dtype=np.int32), role, np.zeros(9, dtype=np.bool_), values)
    before = range_attack.possible_answers(tree, answers, 3, splits=True)

    true = GroupSums(np.array([[[9, 10, 18, 19]]]), np.full((1, 1, 4), Bound.INSIDE, dtype=np.int8))
    monkeypatch.setattr(range_attack, "blunt_splits", lambda *_, **__: true)
    after = range_attack.possible_answers(tree, answers, 3, splits=True)

    assert before.min() >= 3
    assert after[2] == 1
