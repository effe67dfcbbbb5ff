from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.trees import tree_deeds
from dimios_dash.domain.trees.lineage import ChangeKind
from dimios_dash.domain.trees.tree_deeds import Edit
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.domain.trees.unit_description import Described
from dimios_dash.domain.trees.unit_fields import MOST_LEVELS
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import UnitId

K, A, A1, A2, B, B1 = map(UnitId, ("K", "A", "A1", "A2", "B", "B1"))
PARENTS = {K: None, A: K, A1: A, A2: A, B: K, B1: B}


def tree(branch: UnitId | None = None, employees: dict[UnitId, int] | None = None) -> TreeToday:
    """K with A (A1, A2) and B (B1), each called "Enhet <id>"."""
    units = [
        Unit(unit, parent, f"Enhet {unit}", Activity.SKOLA, (employees or {}).get(unit), place)
        for place, (unit, parent) in enumerate(PARENTS.items())
    ]
    return TreeToday.of(units, branch)


def called(name: str, employees: str = "") -> Described:
    return Described(name, Activity.VARD, employees)


def kinds(edit: Edit) -> list[tuple[ChangeKind, UnitId]]:
    return [(change.kind, change.unit_id) for change in edit.changes]


def test_a_new_unit_lies_last_below_its_parent_under_an_id_made_from_the_parents() -> None:
    edit = tree_deeds.add(tree(), A, "", called("  Norra   skolan ", "1 200"))

    made = edit.after.units[UnitId("A-1")]
    assert (made.parent_id, made.name, made.activity, made.employees) == (A, "Norra skolan", Activity.VARD, 1200)
    assert edit.after.order == ("K", "A", "A1", "A2", "A-1", "B", "B1")
    assert kinds(edit) == [(ChangeKind.CREATED, "A-1")]


def test_the_first_unit_is_the_organisation_itself() -> None:
    edit = tree_deeds.add(TreeToday.of([]), None, "G", called("Granvik"))

    assert edit.after.order == ("G",)


