from __future__ import annotations

import pytest

from dimios_dash.domain.gate.regrouping import GONE
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.trees.lineage import Change, ChangeKind, continued
from dimios_dash.ids import UnitId

MERGED, SPLIT, CLOSED, MOVED = ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.CLOSED, ChangeKind.MOVED
LATER = {"K": None, "A": "K", "A1": "A", "A2": "A", "B": "K", "B1": "B"}


def change(kind: ChangeKind, unit: str, *to: str) -> Change:
    return Change(kind, UnitId(unit), tuple(map(UnitId, to)))


def now_in(old: str, *changes: Change) -> str | None:
    """The id of the later unit that continues an old one."""
    later = Tree.build([(UnitId(unit), UnitId(parent) if parent else None) for unit, parent in LATER.items()])
    (place,) = continued([UnitId(old)], changes, later).tolist()
    return None if place == GONE else later.ids[place]


@pytest.mark.parametrize(
    ("old", "changes", "now"),
    [
        ("A1", [], "A1"),
        ("A1", [change(MOVED, "A1", "A"), change(ChangeKind.RENAMED, "A1")], "A1"),
        ("X", [change(CLOSED, "X")], None),
        ("X", [change(MERGED, "X", "B")], "B"),
        ("X", [change(MERGED, "X", "Y"), change(MERGED, "Y", "B1")], "B1"),
        ("X", [change(MERGED, "Y", "B1"), change(MERGED, "X", "Y")], None),
        ("X", [change(MERGED, "X", "Y"), change(CLOSED, "Y")], None),
        ("X", [change(SPLIT, "X", "A1", "A2"), change(CLOSED, "X")], "A"),
        ("X", [change(SPLIT, "X", "A1", "B1"), change(CLOSED, "X")], "K"),
        ("X", [change(SPLIT, "X", "A1", "Y"), change(CLOSED, "Y"), change(CLOSED, "X")], "A1"),
        ("A1", [change(SPLIT, "A1", "A2", "Y")], "A"),
        ("X", [change(MERGED, "X", "Y"), change(SPLIT, "Y", "A1", "A2"), change(CLOSED, "Y")], "A"),
        ("A1", [change(CLOSED, "A1"), change(ChangeKind.REOPENED, "A1")], "A1"),
        ("A1", [change(MERGED, "A1", "B1"), change(ChangeKind.REOPENED, "A1")], "B1"),
    ],
)
def test_an_old_unit_is_found_where_its_people_are_now(old: str, changes: list[Change], now: str | None) -> None:
    assert now_in(old, *changes) == now
