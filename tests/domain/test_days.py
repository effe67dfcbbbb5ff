"""Days as Swedish readers write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain import days

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_a_day_is_written_in_full() -> None:
    assert days.written(date(2026, 11, 22)) == "22 november 2026"


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (date(2026, 11, 1), "1 november 2026"),
        (date(2026, 11, 22), "1–22 november 2026"),
        (date(2026, 12, 3), "1 november–3 december 2026"),
        (date(2027, 11, 3), "1 november 2026–3 november 2027"),
    ],
)
def test_a_period_does_not_repeat_what_its_days_share(last: date, text: str) -> None:
    assert days.period(date(2026, 11, 1), last) == text


@given(DAYS, DAYS)
def test_a_period_ends_with_its_last_day_and_never_runs_backwards(one: date, other: date) -> None:
    first, last = sorted((one, other))

    assert days.period(first, last).endswith(days.written(last))
    if first != last:
        with pytest.raises(ValueError, match="before"):
            days.period(last, first)
