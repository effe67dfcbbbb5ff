"""What a change is made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash import instruments
from dimios_dash.domain.statistics import level_columns
from dimios_dash.domain.statistics.decomposition import ByRoleType, mix_effects

KEYS = level_columns.keys(instruments.load())
STATEMENTS = len(instruments.load().statement_keys)
INDEX = KEYS.index("index")
NO = float("nan")

counts = st.lists(st.integers(1, 400), min_size=3, max_size=3)
means = st.lists(st.floats(0, 100), min_size=3, max_size=3)


def year(answered: Sequence[float], mean: Sequence[float]) -> ByRoleType:
    """The same means on every statement."""
    return ByRoleType(np.array(answered, dtype=np.float64), np.tile(np.array(mean, dtype=np.float64), (STATEMENTS, 1)))


def three(answered: Sequence[float], mean: Sequence[float]) -> ByRoleType:
    return year([*answered, answered[0] + answered[1]], [*mean, NO])


def test_more_of_those_who_score_low_is_a_change_without_anybody_thinking_otherwise() -> None:
    before, after = three([10, 20, 30], [80, 60, 40]), three([10, 20, 70], [80, 60, 40])

    effect = mix_effects(before, after)

    assert effect[INDEX] == pytest.approx((800 + 1200 + 2800) / 100 - (800 + 1200 + 1200) / 60)
    assert effect[0] == pytest.approx(effect[INDEX])


@given(counts, counts, means, means)
def test_mix_and_change_within_the_types_make_up_the_whole_change(
    n1: list[int], n2: list[int], m1: list[float], m2: list[float]
) -> None:
    w1, w2 = (np.array(n) / sum(n) for n in (n1, n2))
    whole = w2 @ np.array(m2) - w1 @ np.array(m1)
    within = (np.array(m2) - np.array(m1)) @ (w1 + w2) / 2

    effect = mix_effects(three(n1, m1), three(n2, m2))

    assert effect[INDEX] + within == pytest.approx(whole, abs=1e-9)


@given(counts, means, means)
def test_the_same_mix_is_no_part_of_a_change(n: list[int], m1: list[float], m2: list[float]) -> None:
    assert mix_effects(three(n, m1), three([3 * each for each in n], m2))[INDEX] == pytest.approx(0, abs=1e-9)


def test_where_three_types_are_not_shown_in_both_years_two_groups_are_used() -> None:
    before = three([10, 20, 30], [80, 60, 40])
    before.mean[:, 3] = 70
    after = year([NO, NO, 70, 30], [NO, NO, 40, 70])

    assert mix_effects(before, after)[INDEX] == pytest.approx((0.7 - 0.5) * 40 + (0.3 - 0.5) * 70)


def test_what_is_not_shown_in_both_years_cannot_be_told() -> None:
    shown, nothing = three([10, 20, 30], [80, 60, 40]), year([NO] * 4, [NO] * 4)

    assert np.isnan(mix_effects(shown, nothing)).all()
    assert np.isnan(mix_effects(nothing, shown)).all()


def test_a_type_that_nobody_was_of_in_either_year_has_no_part() -> None:
    before, after = three([0, 20, 20], [NO, 60, 40]), three([0, 10, 30], [NO, 60, 40])

    assert mix_effects(before, after)[INDEX] == pytest.approx(-0.25 * 60 + 0.25 * 40)


def test_a_type_that_nobody_was_of_in_one_year_cannot_be_compared() -> None:
    assert np.isnan(mix_effects(three([10, 20, 30], [80, 60, 40]), three([0, 20, 30], [NO, 60, 40]))).all()


def test_a_category_needs_three_statements_that_can_be_told() -> None:
    before, after = three([10, 20, 30], [80, 60, 40]), three([20, 20, 30], [80, 60, 40])
    after.mean[:2], after.mean[5:8] = NO, NO

    effect = mix_effects(before, after)

    assert np.isfinite(effect[KEYS.index("F1")])
    assert np.isnan(effect[KEYS.index("F2")])
    assert np.isnan(effect[INDEX])
