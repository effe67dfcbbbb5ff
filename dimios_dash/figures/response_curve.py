"""How has the number of answers grown? One line over the days, with reminders and the goal marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dimios_dash.domain.days import short
from dimios_dash.figures.theme import Colour, figure

HEIGHT = 260
TICKS = 6


@dataclass(frozen=True, slots=True)
class Curve:
    """Answers in all at the beginning of each day, oldest first; `goal` answers are aimed at by `until`."""

    points: Sequence[tuple[date, int]]
    reminders: Sequence[date]
    since: date
    until: date
    goal: int


def response_curve(curve: Curve) -> go.Figure:
    """Days run from `since` to `until`, or on to the last point where answers came later."""
    drawn = figure("", HEIGHT, above=24)
    days = [day for day, _ in curve.points]
    last = max([curve.until, *days])
    most = max([curve.goal, *(answers for _, answers in curve.points)], default=1)
    drawn.update_layout(margin={"l": 44, "b": 32})
    drawn.update_xaxes(range=[str(curve.since), str(last)], type="date", showgrid=False, **_ticks(curve.since, last))
    drawn.update_yaxes(range=[0, most * 1.15], rangemode="tozero", nticks=5)
    drawn.add_scatter(
        x=[str(day) for day in days],
        y=[answers for _, answers in curve.points],
        mode="lines+markers",
        line={"color": Colour.ACCENT.value, "width": 3},
        marker={"size": 7, "color": Colour.ACCENT.value},
        hovertemplate="%{y} svar<extra></extra>",
    )
    _mark_goal(drawn, curve, last)
    _mark_reminders(drawn, curve, last)
    return drawn


def _ticks(first: date, last: date) -> dict[str, object]:
    """A few days, written as elsewhere."""
    step = max(1, -(-(last - first).days // TICKS))
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, step)]
    return {"tickvals": [str(day) for day in days], "ticktext": [short(day) for day in days]}


def _mark_goal(drawn: go.Figure, curve: Curve, last: date) -> None:
    drawn.add_scatter(
        x=[str(curve.since), str(last)],
        y=[curve.goal, curve.goal],
        mode="lines",
        line={"color": Colour.BENCHMARK.value, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )
    drawn.add_annotation(
        x=str(curve.since),
        y=curve.goal,
        text=f"Mål: {curve.goal} svar",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"color": Colour.MUTED.value},
    )


def _mark_reminders(drawn: go.Figure, curve: Curve, last: date) -> None:
    for day in curve.reminders:
        if curve.since <= day <= last:
            drawn.add_vline(x=str(day), line={"color": Colour.HERITAGE.value, "width": 1.5, "dash": "dot"})
            drawn.add_annotation(
                x=str(day),
                y=1,
                yref="paper",
                text="påminnelse",
                showarrow=False,
                yanchor="bottom",
                font={"color": Colour.HERITAGE_TEXT.value, "size": 12},
            )
