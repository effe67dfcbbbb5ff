"""One analysis on a page: the question, the answer in words, the picture, its source, and the same as a table."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.components.data_table import data_table
from dimios_dash.components.graph import graph
from dimios_dash.components.promise_link import promise_link
from dimios_dash.components.view import View


def analysis_card(analysis: Analysis[Any], basis: Basis, view: View, *, folded: bool = True) -> Component:
    """Where the table is not `folded` into the card, the page shows it in full below (`analysis_table`)."""
    cells = analysis.read(basis)
    figure = analysis.draw(cells)
    picture = [_picture(analysis, cells, figure)] if figure else []
    notes = html.Div([html.P(note) for note in analysis.notes(cells)], className="card__notes")
    table = [_folded(analysis_table(analysis, basis, view))] if folded else []
    source = html.P([f"{basis.source} · ", promise_link()], className="card__source")
    return html.Section(
        [*_words(analysis, cells), *picture, notes, html.Div([*table, source], className="card__end")],
        className="card",
        id=analysis.slug,
    )


def analysis_table(analysis: Analysis[Any], basis: Basis, view: View) -> Component:
    """The table twin by itself."""
    return data_table(analysis.table(analysis.read(basis)), view)


def _words(analysis: Analysis[Any], cells: object) -> list[Component]:
    return [
        html.P(analysis.question, className="eyebrow"),
        html.H2(analysis.headline(cells), className="card__title"),
        html.P(analysis.reading(cells), className="card__reading"),
    ]


def _picture(analysis: Analysis[Any], cells: object, figure: go.Figure) -> Component:
    return graph(figure, analysis.slug, f"{analysis.headline(cells)}. {analysis.reading(cells)}")


def _folded(table: Component) -> Component:
    return html.Details([html.Summary("Visa som tabell"), table], className="disclosure")
