from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.statistics.representativity import representativity

groups = st.lists(st.integers(0, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), max_size=30)


def test_two_unequal_groups_have_the_reference_numbers() -> None:
    found = representativity([50, 50], [40, 20])

    assert found is not None
    assert found.rate == 0.6
    assert round(found.unadjusted, 5) == 0.59798


def test_chance_is_taken_off_the_indicator_and_the_coefficient_of_variation() -> None:
    found = representativity([50, 50], [40, 20])

    assert found is not None
    adjusted = ((4 - 20 / 98) / 99) ** 0.5  # between groups 100 * .04, within groups 20, one degree of freedom
    assert found.indicator == pytest.approx(1 - 2 * adjusted)
    assert found.cv == pytest.approx(adjusted / 0.6)


def test_groups_that_answered_alike_are_represented() -> None:
    found = representativity([10, 20, 40], [5, 10, 20])

    assert found is not None
    assert (found.rate, found.indicator, found.unadjusted, found.cv) == (0.5, 1, 1, 0)


def test_groups_that_came_in_full_or_not_at_all_are_not() -> None:
    found = representativity([20, 20], [20, 0])

    assert found is not None
    assert (found.indicator, found.unadjusted) == (0, 0)
    assert found.cv == pytest.approx(1, abs=0.02)


def test_small_groups_of_equally_willing_people_are_not_blamed_for_chance() -> None:
    chance = np.random.default_rng(20261122)
    invited = chance.integers(1, 6, size=(200, 60))
    answered = chance.binomial(invited, 0.6)

    found = [representativity(n.tolist(), came.tolist()) for n, came in zip(invited, answered, strict=True)]

    assert np.mean([each.indicator for each in found if each]) > 0.88
    assert np.mean([each.unadjusted for each in found if each]) < 0.5


def test_real_differences_between_small_groups_are_found_again() -> None:
    chance = np.random.default_rng(20261122)
    willing = np.tile([0.4, 0.8], 100)
    invited = np.full((200, 200), 4)
    answered = chance.binomial(invited, willing)

    found = [representativity(n.tolist(), came.tolist()) for n, came in zip(invited, answered, strict=True)]

    assert np.mean([each.indicator for each in found if each]) == pytest.approx(0.6, abs=0.02)


@given(groups)
def test_every_number_stays_in_its_range(counts: list[tuple[int, int]]) -> None:
    invited, answered = [n for n, _ in counts], [came for _, came in counts]

    found = representativity(invited, answered)

    if found is not None:
        assert 0 < found.rate <= 1
        assert 0 <= found.unadjusted <= found.indicator <= 1
        assert found.cv >= 0


def test_a_group_without_anybody_invited_does_not_count() -> None:
    assert representativity([50, 0, 50], [40, 0, 20]) == representativity([50, 50], [40, 20])


@pytest.mark.parametrize(("invited", "answered"), [([], []), ([0], [0]), ([5, 5], [0, 0]), ([1, 1, 1], [1, 0, 1])])
def test_nothing_is_said_before_there_is_something_to_say(invited: list[int], answered: list[int]) -> None:
    assert representativity(invited, answered) is None


@pytest.mark.parametrize(("invited", "answered"), [([5], [6]), ([5], [-1]), ([5, 5], [5])])
def test_counts_that_do_not_fit_are_refused(invited: list[int], answered: list[int]) -> None:
    with pytest.raises(ValueError, match="no more answers"):
        representativity(invited, answered)
