"""Choose a unit and a year. Choosing changes the address, and the address draws the page.

A click on a bar that names a unit leads to the same address as the list and the links do.
"""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import ALL, Input, Output, State, clientside_callback, dcc, html
from dash.development.base_component import Component

from db.queries.releases import ReleasedResults, ReleasedUnit
from dimios_dash.components.graph import graph_id
from dimios_dash.components.ids import Ids
from dimios_dash.components.view import View

INDENT = "\u2003"  # browsers drop ordinary spaces at the start of an option


class Id(Ids, owner="unit-selector"):
    goes_to: str
    unit: str
    year: str


def unit_selector(results: ReleasedResults, years: Sequence[int], view: View) -> Component:
    """All units of the release that the user may see, as a tree, and the years that have this unit."""
    units = [{"value": unit.unit_id, "label": label} for unit, label in _as_tree(results)]
    newest_first = [{"value": str(year), "label": str(year)} for year in sorted(years, reverse=True)]
    return html.Div(
        [
            dcc.Location(id=Id.goes_to, refresh="callback-nav"),
            _choice("Byt enhet", Id.unit, units, view.unit_id, "view-choice__unit"),
            _choice("Byt år", Id.year, newest_first, str(view.year), "view-choice__year"),
        ],
        className="view-choice",
    )


def _choice(label: str, id_: str, options: list[dict[str, str]], value: str, css_class: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="field__label"),
            dbc.Select(id=id_, options=options, value=value),
        ],
        className=css_class,
    )


def _as_tree(results: ReleasedResults) -> list[tuple[ReleasedUnit, str]]:
    """Units from the highest down, each followed by its own branch, names indented by depth."""
    below: dict[str | None, list[ReleasedUnit]] = {}
    for unit in results.units[1:]:
        below.setdefault(unit.parent_id, []).append(unit)
    found, waiting = [], [(results.units[0], 0)]
    while waiting:
        unit, depth = waiting.pop()
        found.append((unit, INDENT * depth + unit.name))
        waiting.extend((child, depth + 1) for child in reversed(below.get(unit.unit_id, [])))
    return found


# The two lists. An address that is open already is left alone, or the page would load twice. Who uses the keyboard
# passes units on the way, by arrow or by typing a name: only the one they stay at is opened.
clientside_callback(
    """
    function(unit, year) {
        var wanted = "?" + new URLSearchParams({ar: year, enhet: unit});
        window.dimiosChosen = wanted;
        if (!unit || !year || wanted === window.location.search) { return dash_clientside.no_update; }
        var patience = document.activeElement.matches("select:focus-visible") ? 700 : 0;
        return new Promise(function(resolve) {
            setTimeout(function() {
                if (window.dimiosChosen !== wanted) { resolve(dash_clientside.no_update); return; }
                window.scrollTo(0, 0);
                resolve(wanted);
            }, patience);
        });
    }
    """,
    Output(Id.goes_to, "search"),
    Input(Id.unit, "value"),
    Input(Id.year, "value"),
    prevent_initial_call=True,
)

# A click in any chart of the page whose bars name units.
clientside_callback(
    """
    function(clicks, year) {
        var triggered = dash_clientside.callback_context.triggered[0];
        var point = triggered && triggered.value && triggered.value.points[0];
        if (!point || !point.customdata) { return dash_clientside.no_update; }
        window.scrollTo(0, 0);
        return "?" + new URLSearchParams({ar: year, enhet: point.customdata});
    }
    """,
    Output(Id.goes_to, "search", allow_duplicate=True),
    Input(graph_id(ALL), "clickData"),  # type: ignore[arg-type]  # a wildcard stands where a slug does
    State(Id.year, "value"),
    prevent_initial_call=True,
)
