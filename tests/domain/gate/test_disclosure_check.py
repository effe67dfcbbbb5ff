"""Nobody can be singled out: releases and the check itself against exact linear algebra."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dimios_dash.domain.disclosure import Answers, Hidden, release
from dimios_dash.domain.gate.disclosure_check import leaks
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

K = 3
PRIME = 2**31 - 1  # far above any minor of these small 0/1 matrices, so that ranks are exact


@dataclass(frozen=True)
class Publication:
    """One statement: who gave answers (counts[2][N]), where they are counted and which numbers are shown."""

    tree: Tree
    counts: list[list[int]]
    home: list[int]
    shown: list[bool]

    def members(self, unit: int) -> list[int]:
        """Units whose own answers are in the shown number of `unit`."""
        inside = set(self.tree.subtree(unit).tolist())
        return [other for other in sorted(inside) if self.home[other] in inside]

    def leaks(self) -> bool:
        """What the check says."""
        counted = [sum(email + link for email, link in self._of(self.members(unit))) for unit in self._units()]
        home, shown, behind = (np.array(column)[:, None] for column in (self.home, self.shown, counted))
        own = np.array(self.counts)[:, :, None]
        return leaks(self.tree, own=own, home=home, shown=shown, counted=behind, k=K).size > 0

    def leaks_by_algebra(self) -> bool:
        """Whether a combination of shown numbers depends on fewer than k, or on fewer than k by e-mail.

        Whoever spread the open link may know its answers: then the columns of link answers drop out.
        """
        return self._derives_less_than_k([0]) or self._derives_less_than_k([0, 1])

    def _derives_less_than_k(self, channels: list[int]) -> bool:
        groups = [(unit, self.counts[channel][unit]) for channel in channels for unit in self._units()]
        groups = [(unit, size) for unit, size in groups if size > 0]
        rows = [
            [int(unit in self.members(shown)) for unit, _ in groups] for shown in self._units() if self.shown[shown]
        ]
        few = chain.from_iterable(combinations(range(len(groups)), taken) for taken in range(1, K))
        return any(
            rank(rows, leave_out=chosen) < rank(rows)
            for chosen in few
            if sum(groups[column][1] for column in chosen) < K
        )

    def _units(self) -> range:
        return range(len(self.tree.ids))

    def _of(self, units: list[int]) -> list[tuple[int, int]]:
        return [(self.counts[0][unit], self.counts[1][unit]) for unit in units]


def rank(rows: list[list[int]], leave_out: tuple[int, ...] = ()) -> int:
    """Rank without some columns. It falls exactly when a combination of rows lives on those columns alone."""
    left = [[value for column, value in enumerate(row) if column not in leave_out] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in range(found, len(left)) if left[row][column]), None)
        if pivot is None:
            continue
        left[found], left[pivot] = left[pivot], left[found]
        inverse = pow(left[found][column], -1, PRIME)
        for row in range(found + 1, len(left)):
            factor = left[row][column] * inverse
            left[row] = [(value - factor * above) % PRIME for value, above in zip(left[row], left[found], strict=True)]
        found += 1
    return found


@st.composite
def trees(draw: st.DrawFn, largest: int = 8) -> Tree:
    size = draw(st.integers(1, largest))
    parents = [draw(st.integers(0, unit - 1)) for unit in range(1, size)]
    return Tree(tuple(UnitId(str(unit)) for unit in range(size)), np.array([-1, *parents], dtype=np.int32))


def counts(size: int, largest: int = 5) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, largest), min_size=size, max_size=size)


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    """Anything that could be published, safe or not."""
    tree = draw(trees(6))
    size = len(tree.ids)
    home = [draw(st.sampled_from([*path_up(tree, unit), -1])) for unit in range(size)]
    shown = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return Publication(tree, [draw(counts(size)), draw(counts(size, 2))], home, shown)


def path_up(tree: Tree, unit: int) -> list[int]:
    path = [unit]
    while tree.parent[path[-1]] >= 0:
        path.append(int(tree.parent[path[-1]]))
    return path


def answers_of(counted: list[list[int]]) -> Answers:
    """Everybody answers 4 on the one statement."""
    unit = np.concatenate([np.repeat(np.arange(len(each)), each) for each in counted])
    link = np.repeat([False, True], [sum(each) for each in counted])
    role = np.ones(len(unit), dtype=np.int8)
    return Answers(unit.astype(np.int32), role, link, np.full((len(unit), 1), 4, dtype=np.int8))


def published(tree: Tree, counted: list[list[int]]) -> Publication:
    """The release of such answers."""
    made = release(tree, answers_of(counted), K)
    return Publication(tree, counted, made.home[:, 0].tolist(), (made.hidden[:, 0] == Hidden.SHOWN).tolist())


@given(publications())
def test_the_check_agrees_with_linear_algebra_on_safe_and_unsafe_numbers(publication: Publication) -> None:
    assert publication.leaks() == publication.leaks_by_algebra()


@given(st.data())
def test_no_combination_of_released_numbers_depends_on_fewer_than_k(data: st.DataObject) -> None:
    tree = data.draw(trees())
    counted = [data.draw(counts(len(tree.ids))), data.draw(counts(len(tree.ids), 3))]

    publication = published(tree, counted)

    assert not publication.leaks_by_algebra()


@given(st.data())
def test_hiding_more_and_lifting_more_stays_safe(data: st.DataObject) -> None:
    tree = data.draw(trees())
    before = published(tree, [data.draw(counts(len(tree.ids))), [0] * len(tree.ids)])
    settled = [data.draw(st.booleans()) or unit == 0 for unit in range(len(tree.ids))]
    kept = [data.draw(st.booleans()) for _ in tree.ids]

    home = [
        next((above for above in path_up(tree, first) if settled[above] and above in before.home), -1)
        if first >= 0
        else -1
        for first in before.home
    ]
    after = Publication(tree, before.counts, home, [was and keep for was, keep in zip(before.shown, kept, strict=True)])

    assert not after.leaks_by_algebra()


def plain_rule(tree: Tree, counted: list[int]) -> Publication:
    """Every unit with at least three answers is shown with all of them."""
    shown = tree.rollup(np.array(counted)) >= K
    home = [next((above for above in path_up(tree, unit) if shown[above]), -1) for unit in range(len(counted))]
    return Publication(tree, [counted, [0] * len(counted)], home, shown.tolist())


def random_counts(random: np.random.Generator, size: int) -> tuple[Tree, list[int]]:
    parents = [int(random.integers(unit)) for unit in range(1, size)]
    tree = Tree(tuple(UnitId(str(unit)) for unit in range(size)), np.array([-1, *parents], dtype=np.int32))
    return tree, random.integers(0, 8, size).tolist()


def test_the_plain_rule_of_three_leaks_in_most_organisations_and_the_release_in_none() -> None:
    random = np.random.default_rng(3)
    organisations = [random_counts(random, 30) for _ in range(20)]

    plain = [plain_rule(*each).leaks_by_algebra() for each in organisations]
    ours = [published(tree, [counted, [0] * 30]).leaks_by_algebra() for tree, counted in organisations[:3]]

    assert np.mean(plain) > 0.9
    assert not any(ours)


def small_parent_and_child(own: NDArray[np.int64], shown: list[bool], counted: list[int], home: list[int]) -> bool:
    """What the check says of a root with one unit below it."""
    tree = Tree((UnitId("root"), UnitId("below")), np.array([-1, 0], dtype=np.int32))
    columns = (np.array(column)[:, None] for column in (home, shown, counted))
    return leaks(tree, own=own, **dict(zip(("home", "shown", "counted"), columns, strict=True)), k=K).size > 0


def test_a_number_that_counts_others_than_it_says_is_a_leak() -> None:
    own = np.array([[[3], [4]], [[0], [0]]])

    assert not small_parent_and_child(own, shown=[True, True], counted=[7, 4], home=[0, 1])
    assert small_parent_and_child(own, shown=[True, True], counted=[6, 4], home=[0, 1])


def test_the_check_names_the_statements() -> None:
    tree = Tree((UnitId("root"), UnitId("below")), np.array([-1, 0], dtype=np.int32))
    own = np.array([[[3, 2, 0], [4, 4, 4]], [[0, 0, 2], [0, 0, 0]]])
    home = np.array([[0, 0, 0], [1, 1, 1]])

    found = leaks(tree, own=own, home=home, shown=home >= 0, counted=tree.rollup(own.sum(axis=0)), k=K)

    assert found.tolist() == [1, 2]
