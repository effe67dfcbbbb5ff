"""How far apart are some units? For each row a line from 0 to 100 with a mark for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dimios_dash.figures.drawing import Drawing, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.theme import Colour, figure, plain

ROW_HEIGHT: Final = 52
SMALL_ROW_HEIGHT: Final = 40  # where there are many
MANY: Final = 10
BELOW: Final = 64  # the scale and the names of the marks

MARKS: Final = (
    (Colour.ACCENT, "circle"),
    (Colour.HERITAGE, "diamond"),
    (Colour.BENCHMARK, "square"),
    (Colour.INK, "triangle-up"),
)
"""Told apart by shape as well as by colour; as many as can stand beside each other."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One unit: a value of 0-100 on each row, None where it is hidden."""

    name: str
    values: Sequence[float | None]


def side_by_side(rows: Sequence[str], units: Sequence[Beside]) -> Drawing:
    """The first row on top, its name above its line. At most four units."""
    height = (ROW_HEIGHT if len(rows) < MANY else SMALL_ROW_HEIGHT) * len(rows)
    drawn = figure("", height + BELOW)
    drawn.update_xaxes(range=(-2, 102), tickvals=(0, 25, 50, 75, 100))
    drawn.update_yaxes(range=(len(rows) - 0.4, -0.7), visible=False)
    drawn.update_layout(showlegend=True, legend={"y": -24 / height, "yanchor": "top"}, margin={"b": BELOW, "l": 12})
    drawn.update_layout(annotations=[_name(place, row) for place, row in enumerate(rows)])
    marks = [_marks(rows, unit, *look) for unit, look in zip(units, MARKS, strict=False)]
    return drawn.add_traces([_distances(units), *marks])


def _name(place: int, row: str) -> dict[str, Any]:
    return {
        "text": f"<b>{plain(row)}</b>",
        "x": 0,
        "y": place,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 7,
        "showarrow": False,
        "font": {"size": 14},
    }


def _distances(units: Sequence[Beside]) -> dict[str, Any]:
    """A line from the lowest to the highest mark of each row."""
    x: list[float | None] = []
    y: list[int | None] = []
    for place, values in enumerate(zip(*(unit.values for unit in units), strict=True)):
        shown = [value for value in values if value is not None]
        if shown:
            x += [min(shown), max(shown), None]
            y += [place, place, None]
    line = {"color": Colour.EDGE.value, "width": 2}
    return trace("scatter", x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False, name="distance")


def _marks(rows: Sequence[str], unit: Beside, colour: Colour, shape: str) -> dict[str, Any]:
    texts = [
        f"{plain(row)}: {number(value)} ({plain(unit.name)})" for row, value in zip(rows, unit.values, strict=True)
    ]
    return trace(
        "scatter",
        x=list(unit.values),
        y=list(range(len(rows))),
        mode="markers",
        marker={
            "color": colour.value,
            "symbol": shape,
            "size": 14,
            "line": {"color": Colour.SURFACE.value, "width": 1},
        },
        name=plain(unit.name),
        hovertext=texts,
        hoverinfo="text",
    )
