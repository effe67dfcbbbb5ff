"""The reference numbers are those of a 1-5 scale with a spread of 1, where nothing reaches the ends 0 and 100."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom

from dimios_dash.domain.statistics.interval import Interval
from dimios_dash.domain.statistics.uncertainty import (
    MeasuredMean,
    Spread,
    answers_needed,
    interval_of_mean,
    interval_of_share,
    invitations_needed,
    spread_of,
    standard_error,
)

points = st.floats(0, 100)
deviations = st.floats(0.1, 50)
counts = st.integers(2, 3000)


def own(mean: float, sd: float, n: int) -> MeasuredMean:
    """A mean with the spread of the same answers."""
    return MeasuredMean(mean, n, Spread(sd, n))


measured = st.builds(own, points, deviations, counts)


def width(interval: Interval | None) -> float:
    assert interval is not None
    return interval.high - interval.low


def six(*values: float) -> list[float]:
    return [round(value, 6) for value in values]


def test_a_quarter_of_the_target_group_gives_the_reference_interval() -> None:
    interval = interval_of_mean(own(3.4, 1, 25), population=100)

    assert round(standard_error(1, 25, 100), 6) == 0.173205
    assert interval is not None
    assert round(interval.low, 5) == 3.04252
    assert round(interval.high, 5) == 3.75748


def test_when_everybody_answered_the_mean_is_certain() -> None:
    assert interval_of_mean(own(3.4, 1, 25), population=25) == Interval(3.4, 3.4)


@pytest.mark.parametrize("population", [None, 24, 0])
def test_without_a_possible_target_group_there_is_no_finite_correction(population: int | None) -> None:
    assert standard_error(1, 25, population) == 0.2


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_answers_have_no_interval(n: int) -> None:
    assert interval_of_mean(MeasuredMean(50, n, Spread(20, 400))) is None


def test_no_answers_have_no_standard_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        standard_error(1, 0)


@pytest.mark.parametrize(("sd", "n"), [(-0.1, 20), (1.0, 1)])
def test_a_spread_that_cannot_be_is_refused(sd: float, n: int) -> None:
    with pytest.raises(ValueError, match="not a standard deviation"):
        Spread(sd, n)


@pytest.mark.parametrize(
    ("n", "unit", "expected"),
    [
        (9, Spread(10, 9), Spread(20, 400)),
        (10, Spread(10, 10), Spread(10, 10)),
        (30, None, Spread(20, 400)),
    ],
)
def test_a_unit_has_its_own_spread_from_ten_answers_on(n: int, unit: Spread | None, expected: Spread) -> None:
    assert spread_of(n, unit, Spread(20, 400)) == expected


def test_a_pooled_spread_makes_a_small_unit_as_certain_as_the_answers_it_stems_from() -> None:
    interval = interval_of_mean(MeasuredMean(50, 4, Spread(20, 100_001)))

    assert width(interval) == pytest.approx(2 * 1.96 * 20 / 2, abs=0.01)


@pytest.mark.parametrize(("mean", "expected"), [(99.0, 100.0), (1.0, 0.0)])
def test_an_interval_ends_where_the_scale_does(mean: float, expected: float) -> None:
    interval = interval_of_mean(own(mean, 20, 10))

    assert interval is not None
    assert expected in (interval.low, interval.high)


@given(measured, st.none() | st.integers(1, 5000))
def test_an_interval_holds_its_mean_and_stays_on_the_scale(mean: MeasuredMean, population: int | None) -> None:
    interval = interval_of_mean(mean, population)

    assert interval is not None
    assert 0 <= interval.low <= mean.mean <= interval.high <= 100


@given(measured, st.integers(1, 1000))
def test_more_answers_never_widen_an_interval(mean: MeasuredMean, more: int) -> None:
    larger = own(mean.mean, mean.spread.sd, mean.n + more)

    assert width(interval_of_mean(larger)) <= width(interval_of_mean(mean))


@given(measured, st.integers(1, 1000))
def test_a_known_target_group_never_widens_an_interval(mean: MeasuredMean, silent: int) -> None:
    assert width(interval_of_mean(mean, mean.n + silent)) <= width(interval_of_mean(mean))


@pytest.mark.parametrize(
    ("population", "expected"), [(None, Interval(0.069508, 0.261862)), (100, Interval(0.085263, 0.221372))]
)
def test_seven_of_fifty_vet_ej_give_the_reference_intervals(population: int | None, expected: Interval) -> None:
    interval = interval_of_share(7 / 50, 50, population)

    assert interval is not None
    assert six(interval.low, interval.high) == [expected.low, expected.high]


def test_when_everybody_answered_the_share_is_certain() -> None:
    assert interval_of_share(0.14, 50, population=50) == Interval(0.14, 0.14)


def test_without_answers_a_share_has_no_interval() -> None:
    assert interval_of_share(0.0, 0) is None


@pytest.mark.parametrize("share", [-0.01, 1.01])
def test_a_share_outside_0_to_1_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="not a share"):
        interval_of_share(share, 50)


@given(st.data(), st.integers(1, 3000), st.none() | st.integers(1, 5000))
def test_the_interval_of_a_share_holds_it_and_is_a_share(data: st.DataObject, n: int, population: int | None) -> None:
    share = data.draw(st.integers(0, n)) / n

    interval = interval_of_share(share, n, population)

    assert interval is not None
    assert 0 <= interval.low <= share <= interval.high <= 1


def test_nobody_saying_vet_ej_still_leaves_room_upwards() -> None:
    interval = interval_of_share(0.0, 10)

    assert interval is not None
    assert interval.low == 0
    assert round(interval.high, 4) == 0.2775  # z² / (n + z²)


@pytest.mark.parametrize(
    ("population", "expected"),
    [(10, 9), (20, 14), (50, 24), (100, 30), (500, 40), (1000, 41), (5000, 43), (None, 43)],
)
def test_the_answers_needed_have_their_reference_numbers(population: int | None, expected: int) -> None:
    assert answers_needed(0.3, 1, population) == expected


@given(st.floats(0.5, 20), deviations, st.integers(1, 5000))
def test_the_answers_needed_are_enough_and_not_one_too_many(margin: float, sd: float, population: int) -> None:
    needed = answers_needed(margin, sd, population)

    assert 1 <= needed <= population
    assert 1.959964 * standard_error(sd, needed, population) <= margin * (1 + 1e-6)
    if needed > 1:
        assert 1.959964 * standard_error(sd, needed - 1, population) >= margin * (1 - 1e-6)


def test_answers_that_all_agree_need_one() -> None:
    assert answers_needed(0.3, 0) == 1


@pytest.mark.parametrize(("margin", "population"), [(0.0, 10), (-1.0, 10), (0.3, 0)])
def test_an_impossible_wish_for_answers_is_refused(margin: float, population: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        answers_needed(margin, 1, population)


@pytest.mark.parametrize(("valid", "expected"), [(3, 9), (10, 25)])
def test_the_invitations_have_their_reference_numbers(valid: int, expected: int) -> None:
    assert invitations_needed(valid, response_rate=0.65, vet_ej_share=0.15) == expected


def test_where_everybody_gives_a_valid_answer_nobody_is_invited_in_vain() -> None:
    assert invitations_needed(3, response_rate=1, vet_ej_share=0) == 3


@given(st.integers(1, 20), st.floats(0.05, 1), st.floats(0, 0.9))
def test_the_invitations_are_enough_and_not_one_too_many(valid: int, rate: float, vet_ej: float) -> None:
    p = rate * (1 - vet_ej)

    needed = invitations_needed(valid, rate, vet_ej)

    enough, one_less = binom.sf(valid - 1, needed, p), binom.sf(valid - 1, needed - 1, p)
    assume(abs(enough - 0.95) > 1e-9 and abs(one_less - 0.95) > 1e-9)
    assert enough >= 0.95 > one_less


@pytest.mark.parametrize(("valid", "rate", "vet_ej"), [(0, 0.5, 0.1), (3, 0.0, 0.1), (3, 1.1, 0.1), (3, 0.5, 1.0)])
def test_impossible_rates_are_refused(valid: int, rate: float, vet_ej: float) -> None:
    with pytest.raises(ValueError, match="no number of invitations"):
        invitations_needed(valid, rate, vet_ej)


def test_the_ten_per_cent_rule_is_poor_in_a_small_unit() -> None:
    margin = 1.96 * standard_error(1, 5, 50)

    assert round(margin, 2) == round(1.96 * sqrt(0.9 / 5), 2) == 0.83
