"""A drawing as Plotly's own figure, which refuses every name and value that Plotly does not know."""

from __future__ import annotations

import plotly.graph_objects as go

from dimios_dash.figures.drawing import Drawing


def checked(drawing: Drawing | None) -> go.Figure:
    """Raises ValueError for anything that Plotly would not draw."""
    assert drawing is not None
    return go.Figure(dict(drawing))
