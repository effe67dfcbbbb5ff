"""The check of splits against exact linear algebra, on publications that are safe and on such that are not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dimios_dash.domain.gate.split_check import split_leaks
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

K = 3
PRIME = 2**31 - 1  # far above any minor of these small matrices of 0 and 1, so that ranks are exact
ROLES = ((0,), (1,), (2,), (0, 1))  # the types in each group


@dataclass(frozen=True)
class Publication:
    """One statement: own[2, N, 3], where it is counted, which units are shown and in how many groups."""

    tree: Tree
    own: NDArray[np.int64]
    home: NDArray[np.int64]
    shown: NDArray[np.bool_]
    groups: NDArray[np.int64]

    def inside(self, unit: int) -> NDArray[np.bool_]:
        """Units whose own answers the number of `unit` counts."""
        branch = np.isin(np.arange(len(self.home)), self.tree.subtree(unit))
        return branch & np.isin(self.home, self.tree.subtree(unit))

    def counted(self) -> NDArray[np.int64]:
        """Answers behind each group, [N, 4]."""
        everybody = self.own.sum(axis=0)
        totals = [[everybody[self.inside(unit)][:, roles].sum() for roles in ROLES] for unit in range(len(self.home))]
        visible = [
            [self.groups[unit] >= (2 if roles in {(2,), (0, 1)} else 3) for roles in ROLES]
            for unit in range(len(self.home))
        ]
        return np.array(totals) * np.array(visible)

    def leaks(self) -> bool:
        """What the check says."""
        found = split_leaks(
            self.tree,
            own=self.own[:, :, None],
            home=self.home[:, None],
            shown=self.shown[:, None],
            groups=self.groups[:, None],
            counted=self.counted()[:, None],
            k=K,
        )
        return bool(found.size)

    def rows(self) -> NDArray[np.int64]:
        """Every published number as a sum over answers of each unit and type, [R, N * 3]."""
        rows = [self._row(unit, (0, 1, 2)) for unit in np.flatnonzero(self.shown).tolist()]
        for unit in np.flatnonzero(self.groups).tolist():
            rows += [self._row(unit, roles) for roles in (ROLES if self.groups[unit] == 3 else ROLES[2:])]
        return np.array(rows).reshape(-1, self.own[0].size)

    def _row(self, unit: int, roles: tuple[int, ...]) -> NDArray[np.int64]:
        return np.outer(self.inside(unit), np.isin(np.arange(3), roles)).astype(np.int64).ravel()


def derives_less_than_k(rows: NDArray[np.int64], sizes: NDArray[np.int64]) -> bool:
    """Whether a combination of the rows depends on fewer than k answers; columns stand for sizes[...] answers."""
    inhabited = np.flatnonzero(sizes)
    whole = rank(rows[:, inhabited])
    few = chain.from_iterable(combinations(inhabited.tolist(), taken) for taken in range(1, K))
    small = [chosen for chosen in few if sizes[list(chosen)].sum() < K]
    return any(rank(rows[:, np.setdiff1d(inhabited, chosen)]) < whole for chosen in small)


def rank(matrix: NDArray[np.int64]) -> int:
    left, found = matrix % PRIME, 0
    for column in range(left.shape[1]):
        pivots = np.flatnonzero(left[found:, column])
        if not pivots.size:
            continue
        left[[found, found + pivots[0]]] = left[[found + pivots[0], found]]
        left[found] = left[found] * pow(int(left[found, column]), -1, PRIME) % PRIME
        left[found + 1 :] = (left[found + 1 :] - np.outer(left[found + 1 :, column], left[found])) % PRIME
        found += 1
    return found


def path_up(tree: Tree, unit: int) -> list[int]:
    path = [unit]
    while tree.parent[path[-1]] >= 0:
        path.append(int(tree.parent[path[-1]]))
    return path


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    """Units that leak nothing by themselves, split anyhow."""
    size = draw(st.integers(1, 4))
    parents = [-1, *(draw(st.integers(0, unit - 1)) for unit in range(1, size))]
    tree = Tree(tuple(UnitId(str(unit)) for unit in range(size)), np.array(parents, dtype=np.int32))
    counts = st.lists(st.integers(0, 4), min_size=3 * size, max_size=3 * size)
    own = np.array([draw(counts), draw(counts)]).reshape(2, size, 3)
    own[1] *= draw(st.integers(0, 1))
    shown = np.array([draw(st.booleans()) or unit == 0 for unit in range(size)])
    home = np.array([next(above for above in path_up(tree, unit) if shown[above]) for unit in range(size)])
    home[draw(st.lists(st.integers(0, size - 1), max_size=1))] = -1
    groups = np.array([draw(st.sampled_from([0, 2, 3])) if is_shown else 0 for is_shown in shown])
    return Publication(tree, own, home, shown, groups)


@settings(max_examples=300)
@given(publications())
def test_the_check_and_that_of_units_say_what_linear_algebra_says(publication: Publication) -> None:
    rows = publication.rows()
    unit_rows = rows[: publication.shown.sum()]
    email, everybody = publication.own[0].ravel(), publication.own.sum(axis=0).ravel()

    units_leak, all_leak = (
        any(derives_less_than_k(each, sizes) for sizes in (email, everybody)) for each in (unit_rows, rows)
    )

    assert all_leak == (units_leak or publication.leaks())


def two_units(own: list[list[int]], groups: list[int]) -> Publication:
    tree = Tree((UnitId("root"), UnitId("below")), np.array([-1, 0], dtype=np.int32))
    types = np.array([own, [[0, 0, 0], [0, 0, 0]]])
    return Publication(tree, types, np.array([0, 1]), np.array([True, True]), np.array(groups))


def test_types_of_a_child_found_by_difference_are_a_leak() -> None:
    assert not two_units([[3, 0, 3], [4, 0, 3]], groups=[3, 3]).leaks()
    assert two_units([[3, 0, 1], [4, 0, 3]], groups=[3, 3]).leaks()
    assert not two_units([[3, 0, 1], [4, 0, 3]], groups=[3, 0]).leaks()


def test_groups_that_count_others_than_they_say_are_a_leak() -> None:
    publication = two_units([[3, 0, 3], [4, 0, 3]], groups=[3, 3])
    counted = publication.counted()
    counted[1, 2] -= 1

    found = split_leaks(
        publication.tree,
        own=publication.own[:, :, None],
        home=publication.home[:, None],
        shown=publication.shown[:, None],
        groups=publication.groups[:, None],
        counted=counted[:, None],
        k=K,
    )

    assert found.tolist() == [0]


def test_a_split_of_a_unit_that_is_not_shown_is_a_leak() -> None:
    publication = two_units([[3, 0, 3], [4, 0, 3]], groups=[3, 2])
    hidden = Publication(
        publication.tree, publication.own, np.array([0, 0]), np.array([True, False]), publication.groups
    )

    assert hidden.leaks()
