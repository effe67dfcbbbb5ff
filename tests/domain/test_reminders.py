"""On which days people are reminded."""

from __future__ import annotations

from datetime import date

import pytest

from dimios_dash.domain.calendar import Period
from dimios_dash.domain.reminders import check_plan, proposed, round_to_send, too_near
from dimios_dash.errors import Invalid

YEAR_END = Period(date(2026, 12, 1), date(2026, 12, 31))


def december(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 12, day) for day in days)


@pytest.mark.parametrize(
    ("period", "today", "days"),
    [
        (YEAR_END, date(2026, 12, 1), december(8, 15, 29)),
        (YEAR_END, date(2026, 12, 8), december(15, 29)),
        (YEAR_END, date(2026, 12, 29), ()),
        (Period(*december(1, 18)), date(2026, 11, 20), december(8, 16)),  # the fifteenth is too near the sixteenth
        (Period(*december(1, 9)), date(2026, 12, 1), december(7)),
        (Period(*december(1, 3)), date(2026, 12, 1), ()),
        (Period(*december(1, 1)), date(2026, 12, 1), ()),
    ],
)
def test_a_week_two_weeks_and_two_days_before_the_end_are_proposed(
    period: Period, today: date, days: tuple[date, ...]
) -> None:
    assert proposed(period, today) == days


def test_what_is_proposed_may_be_planned() -> None:
    for last in range(2, 32):
        period = Period(*december(1, last))

        check_plan(proposed(period, period.opens), (), period, period.opens)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((date(2027, 1, 2),), "kan inte förlängas över nyår"),
        (december(5), "tidigast i morgon"),
        (december(4), "tidigast i morgon"),
        (december(10, 15, 20, 25), "högst 4 omgångar"),
    ],
    ids=["in the new year", "today", "yesterday", "too many with the one that was sent"],
)
def test_days_that_cannot_be_are_refused(days: tuple[date, ...], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        check_plan(days, december(3), YEAR_END, date(2026, 12, 5))


def test_neighbours_with_too_few_days_between_them_are_named() -> None:
    assert too_near(december(20, 1, 4, 8)) == ((date(2026, 12, 1), date(2026, 12, 4)),)


@pytest.mark.parametrize(
    ("planned", "sent", "today", "due"),
    [
        ((8, 15), (), 7, None),
        ((8, 15), (), 8, 8),
        ((8, 15), (), 10, 8),
        ((8, 15), (), 11, None),
        ((14, 15), (), 15, 15),
        ((14,), (15,), 15, None),
    ],
    ids=["before", "on its day", "two days late", "too late", "the latest of two", "after a later one was sent"],
)
def test_one_round_is_due_or_none(planned: tuple[int, ...], sent: tuple[int, ...], today: int, due: int | None) -> None:
    found = round_to_send(december(*planned), december(*sent), date(2026, 12, today))

    assert found == (None if due is None else date(2026, 12, due))
