"""Nobody can be singled out of a release: exact linear algebra over everything it publishes, and what control it needs.

The attacker of `benchmarks.linear_attack` shares nothing with the gate and its checks. `make bench` sets him on 300
more organisations.
"""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import block_diag

from benchmarks.few_columns import PRIME, Table, depends_on_few
from benchmarks.linear_attack import (
    Persons,
    answers_told,
    counted_in,
    found_out,
    plain_rule,
)
from benchmarks.organisations import any_organisation, random_answers, random_tree, with_ordinary_opinions
from dimios_dash import instruments
from dimios_dash.domain.disclosure import SMALLEST_GROUPS, Release, release
from dimios_dash.domain.gate.counting import Answers
from dimios_dash.domain.scoring import levels
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

NUMBER_AND_SUM = np.array([[1, point] for point in range(1, 7)])


@st.composite
def organisations(draw: st.DrawFn) -> tuple[Tree, Answers]:
    """Up to 8 units and 60 people of all role types, some by open link, some Vet ej."""
    size = draw(st.integers(1, 8))
    parents = [-1, *(draw(st.integers(0, unit - 1)) for unit in range(1, size))]
    tree = Tree(tuple(UnitId(str(unit)) for unit in range(size)), np.array(parents, dtype=np.int32))
    person = st.tuples(st.integers(0, size - 1), st.integers(1, 3), st.sampled_from([0, 0, 1]), st.integers(0, 6))
    people = np.array(draw(st.lists(person, max_size=60)), dtype=np.int32).reshape(-1, 4)
    unit, role, link, values = people.T
    return tree, Answers(unit, role.astype(np.int8), link.astype(np.bool_), values.astype(np.int8)[:, None])


@given(organisations(), st.sampled_from(SMALLEST_GROUPS))
def test_nothing_published_of_any_organisation_singles_out_fewer_than_k(
    organisation: tuple[Tree, Answers], k: int
) -> None:
    tree, answers = organisation

    assert not found_out(tree, release(tree, answers, k), answers, k)


@pytest.mark.parametrize("k", SMALLEST_GROUPS)
@pytest.mark.parametrize("seed", range(15))
def test_nothing_published_of_large_organisations_singles_out_fewer_than_k(seed: int, k: int) -> None:
    tree, answers = any_organisation(np.random.default_rng([seed, k]))

    assert not found_out(tree, release(tree, answers, k), answers, k)


@pytest.mark.parametrize("seed", range(4))
def test_a_category_tells_nothing_of_the_statements_that_are_hidden(seed: int) -> None:
    random = np.random.default_rng(seed)
    keys = instruments.load().statement_keys
    tree = random_tree(random, 25)
    answers = random_answers(random, tree, statements=len(keys), do_not_know=0.4)

    made = release(tree, answers, 3)

    of_units = [units_counted(tree, made, answers, statement) for statement in range(5)]
    statements = [counted[~np.isnan(made.mean[:, place])] for place, counted in enumerate(of_units)]
    categories = [row for unit in range(25) if (row := category_row(made, unit, of_units)) is not None]
    assert len(categories) > 3
    assert not depends_on_few(np.concatenate([side_by_side(statements), np.array(categories)]), 3)


def units_counted(tree: Tree, made: Release, answers: Answers, statement: int) -> Table:
    """Answers to the statement in the number of each unit, [N, persons]."""
    return counted_in(tree, made.home[Persons.who_answered(answers, statement).unit, statement]).astype(np.int64)


def side_by_side(tables: list[Table]) -> Table:
    """Rows and columns of all tables; the answers of one person to two statements are two columns."""
    return np.asarray(block_diag(*tables)).astype(np.int64)


def category_row(made: Release, unit: int, of_units: list[Table]) -> NDArray[np.int64] | None:
    """The first category's value as a combination of answers, modulo the prime; None where it is hidden.

    What `levels` says must be the mean of the means that are shown.
    """
    instrument = instruments.load()
    means = [None if np.isnan(mean) else mean for mean in made.mean[unit].tolist()]
    value = levels(instrument, dict(zip(instrument.statement_keys, means, strict=True)))[0].mean
    if value is None:
        return None
    shown = [mean for mean in means[:5] if mean is not None]
    assert value == pytest.approx(sum(shown) / len(shown), abs=0.051)
    rows = [counted[unit] * (mean is not None) for mean, counted in zip(means[:5], of_units, strict=True)]
    return np.concatenate([row * pow(int(row.sum()), -1, PRIME) % PRIME if row.any() else row for row in rows])


@pytest.mark.parametrize("seed", range(40))
def test_a_release_depends_on_nothing_but_the_sums_it_is_said_to_tell(seed: int) -> None:
    """Answers changed so that every sum of the table stays: nothing else that is published changes."""
    random = np.random.default_rng(seed)
    tree = random_tree(random, int(random.integers(1, 7)))
    answers = with_ordinary_opinions(random, random_answers(random, tree, do_not_know=0.0))
    made = release(tree, answers, 3)
    table = answers_told(tree, made, Persons.who_answered(answers, 0))

    other = replace(answers, values=changed_alike(random, table, answers.values[:, 0])[:, None])
    again = release(tree, other, 3)

    for name in (field.name for field in fields(made)):
        one, two = getattr(made, name), getattr(again, name)
        if name in {"distribution", "distribution_piece"}:  # drawn anew: only numbers and sums are told
            one, two = one @ NUMBER_AND_SUM, two @ NUMBER_AND_SUM
        assert np.array_equal(one, two, equal_nan=True)


def changed_alike(random: np.random.Generator, table: Table, values: NDArray[np.int8]) -> NDArray[np.int8]:
    """Other answers with the same sums: two or four persons go a point up or down, again and again."""
    changed = values.copy()
    for _ in range(3_000):
        way = np.zeros_like(values)
        persons = random.permutation(values.size)[: random.choice([2, 4])]
        way[persons] = [1, -1, -1, 1][: persons.size]
        inside = ((changed + way >= 1) & (changed + way <= 6)).all()
        if inside and not (table @ way).any():
            changed += way
    return changed


@pytest.mark.parametrize("by_role", [False, True])
def test_the_plain_rule_of_three_singles_somebody_out_in_most_organisations(by_role: bool) -> None:
    """The control: 100 % of these, with role types and without."""
    random = np.random.default_rng(30)
    leaking = []
    for _ in range(40):
        tree = random_tree(random, 30)
        persons = Persons.who_answered(random_answers(random, tree), 0)
        leaking.append(depends_on_few(plain_rule(tree, persons, by_role=by_role), 3))

    assert np.mean(leaking) > 0.5


def by_trying_all(table: Table, k: int) -> bool:
    """Whether the rank falls without some 1 to k - 1 columns."""
    columns = range(table.shape[1])
    few = chain.from_iterable(combinations(columns, taken) for taken in range(1, k))
    whole = np.linalg.matrix_rank(table)
    return any(np.linalg.matrix_rank(np.delete(table, chosen, axis=1)) < whole for chosen in few)


@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(1, 9), st.floats(0.2, 0.8))
def test_the_attacker_finds_what_trying_all_groups_finds(seed: int, rows: int, columns: int, share: float) -> None:
    table = (np.random.default_rng(seed).random((rows, columns)) < share).astype(np.int64)

    for k in (2, 3, 4, 5):
        assert depends_on_few(table, k) == by_trying_all(table, k)
