"""Fields and buttons of a unit's panel."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from dimios_dash.domain.activity import Activity
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.domain.trees.unit_fields import LONGEST_NAME
from dimios_dash.elements import html


def particulars(ids: tuple[str, str, str], unit: Unit) -> list[Component]:
    """Fields for name, activity and employees, filled in from the unit; `ids` are theirs in that order."""
    name, activity, employees = ids
    areas = [{"value": each.value, "label": each.label} for each in Activity]
    people = "" if unit.employees is None else str(unit.employees)
    return [
        field("Namn", dbc.Input(id=name, value=unit.name, maxLength=LONGEST_NAME, autoComplete="off")),
        field("Verksamhetsområde", dbc.Select(id=activity, options=areas, value=unit.activity.value)),
        field("Antal anställda", dbc.Input(id=employees, value=people, className="input--short"), "Kan lämnas tomt."),
    ]


def field(label: str, control: Component, hint: str = "") -> Component:
    """A labelled control; it must have an id."""
    below = [html.P(hint, className="field__hint")] if hint else []
    name = html.Label(label, htmlFor=getattr(control, "id", ""), className="field__label")
    return html.Div([name, *below, control], className="field")


def button(label: str, button_id: str, look: str = "button") -> Component:
    """The panel's deed: assets/tree.js presses it when somebody ends a field with Enter."""
    return html.Button(label, id=button_id, type="button", className=look)


def actions(*buttons: Component) -> Component:
    """Buttons in a row."""
    return html.Div(list(buttons), className="actions")
