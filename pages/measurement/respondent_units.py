"""How many respondents each unit has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from dimios_dash.components.table import Column, table
from dimios_dash.domain.tree_plan import Unit
from dimios_dash.figures import numbers
from dimios_dash.ids import UnitId

MOST_UNITS: Final = 200
_PER_UNIT: Final = (Column("Enhet"), Column("Id"), Column("Respondenter", number=True))


def per_unit(counts: Mapping[UnitId, int], units: Sequence[Unit]) -> list[Component]:
    """The units with respondents, and how many have none; nothing where nobody has been added."""
    if not counts:
        return []
    asked = [unit for unit in units if unit.unit_id in counts]
    rows = [(unit.name, unit.unit_id, numbers.count(counts[unit.unit_id])) for unit in asked[:MOST_UNITS]]
    without = len(units) - len(asked)
    cut = f" De första {numbers.count(MOST_UNITS)} visas." if len(asked) > MOST_UNITS else ""
    caption = f"Enheter med respondenter: {numbers.count(len(asked))}, utan: {numbers.count(without)}.{cut}"
    return [html.Details([html.Summary("Antal per enhet"), table(caption, _PER_UNIT, rows)], className="disclosure")]