@pytest.mark.parametrize(
    ("unit_id", "described", "told"),
    [
        ("B", called("Skola"), "Id ”B” används redan"),
        ("a/b", called("Skola"), "snedstreck"),
        ("", called("  "), "namn saknas"),
        ("", called("x" * 201), "längre än 200"),
        ("", called("Sko\u200bla"), "tecken som inte syns"),
        ("", called("Skola", "många"), "heltal från 0"),
        ("", called("Skola", "-3"), "heltal från 0"),
    ],
)
def test_what_a_form_cannot_say_of_a_new_unit(unit_id: str, described: Described, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        tree_deeds.add(tree(), A, unit_id, described)


def test_a_second_unit_at_the_top_is_refused() -> None:
    with pytest.raises(Invalid, match="ligger redan överst"):
        tree_deeds.add(tree(), None, "", called("Bolaget"))


def test_two_siblings_of_one_name_are_warned_of_and_cousins_are_not() -> None:
    beside = tree_deeds.describe(tree(), A1, called("enhet a2"))
    elsewhere = tree_deeds.describe(tree(), A1, called("Enhet B1"))

    assert "heter enhet a2" in beside.warnings[0]
    assert elsewhere.warnings == ()


def test_a_description_that_says_what_is_so_changes_nothing() -> None:
    edit = tree_deeds.describe(tree(), A, Described("Enhet A", Activity.SKOLA, ""))

    assert (edit.touched, edit.changes) == ((), ())


def test_name_and_facts_are_remembered_apart() -> None:
    edit = tree_deeds.describe(tree(employees={A: 7}), A, called("Vård", "8"))

    assert [(each.kind, each.was, each.became) for each in edit.changes] == [
        (ChangeKind.RENAMED, "Enhet A", "Vård"),
        (ChangeKind.DESCRIBED, "Skola, 7 anställda", "Vård, 8 anställda"),
    ]


def test_a_unit_moves_with_all_below_it() -> None:
    edit = tree_deeds.move(tree(), A, B, before=None)

    assert edit.after.order == ("K", "B", "B1", "A", "A1", "A2")
    assert [(each.kind, each.to, each.was, each.became) for each in edit.changes] == [
        (ChangeKind.MOVED, (B,), "Enhet K", "Enhet B")
    ]


def test_another_place_among_the_siblings_is_another_order_and_no_move() -> None:
    edit = tree_deeds.move(tree(), B, K, before=A)

    assert edit.after.order == ("K", "B", "B1", "A", "A1", "A2")
    assert edit.changes == ()


@pytest.mark.parametrize(("unit", "parent"), [(A, A), (A, A1), (K, A), (K, K)])
def test_no_move_makes_a_ring_or_takes_the_top_away(unit: UnitId, parent: UnitId) -> None:
    with pytest.raises(Invalid):
        tree_deeds.move(tree(), unit, parent, None)


def test_a_tree_does_not_grow_deeper_than_a_file_may() -> None:
    chain = {UnitId(f"{n}"): UnitId(f"{n - 1}") if n else None for n in range(MOST_LEVELS)}
    deep = TreeToday.of(
        Unit(unit, parent, unit, Activity.OVRIGT, None, place) for place, (unit, parent) in enumerate(chain.items())
    )

    with pytest.raises(Invalid, match="högst 20 nivåer"):
        tree_deeds.add(deep, UnitId(f"{MOST_LEVELS - 1}"), "", called("För djupt"))


def test_a_merged_unit_closes_and_all_it_has_goes_to_the_other() -> None:
    edit = tree_deeds.merge(tree(employees={A: 7, B: 5}), A, B)

    after = edit.after.units
    assert after[A].closed
    assert (after[A1].parent_id, after[A2].parent_id, after[B].employees) == (B, B, 12)
    assert edit.after.order == ("K", "B", "B1", "A1", "A2")
    assert kinds(edit) == [
        (ChangeKind.MERGED, A),
        (ChangeKind.DESCRIBED, B),
        (ChangeKind.MOVED, A1),
        (ChangeKind.MOVED, A2),
    ]
    assert set(edit.touched) == {A, B, A1, A2}


def test_a_unit_can_be_merged_into_the_one_above_and_not_into_one_below() -> None:
    assert tree_deeds.merge(tree(), A, K).after.order == ("K", "B", "B1", "A1", "A2")
    for below in (A, A1):
        with pytest.raises(Invalid, match="ligger inuti"):
            tree_deeds.merge(tree(), A, below)


def test_a_split_unit_stays_and_the_new_ones_lie_right_after_it() -> None:
    edit = tree_deeds.split(tree(), A, ["Norra", " ", "Södra"])

    assert edit.after.order == ("K", "A", "A1", "A2", "A-1", "A-2", "B", "B1")
    assert edit.after.units[UnitId("A-2")].name == "Södra"
    assert kinds(edit) == [(ChangeKind.SPLIT, A), (ChangeKind.CREATED, "A-1"), (ChangeKind.CREATED, "A-2")]
    assert edit.changes[0].to == ("A-1", "A-2")


@pytest.mark.parametrize("names", [[], ["Ensam"], ["Lika", "LIKA"], [f"{n}" for n in range(21)], ["", " "]])
def test_a_split_needs_two_names_that_differ(names: list[str]) -> None:
    with pytest.raises(Invalid):
        tree_deeds.split(tree(), A, names)


def test_a_closed_unit_takes_all_below_it_along_and_can_open_again() -> None:
    closed = tree_deeds.close(tree(), A)
    opened = tree_deeds.reopen(closed.after, A)

    assert closed.after.order == ("K", "B", "B1")
    assert kinds(closed) == [(ChangeKind.CLOSED, A), (ChangeKind.CLOSED, A1), (ChangeKind.CLOSED, A2)]
    assert opened.after.order == ("K", "B", "B1", "A")


def test_nothing_opens_below_what_is_closed_and_nothing_is_done_to_it() -> None:
    closed = tree_deeds.close(tree(), A).after

    with pytest.raises(Invalid, match="Öppna Enhet A först"):
        tree_deeds.reopen(closed, A1)
    with pytest.raises(Invalid, match="Enhet A är stängd"):
        tree_deeds.add(closed, A, "", called("x"))
    with pytest.raises(Invalid, match="Enhet A är stängd"):
        tree_deeds.move(closed, B, A, None)


@pytest.mark.parametrize("stranger", [K, B, B1, UnitId("finns inte")])
def test_whoever_works_with_a_branch_finds_nothing_outside_it(stranger: UnitId) -> None:
    own = tree(branch=A)
    deeds: tuple[Callable[[], Edit], ...] = (
        lambda: tree_deeds.add(own, stranger, "", called("x")),
        lambda: tree_deeds.describe(own, stranger, called("x")),
        lambda: tree_deeds.move(own, stranger, A, None),
        lambda: tree_deeds.move(own, A1, stranger, None),
        lambda: tree_deeds.merge(own, stranger, A1),
        lambda: tree_deeds.merge(own, A1, stranger),
        lambda: tree_deeds.split(own, stranger, ["a", "b"]),
        lambda: tree_deeds.close(own, stranger),
        lambda: tree_deeds.reopen(own, stranger),
    )

    for deed in deeds:
        with pytest.raises(NotFound):
            deed()


def test_the_top_of_a_branch_stays_where_it_is() -> None:
    own = tree(branch=A)
    deeds: tuple[Callable[[], Edit], ...] = (
        lambda: tree_deeds.move(own, A, A1, None),
        lambda: tree_deeds.merge(own, A, A1),
        lambda: tree_deeds.split(own, A, ["a", "b"]),
        lambda: tree_deeds.close(own, A),
        lambda: tree_deeds.add(own, None, "", called("x")),
    )

    for deed in deeds:
        with pytest.raises(Invalid):
            deed()
    assert tree_deeds.describe(own, A, called("Skola")).after.units[A].name == "Skola"


ANY_DEED: tuple[Callable[[TreeToday, UnitId, UnitId], Edit], ...] = (
    lambda now, unit, _other: tree_deeds.add(now, unit, "", called("Ny")),
    lambda now, unit, other: tree_deeds.move(now, unit, other, None),
    tree_deeds.merge,
    lambda now, unit, _other: tree_deeds.split(now, unit, ["En", "Två"]),
    lambda now, unit, _other: tree_deeds.close(now, unit),
    lambda now, unit, _other: tree_deeds.reopen(now, unit),
)


@given(st.data())
def test_whatever_is_done_the_open_units_are_one_tree_and_nobody_disappears(data: st.DataObject) -> None:
    now = tree()
    for _ in range(data.draw(st.integers(1, 8))):
        unit, other = (data.draw(st.sampled_from(sorted(now.units))) for _ in range(2))
        deed = data.draw(st.sampled_from(ANY_DEED))
        try:
            after = deed(now, unit, other).after
        except Invalid:
            continue
        assert now.units.keys() <= after.units.keys()
        now = after

    opened = [(unit.unit_id, unit.parent_id) for unit in now.units.values() if not unit.closed]
    assert set(Tree.build(opened).ids) == set(now.order)
