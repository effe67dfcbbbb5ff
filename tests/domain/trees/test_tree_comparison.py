from __future__ import annotations

from collections.abc import Sequence

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.trees.lineage import Change, ChangeKind
from dimios_dash.domain.trees.tree_comparison import ELSEWHERE, Comparison, Difference, compare
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.ids import UnitId

BEFORE = {"K": None, "A": "K", "A1": "A", "B": "K", "B1": "B"}


def tree(parents: dict[str, str | None], branch: str | None = None, **names: str) -> TreeToday:
    """Units called as in `names`, else "Enhet <id>"."""
    units = [
        Unit(UnitId(unit), UnitId(above) if above else None, names.get(unit, f"Enhet {unit}"), Activity.SKOLA, 5, place)
        for place, (unit, above) in enumerate(parents.items())
    ]
    return TreeToday.of(units, UnitId(branch) if branch else None)


def change(kind: ChangeKind, unit: str, *to: str, was: str | None = None, became: str | None = None) -> Change:
    return Change(kind, UnitId(unit), tuple(map(UnitId, to)), was, became)


def told(found: Comparison) -> list[tuple[Difference, str, str | None, str | None]]:
    return [(each.difference, each.unit_id, each.was, each.became) for each in found.found]


def of(after: TreeToday, changes: Sequence[Change] = (), branch: str | None = None) -> Comparison:
    return compare(tree(BEFORE, branch), after, changes)


def test_equal_trees_differ_in_nothing() -> None:
    found = of(tree(BEFORE))

    assert (found.found, found.unchanged) == ((), 5)


def test_new_and_closed_units_and_other_names_and_places() -> None:
    found = of(tree({"K": None, "A": "K", "A1": "B", "B": "K", "C": "A"}, A="Skola"))

    assert told(found) == [
        (Difference.RENAMED, "A", "Enhet A", "Skola"),
        (Difference.NEW, "C", None, "Skola"),
        (Difference.MOVED, "A1", "Enhet A", "Enhet B"),
        (Difference.GONE, "B1", "Enhet B", None),
    ]
    assert found.unchanged == 2
    assert found.counts[Difference.MOVED] == 1


def test_a_merged_unit_is_not_said_to_be_closed_only() -> None:
    merged = change(ChangeKind.MERGED, "B1", "A1", became="Enhet A1")

    assert told(of(tree({"K": None, "A": "K", "A1": "A", "B": "K"}), [merged])) == [
        (Difference.MERGED, "B1", None, "Enhet A1")
    ]


def test_a_split_unit_is_said_to_be_so_whether_it_is_still_there_or_not() -> None:
    split = change(ChangeKind.SPLIT, "B1", "N", "S", was="Enhet B1", became="Norra, Södra")
    parts: dict[str, str | None] = {"N": "B", "S": "B"}
    there = of(tree({**BEFORE, **parts}), [split])
    gone = of(tree({"K": None, "A": "K", "A1": "A", "B": "K", **parts}), [split])

    for found in (there, gone):
        assert set(told(found)) == {
            (Difference.SPLIT, "B1", None, "Norra, Södra"),
            (Difference.NEW, "N", "Enhet B1", "Enhet B"),
            (Difference.NEW, "S", "Enhet B1", "Enhet B"),
        }


def test_from_a_branch_nothing_outside_it_is_named() -> None:
    after = tree({"K": None, "A": "K", "B": "K", "B1": "A", "A1": "B", "X": "B"}, branch="A", A1="Hemlig", B="Hemlig")

    found = of(after, branch="A")
    merged = of(
        tree({"K": None, "A": "K", "B": "K"}, branch="A"),
        [change(ChangeKind.MERGED, "A1", "B", became="Hemlig")],
        branch="A",
    )

    assert told(found) == [
        (Difference.MOVED, "B1", ELSEWHERE, "Enhet A"),
        (Difference.MOVED, "A1", "Enhet A", ELSEWHERE),
    ]
    assert told(merged) == [(Difference.MERGED, "A1", None, ELSEWHERE)]
