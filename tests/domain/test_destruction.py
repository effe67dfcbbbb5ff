"""60 days, three warnings, and what becomes of them where the worker was away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dimios_dash.domain.destruction import Countdown

CLOSED = date(2026, 3, 1)


def after(days: int) -> date:
    return CLOSED + timedelta(days=days)


def lived_through(nights: range) -> tuple[list[int], int | None]:
    """On which days after closing a worker that runs on these nights warns, and when it destroys."""
    countdown, warned = Countdown(CLOSED, ()), list[int]()
    for night in nights:
        if countdown.is_over(after(night)):
            return warned, night
        if countdown.warning_due(after(night)) == len(warned) + 1:
            warned.append(night)
            countdown = Countdown(CLOSED, (*countdown.warned_on, after(night)))
    return warned, None


@pytest.mark.parametrize(
    ("nights", "warned", "destroyed"),
    [
        (range(100), [30, 45, 55], 60),
        (range(60), [30, 45, 55], None),
        (range(29), [], None),
        (range(80, 100), [80, 81, 82], 87),
        (range(58, 100), [58, 59, 60], 65),
        (range(0, 100, 7), [35, 49, 56], 63),
    ],
    ids=["every night", "the day before", "young", "away for 80 days", "away for 58 days", "once a week"],
)
def test_nothing_is_destroyed_before_sixty_days_and_three_warnings(
    nights: range, warned: list[int], destroyed: int | None
) -> None:
    assert lived_through(nights) == (warned, destroyed)


def test_a_second_look_on_the_same_day_warns_of_nothing() -> None:
    assert Countdown(CLOSED, (after(80),)).warning_due(after(80)) is None


@pytest.mark.parametrize(
    ("warned", "told"), [((), after(60)), ((after(30),), after(60)), ((after(80), after(81)), after(86))]
)
def test_the_day_that_is_told_leaves_time_after_the_latest_warning(warned: tuple[date, ...], told: date) -> None:
    assert Countdown(CLOSED, warned).destroyed_on == told
