"""Splits by role type: the closed forms of Theorem 2 against all cuts there are, and what the choice enables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dimios_dash.domain.gate.splitting import Splits, cuts, split, three_way_fits, two_way_fits
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

K = 3


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


@dataclass(frozen=True)
class Crossing:
    """Pieces with answers per role type, each in a Y; some Ys in an X, the others (-1) split two ways only."""

    types: NDArray[np.int64]  # [P, 3]
    y: NDArray[np.int64]  # [P]
    x: NDArray[np.int64]  # [Y]

    def vertices(self) -> NDArray[np.int64]:
        """Where each group of answers [P, 3] is summed besides its piece."""
        pieces, ys = len(self.y), len(self.x)
        outer = self.x[self.y]
        third = pieces + self.y
        first = np.where(outer < 0, pieces + ys + self.y, pieces + 2 * ys + 2 * outer)
        second = np.where(outer < 0, pieces + ys + self.y, pieces + 2 * ys + 2 * outer + 1)
        return np.stack([first, second, third], axis=1)

    def smallest_cut(self) -> float:
        """Fewest answers that any two-colouring of the vertices parts, without those it parts none of."""
        summed = self.vertices()
        used, places = np.unique(np.concatenate([np.arange(len(self.y)), summed.ravel()]), return_inverse=True)
        piece, group = places[: len(self.y), None], places[len(self.y) :].reshape(summed.shape)
        colours = (np.arange(2**used.size)[:, None] >> np.arange(used.size)) & 1
        parted = ((colours[:, piece] != colours[:, group]) * self.types).sum(axis=(1, 2))
        return float(parted[parted > 0].min(initial=10**6))

    def is_safe(self) -> bool:
        """What Theorem 2 says."""
        of_piece = self.types.sum(axis=1)
        of_y = np.zeros((len(self.x), 3), dtype=np.int64)
        np.add.at(of_y, self.y, cuts(self.types))
        both_channels = np.concatenate([of_y, of_y], axis=1)
        cheaper, dearer = of_y[:, :2].min(axis=1), of_y[:, :2].max(axis=1)
        broken = ((dearer > 0) & (dearer < K)).astype(np.int64)
        of_x = np.zeros((max(self.x.max() + 1, 0), 4), dtype=np.int64)
        inside = self.x >= 0
        np.add.at(of_x, self.x[inside], np.stack([cheaper, cheaper, broken, broken], axis=1)[inside])
        return bool(
            ((of_piece == 0) | (of_piece >= K)).all()
            and two_way_fits(both_channels, K).all()
            and three_way_fits(of_x, K).all()
        )


def random_crossing(random: np.random.Generator) -> Crossing:
    pieces = int(random.integers(1, 5))
    ys = int(random.integers(1, pieces + 1))
    types = random.integers(0, 4, (pieces, 3)) * (random.random((pieces, 3)) < random.choice([0.5, 0.8, 1.0]))
    y = np.concatenate([np.arange(ys), random.integers(0, ys, pieces - ys)])
    return Crossing(types.astype(np.int64), y, random.integers(-1, 2, ys))


def test_the_closed_forms_of_theorem_2_say_what_all_cuts_say() -> None:
    random = np.random.default_rng(2)
    crossings = [random_crossing(random) for _ in range(5_000)]

    said = [crossing.is_safe() for crossing in crossings]

    assert said == [crossing.smallest_cut() >= K for crossing in crossings]
    assert 0.1 < np.mean(said) < 0.9


def split_of(parents: tuple[int, ...], email: list[list[int]], link: list[list[int]] | None = None) -> list[int]:
    """Groups each unit is split in, with answers per role type in each unit's own piece."""
    types = np.array([email, link or np.zeros_like(email)])[:, :, None, :]
    shown = np.ones(types.shape[1:3], dtype=np.bool_)
    return list(split(tree_of(*parents), shown, types, types.sum(axis=0), K).groups[:, 0].tolist())


@pytest.mark.parametrize(
    ("types", "groups"),
    [
        ([3, 3, 3], 3),
        ([2, 3, 3], 2),
        ([3, 3, 2], 0),
        ([1, 2, 3], 2),
        ([0, 3, 3], 3),
        ([5, 0, 0], 3),
        ([2, 2, 0], 2),
        ([0, 0, 9], 3),
    ],
)
def test_a_unit_is_split_where_no_group_of_one_or_two_can_be_computed(types: list[int], groups: int) -> None:
    assert split_of((), [types]) == [groups]


