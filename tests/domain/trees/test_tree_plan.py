from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.trees.tree_plan import TreePlan, Unit, UnitDeed, plan_tree
from dimios_dash.ids import UnitId

K, A, B, A1 = UnitId("K"), UnitId("A"), UnitId("B"), UnitId("A1")


@dataclass(frozen=True)
class Row:
    """A row of a file, as intake reads it."""

    unit_id: UnitId
    parent_id: UnitId | None
    name: str = "Enhet"
    activity: Activity = Activity.OVRIGT
    employees: int | None = None
    row: int = 2


FILE = (Row(K, None), Row(A, K), Row(B, K), Row(A1, A))


def after(plan: TreePlan, standing: Sequence[Unit]) -> list[Unit]:
    """All units as they are once the plan is carried out."""
    return [*({unit.unit_id: unit for unit in (*standing, *plan.units)}).values()]


def standing(*rows: Row) -> list[Unit]:
    """The units of an organisation that has read in `rows`."""
    return after(plan_tree([], rows, {}), [])


def deeds(plan: TreePlan) -> dict[UnitId, tuple[UnitDeed, ...]]:
    return {change.unit.unit_id: change.deeds for change in plan.changes}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (FILE, {}),
        ((*FILE, Row(UnitId("C"), K)), {"C": (UnitDeed.CREATED,)}),
        ((Row(K, None), Row(A, K, "Skola"), Row(B, K), Row(A1, A)), {"A": (UnitDeed.RENAMED,)}),
        ((Row(K, None), Row(A, K), Row(B, K), Row(A1, B)), {"A1": (UnitDeed.MOVED,)}),
        ((Row(K, None), Row(A, K), Row(B, K), Row(A1, B, "Ny")), {"A1": (UnitDeed.RENAMED, UnitDeed.MOVED)}),
        ((Row(K, None), Row(A, K, employees=9), Row(B, K), Row(A1, A)), {"A": (UnitDeed.DESCRIBED,)}),
        ((Row(K, None), Row(A, K, activity=Activity.VARD), Row(B, K), Row(A1, A)), {"A": (UnitDeed.DESCRIBED,)}),
        ((Row(K, None), Row(A, K), Row(A1, A)), {"B": (UnitDeed.CLOSED,)}),
    ],
)
def test_a_plan_tells_what_happens_to_each_unit(
    rows: Sequence[Row], expected: dict[UnitId, tuple[UnitDeed, ...]]
) -> None:
    plan = plan_tree(standing(*FILE), rows, {})

    assert deeds(plan) == expected
    assert plan.unchanged == len(rows) - sum(UnitDeed.CLOSED not in done for done in expected.values())
    assert not plan.obstacles
    assert plan.nothing_to_do == (not expected)


def test_a_unit_that_comes_back_is_opened_again_with_its_own_id() -> None:
    without = standing(*FILE[:3])
    closed = [*without, Unit(A1, A, "Enhet", Activity.OVRIGT, None, 3, closed=True)]

    plan = plan_tree(closed, FILE, {})

    assert deeds(plan) == {A1: (UnitDeed.REOPENED,)}
    assert plan.unchanged == 3


def test_a_unit_with_respondents_cannot_be_left_out() -> None:
    plan = plan_tree(standing(*FILE), FILE[:3], {A1: 4, B: 2})

    (obstacle,) = plan.obstacles
    assert obstacle.message == (
        "De här enheterna saknas i filen men har respondenter i årets mätning: Enhet (A1). "
        "Ta med enheterna i filen, eller läs först in respondenterna med en annan enhet."
    )


def test_of_many_units_with_respondents_ten_are_named() -> None:
    many = [Row(UnitId(f"A{n}"), K) for n in range(12)]

    plan = plan_tree(standing(Row(K, None), *many), [Row(K, None)], {row.unit_id: 1 for row in many})

    assert "Enhet (A9) och 2 till." in plan.obstacles[0].message


