"""Who belonged then to what a unit is now."""

from __future__ import annotations

import numpy as np

from dimios_dash.domain.gate.regrouping import GONE
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.trees.belonging import answered_before, in_each_unit, same_people
from dimios_dash.ids import UnitId


def tree(*pairs: tuple[str, str | None]) -> Tree:
    return Tree.build([(UnitId(unit), None if parent is None else UnitId(parent)) for unit, parent in pairs])


THEN = tree(("E", None), ("A", "E"), ("A1", "A"), ("B", "E"), ("C", "E"))
OWN = np.array([1, 0, 5, 4, 3], dtype=np.int32)


def places(later: Tree, *units: str | None) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.array([GONE if unit is None else later.index(UnitId(unit)) for unit in units], dtype=np.int32)


def test_respondents_of_a_unit_itself_are_those_not_below_it() -> None:
    assert in_each_unit(THEN, np.array([13, 5, 5, 4, 3], dtype=np.int32)).tolist() == OWN.tolist()


def test_a_unit_that_moved_brings_its_respondents_and_those_of_one_that_is_gone_count_for_the_whole() -> None:
    now = tree(("E", None), ("A", "E"), ("B", "E"), ("A1", "B"))
    continued = places(now, "E", "A", "A1", "B", None)

    before = answered_before(OWN, now, continued)
    same = same_people(THEN, OWN, now, continued)

    assert dict(zip(now.ids, before.tolist(), strict=True)) == {"E": 13, "A": 0, "B": 9, "A1": 5}
    assert dict(zip(now.ids, same.tolist(), strict=True)) == {"E": True, "A": False, "B": False, "A1": True}


def test_the_same_people_are_the_same_wherever_units_without_respondents_lie() -> None:
    now = tree(("E", None), ("B", "E"), ("A1", "E"), ("A", "A1"), ("C", "E"))

    same = same_people(THEN, OWN, now, places(now, "E", "A", "A1", "B", "C"))

    assert dict(zip(now.ids, same.tolist(), strict=True)) == {
        "E": True, "B": True, "A1": True, "A": False, "C": True,
    }  # fmt: skip


def test_a_unit_that_did_not_exist_then_holds_nobody_the_same() -> None:
    now = tree(("E", None), ("A", "E"), ("A1", "A"), ("B", "E"), ("C", "E"), ("N", "E"))

    same = same_people(THEN, OWN, now, places(now, "E", "A", "A1", "B", "C"))

    assert not same[now.index(UnitId("N"))]
