from __future__ import annotations

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.tree_plan import Unit
from dimios_dash.ids import UnitId
from pages.measurement.tree_table import MOST_ROWS, tree_table
from tests.pages.context import words


def unit(unit_id: str, parent_id: str | None) -> Unit:
    parent = None if parent_id is None else UnitId(parent_id)
    return Unit(UnitId(unit_id), parent, f"Enhet {unit_id}", Activity.SKOLA, None, 0)


def test_a_unit_is_indented_by_its_level_and_says_how_many_lie_below() -> None:
    (drawn,) = tree_table([unit("K", None), unit("A", "K"), unit("A1", "A")], {UnitId("A1"): 4})

    told = words(drawn)

    assert "Enheter: 3, nivåer: 3." in told
    assert "Enhet K K Skola  2 0" in told
    assert "\u2003\u2003 Enhet A1 A1 Skola   4" in told


def test_of_three_thousand_units_the_topmost_are_shown_and_the_caption_says_so() -> None:
    branches = [unit(f"A{n}", "K") for n in range(150)]
    units = [unit("K", None)]
    for branch in branches:
        units += [branch, *(unit(f"{branch.unit_id}-{n}", branch.unit_id) for n in range(19))]

    told = words(tree_table(units, {})[0])

    assert "Enheter: 3\u00a0001, nivåer: 3. Här visas de översta 200." in told
    assert told.count("Enhet A") == MOST_ROWS - 1
    assert all(branch.name in told for branch in branches)
