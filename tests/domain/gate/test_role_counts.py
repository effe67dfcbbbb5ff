"""How many of each role type are told: only beside means that are shown, and never one or two."""

from __future__ import annotations

import numpy as np
import pytest

from dimios_dash.domain.gate.role_counts import NOT_TOLD, told_role_counts
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

TREE = Tree.build([(UnitId("E"), None), (UnitId("A"), UnitId("E"))])
OWN = np.array([[3, 4, 5], [6, 3, 9]])


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([3, 3], [9, 7, 14, 16]),
        ([0, 3], [9, 7, 14, 16]),  # on one statement is enough: the number is the same on all
        ([2, 0], [NOT_TOLD, NOT_TOLD, 14, 16]),
        ([0, 0], [NOT_TOLD] * 4),
    ],
)
def test_groups_are_counted_where_their_means_are_shown(groups: list[int], expected: list[int]) -> None:
    found = told_role_counts(TREE, OWN, np.array([groups, [0, 0]], dtype=np.int8), 3)

    assert found.tolist() == [expected, [NOT_TOLD] * 4]


def test_a_type_that_nobody_is_of_is_told_and_one_of_two_people_hides_all() -> None:
    nobody = told_role_counts(TREE, np.array([[0, 4, 5], [0, 0, 0]]), np.full((2, 1), 3, dtype=np.int8), 3)
    few = told_role_counts(TREE, np.array([[2, 4, 5], [0, 0, 0]]), np.full((2, 1), 3, dtype=np.int8), 3)

    assert nobody[0].tolist() == [0, 4, 5, 4]
    assert few[0].tolist() == [NOT_TOLD] * 4
