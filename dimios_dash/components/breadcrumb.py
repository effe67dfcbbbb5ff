"""The way up: every unit from the user's highest down to the one they look at."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from db.queries.releases import ReleasedUnit
from dimios_dash.components.aria import aria
from dimios_dash.components.view import View


def breadcrumb(path: Sequence[ReleasedUnit], view: View) -> list[Component]:
    """`path` from the highest unit to the current one, which is named but leads nowhere. Nothing at the top."""
    *above, here = path
    if not above:
        return []
    links = [dcc.Link(unit.name, href=view.of(unit.unit_id).address) for unit in above]
    current = html.Span(here.name, **aria(current="page"))
    steps = [html.Li(step, className="breadcrumb__item") for step in (*links, current)]
    return [
        html.Nav(
            html.Ol(steps, className="breadcrumb__list"),
            className="breadcrumb",
            **aria(label="Var du är i organisationen"),
        )
    ]
