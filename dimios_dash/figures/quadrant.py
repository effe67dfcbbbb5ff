"""Where does the organisation stand: digital capability against digital heritage, and how did it get there?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from textwrap import wrap

from dimios_dash.domain import positions
from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.theme import Colour, figure, plain
from dimios_dash.translations import _

CUT = 50  # both axes are cut here
HEIGHT = 430
OWN_SIZE, EARLIER_SIZE = 20, 9

NAME_WIDTH = 16  # characters of a position's name on one line, so that two fit beside each other on a phone
CORNERS = (  # x and y as shares of the drawing
    (positions.Position.B, 0, 1),
    (positions.Position.D, 1, 1),
    (positions.Position.A, 0, 0),
    (positions.Position.C, 1, 0),
)

AXIS: dict[str, object] = {
    "range": (0, 100),
    "tickvals": (0, CUT, 100),
    "showgrid": False,
    "showline": True,
    "mirror": True,
    "linecolor": Colour.LINE.value,
}


class PositionKind(StrEnum):
    """What a point is: the year one looks at, or a year before it."""

    OWN = "own"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Position:
    """One point: a year's (or unit's) scores, both 0–100."""

    label: str
    capability: float
    heritage: float
    kind: PositionKind


def quadrant(points: Sequence[Position], margin: float | None, title: str) -> Drawing:
    """The four positions with a grey band of ± `margin` around both cuts.

    `points` in order of time; they are joined by a thin line. No `margin`, no band. No points, only the map.
    """
    drawn = figure(title, HEIGHT, above=42)
    drawn.update_xaxes(**AXIS).update_yaxes(**AXIS, ticklabelstandoff=4)
    drawn.update_layout(
        margin={"l": 36, "r": 14, "b": 52},
        shapes=[*_bands(margin), *_cuts()],
        annotations=[*_axis_names(), *_corners()],
    )
    if points:
        drawn.add_traces([_path(points)])
    return drawn


def _bands(margin: float | None) -> list[dict[str, object]]:
    if not margin:
        return []
    low, high = max(0, CUT - margin), min(100, CUT + margin)
    look = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": Colour.BAND.value, "name": "band"}
    return [
        {**look, "x0": low, "x1": high, "y0": 0, "y1": 100},
        {**look, "x0": 0, "x1": 100, "y0": low, "y1": high},
    ]


def _cuts() -> list[dict[str, object]]:
    look = {"type": "line", "layer": "below", "name": "cut", "line": {"color": Colour.EDGE.value, "width": 1}}
    return [
        {**look, "x0": CUT, "x1": CUT, "y0": 0, "y1": 100},
        {**look, "x0": 0, "x1": 100, "y0": CUT, "y1": CUT},
    ]


def _axis_names() -> list[dict[str, object]]:
    """Both read from left to right: one above the vertical axis, one below the end of the horizontal."""
    name: dict[str, object] = {"font": {"size": 15, "weight": 600}}
    return [
        {**_beside(_("Digital förmåga"), 0, 1), **name, "yanchor": "bottom", "xshift": -30, "yshift": 6},
        {**_beside(_("Digitalt arv"), 1, 0), **name, "yanchor": "top", "yshift": -22},
    ]


def _corners() -> list[dict[str, object]]:
    return [
        {
            **_beside(_corner(place), x, y),
            "xshift": -8 if x else 8,
            "yshift": -6 if y else 6,
            "font": {"color": Colour.MUTED.value, "size": 14},
        }
        for place, x, y in CORNERS
    ]


def _corner(place: positions.Position) -> str:
    return f"<b>{place.value}</b> {'<br>'.join(wrap(place.texts.name.spoken, NAME_WIDTH))}"


def _beside(text: str, x: int, y: int) -> dict[str, object]:
    """A text in the corner of the drawing at (x, y), each 0 or 1."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right" if x else "left",
        "yanchor": "top" if y else "bottom",
        "align": "right" if x else "left",
        "showarrow": False,
    }


def _path(points: Sequence[Position]) -> Part:
    own = [point.kind is PositionKind.OWN for point in points]
    return trace(
        "scatter",
        x=[point.heritage for point in points],
        y=[point.capability for point in points],
        mode="lines+markers+text",
        text=[f"<b>{plain(p.label)}</b>" if mine else plain(p.label) for p, mine in zip(points, own, strict=True)],
        textposition=_label_sides(points),
        textfont={
            "size": [17 if mine else 13 for mine in own],
            "color": [Colour.ACCENT_DARK.value if mine else Colour.MUTED.value for mine in own],
        },
        line={"color": Colour.BENCHMARK.value, "width": 1.5},
        marker={
            "size": [OWN_SIZE if mine else EARLIER_SIZE for mine in own],
            "color": [Colour.ACCENT.value if mine else Colour.SURFACE.value for mine in own],
            "line": {"color": [Colour.SURFACE.value if m else Colour.BENCHMARK.value for m in own], "width": 2},
            "opacity": 1,
        },
        cliponaxis=False,
        hovertext=[_hover(point) for point in points],
        hoverinfo="text",
    )


def _label_sides(points: Sequence[Position]) -> list[str]:
    """Labels stand where the path does not go: under or over it, and left or right of a neighbour before the last."""
    if len(points) == 1:
        return ["top center"]
    steps = list(pairwise(points))
    under = [after.capability > before.capability for before, after in steps]
    right = [steps[0][1].heritage < steps[0][0].heritage, *(b.heritage >= a.heritage for a, b in steps[:-1])]
    earlier = [f"{_under(u)} {'right' if r else 'left'}" for u, r in zip(under, right, strict=True)]
    return [*earlier, f"{_under(not under[-1])} center"]


def _under(under: bool) -> str:
    return "bottom" if under else "top"


def _hover(point: Position) -> str:
    capability, heritage = number(point.capability), number(point.heritage)
    lines = (f"<b>{plain(point.label)}</b>", f"{_('Digital förmåga')} {capability}", f"{_('Digitalt arv')} {heritage}")
    return "<br>".join(lines)
