from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash import instruments
from dimios_dash.domain.statistics.pooled_spread import PooledSpread, pooled_spreads, spread_of_picture
from dimios_dash.domain.statistics.reliability import cronbach_alpha

INSTRUMENT = instruments.load()
STATEMENTS = len(INSTRUMENT.statement_keys)


def pictures(*counts: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """The same distribution for every statement."""
    return np.tile(np.array(counts, dtype=np.int32), (STATEMENTS, 1))


def histogram(answers: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[int]:
    return [int(np.count_nonzero(answers == point)) for point in range(1, 7)]


def test_a_distribution_has_the_deviation_of_its_answers() -> None:
    answers = np.repeat([0.0, 20, 40, 60, 80, 100], [1, 2, 3, 4, 3, 2])

    found = spread_of_picture(np.array([1, 2, 3, 4, 3, 2], dtype=np.int32))

    assert found == PooledSpread(round(float(answers.std(ddof=1)), 2), 15)
    assert spread_of_picture(np.zeros(6, dtype=np.int32)) is None


def test_without_a_reliability_a_level_has_the_mean_deviation_of_its_parts() -> None:
    root = pictures(2, 3, 5, 5, 3, 2)
    root[0] = [0, 0, 10, 10, 0, 0]

    found = pooled_spreads(INSTRUMENT, root, {})

    ordinary, narrow = found["F1.2"].sd, found["F1.1"].sd
    assert found["F1"].sd == pytest.approx((narrow + 4 * ordinary) / 5, abs=0.01)
    assert found["A2"].sd == ordinary
    assert found["F"].sd == pytest.approx((found["F1"].sd + 2 * ordinary) / 3, abs=0.01)
    assert found["index"].sd == pytest.approx((found["F"].sd + ordinary) / 2, abs=0.01)
    assert found["index"].n == 20


def test_a_level_without_enough_parts_has_none() -> None:
    root = pictures(2, 3, 5, 5, 3, 2)
    root[:3] = 0

    found = pooled_spreads(INSTRUMENT, root, {})

    assert {"F1", "F", "index"}.isdisjoint(found)
    assert {"F2", "A"} <= found.keys()


@given(st.integers(0, 1000), st.sampled_from([0.2, 1.0, 2.0]))
def test_with_alpha_a_category_has_the_deviation_of_respondents_means(seed: int, together: float) -> None:
    random = np.random.default_rng(seed)
    felt = random.normal(3.5, together, (40, 1)) + random.normal(0, 1, (40, 5))
    answers = np.rint(felt).clip(1, 6).astype(np.int64)
    root = pictures(2, 3, 5, 5, 3, 2)
    root[:5] = [histogram(column) for column in answers.T]
    alpha = cronbach_alpha(np.cov(answers, rowvar=False))
    assert alpha is not None

    found = pooled_spreads(INSTRUMENT, root, {"F1": alpha})["F1"].sd
    bound = pooled_spreads(INSTRUMENT, root, {})["F1"].sd

    true = float(answers.mean(axis=1).std(ddof=1)) * 20
    assert found == pytest.approx(true, abs=0.03)
    assert found <= bound + 0.02


def test_a_perfect_reliability_gives_no_more_than_the_parts() -> None:
    for alpha, many in product((1.0, -0.5), (2, 9)):
        root = pictures(many, 3, 5, 5, 3, many)

        found = pooled_spreads(INSTRUMENT, root, {"F1": alpha})

        assert 0 < found["F1"].sd <= found["F1.1"].sd + 0.01
