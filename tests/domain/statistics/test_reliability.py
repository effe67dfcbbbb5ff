from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dimios_dash.domain.statistics.reliability import (
    Reliability,
    category_reliability,
    cronbach_alpha,
    feldt_interval,
    omega_total,
)

loading = st.floats(0.1, 0.95)


def implied(*loadings: float) -> NDArray[np.float64]:
    """Correlations of statements with these loadings on one factor."""
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1)
    return correlation


def people(n: int, seed: int = 1) -> NDArray[np.int8]:
    """Answers 1-6 of n people to five statements with one thing in common."""
    chance = np.random.default_rng(seed)
    common, own = chance.normal(size=(n, 1)), chance.normal(size=(n, 5))
    answers: NDArray[np.int8] = np.clip(np.round(3.5 + 1.2 * (0.7 * common + 0.7 * own)), 1, 6).astype(np.int8)
    return answers


@pytest.mark.parametrize(
    ("loadings", "alpha", "omega"),
    [((0.7, 0.7, 0.7, 0.7, 0.7), 0.827703, 0.827703), ((0.9, 0.8, 0.6, 0.4), 0.761087, 0.782189)],
)
def test_known_loadings_give_the_reference_numbers(loadings: tuple[float, ...], alpha: float, omega: float) -> None:
    found_alpha, found_omega = cronbach_alpha(implied(*loadings)), omega_total(implied(*loadings))

    assert found_alpha is not None
    assert found_omega is not None
    assert (round(found_alpha, 6), round(found_omega, 6)) == (alpha, omega)


def test_feldts_interval_has_its_reference_numbers() -> None:
    alpha = cronbach_alpha(implied(0.7, 0.7, 0.7, 0.7, 0.7))

    assert alpha is not None
    interval = feldt_interval(alpha, n=100, items=5)
    assert (round(interval.low, 6), round(interval.high, 6)) == (0.767880, 0.875848)


@given(st.lists(loading, min_size=3, max_size=8))
def test_alpha_never_exceeds_omega_where_one_factor_is_all_there_is(loadings: list[float]) -> None:
    alpha, omega = cronbach_alpha(implied(*loadings)), omega_total(implied(*loadings))

    assert alpha is not None
    assert omega is not None
    assert alpha <= omega + 1e-6
    assert omega == pytest.approx(sum(loadings) ** 2 / implied(*loadings).sum(), abs=1e-4)


@given(st.lists(loading, min_size=3, max_size=6), st.floats(0.1, 50))
def test_the_unit_of_the_scale_does_not_matter(loadings: list[float], unit: float) -> None:
    covariance = implied(*loadings)

    assert cronbach_alpha(covariance * unit) == pytest.approx(cronbach_alpha(covariance))
    assert omega_total(covariance * unit) == pytest.approx(omega_total(covariance), abs=1e-5)


def test_omega_weighs_statements_by_their_own_spread() -> None:
    spread = np.array([3.0, 1.0, 1.0, 1.0])
    loadings = np.array([0.9, 0.5, 0.5, 0.5])

    omega = omega_total(implied(*loadings) * np.outer(spread, spread))

    common = (loadings * spread).sum() ** 2
    assert omega == pytest.approx(common / (common + ((1 - loadings**2) * spread**2).sum()), abs=1e-6)


def test_a_statement_that_measures_the_opposite_lowers_omega() -> None:
    turned, straight = omega_total(implied(0.7, 0.7, 0.7, 0.7, -0.7)), omega_total(implied(0.7, 0.7, 0.7, 0.7, 0.7))

    assert turned is not None
    assert straight is not None
    assert turned < straight - 0.15


def test_statements_that_say_the_same_are_perfectly_reliable() -> None:
    assert omega_total(np.ones((5, 5))) == pytest.approx(1, abs=1e-6)
    assert cronbach_alpha(np.ones((5, 5))) == pytest.approx(1)


def test_correlations_that_no_single_factor_can_make_still_give_an_omega_within_0_and_1() -> None:
    heywood = implied(0.5, 0.5, 0.5)
    heywood[0, 1] = heywood[1, 0] = heywood[0, 2] = heywood[2, 0] = 0.7

    omega = omega_total(heywood)

    assert omega is not None
    assert 0 <= omega <= 1


@pytest.mark.parametrize("covariance", [np.zeros((5, 5)), np.array([[1.0]]), np.array([[1.0, -1.0], [-1.0, 1.0]])])
def test_without_anything_to_compare_there_is_neither(covariance: NDArray[np.float64]) -> None:
    assert cronbach_alpha(covariance) is omega_total(covariance) is None


def test_a_sum_that_never_varies_has_no_omega() -> None:
    signs = np.array([1.0, -1.0, 1.0, -1.0])

    assert omega_total(np.outer(signs, signs)) is None


def test_a_category_gets_two_numbers_with_two_decimals_and_nothing_else() -> None:
    answers = people(400)

    found = category_reliability(answers)

    assert found is not None
    covariance = np.cov(answers.astype(float), rowvar=False)
    assert found == Reliability(400, round(cronbach_alpha(covariance) or 0, 2), round(omega_total(covariance) or 0, 2))
    assert 0.75 < found.alpha < 0.9
    assert {field.type for field in fields(found)} == {"int", "float"}


def test_only_respondents_who_answered_every_statement_count() -> None:
    complete = people(60)
    holes = people(40, seed=2)
    holes[np.arange(40), np.arange(40) % 5] = 0

    assert category_reliability(np.concatenate([complete, holes])) == category_reliability(complete)


@pytest.mark.parametrize(("complete", "told"), [(29, False), (30, True)])
def test_thirty_complete_respondents_are_needed(complete: int, told: bool) -> None:
    answers = people(60)
    answers[complete:, 3] = 0

    found = category_reliability(answers)

    assert (found is not None) is told
    assert found is None or found.n == complete


def test_the_order_of_respondents_tells_nothing() -> None:
    answers = people(50)

    assert category_reliability(answers) == category_reliability(answers[::-1])


def test_a_statement_everybody_answered_alike_is_no_obstacle() -> None:
    answers = people(50)
    answers[:, 2] = 6

    found = category_reliability(answers)

    assert found is not None
    assert 0 < found.omega < 1


def test_answers_that_do_not_vary_have_no_reliability() -> None:
    assert category_reliability(np.full((50, 5), 4, dtype=np.int8)) is None


@pytest.mark.parametrize("answers", [np.zeros(5, dtype=np.int8), np.full((40, 5), -1, dtype=np.int8)])
def test_what_is_no_table_of_answers_is_refused(answers: NDArray[np.int8]) -> None:
    with pytest.raises(ValueError, match="table of scale points"):
        category_reliability(answers)


@given(st.floats(-1, 0.99), st.integers(30, 3000), st.integers(2, 8))
def test_feldts_interval_holds_the_alpha_and_shrinks_with_n(alpha: float, n: int, items: int) -> None:
    interval, wider = feldt_interval(alpha, n, items), feldt_interval(alpha, n - 10, items)

    assert interval.low <= alpha <= interval.high <= 1
    assert interval.high - interval.low < wider.high - wider.low


@pytest.mark.parametrize(("alpha", "n", "items"), [(0.8, 1, 5), (0.8, 100, 1), (1.1, 100, 5)])
def test_an_interval_that_cannot_be_is_refused(alpha: float, n: int, items: int) -> None:
    with pytest.raises(ValueError, match="an interval needs"):
        feldt_interval(alpha, n, items)
