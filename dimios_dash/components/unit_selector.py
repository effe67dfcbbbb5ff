"""Choose a unit and a year; a click on a bar that names a unit leads to the same address."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.components.view import View
from dimios_dash.components.view_choice import choose, goes_to
from dimios_dash.elements import html
from dimios_dash.translations import _

INDENT = "\u2003"  # browsers drop ordinary spaces at the start of an option


def unit_selector(results: ReleasedResults, years: Sequence[int], view: View, *more: Component) -> Component:
    """All units of the release that the user may see, as a tree, the years that have this unit, and `more` lists."""
    units = [(unit.unit_id, label) for unit, label in _as_tree(results)]
    newest_first = [(str(year), str(year)) for year in sorted(years, reverse=True)]
    return html.Div(
        [
            goes_to(),
            choose(_("Byt enhet"), "enhet", units, view.unit_id),
            choose(_("Byt år"), "ar", newest_first, str(view.year)),
            *more,
        ],
        className="view-choice",
    )


def _as_tree(results: ReleasedResults) -> list[tuple[ReleasedUnit, str]]:
    """Units from the highest down, each followed by its own branch, names indented by depth."""
    highest = results.units[0]
    every = [(highest, 0), *results.below(highest.unit_id)]
    return [(unit, INDENT * depth + unit.name) for unit, depth in every]
