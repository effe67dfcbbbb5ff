"""Vet ej and texts: only among ten respondents or more."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from dimios_dash.domain.gate.dont_know import share_of_dont_know
from dimios_dash.domain.gate.respondent_family import respondent_family
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId


def tree_of(*parents: int) -> Tree:
    """The root is unit 0; unit i + 1 lies under parents[i]."""
    ids = tuple(UnitId(str(unit)) for unit in range(len(parents) + 1))
    return Tree(ids, np.array([-1, *parents], dtype=np.int32))


def respondents(email: list[int], link: list[int] | None = None) -> NDArray[np.int64]:
    return np.array([email, link or [0] * len(email)])


@pytest.mark.parametrize(
    ("email", "link", "homes"),
    [
        ([10, 10, 4], None, [0, 1, 0]),
        ([3, 10, 12], None, [0, 0, 2]),
        ([1, 4, 4], None, [-1, -1, -1]),
        ([0, 10, 0], [0, 0, 10], [0, 1, 2]),
        ([0, 9, 0], [0, 30, 10], [-1, -1, 2]),
        ([10, 9, 0], [0, 30, 0], [0, 0, 0]),
    ],
)
def test_a_text_is_shown_in_the_smallest_unit_with_ten_respondents_of_its_own(
    email: list[int], link: list[int] | None, homes: list[int]
) -> None:
    family = respondent_family(tree_of(0, 0), respondents(email, link), k=3)

    assert family.home.tolist() == homes


def test_the_share_of_dont_know_is_of_all_respondents_and_only_where_they_are_enough() -> None:
    asked = respondents([10, 10, 4])
    valid = np.zeros((2, 3, 2), dtype=np.int64)
    valid[0] = [[10, 5], [7, 10], [4, 0]]
    family = respondent_family(tree_of(0, 0), asked, k=3)

    share = share_of_dont_know(tree_of(0, 0), family, asked, valid)

    assert share[0].tolist() == [0.125, 0.375]
    assert share[1].tolist() == [0.3, 0.0]
    assert np.isnan(share[2]).all()


def test_where_ten_is_too_few_nobody_has_a_home() -> None:
    family = respondent_family(tree_of(), respondents([9]), k=3)

    share = share_of_dont_know(tree_of(), family, respondents([9]), np.array([[[9]], [[0]]]))

    assert family.home.tolist() == [-1]
    assert np.isnan(share).all()
