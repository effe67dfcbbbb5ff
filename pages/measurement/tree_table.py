"""The present tree as a table: as many whole levels from the top as one can take in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from dimios_dash.components.aria import aria
from dimios_dash.components.table import Cell, Column, table
from dimios_dash.domain.tree_plan import Unit
from dimios_dash.figures import numbers
from dimios_dash.ids import UnitId

MOST_ROWS: Final = 200
_INDENT: Final = "\u2003"
_COLUMNS: Final = (
    Column("Enhet"),
    Column("Id"),
    Column("Verksamhet"),
    Column("Anställda", number=True),
    Column("Underenheter", number=True),
    Column("Respondenter i år", number=True),
)


def tree_table(units: Sequence[Unit], respondents: Mapping[UnitId, int]) -> list[Component]:
    """Units parents first; `respondents` counts those of each unit itself. At least one unit."""
    levels = _levels(units)
    shown = _shown(units, levels)
    below = _below(units)
    size = f"Enheter: {numbers.count(len(units))}, nivåer: {numbers.count(max(levels.values()) + 1)}."
    rest = f" Här visas de översta {numbers.count(len(shown))}." if len(shown) < len(units) else ""
    rows = [_row(unit, levels[unit.unit_id], below[unit.unit_id], respondents) for unit in shown]
    return [table(size + rest, _COLUMNS, rows)]


def _levels(units: Sequence[Unit]) -> dict[UnitId, int]:
    """Level of each unit, 0 for the highest shown to this person."""
    levels: dict[UnitId, int] = {}
    for unit in units:
        above = None if unit.parent_id is None else levels.get(unit.parent_id)
        levels[unit.unit_id] = 0 if above is None else above + 1
    return levels


def _shown(units: Sequence[Unit], levels: Mapping[UnitId, int]) -> list[Unit]:
    """Whole levels from the top, and of the first that does not fit as many units as there is room for."""
    nearest_top = sorted(range(len(units)), key=lambda place: levels[units[place].unit_id])
    return [units[place] for place in sorted(nearest_top[:MOST_ROWS])]


def _below(units: Sequence[Unit]) -> Counter[UnitId]:
    """How many units lie anywhere below each."""
    below: Counter[UnitId] = Counter()
    for unit in reversed(units):
        if unit.parent_id is not None:
            below[unit.parent_id] += below[unit.unit_id] + 1
    return below


def _row(unit: Unit, level: int, below: int, respondents: Mapping[UnitId, int]) -> tuple[Cell, ...]:
    return (
        [html.Span(_INDENT * level, **aria(hidden="true")), unit.name],
        unit.unit_id,
        unit.activity.label,
        "" if unit.employees is None else numbers.count(unit.employees),
        numbers.count(below) if below else "",
        numbers.count(respondents.get(unit.unit_id, 0)),
    )
