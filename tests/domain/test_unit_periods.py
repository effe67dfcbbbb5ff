"""Days of their own for single units."""

from __future__ import annotations

from datetime import date

import pytest

from dimios_dash.domain.calendar import Period
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.unit_periods import check_later_end, check_unit_period, first_of, following, inherited
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId

WHOLE = Period(date(2026, 4, 1), date(2026, 4, 30))
MIDDLE = Period(date(2026, 4, 10), date(2026, 4, 20))
LATE = Period(date(2026, 4, 21), date(2026, 4, 30))
TODAY = date(2026, 4, 10)
TREE = Tree.build(
    [(UnitId(unit), None if above is None else UnitId(above)) for unit, above in [
        ("E", None), ("A", "E"), ("A1", "A"), ("A11", "A1"), ("A2", "A"), ("B", "E"),
    ]]
)  # fmt: skip


def days(**own: Period) -> dict[UnitId, Period]:
    return {UnitId(unit): period for unit, period in own.items()}


def test_a_unit_without_days_has_those_of_the_nearest_above() -> None:
    found = inherited(TREE, days(A=MIDDLE, A1=LATE))

    assert found == days(A=MIDDLE, A1=LATE, A11=LATE, A2=MIDDLE)


def test_units_that_share_the_days_of_the_one_above_are_not_named() -> None:
    found = inherited(TREE, days(A=MIDDLE, A1=LATE, A2=MIDDLE))

    assert first_of(TREE, found) == ("A", "A1")


def test_branches_with_other_days_do_not_follow() -> None:
    found = inherited(TREE, days(A=MIDDLE, A1=LATE))

    assert following(TREE, found, UnitId("A")) == ("A", "A2")
    assert following(TREE, found, UnitId("A1")) == ("A1", "A11")


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        (Period(date(2026, 4, 20), date(2026, 4, 19)), "Förskolan: den sista dagen, 19 april 2026, ligger före"),
        (Period(date(2026, 3, 31), date(2026, 4, 20)), "måste ligga inom mätningens, 1–30 april 2026"),
        (Period(date(2026, 4, 20), date(2026, 5, 1)), "måste ligga inom mätningens"),
        (Period(date(2026, 4, 1), date(2026, 4, 9)), "har redan varit"),
    ],
)
def test_days_that_cannot_be_are_refused_and_the_unit_is_named(own: Period, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        check_unit_period("Förskolan", own, WHOLE, TODAY)


def test_the_measurements_first_and_last_day_are_inside_it() -> None:
    check_unit_period("Förskolan", WHOLE, WHOLE, TODAY)


@pytest.mark.parametrize(
    ("closes", "today", "sentence"),
    [
        (date(2026, 4, 20), TODAY, "Förskolan kan redan svara till och med den 20 april 2026"),
        (date(2026, 5, 1), TODAY, "kan inte ha öppet längre än mätningen, som slutar den 30 april 2026"),
        (date(2026, 4, 25), date(2026, 4, 26), "har redan varit"),
        (date(2026, 4, 25), date(2027, 1, 1), "År 2026 är slut"),
    ],
)
def test_a_later_end_that_cannot_be_is_refused(closes: date, today: date, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        check_later_end("Förskolan", MIDDLE, closes, WHOLE, today)


def test_a_unit_whose_days_are_over_may_get_more() -> None:
    check_later_end("Förskolan", MIDDLE, date(2026, 4, 30), WHOLE, date(2026, 4, 22))
