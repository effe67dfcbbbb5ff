"""Suggestions of units that could answer as one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.sample.merging import Merge, merged, suggest
from dimios_dash.domain.tree import Tree
from tests.domain.sample.test_visibility_forecast import of_unknown_type, tree_of


def suggested(tree: Tree, people: list[int], enough: int = 9, **more: set[int]) -> list[Merge]:
    """Every leaf with fewer than enough is weak."""
    return suggest(tree, of_unknown_type(*people), np.array(people) < enough, enough, **more)


def test_small_sisters_are_put_together_until_they_are_enough() -> None:
    assert suggested(tree_of(0, 0, 0, 0), [0, 4, 5, 6, 7]) == [Merge((1, 2), 1), Merge((3, 4), 3)]


def test_one_that_is_left_over_goes_to_the_smallest_group_of_sisters() -> None:
    assert suggested(tree_of(0, 0, 0), [0, 4, 5, 6]) == [Merge((1, 2, 3), 1)]


def test_one_alone_goes_up_where_enough_are_invited_in_the_unit_above_itself() -> None:
    assert suggested(tree_of(0, 0), [6, 3, 20]) == [Merge((1,), 0)]


def test_otherwise_it_goes_to_its_smallest_sister() -> None:
    assert suggested(tree_of(0, 0, 0), [0, 3, 20, 15]) == [Merge((1, 3), 1)]


def test_a_unit_that_all_below_have_gone_into_is_merged_in_its_turn() -> None:
    assert suggested(tree_of(0, 1, 0), [0, 2, 3, 5]) == [Merge((2,), 1), Merge((1, 3), 1)]


def test_where_sisters_are_no_help_all_go_up() -> None:
    assert suggested(tree_of(0, 0), [3, 5, 4], upwards={0}) == [Merge((1, 2), 0)]


def test_a_unit_where_nobody_is_invited_stays_where_it_is() -> None:
    assert suggested(tree_of(0, 0, 0), [0, 0, 3, 20]) == [Merge((2, 3), 2)]


def test_nothing_is_suggested_where_nobody_is_weak() -> None:
    assert suggested(tree_of(0, 0), [3, 9, 9]) == []


@given(st.data())
def test_merging_keeps_everybody_and_makes_a_tree(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    tree = tree_of(*(data.draw(st.integers(0, unit - 1)) for unit in range(1, size)))
    people = data.draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))
    upwards = data.draw(st.sets(st.integers(0, size - 1)))
    merges = suggested(tree, people, upwards=upwards)

    new = merged(tree, of_unknown_type(*people), merges)

    assert new.invited.sum() == sum(people)
    assert len(new.tree.ids) == size - sum(len(merge.units) - (merge.into in merge.units) for merge in merges)
    for unit in range(1, size):
        above, below = new.place[tree.parent[unit]], new.place[unit]
        assert above == below or new.tree.parent[below] == above
