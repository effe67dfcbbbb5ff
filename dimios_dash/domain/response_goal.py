"""How a measurement stands to the response rate it aims at."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from dimios_dash.domain.calendar import Period
from dimios_dash.errors import Invalid

USUAL_GOAL = 65  # per cent
SLACK = 0.05  # answers come in waves, after each reminder


class Standing(StrEnum):
    """Whether the goal is reached, may be reached at this pace, or will not without doing something."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    BEHIND = "behind"


def checked_goal(percent: int | None) -> int:
    """Raises Invalid for what is no per cent."""
    if percent is None or not 1 <= percent <= 100:  # noqa: PLR2004, per cent
        raise Invalid("Målet är ett tal mellan 1 och 100 procent.")
    return percent


def expected_rate(goal: int, period: Period, today: date) -> float:
    """The rate, 0-1, that leads to the goal (per cent) when it grows by the same each day, days over counted.

    0 before the second day; the goal from the day after the last on.
    """
    days = (period.closes - period.opens).days + 1
    over = min(max((today - period.opens).days, 0), days)
    return goal / 100 * over / days


def standing(rate: float, goal: int, period: Period, today: date) -> Standing:
    """Of a rate, 0-1. Behind: more than SLACK below what leads to the goal."""
    if rate >= goal / 100:
        return Standing.REACHED
    return Standing.BEHIND if rate < expected_rate(goal, period, today) - SLACK else Standing.ON_THE_WAY
