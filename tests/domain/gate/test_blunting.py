"""Blunted sums stay off the ends of the scale, and leave everybody three possible answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.gate.blunting import blunt, limits

Sheet = tuple[int, ...]
GROUPS = [(3, 0, 6), (4, 0, 6), (5, 0, 3), (3, 0, 3), (0, 3, 6), (3, 1, 6), (3, 2, 4), (3, 1, 3), (4, 3, 3)]


def blunted(email: Sheet, link: Sheet, scale_points: int) -> int:
    answers = np.array([[len(email)], [len(link)]])
    sums = np.array([[sum(email)], [sum(link)]])
    return int(blunt(answers, sums, scale_points)[0])


def fewest_possible_answers(
    email: int, link: int, scale_points: int, seen: Callable[[Sheet, Sheet], Hashable], person: int
) -> int:
    """Over everything that can be seen: how many answers the person may have given, at the least."""
    possible = defaultdict(set)
    for sheet in product(range(1, scale_points + 1), repeat=email + link):
        possible[seen(sheet[:email], sheet[email:])].add(sheet[person])
    return min(map(len, possible.values()))


@pytest.mark.parametrize(("email", "link", "scale_points"), GROUPS)
def test_everybody_keeps_three_possible_answers(email: int, link: int, scale_points: int) -> None:
    def seen(by_email: Sheet, by_link: Sheet) -> Hashable:
        return blunted(by_email, by_link, scale_points)

    for person in range(email + link):
        assert fewest_possible_answers(email, link, scale_points, seen, person) >= 3


@pytest.mark.parametrize(("email", "link", "scale_points"), [group for group in GROUPS if group[0]])
def test_so_do_those_invited_when_somebody_filled_in_the_open_link(email: int, link: int, scale_points: int) -> None:
    def seen(by_email: Sheet, by_link: Sheet) -> Hashable:
        return by_link, blunted(by_email, by_link, scale_points)

    assert fewest_possible_answers(email, link, scale_points, seen, person=0) >= 3


@given(st.lists(st.integers(1, 6), min_size=3, max_size=12))
def test_a_sum_is_moved_only_to_its_nearest_limit(sheet: list[int]) -> None:
    lowest, highest = len(sheet) + 2, 6 * len(sheet) - 2

    kept = blunted(tuple(sheet), (), 6)

    assert kept == min(max(sum(sheet), lowest), highest)


def test_no_answers_have_no_sum() -> None:
    nobody = np.zeros((2, 1), dtype=np.int64)

    assert blunt(nobody, nobody, 6).tolist() == [0]
    assert [limit.tolist() for limit in limits(nobody, 6)] == [[0], [0]]
