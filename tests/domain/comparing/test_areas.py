"""Activity areas out of released units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.comparing.areas import areas
from dimios_dash.ids import StatementKey, UnitId

ONE, OTHER = StatementKey("F1.1"), StatementKey("F1.2")
WHOLE = UnitId("K")


@dataclass(frozen=True)
class Unit:
    unit_id: UnitId
    parent_id: UnitId | None
    activity: str
    answered: int
    means: Mapping[StatementKey, float | None]


def unit(
    id_: str,
    parent: str | None,
    activity: Activity,
    first: float | None,
    second: float | None = None,
    *,
    answered: int = 10,
) -> Unit:
    above = None if parent is None else UnitId(parent)
    return Unit(UnitId(id_), above, activity.value, answered, {ONE: first, OTHER: second})


def test_the_highest_units_of_an_area_count_by_how_many_answered() -> None:
    units = [
        unit("K", None, Activity.OVRIGT, 99),
        unit("A", "K", Activity.SKOLA, 40, answered=30),
        unit("B", "K", Activity.SKOLA, 80, answered=10),
        unit("A1", "A", Activity.SKOLA, 0),
    ]

    assert areas(units, WHOLE) == {Activity.SKOLA: {ONE: 50.0, OTHER: None}}


def test_an_area_below_another_is_its_own() -> None:
    units = [
        unit("K", None, Activity.OVRIGT, 99),
        unit("A", "K", Activity.SKOLA, 40),
        unit("A1", "A", Activity.SERVICE, 70),
        unit("A2", "A1", Activity.SKOLA, 0),
    ]

    assert areas(units, WHOLE) == {Activity.SKOLA: {ONE: 40.0, OTHER: None}, Activity.SERVICE: {ONE: 70.0, OTHER: None}}


def test_what_shows_nothing_is_no_area_and_a_hidden_unit_is_left_out_of_a_mean() -> None:
    units = [
        unit("K", None, Activity.OVRIGT, 99),
        unit("A", "K", Activity.SKOLA, 40, None),
        unit("B", "K", Activity.SKOLA, None, 60),
        unit("C", "K", Activity.VARD, None, None),
    ]

    assert areas(units, WHOLE) == {Activity.SKOLA: {ONE: 40.0, OTHER: 60.0}}


def test_the_highest_unit_of_somebody_of_a_branch_is_an_area() -> None:
    assert areas([unit("A", "K", Activity.SKOLA, 40)], WHOLE) == {Activity.SKOLA: {ONE: 40.0, OTHER: None}}
