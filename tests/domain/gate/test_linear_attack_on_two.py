"""Nobody can be singled out of two releases seen together: an earlier year in a later tree, and a recalculation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.few_columns import Table, depends_on_few
from benchmarks.linear_attack import Persons, answers_told, counted_in, numbers_told, singles_out
from benchmarks.organisations import any_organisation, random_answers, random_tree
from dimios_dash.domain.disclosure import Release, release
from dimios_dash.domain.gate import choosing, respondent_family
from dimios_dash.domain.gate.choosing import Choice, choose
from dimios_dash.domain.gate.counting import Answers, count
from dimios_dash.domain.gate.regrouping import GONE, regroup
from dimios_dash.domain.gate.together import leaks_together
from dimios_dash.domain.tree import Tree

MOVED = 0.1  # of the units


def changed_tree(random: np.random.Generator, old: Tree) -> tuple[Tree, NDArray[np.int32]]:
    """A later tree where some units lie elsewhere, some are gone and some are new; where each old unit continues."""
    parent = old.parent.copy()
    for unit in np.flatnonzero(random.random(parent.size) < MOVED):
        parent[unit] = random.integers(unit) if unit else -1
    gone = (random.random(parent.size) < MOVED) & ~np.isin(np.arange(parent.size), parent) & (parent >= 0)
    places = np.cumsum(~gone) - 1
    new = random.integers(places[-1] + 1, size=3)
    later = np.concatenate([np.where(parent < 0, -1, places[parent])[~gone], new]).astype(np.int32)
    ids = old.ids[: later.size] + tuple(type(old.ids[0])(f"new {unit}") for unit in range(later.size - len(old.ids)))
    return Tree(ids, later), np.where(gone, GONE, places).astype(np.int32)


def whole_pieces(later: Tree, old: Release, continued: NDArray[np.int32], persons: Persons) -> Table:
    """Persons of the old pieces that lie wholly in each later unit, [N, persons]; what has gone belongs to the root."""
    home = old.home[:, 0]
    inside = counted_in(later, np.where(continued == GONE, 0, continued))
    lies_in = [(inside | (home != piece)).all(axis=1) for piece in range(home.size)]
    return (np.array(lies_in)[home[persons.unit]].T & (home[persons.unit] >= 0)).astype(np.int64)


@pytest.mark.parametrize("seed", range(25))
def test_an_earlier_year_in_a_changed_tree_tells_no_more_than_before(seed: int) -> None:
    random = np.random.default_rng(seed)
    old_tree, answers = any_organisation(random)
    k = int(random.choice([3, 5, 7, 10]))
    old = release(old_tree, answers, k)
    later_tree, continued = changed_tree(random, old_tree)

    later = regroup(old, later_tree, continued, 6)

    persons = Persons.who_answered(answers, 0)
    placed = whole_pieces(later_tree, old, continued, persons)
    assert later.answers[:, 0].tolist() == placed.sum(axis=1).tolist()
    both = np.concatenate([answers_told(old_tree, old, persons), placed[later.answers[:, 0] > 0]])
    assert not singles_out(both, persons, k)


def test_counting_an_earlier_year_again_in_a_changed_tree_singles_somebody_out() -> None:
    """The control: two trees over the same answers, each of them safe."""
    random = np.random.default_rng(5)
    leaking = []
    for _ in range(30):
        tree = random_tree(random, 30)
        answers = random_answers(random, tree)
        persons = Persons.who_answered(answers, 0)
        parent = tree.parent.copy()
        parent[random.choice(np.arange(2, 30), 3, replace=False)] = 0
        moved = Tree(tree.ids, parent)
        both = [answers_told(each, release(each, answers, 3), persons) for each in (tree, moved)]
        leaking.append(depends_on_few(np.concatenate(both), 3))

    assert np.mean(leaking) > 0.5


def differently(random: np.random.Generator) -> Any:
    """The choice with other costs: as safe, but not the same."""

    def chosen(tree: Tree, own: NDArray[Any], k: int, weight: NDArray[Any]) -> Choice:
        return choose(tree, own, k, random.integers(0, 10, weight.shape).astype(np.float64))

    return chosen


def test_a_recalculation_that_is_allowed_singles_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed, leaking = [], []
    for seed in range(40):
        random = np.random.default_rng(seed)
        tree, answers = any_organisation(random)
        first = release(tree, answers, 3)
        with monkeypatch.context() as changed:
            changed.setattr(choosing, "choose", differently(random))
            changed.setattr(respondent_family, "choose", differently(random) if seed % 3 == 0 else choose)
            second = release(tree, answers, 3, earlier=first)

        allowed.append(not leaks_together(tree, count(tree, answers, 6), first, second, 3).size)
        leaking.append(single_out_together(tree, answers, first, second))

    assert not (np.array(allowed) & leaking).any()
    assert sum(allowed) > 10
    assert sum(leaking) > 10


def single_out_together(tree: Tree, answers: Answers, first: Release, second: Release) -> bool:
    """Whether both releases together single out fewer than 3, or by Vet ej and numbers of answers fewer than 10."""
    answering, asked = Persons.who_answered(answers, 0), Persons.who_asked(answers)
    sums = [answers_told(tree, made, answering) for made in (first, second)]
    numbers = [numbers_told(tree, made, asked) for made in (first, second)]
    return singles_out(np.concatenate(sums), answering, 3) or singles_out(np.concatenate(numbers), asked, 10)
