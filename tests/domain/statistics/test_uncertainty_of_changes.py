"""Changes over a year, and many of them at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_ind_from_stats

from dimios_dash.domain.statistics.uncertainty import (
    MeasuredMean,
    Spread,
    benjamini_hochberg,
    change,
    holm,
    smallest_certain_change,
)

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def own(mean: float, sd: float, n: int) -> MeasuredMean:
    """A mean with the spread of the same answers."""
    return MeasuredMean(mean, n, Spread(sd, n))


measured = st.builds(own, st.floats(0, 100), st.floats(0.1, 50), st.integers(2, 3000))


def six(*values: float) -> list[float]:
    return [round(value, 6) for value in values]


def test_a_change_has_the_reference_p_and_size() -> None:
    found = change(own(3.2, 0.9, 40), own(3.6, 1.0, 35))

    assert found is not None
    assert six(found.difference, found.p, found.hedges_g) == [0.4, 0.074598, 0.417640]


@given(measured, measured)
def test_with_their_own_spreads_two_years_are_compared_by_the_usual_welch_test(
    before: MeasuredMean, after: MeasuredMean
) -> None:
    summaries = [each for mean in (before, after) for each in (mean.mean, mean.spread.sd, mean.n)]

    found = change(before, after)

    assert found is not None
    assert found.p == pytest.approx(ttest_ind_from_stats(*summaries, equal_var=False).pvalue, rel=1e-6, abs=1e-12)


@given(measured, measured)
def test_a_change_back_is_as_likely_and_as_large(before: MeasuredMean, after: MeasuredMean) -> None:
    there, back = change(before, after), change(after, before)

    assert there is not None
    assert back is not None
    assert 0 <= there.p <= 1
    assert there.p == pytest.approx(back.p)
    assert (there.difference, there.hedges_g) == pytest.approx((-back.difference, -back.hedges_g))


def test_a_pooled_spread_makes_the_change_of_a_small_unit_more_certain() -> None:
    alone = change(own(40, 20, 4), own(70, 20, 4))
    pooled = change(MeasuredMean(40, 4, Spread(20, 200)), MeasuredMean(70, 4, Spread(20, 200)))

    assert alone is not None
    assert pooled is not None
    assert pooled.p < 0.05 < alone.p


def test_no_change_is_told_from_one_answer_or_without_any_spread() -> None:
    whole = own(50, 20, 40)
    one = replace(whole, n=1)
    unanimous = own(50, 0, 40)

    assert change(one, whole) is change(whole, one) is change(unanimous, unanimous) is None
    assert change(unanimous, whole) is not None


def test_the_smallest_certain_change_has_its_reference_number() -> None:
    assert round(smallest_certain_change(1, 30, 30), 5) == 0.50606


def test_a_change_needs_answers_in_both_years() -> None:
    with pytest.raises(ValueError, match="both years"):
        smallest_certain_change(1, 30, 0)


def test_many_comparisons_have_their_reference_numbers() -> None:
    p = (0.01, 0.04, 0.03, 0.005)

    assert six(*benjamini_hochberg(p)) == [0.02, 0.04, 0.04, 0.02]
    assert six(*holm(p)) == [0.03, 0.06, 0.06, 0.02]


def test_nothing_compared_is_nothing_adjusted() -> None:
    assert benjamini_hochberg(()) == holm(()) == ()


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_not_adjusted(p: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg((0.5, p))


def bonferroni(p: list[float]) -> list[float]:
    return [min(1.0, each * len(p)) for each in p]


@given(p_values)
def test_a_share_of_false_alarms_is_milder_than_none_at_all(p: list[float]) -> None:
    for raw, adjusted, strictest in zip(p, benjamini_hochberg(p), bonferroni(p), strict=True):
        assert raw <= adjusted * (1 + 1e-9)
        assert adjusted <= strictest * (1 + 1e-9) <= 1 + 1e-9


@settings(max_examples=20)  # statsmodels collects garbage in each of Holm's calls
@given(p_values)
def test_holm_lies_between_benjamini_hochberg_and_bonferroni(p: list[float]) -> None:
    for mild, adjusted, strictest in zip(benjamini_hochberg(p), holm(p), bonferroni(p), strict=True):
        assert mild <= adjusted * (1 + 1e-9)
        assert adjusted <= strictest * (1 + 1e-9)
