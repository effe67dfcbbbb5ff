"""The life-cycle of a measurement and its calendar year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

import pytest

from dimios_dash.domain.calendar import (
    FOLLOWED_BY,
    MeasurementState,
    Period,
    advance,
    check_k,
    check_period,
    check_running_year,
    days_left,
    late_in_year_warning,
    today_in_stockholm,
)
from dimios_dash.errors import Invalid

DRAFT, OPEN, CLOSED, RELEASED, DESTROYED, CANCELLED = MeasurementState
IN_MAY = date(2026, 5, 4)
NEW_YEAR = date(2027, 1, 1)
ALLOWED = {
    *((DRAFT, OPEN), (OPEN, CLOSED), (CLOSED, OPEN), (CLOSED, RELEASED)),
    *((CLOSED, DESTROYED), (DRAFT, CANCELLED), (OPEN, CANCELLED)),
}


@pytest.mark.parametrize(("current", "target"), sorted(ALLOWED))
def test_a_measurement_takes_the_steps_of_its_life(current: MeasurementState, target: MeasurementState) -> None:
    assert advance(current, target, 2026, IN_MAY) is target


@pytest.mark.parametrize(("current", "target"), sorted({*product(MeasurementState, repeat=2)} - ALLOWED))
def test_every_other_step_is_refused(current: MeasurementState, target: MeasurementState) -> None:
    with pytest.raises(Invalid, match=r"^Mätningen är "):
        advance(current, target, 2026, IN_MAY)


def test_the_refusal_says_what_the_measurement_is_and_what_comes_next() -> None:
    with pytest.raises(Invalid) as refusal:
        advance(OPEN, RELEASED, 2026, IN_MAY)

    assert str(refusal.value) == "Mätningen är öppen och kan inte publiceras. Nästa steg är att stänga den."


def test_a_second_click_learns_that_it_is_done_already() -> None:
    with pytest.raises(Invalid, match="redan stängd"):
        advance(CLOSED, CLOSED, 2026, IN_MAY)


def test_nothing_follows_a_release_or_the_end_of_all_answers() -> None:
    assert FOLLOWED_BY[RELEASED] == FOLLOWED_BY[DESTROYED] == FOLLOWED_BY[CANCELLED] == ()


def test_every_state_has_its_followers() -> None:
    assert set(FOLLOWED_BY) == set(MeasurementState)


def test_a_measurement_is_reopened_until_the_last_day_of_its_year() -> None:
    assert advance(CLOSED, OPEN, 2026, date(2026, 12, 31)) is OPEN


@pytest.mark.parametrize("current", [DRAFT, CLOSED])
def test_nothing_is_opened_after_new_year(current: MeasurementState) -> None:
    with pytest.raises(Invalid, match="År 2026 är slut"):
        advance(current, OPEN, 2026, NEW_YEAR)


def test_nothing_is_opened_before_its_year() -> None:
    with pytest.raises(Invalid, match="tidigast den 1 januari 2027"):
        advance(DRAFT, OPEN, 2027, date(2026, 12, 31))


@pytest.mark.parametrize(("current", "target"), [(OPEN, CLOSED), (CLOSED, RELEASED)])
def test_closing_and_release_may_come_after_new_year(current: MeasurementState, target: MeasurementState) -> None:
    assert advance(current, target, 2026, NEW_YEAR) is target


def test_a_measurement_is_extended_only_in_its_year() -> None:
    check_running_year(2026, IN_MAY)

    with pytest.raises(Invalid, match="Gör i stället en mätning för 2027"):
        check_running_year(2026, NEW_YEAR)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(date(2026, 1, 1), date(2026, 12, 31)), (IN_MAY, IN_MAY)],
    ids=["the whole year", "one day"],
)
def test_a_period_may_fill_its_year_or_a_single_day(opens: date, closes: date) -> None:
    check_period(Period(opens, closes), 2026)


@pytest.mark.parametrize(
    ("opens", "closes", "complaint"),
    [
        (date(2026, 5, 5), date(2026, 5, 4), "Sista dagen, 4 maj 2026, ligger före den första, 5 maj 2026."),
        (date(2025, 12, 31), date(2026, 2, 1), "men 31 december 2025 ligger utanför"),
        (date(2026, 12, 1), date(2027, 1, 1), "men 1 januari 2027 ligger utanför"),
        (date(2025, 12, 1), date(2027, 1, 1), "men 1 december 2025 och 1 januari 2027 ligger utanför"),
    ],
)
def test_a_period_that_is_backwards_or_leaves_its_year_is_refused(opens: date, closes: date, complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        check_period(Period(opens, closes), 2026)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
    ids=["before New Year", "after New Year", "summer evening", "summer night"],
)
def test_the_day_is_the_swedish_one(now: datetime, expected: date) -> None:
    assert today_in_stockholm(now) == expected


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        today_in_stockholm(datetime(2026, 5, 4, 12, 0))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 5, 1), 10),
        (date(2026, 5, 4), 10),
        (date(2026, 5, 5), 9),
        (date(2026, 5, 13), 1),
        (date(2026, 5, 14), 0),
        (NEW_YEAR, 0),
    ],
    ids=["before", "first day", "second day", "last day", "day after", "long after"],
)
def test_days_left_count_today(today: date, expected: int) -> None:
    assert days_left(Period(date(2026, 5, 4), date(2026, 5, 13)), today) == expected


@pytest.mark.parametrize("today", [date(2026, 1, 31), date(2026, 10, 31)])
def test_there_is_no_warning_before_november(today: date) -> None:
    assert late_in_year_warning(today) is None


@pytest.mark.parametrize("today", [date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 31)])
def test_from_november_the_pages_warn_that_the_year_ends(today: date) -> None:
    warning = late_in_year_warning(today)

    assert warning is not None
    assert "Mätningen för 2026 kan pågå till och med den 31 december" in warning


@pytest.mark.parametrize("k", [3, 5, 7, 10])
def test_the_number_rule_has_four_choices(k: int) -> None:
    assert check_k(k) == k


@pytest.mark.parametrize("k", [-3, 0, 1, 2, 4, 6, 11])
def test_another_number_rule_is_refused(k: int) -> None:
    with pytest.raises(Invalid, match="3, 5, 7 eller 10"):
        check_k(k)
