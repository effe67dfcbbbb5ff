"""Random organisations, for benchmarks and for tests that attack many of them."""

from __future__ import annotations

import numpy as np

from dimios_dash.domain.gate.counting import Answers
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

DEPTH = 6
PEOPLE_IN_A_LEAF = 6.0
MOST_IN_AN_INNER_UNIT = 3
DO_NOT_KNOW = 0.15
SCALE_POINTS = 6
UNANIMOUS = 0.4  # of the units in `with_unanimous_groups`


def random_tree(random: np.random.Generator, units: int) -> Tree:
    """Each unit under one chosen at random among those before it, at most DEPTH levels below the root."""
    parent, depth = [-1], [0]
    for _ in range(1, units):
        above = int(random.choice(np.flatnonzero(np.array(depth) < DEPTH)))
        parent.append(above)
        depth.append(depth[above] + 1)
    return Tree(tuple(UnitId(str(unit)) for unit in range(units)), np.array(parent, dtype=np.int32))


def random_answers(
    random: np.random.Generator,
    tree: Tree,
    *,
    in_a_leaf: float = PEOPLE_IN_A_LEAF,
    statements: int = 1,
    by_link: float = 0.0,
    do_not_know: float = DO_NOT_KNOW,
) -> Answers:
    """Leaves of geometric size, few people on inner units, some of the answers Vet ej."""
    units = len(tree.ids)
    inner = np.isin(np.arange(units), tree.parent)
    sizes = np.where(
        inner,
        random.integers(0, MOST_IN_AN_INNER_UNIT, units, endpoint=True),
        random.geometric(1 / in_a_leaf, units),
    )
    unit = np.repeat(np.arange(units, dtype=np.int32), sizes)
    values = random.integers(1, SCALE_POINTS, (unit.size, statements), dtype=np.int8, endpoint=True)
    values[random.random(values.shape) < do_not_know] = 0
    role = random.integers(1, 3, unit.size, dtype=np.int8, endpoint=True)
    return Answers(unit, role, random.random(unit.size) < by_link, values)


def any_organisation(random: np.random.Generator, *, statements: int = 1) -> tuple[Tree, Answers]:
    """1-300 units, 1-3,000 people or few more, heads on inner units, 0-40 % Vet ej, 0-100 % by open link."""
    units = int(np.exp(random.uniform(0, np.log(301))))
    tree = random_tree(random, units)
    most_in_a_leaf = np.minimum(40.0, 4_000 / units)
    answers = random_answers(
        random,
        tree,
        in_a_leaf=random.uniform(1, most_in_a_leaf),
        statements=statements,
        by_link=random.choice([0.0, random.random(), 1.0], p=[0.4, 0.5, 0.1]),
        do_not_know=random.uniform(0, 0.4),
    )
    return tree, with_ordinary_opinions(random, answers)


def with_ordinary_opinions(random: np.random.Generator, answers: Answers) -> Answers:
    """The same people, each statement answered around a middle of its own instead of anyhow."""
    middle = random.uniform(2, 5, answers.values.shape[1])
    said = np.rint(random.normal(middle, 1.1, answers.values.shape)).clip(1, SCALE_POINTS)
    return _answering(answers, said.astype(np.int8))


def with_unanimous_groups(random: np.random.Generator, answers: Answers) -> Answers:
    """The same people, some units of one mind and in others one role type of three, mostly at the ends."""
    said = answers.values.copy()
    ends = (1, 1, SCALE_POINTS, SCALE_POINTS, 3)
    for unit in np.unique(answers.unit):
        here = answers.unit == unit
        if random.random() < UNANIMOUS / 2:
            said[here] = random.choice(ends)
        elif random.random() < UNANIMOUS:
            said[here & (answers.role == random.integers(1, 4))] = random.choice(ends)
    return _answering(answers, said)


def _answering(answers: Answers, said: np.ndarray[tuple[int, ...], np.dtype[np.int8]]) -> Answers:
    values = np.where(answers.values == 0, answers.values, said)
    return Answers(answers.unit, answers.role, answers.link, values)
