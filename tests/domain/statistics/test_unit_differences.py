"""What of a difference is more than chance, for many units at once."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t as students_t

from dimios_dash.domain.statistics.pooled_spread import PooledSpread
from dimios_dash.domain.statistics.released_interval import interval_of_unit
from dimios_dash.domain.statistics.uncertainty import benjamini_hochberg
from dimios_dash.domain.statistics.unit_differences import errors, more_than_chance

SPREADS = {"F1": PooledSpread(20.0, 101), "F2": PooledSpread(12.5, 31)}
KEYS = ["F1", "F2", "F3"]


def test_a_margin_is_half_of_the_interval_of_a_unit() -> None:
    found = errors(np.array([9, 40]), SPREADS, KEYS).margin

    for row, answered in enumerate((9, 40)):
        for column, key in enumerate(("F1", "F2")):
            interval = interval_of_unit(50.0, answered, None, SPREADS[key])
            assert interval is not None
            assert found[row, column] == pytest.approx((interval.high - interval.low) / 2)


def test_nothing_is_said_without_a_spread_or_of_a_single_answer() -> None:
    found = errors(np.array([0, 1, 9]), SPREADS, KEYS).error

    assert np.isnan(found[:2]).all()
    assert np.isnan(found[2]).tolist() == [False, False, True]


def test_both_sides_count_in_a_difference() -> None:
    one, other = (errors(np.array([n]), SPREADS, KEYS) for n in (16, 25))

    assert one.beside(other).error[0, 0] == pytest.approx(np.hypot(20 / 4, 20 / 5))


def test_what_is_certain_alone_may_be_chance_among_many() -> None:
    found = errors(np.full(40, 16), SPREADS, ["F1"])
    points = np.zeros((40, 1))
    points[0] = 11.0  # 2.2 standard errors
    p = 2 * students_t.sf(11 / 5, 100)

    alone = more_than_chance(points[:1], found.of(slice(0, 1)))

    assert p < 0.05 < benjamini_hochberg([p, *[1.0] * 39])[0]
    assert alone.tolist() == [[True]]
    assert not more_than_chance(points, found).any()


def test_what_cannot_be_compared_is_never_certain_and_counts_for_nothing() -> None:
    found = errors(np.array([16, 16]), SPREADS, ["F1", "F3"])
    points = np.array([[11.0, 99.0], [np.nan, 99.0]])

    assert more_than_chance(points, found).tolist() == [[True, False], [False, False]]
