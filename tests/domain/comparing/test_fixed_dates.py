"""Four days a year."""

from __future__ import annotations

from datetime import date

import pytest

from dimios_dash.domain.comparing.fixed_dates import following, latest


@pytest.mark.parametrize(
    ("today", "last", "then"),
    [
        (date(2026, 1, 31), date(2025, 11, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 2, 1), date(2026, 5, 1)),
        (date(2026, 7, 31), date(2026, 5, 1), date(2026, 8, 1)),
        (date(2026, 12, 31), date(2026, 11, 1), date(2027, 2, 1)),
    ],
)
def test_pools_have_four_days_a_year(today: date, last: date, then: date) -> None:
    assert (latest(today), following(last)) == (last, then)
