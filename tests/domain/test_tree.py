"""The tree: built from pairs in any order, refused when it is not a tree, summed over branches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

Pair = tuple[UnitId, UnitId | None]


def pairs(text: str) -> list[Pair]:
    """ "a b<a" is the root a and b under a."""
    split = (word.partition("<") for word in text.split())
    return [(UnitId(unit), UnitId(parent) if arrow else None) for unit, arrow, parent in split]


@st.composite
def shuffled_pairs(draw: st.DrawFn) -> list[Pair]:
    size = draw(st.integers(1, 12))
    rows: list[Pair] = [(UnitId("0"), None)]
    rows += [(UnitId(str(unit)), UnitId(str(draw(st.integers(0, unit - 1))))) for unit in range(1, size)]
    return draw(st.permutations(rows))


@given(shuffled_pairs())
def test_parents_come_before_their_children_whatever_the_order_of_the_input(rows: list[Pair]) -> None:
    tree = Tree.build(rows)

    assert {
        (unit, None if above < 0 else tree.ids[above])
        for unit, above in zip(tree.ids, tree.parent.tolist(), strict=True)
    } == set(rows)
    assert all(above < unit for unit, above in enumerate(tree.parent.tolist()))


@given(shuffled_pairs())
def test_a_rollup_is_the_sum_over_each_subtree(rows: list[Pair]) -> None:
    tree = Tree.build(rows)
    values = np.arange(3 * len(rows)).reshape(len(rows), 3)

    total = tree.rollup(values)

    assert total.tolist() == [values[tree.subtree(unit)].sum(axis=0).tolist() for unit in range(len(rows))]


def test_a_rollup_leaves_its_input_alone_and_counts_booleans() -> None:
    tree = Tree.build(pairs("a b<a c<b"))
    values = np.array([True, True, True])

    total = tree.rollup(values)

    assert total.tolist() == [3, 2, 1]
    assert values.all()


def test_children_and_subtrees_keep_the_order_of_siblings() -> None:
    tree = Tree.build(pairs("d<b c<a b<a a e<b"))

    names = [[tree.ids[unit] for unit in tree.children(tree.index(UnitId(above)))] for above in "abc"]

    assert names == [["c", "b"], ["d", "e"], []]
    assert {tree.ids[unit] for unit in tree.subtree(tree.index(UnitId("b")))} == {"b", "d", "e"}


def test_an_unknown_unit_has_no_index() -> None:
    tree = Tree.build(pairs("a"))

    with pytest.raises(KeyError):
        tree.index(UnitId("b"))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("", "no root"),
        ("a<b b<a", "no root"),
        ("a b", "several units are without a parent: 'a', 'b'"),
        ("a b<x", "'b' lies under 'x', which is not a unit"),
        ("a b<a b<a", "'b' is given twice"),
        ("a b<c c<d d<b", "'b' lies under itself"),
        ("a b<b", "'b' lies under itself"),
    ],
)
def test_what_is_not_a_tree_is_refused_with_the_reason(rows: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Tree.build(pairs(rows))


@pytest.mark.parametrize("parent", [[], [-1, 2, 0], [0, -1], [-1, -1], [-1, 0, 1, 2]])
def test_parents_that_do_not_come_first_are_refused(parent: list[int]) -> None:
    ids = (UnitId("a"), UnitId("b"), UnitId("c"))[: max(len(parent), 1)]

    with pytest.raises(ValueError, match="a tree needs"):
        Tree(ids, np.array(parent, dtype=np.int32))


def test_a_tree_cannot_be_changed() -> None:
    tree = Tree.build(pairs("a b<a"))

    with pytest.raises(ValueError, match="read-only"):
        tree.parent[1] = 1
