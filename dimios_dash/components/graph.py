"""The only maker of charts: nothing of a chart leaves the page, and it has words for those who cannot see it."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.components.aria import aria
from dimios_dash.elements import dcc, html
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.theme import GRAPH_CONFIG


def graph_id(slug: str) -> dict[str, str]:
    """The id of a chart, for callbacks with ALL or MATCH."""
    return {"component": "graph", "slug": slug}


def graph(figure: Drawing, slug: str, alt: str) -> Component:
    """`alt` says what one sees; the numbers themselves stand in the table beside every chart."""
    leads_on = any(trace.get("customdata") for trace in figure.data)
    return html.Div(
        dcc.Graph(
            id=graph_id(slug),
            figure=figure,
            config=GRAPH_CONFIG,  # type: ignore[arg-type]  # dash's own type lacks keys that plotly has
            className="card__figure",
        ),
        role="img",
        className="card__room leads-on" if leads_on else "card__room",
        style={"--height": f"{figure.layout['height']}px"},
        **aria(label=alt),
    )