def test_another_order_of_siblings_is_something_to_do_and_a_new_unit_among_them_is_not_a_new_order() -> None:
    before = standing(*FILE)

    swapped = plan_tree(before, (Row(K, None), Row(B, K), Row(A, K), Row(A1, A)), {})
    inserted = plan_tree(before, (Row(K, None), Row(UnitId("C"), K), Row(A, K), Row(B, K), Row(A1, A)), {})

    assert (swapped.reordered, swapped.changes, swapped.nothing_to_do) == (True, (), False)
    assert not inserted.reordered


def test_within_a_branch_the_rest_of_the_tree_stays_and_the_branch_keeps_its_place() -> None:
    before = standing(*FILE)

    plan = plan_tree(before, [Row(A, None, "Skola"), Row(UnitId("A2"), A)], {}, branch=A)

    assert deeds(plan) == {A: (UnitDeed.RENAMED,), "A2": (UnitDeed.CREATED,), A1: (UnitDeed.CLOSED,)}
    assert {unit.unit_id: unit.parent_id for unit in after(plan, before)} == {K: None, A: K, B: K, A1: A, "A2": A}
    assert not plan.obstacles


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (FILE, [(2, "Låt A stå överst i filen"), (2, "Enheten B finns i en annan del")]),
        ([Row(A, None), replace(Row(B, A), row=7)], [(7, "Enheten B finns i en annan del")]),
        ([replace(Row(UnitId("X"), None), row=3)], [(3, "Låt A stå överst i filen")]),
    ],
)
def test_a_file_cannot_reach_outside_the_branch(rows: Sequence[Row], told: list[tuple[int, str]]) -> None:
    plan = plan_tree(standing(*FILE), rows, {}, branch=A)

    for (row, sentence), found in zip(told, plan.obstacles, strict=True):
        assert found.row == row
        assert sentence in found.message


def test_rows_that_are_not_one_tree_are_our_mistake() -> None:
    with pytest.raises(ValueError, match="root"):
        plan_tree([], [Row(A, B), Row(B, A)], {})


@st.composite
def trees(draw: st.DrawFn) -> list[Row]:
    """A file: up to nine of the same twelve units, the root first or not, in any order."""
    ids = draw(st.lists(st.sampled_from([UnitId(f"E{n}") for n in range(12)]), unique=True, min_size=1, max_size=9))
    rows = [
        Row(
            unit,
            None if place == 0 else ids[draw(st.integers(0, place - 1))],
            draw(st.sampled_from(["Skola", "Vård"])),
            draw(st.sampled_from(Activity)),
            draw(st.none() | st.integers(0, 3)),
        )
        for place, unit in enumerate(ids)
    ]
    return draw(st.permutations(rows))


def as_rows(units: Sequence[Unit]) -> list[Row]:
    """The open units, in their order, as a file would say them."""
    opened = sorted((unit for unit in units if not unit.closed), key=lambda unit: unit.position)
    return [Row(unit.unit_id, unit.parent_id, unit.name, unit.activity, unit.employees) for unit in opened]


@given(st.lists(trees(), min_size=1, max_size=4))
def test_after_a_plan_the_tree_is_the_files_and_planning_again_finds_nothing_to_do(files: list[list[Row]]) -> None:
    units: list[Unit] = []
    for file in files:
        units = after(plan_tree(units, file, {}), units)

        assert as_rows(units) == file
        assert plan_tree(units, file, {}).nothing_to_do


@given(trees(), trees(), st.data())
def test_a_branchs_plan_without_obstacles_changes_nothing_outside_it(
    whole: list[Row], part: list[Row], data: st.DataObject
) -> None:
    before = standing(*whole)
    branch = data.draw(st.sampled_from([unit.unit_id for unit in before]))
    parents = {unit.unit_id: unit.parent_id for unit in before}

    plan = plan_tree(before, part, {}, branch)

    outside = {unit for unit in parents if branch not in chain(unit, parents)}
    if not plan.obstacles:
        assert not outside & {unit.unit_id for unit in plan.units}
        assert {unit.parent_id for unit in plan.units if unit.unit_id == branch} == {parents[branch]}


def chain(unit: UnitId, parents: dict[UnitId, UnitId | None]) -> list[UnitId]:
    """The unit and all above it."""
    above = parents[unit]
    return [unit] if above is None else [unit, *chain(above, parents)]
