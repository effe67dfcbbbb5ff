from __future__ import annotations

from datetime import date

import pytest

from dimios_dash.domain.calendar import Period
from dimios_dash.domain.response_goal import Standing, checked_goal, expected_rate, standing
from dimios_dash.errors import Invalid

APRIL = Period(date(2026, 4, 1), date(2026, 4, 20))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 3, 1), 0.0), (date(2026, 4, 1), 0.0), (date(2026, 4, 11), 0.3), (date(2026, 4, 21), 0.6)],
)
def test_the_expected_rate_grows_by_the_same_each_day_until_the_goal(day: date, expected: float) -> None:
    assert expected_rate(60, APRIL, day) == pytest.approx(expected)
    assert expected_rate(60, APRIL, date(2026, 12, 31)) == 0.6


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (0.6, Standing.REACHED),
        (0.59, Standing.ON_THE_WAY),
        (0.25, Standing.ON_THE_WAY),
        (0.24, Standing.BEHIND),
        (0.0, Standing.BEHIND),
    ],
)
def test_half_way_more_than_five_points_below_is_behind(rate: float, expected: Standing) -> None:
    assert standing(rate, 60, APRIL, date(2026, 4, 11)) is expected


def test_on_the_first_day_nobody_is_behind() -> None:
    assert standing(0.0, 100, APRIL, APRIL.opens) is Standing.ON_THE_WAY


@pytest.mark.parametrize("percent", [None, 0, 101, -5])
def test_a_goal_is_a_per_cent(percent: int | None) -> None:
    with pytest.raises(Invalid, match="mellan 1 och 100"):
        checked_goal(percent)
    assert checked_goal(70) == 70
