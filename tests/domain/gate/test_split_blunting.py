"""Sums of role-type groups: they add up, stay near the truth, and leave everybody three possible answers."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dimios_dash.domain.gate.blunting import blunt
from dimios_dash.domain.gate.split_blunting import TYPE_1, TYPE_2, TYPE_3, TYPES_1_2, Bound, GroupSums, blunt_splits
from dimios_dash.domain.gate.splitting import Splits
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

Person = tuple[int, int, str]
"""Unit, role type 1 to 3, channel."""

E, L = "by e-mail", "by link"


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


def people(*groups: tuple[int, int, int, str]) -> list[Person]:
    """(how many, unit, role type, channel)."""
    return [(unit, role, channel) for number, unit, role, channel in groups for _ in range(number)]


def shown(
    tree: Tree,
    who: list[Person],
    sheets: NDArray[np.int64],
    two: list[bool],
    three: list[bool],
    *,
    scale_points: int = 6,
) -> tuple[NDArray[np.int64], GroupSums]:
    """Sums of pieces [N, Q] and of groups, one statement for each of sheets[Q, people]; no unit is hidden."""
    types = np.zeros((2, len(tree.ids), len(sheets), 3), dtype=np.int64)
    type_sums = np.zeros_like(types)
    for (unit, role, channel), said in zip(who, sheets.T, strict=True):
        types[int(channel == L), unit, :, role - 1] += 1
        type_sums[int(channel == L), unit, :, role - 1] += said
    sums = blunt(types.sum(axis=-1), type_sums.sum(axis=-1), scale_points)
    splits = Splits(*(np.repeat(np.array(each)[:, None], len(sheets), axis=1) for each in (two, three)))
    return sums, blunt_splits(tree, splits, types, type_sums, sums, scale_points=scale_points)


def fewest_possible(seen: NDArray[np.int64], sheets: NDArray[np.int64], person: int, scale_points: int) -> int:
    """Over everything that can be seen[Q, ...]: how many answers the person may have given, at the least."""
    words = np.random.default_rng(1).integers(1, 2**62, seen.shape[1])
    _, same = np.unique(seen @ words, return_inverse=True)  # one number for each row, far faster than comparing rows
    possible = np.zeros((same.max() + 1, scale_points + 1), dtype=np.bool_)
    possible[same, sheets[:, person]] = True
    return int(possible.sum(axis=1).min())


def everything_seen(sums: NDArray[np.int64], groups: GroupSums) -> NDArray[np.int64]:
    columns = len(sums.T)
    parts = (sums[..., None], groups.sums, groups.bound)
    return np.concatenate([np.moveaxis(part, 1, 0).reshape(columns, -1) for part in parts], axis=1)


CASES = [
    ((), people((3, 0, 1, E), (3, 0, 3, E)), [True], [True], 6),
    ((), people((3, 0, 1, E), (1, 0, 2, E), (3, 0, 3, E)), [True], [False], 5),
    ((), people((2, 0, 1, E), (3, 0, 2, E), (2, 0, 3, E)), [True], [True], 5),
    ((), people((3, 0, 1, E), (3, 0, 2, E), (2, 0, 3, E)), [True], [True], 4),
    ((0,), people((2, 0, 1, E), (1, 0, 3, E), (1, 1, 1, E), (3, 1, 3, E)), [True, False], [True, False], 5),
    ((0,), people((2, 0, 1, E), (2, 0, 3, E), (3, 1, 2, E), (1, 1, 3, E)), [True, True], [True, False], 4),
    ((), people((3, 0, 1, E), (3, 0, 3, E), (2, 0, 3, L)), [True], [True], 4),
    ((), people((3, 0, 1, E), (3, 0, 3, L)), [True], [True], 6),
    (
        (0,),
        people((3, 0, 1, E), (1, 0, 3, L), (2, 1, 1, E), (1, 1, 1, E), (2, 1, 3, L)),
        [True, False],
        [True, False],
        3,
    ),
]


@pytest.mark.parametrize(("parents", "who", "two", "three", "scale_points"), CASES)
def test_everybody_keeps_three_possible_answers(
    parents: tuple[int, ...], who: list[Person], two: list[bool], three: list[bool], scale_points: int
) -> None:
    sheets = np.array(list(product(range(1, scale_points + 1), repeat=len(who))))

    seen = everything_seen(*shown(tree_of(*parents), who, sheets, two, three, scale_points=scale_points))

    by_link = [person for person, (*_, channel) in enumerate(who) if channel == L]
    knowing_links = np.concatenate([seen, sheets[:, by_link]], axis=1)
    for person in range(len(who)):
        assert fewest_possible(seen, sheets, person, scale_points) >= 3
        if person not in by_link:
            assert fewest_possible(knowing_links, sheets, person, scale_points) >= 3


def groups_of(who: list[Person], answers: list[int], *, three: bool = True) -> tuple[dict[int, int], dict[int, int]]:
    """Sums and bounds of the groups of one unit that gives these answers."""
    _, made = shown(tree_of(), who, np.array([answers]), [True], [three])
    return dict(enumerate(made.sums[0, 0].tolist())), dict(enumerate(made.bound[0, 0].tolist()))


def test_groups_in_the_middle_of_the_scale_are_shown_as_they_are() -> None:
    who = people((3, 0, 1, E), (3, 0, 2, E), (3, 0, 3, E))

    sums, bounds = groups_of(who, [2, 3, 4, 3, 3, 4, 5, 5, 4])

    assert sums == {TYPE_1: 9, TYPE_2: 10, TYPE_3: 14, TYPES_1_2: 19}
    assert set(bounds.values()) == {Bound.INSIDE}


def test_one_unanimous_type_of_three_is_blunted_and_the_others_say_that_they_moved_too() -> None:
    who = people((3, 0, 1, E), (3, 0, 2, E), (3, 0, 3, E))

    sums, bounds = groups_of(who, [2, 3, 4, 3, 3, 4, 6, 6, 6])

    assert sums == {TYPE_1: 9, TYPE_2: 12, TYPE_3: 16, TYPES_1_2: 21}
    assert (bounds[TYPE_3], bounds[TYPES_1_2]) == (Bound.UPPER, Bound.LOWER)


def test_a_group_at_its_limit_says_so_unmoved_too() -> None:
    _, bounds = groups_of(people((3, 0, 1, E), (3, 0, 3, E)), [2, 3, 4, 6, 6, 4])

    assert (bounds[TYPE_3], bounds[TYPES_1_2]) == (Bound.UPPER, Bound.LOWER)


@pytest.mark.parametrize("answer", [1, 6])
def test_groups_of_a_unit_at_an_end_of_the_scale_get_their_share_and_say_so(answer: int) -> None:
    who = people((3, 0, 1, E), (6, 0, 3, E))

    sums, bounds = groups_of(who, [answer] * 9)

    whole = 11 if answer == 1 else 52
    assert (sums[TYPES_1_2], sums[TYPE_3]) == (round(whole / 3), whole - round(whole / 3))
    assert bounds[TYPE_3] == bounds[TYPES_1_2] == Bound.NOT_TOLD


def test_a_type_that_fills_whole_units_stands_where_they_stand() -> None:
    who = people((3, 0, 1, E), (3, 1, 3, E))

    sums, made = shown(tree_of(0), who, np.array([[2, 3, 4, 6, 6, 6]]), [True, False], [True, False])

    assert made.sums[0, 0, TYPE_3] == sums[1, 0] == 16
    assert (made.bound[0, 0, TYPE_3], made.bound[0, 0, TYPE_1]) == (Bound.UPPER, Bound.INSIDE)


@st.composite
def organisations(draw: st.DrawFn) -> tuple[Tree, list[Person], NDArray[np.int64], list[bool], list[bool]]:
    size = draw(st.integers(1, 4))
    tree = tree_of(*(draw(st.integers(0, unit - 1)) for unit in range(1, size)))
    person = st.tuples(st.integers(0, size - 1), st.integers(1, 3), st.sampled_from([E, E, L]))
    who = draw(st.lists(person, max_size=12)) + people(*((3, unit, 1 + unit % 3, E) for unit in range(size)))
    sheet = st.lists(st.integers(1, 6), min_size=len(who), max_size=len(who))
    two = [draw(st.booleans()) for _ in range(size)]
    three = [split and draw(st.booleans()) for split in two]
    return tree, who, np.array([draw(sheet), draw(sheet)]), two, three


@given(organisations())
def test_groups_add_up_to_their_pieces(
    organisation: tuple[Tree, list[Person], NDArray[np.int64], list[bool], list[bool]],
) -> None:
    tree, who, sheets, two, three = organisation

    sums, made = shown(tree, who, sheets, two, three)

    in_two, in_three = (tree.nearest(np.array(each)) for each in (two, three))
    for unit in range(len(tree.ids)):
        whole = sums[in_two == unit].sum(axis=0)
        assert made.sums[unit][:, [TYPE_3, TYPES_1_2]].sum(axis=1).tolist() == whole.tolist()
        inside = made.sums[in_three == unit]
        told = (made.bound != Bound.NOT_TOLD).all(axis=(0, 2))
        assert made.sums[unit][told][:, [TYPE_1, TYPE_2]].sum() == inside[:, told, TYPES_1_2].sum()


@given(organisations())
def test_the_mirrored_scale_gives_mirrored_groups(
    organisation: tuple[Tree, list[Person], NDArray[np.int64], list[bool], list[bool]],
) -> None:
    tree, anybody, sheets, two, three = organisation
    who = [(unit, role, E) for unit, role, _ in anybody]

    _, one = shown(tree, who, sheets, two, three)
    _, other = shown(tree, who, 7 - sheets, two, three)

    assert np.array_equal(one.bound == Bound.NOT_TOLD, other.bound == Bound.NOT_TOLD)
    assert np.array_equal(one.bound == Bound.UPPER, other.bound == Bound.LOWER)
