"""A field with its label: the pieces that forms of pages are put together from."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from dimios_dash.elements import html


def select_field(id_: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Component:
    """A choice of few."""
    choices = [{"value": each, "label": words} for each, words in options]
    return labelled(id_, label, dbc.Select(id=id_, options=choices, value=value))


def labelled(id_: str, label: str, field: Component, hint: str = "") -> Component:
    """A field with its label, and a hint between them."""
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="field__label"),
            *([html.P(hint, className="field__hint")] if hint else []),
            field,
        ],
        className="field",
    )
