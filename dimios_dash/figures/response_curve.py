"""How has the number of answers grown? One line over the days, with reminders and the goal marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dimios_dash.domain.days import short
from dimios_dash.figures.drawing import Drawing, Part, trace
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


def response_curve(curve: Curve) -> Drawing:
    """Days run from `since` to `until`, or on to the last point where answers came later."""
    drawn = figure("", HEIGHT, above=24)
    days = [day for day, _ in curve.points]
    last = max([curve.until, *days])
    most = max([curve.goal, *(answers for _, answers in curve.points)], default=1)
    drawn.update_layout(margin={"l": 44, "b": 32})
    drawn.update_xaxes(range=[str(curve.since), str(last)], type="date", showgrid=False, **_ticks(curve.since, last))
    drawn.update_yaxes(range=[0, most * 1.15], rangemode="tozero", nticks=5)
    reminders = [day for day in curve.reminders if curve.since <= day <= last]
    drawn.update_layout(
        annotations=[_goal_words(curve), *map(_reminder_words, reminders)], shapes=[*map(_reminder_line, reminders)]
    )
    return drawn.add_traces([_answers(curve), _goal(curve, last)])


def _answers(curve: Curve) -> Part:
    return trace(
        "scatter",
        x=[str(day) for day, _ in curve.points],
        y=[answers for _, answers in curve.points],
        mode="lines+markers",
        line={"color": Colour.ACCENT.value, "width": 3},
        marker={"size": 7, "color": Colour.ACCENT.value},
        hovertemplate="%{y} svar<extra></extra>",
    )


def _ticks(first: date, last: date) -> dict[str, object]:
    """A few days, written as elsewhere."""
    step = max(1, -(-(last - first).days // TICKS))
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, step)]
    return {"tickvals": [str(day) for day in days], "ticktext": [short(day) for day in days]}


def _goal(curve: Curve, last: date) -> Part:
    return trace(
        "scatter",
        x=[str(curve.since), str(last)],
        y=[curve.goal, curve.goal],
        mode="lines",
        line={"color": Colour.BENCHMARK.value, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )


def _goal_words(curve: Curve) -> Part:
    return {
        "x": str(curve.since),
        "y": curve.goal,
        "text": f"Mål: {curve.goal} svar",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"color": Colour.MUTED.value},
    }


def _reminder_line(day: date) -> Part:
    line = {"color": Colour.HERITAGE.value, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": str(day), "x1": str(day), "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _reminder_words(day: date) -> Part:
    return {
        "x": str(day),
        "y": 1,
        "yref": "paper",
        "text": "påminnelse",
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"color": Colour.HERITAGE_TEXT.value, "size": 12},
    }
