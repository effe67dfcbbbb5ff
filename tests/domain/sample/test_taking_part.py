from __future__ import annotations

from dimios_dash.domain.sample.taking_part import Choice, Plan, choices, plan
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

PAIRS = {"E": None, "A": "E", "A1": "A", "A11": "A1", "A111": "A11", "A2": "A", "B": "E"}
TREE = Tree.build([(UnitId(unit), None if above is None else UnitId(above)) for unit, above in PAIRS.items()])
RESPONDENTS = {UnitId(unit): number for number, unit in enumerate(PAIRS, start=1)}


def units(*ids: str) -> tuple[UnitId, ...]:
    return tuple(map(UnitId, ids))


def test_units_are_chosen_one_by_one_near_the_top_and_by_branch_below() -> None:
    assert choices(TREE) == (
        Choice(UnitId("E"), 0, units("E")),
        Choice(UnitId("A"), 1, units("A")),
        Choice(UnitId("A1"), 2, units("A1", "A11", "A111")),
        Choice(UnitId("A2"), 2, units("A2")),
        Choice(UnitId("B"), 1, units("B")),
    )


def test_a_plan_counts_those_who_are_invited_and_those_who_are_left_out() -> None:
    found = plan(TREE, RESPONDENTS, units("A1", "B"))

    assert found == Plan(
        units=frozenset(units("A1", "A11", "A111", "B")),
        invited=3 + 4 + 5 + 7,
        units_left_out=units("E", "A", "A2"),
        respondents_left_out=1 + 2 + 6,
    )


def test_a_unit_that_is_no_choice_chooses_nothing() -> None:
    assert plan(TREE, RESPONDENTS, units("A11", "X")).units == frozenset()
