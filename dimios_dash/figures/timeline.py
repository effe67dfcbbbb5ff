"""How have the numbers gone over the years, and what happened in between? Lines of 0–100 over calendar years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dimios_dash.figures.aims import Aim, Aimed, below, stars
from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.slope import beside_ends
from dimios_dash.figures.theme import Colour, figure, plain

HEIGHT = 300
LABEL = 22  # pixels of a label, so that none hides another
NAME_SPACE = 170  # pixels to the right of the lines
AWAY = 6  # pixels from the lines to the names
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
    """One value 0–100 for each year, None where it is hidden. Its aim is a star at the last, told below its name."""

    label: str
    values: Sequence[float | None]
    kind: LineKind
    aim: Aim | None = None

    @property
    def last(self) -> float:
        """The newest value that is shown."""
        return next(value for value in reversed(self.values) if value is not None)


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
    aimed = [Aimed(line.label, line.last, line.aim) for line in lines if line.aim]
    values = [value for line in lines for value in line.values if value is not None]
    low, high = _range([*values, *(line.aim.value for line in aimed)])
    drawn = figure(title, HEIGHT)
    drawn.update_xaxes(tickvals=list(years), ticktext=[str(year) for year in years], showgrid=False)
    drawn.update_xaxes(range=(years[0] - 0.15, years[-1] + 0.05))
    drawn.update_yaxes(range=(low, high), tickformat=".0f")
    drawn.update_layout(margin={"l": 36, "r": NAME_SPACE, "b": 32}, shapes=[_marked(year) for year in compared])
    drawn.update_layout(annotations=_names(lines, (high - low) / HEIGHT))
    drawn.add_traces([*(_line(years, line) for line in lines), *_events(events, low)])
    return drawn.add_traces(stars(aimed, years[-1]))


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
    """Each line's last value and name at its end, and below them what it aims at."""
    least = LABEL * points_per_pixel
    placed = list(zip(lines, beside_ends([(line.last, line.aim) for line in lines], least), strict=True))
    aims = [below(line.aim, y - least, AWAY) for line, y in placed if line.aim]
    return [*(_name(line, y) for line, y in placed), *aims]


def _name(line: Line, y: float) -> Part:
    return {
        "text": f"<b>{number(line.last)}</b>&nbsp; {plain(line.label)}",
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": AWAY,
        "y": y,
        "yref": "y",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"size": 14, "color": (Colour.HERITAGE_TEXT if line.kind is LineKind.HERITAGE else Colour.INK).value},
    }


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
