"""How have the numbers gone over the years, and what happened in between? Lines of 0–100 over calendar years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.slope import apart
from dimios_dash.figures.theme import Colour, figure, plain

HEIGHT = 300
LABEL = 22  # pixels of a label, so that none hides another
NAME_SPACE = 170  # pixels to the right of the lines
NARROWEST = 20  # points from lowest to highest, so that a small change does not look like a large one


class LineKind(StrEnum):
    """What a line measures, which decides how it looks."""

    WHOLE = "whole"
    CAPABILITY = "capability"
    HERITAGE = "heritage"


LOOKS: dict[LineKind, tuple[Colour, str, str]] = {
    LineKind.WHOLE: (Colour.INK, "solid", "circle"),
    LineKind.CAPABILITY: (Colour.CAPABILITY, "dash", "square"),
    LineKind.HERITAGE: (Colour.HERITAGE, "dot", "diamond"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One value 0–100 for each year, None where it is hidden."""

    label: str
    values: Sequence[float | None]
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done: `at` is the year and the part of it that had gone."""

    at: float
    words: str


def timeline(
    years: Sequence[int], lines: Sequence[Line], compared: tuple[int, int], title: str, events: Sequence[Event] = ()
) -> Drawing:
    """Lines over `years` with the two `compared` years marked, and events along the foot.

    Raises ValueError for fewer than two years and for a line without a value in any of them.
    """
    if len(years) < 2 or any(all(value is None for value in line.values) for line in lines):  # noqa: PLR2004, a line
        raise ValueError("a time line needs two years, and a value in each of its lines")
    low, high = _range([value for line in lines for value in line.values if value is not None])
    drawn = figure(title, HEIGHT)
    drawn.update_xaxes(tickvals=list(years), ticktext=[str(year) for year in years], showgrid=False)
    drawn.update_xaxes(range=(years[0] - 0.15, years[-1] + 0.05))
    drawn.update_yaxes(range=(low, high), tickformat=".0f")
    drawn.update_layout(margin={"l": 36, "r": NAME_SPACE, "b": 32}, shapes=[_marked(year) for year in compared])
    drawn.update_layout(annotations=_names(lines, (high - low) / HEIGHT))
    return drawn.add_traces([*(_line(years, line) for line in lines), *_events(events, low)])


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = max(0.0, NARROWEST - (high - low)) / 2 + 2
    return max(0.0, low - room), min(100.0, high + room)


def _line(years: Sequence[int], line: Line) -> Part:
    colour, dash, symbol = LOOKS[line.kind]
    return trace(
        "scatter",
        x=list(years),
        y=list(line.values),
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": colour.value, "width": 3, "dash": dash},
        marker={"color": colour.value, "size": 9, "symbol": symbol},
        hovertext=[f"{plain(line.label)} {year}: {number(v)}" for year, v in zip(years, line.values, strict=True)],
        hoverinfo="text",
        name=plain(line.label),
    )


def _marked(year: int) -> Part:
    look = {"color": Colour.EDGE.value, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": year, "x1": year, "y0": 0, "y1": 1, "yref": "paper", "line": look, "layer": "below"}


def _names(lines: Sequence[Line], points_per_pixel: float) -> list[Part]:
    """Each line's last value and name at its end."""
    last = [next(value for value in reversed(line.values) if value is not None) for line in lines]
    places = apart(last, LABEL * points_per_pixel)
    return [
        {
            "text": f"<b>{number(value)}</b>&nbsp; {plain(line.label)}",
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": place,
            "yref": "y",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "font": {
                "size": 14,
                "color": (Colour.HERITAGE_TEXT if line.kind is LineKind.HERITAGE else Colour.INK).value,
            },
        }
        for line, value, place in zip(lines, last, places, strict=True)
    ]


def _events(events: Sequence[Event], foot: float) -> list[Part]:
    if not events:
        return []
    return [
        trace(
            "scatter",
            x=[each.at for each in events],
            y=[foot for _ in events],
            mode="markers",
            cliponaxis=False,
            marker={"symbol": "triangle-up", "size": 12, "color": Colour.ACCENT.value},
            hovertext=[plain(each.words) for each in events],
            hoverinfo="text",
            name="events",
        )
    ]
