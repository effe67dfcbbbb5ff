"""The mean and quartiles of other organisations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dimios_dash.domain.benchmark import Benchmark, benchmark

scores = st.integers(0, 1000).map(lambda tenths: tenths / 10)


@pytest.mark.parametrize("others", [0, 1, 4])
def test_fewer_than_five_others_are_no_benchmark(others: int) -> None:
    assert benchmark([50.0] * others) is None


def test_five_others_have_a_mean_but_no_quartiles() -> None:
    assert benchmark([40.0, 41.0, 42.0, 43.0, 45.0]) == Benchmark(5, 42.2, None, None, None)


def test_nine_others_have_no_quartiles() -> None:
    result = benchmark([50.0] * 9)

    assert result == Benchmark(9, 50.0, None, None, None)


def test_ten_others_have_quartiles_between_neighbours() -> None:
    values = [100.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0]

    assert benchmark(values) == Benchmark(10, 55.0, 32.5, 55.0, 77.5, sd=30.3)


def test_two_pools_with_one_organisation_in_common_do_not_tell_its_value() -> None:
    """Of 13 others type 7 is three organisations' own values: what both tell was the common one's in 69 of 100."""
    random = np.random.default_rng(13)
    common = [_told_by_both(random.normal(50, 10, 25).clip(0, 100).round(1)) for _ in range(3000)]
    told = [found for found in common if found is not None]

    assert len(told) > 50
    assert sum(told) < 0.1 * len(told)


def _told_by_both(values: NDArray[np.float64]) -> bool | None:
    """Whether a quartile that both pools tell is the value of the one that is in both; None where they tell none."""
    one, other = benchmark(values[:13].tolist()), benchmark(values[12:].tolist())
    both = _quartiles(one) & _quartiles(other)
    return float(values[12]) in both if both else None


def _quartiles(found: Benchmark | None) -> set[float | None]:
    assert found is not None
    return {found.lower_quartile, found.median, found.upper_quartile}


def test_values_have_one_decimal() -> None:
    values = [10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 10.7, 10.8, 10.9]

    assert benchmark(values) == Benchmark(10, 10.4, 10.2, 10.5, 10.7, sd=0.3)


@given(st.lists(scores, min_size=10, max_size=40))
def test_quartiles_are_ordered_and_inside_what_the_others_reach(values: list[float]) -> None:
    result = benchmark(values)

    assert result is not None
    assert result.lower_quartile is not None
    assert result.median is not None
    assert result.upper_quartile is not None
    assert min(values) <= result.lower_quartile <= result.median <= result.upper_quartile <= max(values)


@given(st.lists(scores, min_size=5, max_size=20))
def test_the_order_of_the_others_does_not_matter(values: list[float]) -> None:
    assert benchmark(sorted(values)) == benchmark(values)
