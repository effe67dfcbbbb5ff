"""The days on which pools are counted: a pool that followed each release would give the newest organisation away."""

from __future__ import annotations

from datetime import date
from typing import Final

MONTHS: Final = (2, 5, 8, 11)  # the first day of each


def latest(today: date) -> date:
    """The first of February, May, August or November that has come last, today included."""
    return max(day for day in _days(today.year - 1, today.year) if day <= today)


def following(day: date) -> date:
    """The next such day after `day`."""
    return min(each for each in _days(day.year, day.year + 1) if each > day)


def _days(*years: int) -> list[date]:
    return [date(year, month, 1) for year in years for month in MONTHS]
