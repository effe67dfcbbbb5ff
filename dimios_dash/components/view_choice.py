"""What is chosen on a page of results. Choosing changes the address, and the address draws the page."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import ALL, Input, Output, State, clientside_callback
from dash.development.base_component import Component

from dimios_dash.components.aria import aria
from dimios_dash.components.graph import graph_id
from dimios_dash.components.ids import Ids
from dimios_dash.components.view import View
from dimios_dash.elements import dcc, html

Option = tuple[str, str]
"""A value of the address and what it is called."""


class Id(Ids, owner="view-choice"):
    goes_to: str


def goes_to() -> Component:
    """What changes the address, once on each page of results."""
    return dcc.Location(id=Id.goes_to, refresh="callback-nav")


def choose(label: str, name: str, options: Sequence[Option], chosen: str) -> Component:
    """A list, for many options. `name` is the parameter of the address."""
    listed = [{"value": value, "label": words} for value, words in options]
    return html.Div(
        [
            html.Label(label, htmlFor=_dom_id(name), className="field__label"),
            dbc.Select(id=choice_id(name), options=listed, value=chosen),
        ],
        className=f"view-choice__field view-choice__field--{name}",
    )


def search_for(label: str, name: str, words: str) -> Component:
    """A field of free words; they are looked for when somebody leaves it or presses Enter."""
    field = dbc.Input(id=choice_id(name), type="search", value=words, debounce=True, maxLength=80)
    return html.Div(
        [html.Label(label, htmlFor=_dom_id(name), className="field__label"), field],
        className=f"view-choice__field view-choice__field--{name}",
    )


def switch(label: str, name: str, options: Sequence[Option], chosen: str, view: View) -> Component:
    """Two to five options side by side, each a link to its own address but the `chosen` one, which is seen."""
    listed = [html.Li(_option(words, name, value, chosen, view)) for value, words in options]
    return html.Nav(
        [html.Span(label, className="switch__label"), html.Ul(listed)], className="switch", **aria(label=label)
    )


def _option(words: str, name: str, value: str, chosen: str, view: View) -> Component:
    if value == chosen:
        return html.Span(words, className="switch__option", **aria(current="true"))
    return dcc.Link(words, href=view.choosing(**{name: value}).address, className="switch__option")


def choice_id(name: str) -> dict[str, str]:
    """The id of a list or field."""
    return {"component": "view-choice", "name": name}


def _dom_id(name: str) -> str:
    """As Dash writes a dictionary's id into the page."""
    return f'{{"component":"view-choice","name":"{name}"}}'


# Lists and fields. An address that is open already is left alone, or the page would load twice. Who uses the keyboard
# passes options on the way, by arrow or by typing a name: only the one they stay at is opened. The page of a long list
# ("sida") belongs to what was chosen before.
clientside_callback(
    """
    function(values, ids) {
        var before = new URLSearchParams(window.location.search), wanted = new URLSearchParams({ar: "", enhet: ""});
        before.forEach(function(value, name) { if (name !== "sida") { wanted.set(name, value); } });
        ids.forEach(function(id, place) { wanted.set(id.name, values[place] || ""); });
        Array.from(wanted).forEach(function(pair) { if (!pair[1]) { wanted.delete(pair[0]); } });
        var address = "?" + wanted;
        window.dimiosChosen = address;
        if (address === window.location.search) { return dash_clientside.no_update; }
        var patience = document.activeElement.matches("select:focus-visible") ? 700 : 0;
        return new Promise(function(resolve) {
            setTimeout(function() {
                if (window.dimiosChosen !== address) { resolve(dash_clientside.no_update); return; }
                if (before.get("enhet") !== wanted.get("enhet")) { window.scrollTo(0, 0); }
                resolve(address);
            }, patience);
        });
    }
    """,
    Output(Id.goes_to, "search"),
    Input(choice_id(ALL), "value"),  # type: ignore[arg-type]  # a wildcard stands where a name does
    State(choice_id(ALL), "id"),  # type: ignore[arg-type]
    prevent_initial_call=True,
)

# A click in any chart of the page whose points name units. The year is that of the list: the address may name none.
clientside_callback(
    """
    function(clicks, values, ids) {
        var triggered = dash_clientside.callback_context.triggered[0];
        var point = triggered && triggered.value && triggered.value.points[0];
        if (!point || !point.customdata) { return dash_clientside.no_update; }
        var wanted = new URLSearchParams({ar: "", enhet: ""});
        new URLSearchParams(window.location.search).forEach(function(value, name) { wanted.set(name, value); });
        ids.forEach(function(id, place) { if (id.name === "ar") { wanted.set("ar", values[place]); } });
        wanted.set("enhet", point.customdata);
        window.scrollTo(0, 0);
        return "?" + wanted;
    }
    """,
    Output(Id.goes_to, "search", allow_duplicate=True),
    Input(graph_id(ALL), "clickData"),  # type: ignore[arg-type]
    State(choice_id(ALL), "value"),  # type: ignore[arg-type]
    State(choice_id(ALL), "id"),  # type: ignore[arg-type]
    prevent_initial_call=True,
)
