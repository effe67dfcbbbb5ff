"""The way up: every unit from the user's highest down to the one they look at."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dimios_dash.components.aria import aria
from dimios_dash.elements import html
from dimios_dash.translations import _


def breadcrumb(above: Sequence[Component], here: str) -> list[Component]:
    """`above` holds links from the highest unit down; nothing at the top."""
    if not above:
        return []
    steps = [*above, html.Span(here, **aria(current="page"))]
    items = [html.Li(step, className="breadcrumb__item") for step in steps]
    return [
        html.Nav(
            html.Ol(items, className="breadcrumb__list"),
            className="breadcrumb",
            **aria(label=_("Var du är i organisationen")),
        )
    ]
