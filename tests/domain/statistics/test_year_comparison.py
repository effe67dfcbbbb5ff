"""Two releases compared: the single test is Welch's, and no change is certain that the many do not allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from statsmodels.stats.multitest import multipletests

from dimios_dash import instruments
from dimios_dash.domain.statistics import level_columns
from dimios_dash.domain.statistics.compared import Comparisons
from dimios_dash.domain.statistics.pooled_spread import PooledSpread, spread_of_picture
from dimios_dash.domain.statistics.uncertainty import MeasuredMean, Spread, change, smallest_certain_change
from dimios_dash.domain.statistics.year_comparison import Side, compare, spreads_of_pictures

INSTRUMENT = instruments.load()
KEYS = level_columns.keys(INSTRUMENT)
STATEMENTS = len(INSTRUMENT.statement_keys)
HEADLINE = [KEYS.index(key) for key in ("F", "A", "index")]
INDEX = KEYS.index("index")
POOLED = {key: PooledSpread(20.0, 200) for key in KEYS}
NARROW = {key: PooledSpread(10.0, 150) for key in KEYS}
PICTURE = [1, 2, 6, 9, 5, 2]

one_decimal = st.integers(0, 1000).map(lambda tenths: tenths / 10)
shown = arrays(np.float64, (3, STATEMENTS), elements=one_decimal | st.just(np.nan))


def side(
    mean: NDArray[np.float64] | Sequence[float],
    answered: Sequence[int],
    spreads: Mapping[str, PooledSpread] = POOLED,
    pictures: Mapping[tuple[int, int], Sequence[int]] | None = None,
) -> Side:
    """Means of each unit on each statement, or one of each unit for all statements."""
    means = np.array(mean, dtype=np.float64)
    if means.ndim == 1:
        means = np.repeat(means[:, None], STATEMENTS, axis=1)
    distribution = np.zeros((len(answered), STATEMENTS, 6), dtype=np.int32)
    for place, counts in (pictures or {}).items():
        distribution[place] = counts
    return Side(means, np.array(answered, dtype=np.int64), distribution, spreads)


def raw_p(before: Side, after: Side) -> NDArray[np.float64]:
    """By the single test, cell by cell; NaN where there is none."""
    difference = level_columns.with_levels(after.mean - before.mean)
    found = np.full(difference.shape, np.nan)
    for unit, column in zip(*np.nonzero(~np.isnan(difference)), strict=True):
        one, other = (
            MeasuredMean(mean, int(each.answered[unit]), Spread(spread.sd, spread.n))
            for each, mean in ((before, 0.0), (after, difference[unit, column]))
            for spread in [each.spreads[KEYS[column]]]
        )
        tested = change(one, other)
        found[unit, column] = np.nan if tested is None else tested.p
    return found


def test_each_comparison_is_welchs_with_hedges_g_and_the_smallest_certain_change() -> None:
    before, after = side([50, 40], [60, 8]), side([56, 60], [70, 9], NARROW)

    found = compare(INSTRUMENT, before, after)

    expected = change(MeasuredMean(40, 8, Spread(20, 200)), MeasuredMean(60, 9, Spread(10, 150)))
    assert expected is not None
    pooled = np.sqrt((199 * 20**2 + 149 * 10**2) / 348)
    assert found.difference[1, INDEX] == pytest.approx(20)
    assert found.hedges_g[1, INDEX] == pytest.approx(expected.hedges_g)
    assert found.smallest[1, INDEX] == pytest.approx(smallest_certain_change(pooled, 8, 9))
    assert found.margin[1, INDEX] == pytest.approx(1.97 * np.sqrt(20**2 / 8 + 10**2 / 9), rel=0.01)


def test_a_unit_that_shows_a_distribution_has_its_own_spread_and_number_of_answers() -> None:
    own = spread_of_picture(np.array(PICTURE, dtype=np.int32))
    assert own is not None

    found = compare(INSTRUMENT, side([50], [40], POOLED, {(0, 0): PICTURE}), side([60], [30]))

    expected = change(MeasuredMean(50, own.n, Spread(own.sd, own.n)), MeasuredMean(60, 30, Spread(20, 200)))
    assert expected is not None
    assert found.hedges_g[0, 0] == pytest.approx(expected.hedges_g)
    assert found.hedges_g[0, 0] != pytest.approx(found.hedges_g[0, 1])


@given(arrays(np.int32, (5, 6), elements=st.integers(1, 40)))
def test_many_spreads_are_the_one_of_each(counts: NDArray[np.int32]) -> None:
    one_by_one = [found.sd for each in counts if (found := spread_of_picture(each))]

    assert spreads_of_pictures(counts).tolist() == pytest.approx(one_by_one, abs=0.0101)


@settings(max_examples=25)  # each compares a hundred cells one by one
@given(shown, shown)
def test_a_change_is_certain_exactly_where_benjamini_and_hochberg_say_so_of_all_together(
    then: NDArray[np.float64], now: NDArray[np.float64]
) -> None:
    before, after = side(then, [40, 12, 5]), side(now, [45, 2, 6], NARROW)

    found = compare(INSTRUMENT, before, after)

    single = raw_p(before, after)
    compared = ~np.isnan(single)
    allowed = np.zeros(single.shape, dtype=bool)
    if compared.any():
        allowed[compared] = multipletests(single[compared], alpha=0.05, method="fdr_bh")[0]
        tried = np.isfinite(single[0, HEADLINE])
        allowed[0, HEADLINE] = False  # the heading of the whole is Holm's
        if tried.any():
            allowed[0, np.array(HEADLINE)[tried]] = multipletests(single[0, HEADLINE][tried], method="holm")[0]
    assert ((found.adjusted_p <= 0.05) == allowed).all()
    assert (np.isnan(found.adjusted_p) == ~compared).all()


def test_headlines_of_the_whole_are_a_family_of_their_own() -> None:
    before, after = side([50.0, 50.0], [50, 50]), side([58.0, 50.5], [50, 50])  # unit 1 makes the many severe

    found = compare(INSTRUMENT, before, after)

    single = raw_p(before, after)
    by_holm = multipletests(single[0, HEADLINE], method="holm")[1]
    by_many = multipletests(single.ravel(), method="fdr_bh")[1].reshape(single.shape)
    assert found.adjusted_p[0, HEADLINE] == pytest.approx(by_holm)
    assert np.delete(found.adjusted_p[0], HEADLINE) == pytest.approx(np.delete(by_many[0], HEADLINE))
    assert found.adjusted_p[1] == pytest.approx(by_many[1])


@settings(max_examples=25)  # each compares a hundred cells one by one
@given(shown, shown)
def test_looked_at_backwards_everything_is_the_same_with_another_sign(
    then: NDArray[np.float64], now: NDArray[np.float64]
) -> None:
    before, after = side(then, [40, 12, 5]), side(now, [45, 8, 6], NARROW)

    there, back = compare(INSTRUMENT, before, after), compare(INSTRUMENT, after, before)

    for name, sign in (("difference", -1), ("margin", 1), ("adjusted_p", 1), ("hedges_g", -1), ("smallest", 1)):
        assert np.allclose(getattr(there, name), sign * getattr(back, name), equal_nan=True), name


def test_only_statements_that_both_years_show_count_on_every_level() -> None:
    then, now = np.full((1, STATEMENTS), 40.0), np.full((1, STATEMENTS), 50.0)
    then[0, 0], now[0, :5] = np.nan, [95.0, 90.0, 60.0, 70.0, 80.0]

    found = compare(INSTRUMENT, side(then, [20]), side(now, [20]))

    assert found.difference[0, KEYS.index("F1")] == pytest.approx((50 + 20 + 30 + 40) / 4)
    assert np.isnan(found.difference[0, 0])


def test_without_a_spread_or_with_one_answer_there_is_a_difference_and_no_test_of_it() -> None:
    found = compare(INSTRUMENT, side([50, 50], [20, 1]), side([60, 60], [20, 20], {"index": POOLED["index"]}))

    assert found.difference[:, INDEX].tolist() == pytest.approx([10, 10])
    assert np.isfinite(found.adjusted_p[0, INDEX])
    assert np.isnan(found.adjusted_p[1, INDEX])
    assert np.isnan(found.margin[0, 0])


def test_what_cannot_be_compared_makes_nothing_else_less_certain() -> None:
    hidden = [50.0, 50.0, np.nan, np.nan]
    with_hidden = compare(INSTRUMENT, side(hidden, [30] * 4), side([56.0, 61.0, 70.0, 80.0], [30] * 4))
    without: Comparisons = compare(INSTRUMENT, side([50.0, 50.0], [30] * 2), side([56.0, 61.0], [30] * 2))

    assert with_hidden.adjusted_p[:2] == pytest.approx(without.adjusted_p)
    assert np.isnan(with_hidden.adjusted_p[2:]).all()
