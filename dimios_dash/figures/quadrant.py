"""Where does the organisation stand: digital capability against digital heritage, and how did it get there?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor
from textwrap import wrap

from dimios_dash.domain import positions
from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.label_sides import Labelled, sides
from dimios_dash.figures.numbers import number
from dimios_dash.figures.theme import Colour, figure, plain
from dimios_dash.translations import _

CUT = 50  # both axes are cut here
LOWEST, HIGHEST = 0, 100
HEIGHT = 430
OWN_SIZE, EARLIER_SIZE, OTHER_SIZE = 20, 9, 7
DRAWN = 336  # pixels of the drawing's height that the axis takes; its width is about as much
OWN_LABEL, EARLIER_LABEL = (44, 20), (32, 16)  # pixels of a year: width, height
NARROWEST = 12  # points that the zoomed map shows at least
TICK = 5

NAME_WIDTH = 16  # characters of a position's name on one line, so that two fit beside each other on a phone
CORNERS = ((0, 1), (1, 1), (0, 0), (1, 0))  # x and y as shares of the drawing

AXIS: dict[str, object] = {
    "showgrid": False,
    "showline": True,
    "mirror": True,
    "linecolor": Colour.LINE.value,
}


class PositionKind(StrEnum):
    """What a point is: the year one looks at, a year before it, or another organisation."""

    OWN = "own"
    EARLIER = "earlier"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Position:
    """One point: a year's (or unit's) scores, both 0–100."""

    label: str
    capability: float
    heritage: float
    kind: PositionKind


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the map that is drawn; as much of both axes."""

    heritage: float  # where it begins on the axis
    capability: float
    span: float

    @property
    def whole(self) -> bool:
        """Whether nothing of the map is left out."""
        return self.span == HIGHEST - LOWEST

    def ends(self, low: float) -> tuple[float, float]:
        """Where an axis begins and ends."""
        return low, low + self.span


WHOLE = Window(LOWEST, LOWEST, HIGHEST - LOWEST)


def around(points: Sequence[Position]) -> Window:
    """What lies around the path: at least NARROWEST points wide, in whole steps of the axis. No points: all of it."""
    if not points:
        return WHOLE
    along, up = [point.heritage for point in points], [point.capability for point in points]
    needed = max(max(along) - min(along), max(up) - min(up), NARROWEST / 1.5) * 1.5
    span = min(TICK * ceil(needed / TICK), HIGHEST - LOWEST)
    return Window(_from(along, span), _from(up, span), span)


def _from(values: Sequence[float], span: float) -> float:
    """Where an axis begins that has the values in its middle and stays on the scale."""
    begins = (min(values) + max(values) - span) / 2
    return min(max(floor(begins + 0.5), LOWEST), HIGHEST - span)


def quadrant(
    points: Sequence[Position],
    margin: float | None,
    title: str,
    *,
    others: Sequence[Position] = (),
    window: Window = WHOLE,
) -> Drawing:
    """The four positions with a grey band of ± `margin` around both cuts.

    `points` in order of time; they are joined by a thin line. No `margin`, no band. No points, only the map.
    `others` are quiet points behind them.
    """
    drawn = figure(title, HEIGHT, above=42)
    drawn.update_xaxes(**AXIS, **_scale(window, window.heritage))
    drawn.update_yaxes(**AXIS, **_scale(window, window.capability), ticklabelstandoff=4)
    drawn.update_layout(
        margin={"l": 36, "r": 14, "b": 52},
        shapes=[*_bands(margin), *_cuts()],
        annotations=[*_axis_names(), *_corners(window)],
    )
    return drawn.add_traces([*([_others(others)] if others else []), *([_path(points, window)] if points else [])])


def _scale(window: Window, low: float) -> Part:
    """The ends and their ticks; of the whole map only the cut besides."""
    first, last = window.ends(low)
    between = range(TICK * ceil(first / TICK), floor(last) + 1, TICK)
    return {"range": (first, last), "tickvals": (LOWEST, CUT, HIGHEST) if window.whole else tuple(between)}


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


def _corners(window: Window) -> list[dict[str, object]]:
    """Each position that a corner lies in is named once."""
    named: dict[positions.Position, tuple[int, int]] = {}
    for x, y in CORNERS:
        place = positions.position(window.capability + y * window.span, window.heritage + x * window.span)
        named.setdefault(place, (x, y))
    return [
        {
            **_beside(_corner(place), x, y),
            "xshift": -8 if x else 8,
            "yshift": -6 if y else 6,
            "font": {"color": Colour.MUTED.value, "size": 14},
        }
        for place, (x, y) in named.items()
    ]


def _corner(place: positions.Position) -> str:
    return f"<b>{place.value}</b> {'<br>'.join(wrap(place.texts.name.spoken, NAME_WIDTH, break_long_words=False))}"


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


def _others(others: Sequence[Position]) -> Part:
    return trace(
        "scatter",
        x=[point.heritage for point in others],
        y=[point.capability for point in others],
        mode="markers",
        marker={"size": OTHER_SIZE, "color": Colour.EDGE.value, "symbol": "diamond", "opacity": 0.55},
        hovertext=[_hover(point) for point in others],
        hoverinfo="text",
        name="others",
    )


def _path(points: Sequence[Position], window: Window) -> Part:
    own = [point.kind is PositionKind.OWN for point in points]
    return trace(
        "scatter",
        x=[point.heritage for point in points],
        y=[point.capability for point in points],
        mode="lines+markers+text",
        text=[f"<b>{plain(p.label)}</b>" if mine else plain(p.label) for p, mine in zip(points, own, strict=True)],
        textposition=_label_sides(points, window),
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


def _label_sides(points: Sequence[Position], window: Window) -> list[str]:
    pixels = DRAWN / window.span
    return sides([_labelled(point, pixels) for point in points])


def _labelled(point: Position, pixels: float) -> Labelled:
    own = point.kind is PositionKind.OWN
    size, label = (OWN_SIZE, OWN_LABEL) if own else (EARLIER_SIZE, EARLIER_LABEL)
    return Labelled(point.heritage * pixels, point.capability * pixels, size, *label)


def _hover(point: Position) -> str:
    capability, heritage = number(point.capability), number(point.heritage)
    lines = (f"<b>{plain(point.label)}</b>", f"{_('Digital förmåga')} {capability}", f"{_('Digitalt arv')} {heritage}")
    return "<br>".join(lines)