def test_few_of_a_type_are_counted_one_level_up() -> None:
    assert split_of((0, 0), [[0, 0, 0], [3, 0, 1], [3, 0, 2]]) == [3, 0, 0]


def test_the_smallest_child_is_given_up_for_its_parent() -> None:
    assert split_of((0, 0), [[3, 0, 1], [6, 0, 6], [4, 0, 4]]) == [3, 3, 0]


@pytest.mark.parametrize(
    ("types", "silent", "groups"),
    [
        ([0, 4, 6], [1, 0, 0], 2),
        ([4, 0, 6], [0, 1, 0], 2),
        ([4, 6, 0], [0, 0, 1], 0),
        ([0, 0, 6], [1, 1, 0], 0),
        ([4, 3, 6], [2, 2, 2], 3),
    ],
)
def test_the_only_one_of_a_type_changes_nothing_by_saying_vet_ej(
    types: list[int], silent: list[int], groups: int
) -> None:
    of_types = np.array([[types], [[0, 0, 0]]], dtype=np.int64)[:, :, None, :]
    asked = of_types.sum(axis=0) + np.array(silent)

    made = split(tree_of(), np.ones((1, 1), dtype=np.bool_), of_types, asked, K)

    assert made.groups[:, 0].tolist() == [groups]
    answered = [each + more for each, more in zip(types, silent, strict=True)]
    assert split_of((), [answered]) == [groups]


def test_open_link_answers_help_no_email_answers_into_a_group() -> None:
    assert split_of((), [[3, 0, 2]]) == [0]
    assert split_of((), [[3, 0, 2]], link=[[3, 0, 3]]) == [0]
    assert split_of((), [[3, 0, 0]], link=[[0, 0, 3]]) == [3]
    assert split_of((), [[3, 0, 3]], link=[[0, 0, 1]]) == [3]


def test_units_that_are_not_shown_are_not_split() -> None:
    types = np.array([[[3, 3, 3], [3, 3, 3]], np.zeros((2, 3))], dtype=np.int64)[:, :, None, :]

    made = split(tree_of(0), np.array([[True], [False]]), types, types.sum(axis=0), K)

    assert made.groups[:, 0].tolist() == [3, 0]


@st.composite
def pieces_in_trees(draw: st.DrawFn) -> tuple[Tree, NDArray[np.int64]]:
    size = draw(st.integers(1, 6))
    tree = tree_of(*(draw(st.integers(0, unit - 1)) for unit in range(1, size)))
    counts = st.lists(st.integers(0, 4), min_size=3 * size, max_size=3 * size)
    types = np.array([draw(counts), draw(counts)]).reshape(2, size, 3)
    types[1] *= draw(st.integers(0, 1))
    large = (types.sum(axis=2) >= K) | (types.sum(axis=2) == 0)
    return tree, np.where((large.all(axis=0) & (types[0].sum(axis=1) >= 0))[None, :, None], types, 0)[:, :, None, :]


def crossing_of(tree: Tree, made: Splits, types: NDArray[np.int64]) -> Crossing | None:
    """The pieces inside two-way splits; None where there are none."""
    two, three = tree.nearest(made.two)[:, 0], tree.nearest(made.three)[:, 0]
    inside = (two >= 0) & types.any(axis=1)
    if not inside.any():
        return None
    ys, y = np.unique(two[inside], return_inverse=True)
    outer = three[ys]
    return Crossing(types[inside], y, np.where(outer < 0, -1, np.unique(outer, return_inverse=True)[1]))


@given(pieces_in_trees())
def test_whatever_is_enabled_parts_no_fewer_than_k_of_either_channel(pieces: tuple[Tree, NDArray[np.int64]]) -> None:
    tree, types = pieces

    made = split(tree, np.ones((len(tree.ids), 1), dtype=np.bool_), types, types.sum(axis=0), K)

    assert (made.three <= made.two).all()
    for seen in (types[0, :, 0], types.sum(axis=0)[:, 0]):
        crossing = crossing_of(tree, made, seen)
        assert crossing is None or crossing.smallest_cut() >= K
