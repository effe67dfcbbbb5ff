"""What is the profile over the categories, beside last year or a benchmark?

The bundle we serve has no polar charts, so rings, axes and polygons are drawn as ordinary lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, cos, floor, pi, sin
from textwrap import wrap

from dimios_dash.figures.aims import STAR
from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.theme import Colour, figure, plain

LOWEST, HIGHEST = 0, 100
RINGS = 4
STEP = 5  # what rings of a zoomed web are a multiple of
ROOM = 2  # points between the lowest value and the middle of a zoomed web
HEIGHT = 450
NAME_WIDTH = 16  # characters on a line beside the web, so that a phone has room
LABEL_RADIUS = 108
FEWEST_AXES = 3


class SeriesKind(StrEnum):
    """What a polygon is: this measurement, an earlier one, or a mean of others."""

    THIS = "this"
    EARLIER = "earlier"
    BENCHMARK = "benchmark"
    TARGET = "target"  # no polygon: a mark on each axis that has one


@dataclass(frozen=True, slots=True)
class SpiderSeries:
    """One polygon: a value 0–100 per category, None where it is hidden."""

    label: str
    values: Sequence[float | None]
    kind: SeriesKind


LOOKS: dict[SeriesKind, dict[str, object]] = {
    SeriesKind.THIS: {
        "line": {"color": Colour.ACCENT.value, "width": 3},
        "marker": {"color": Colour.ACCENT.value, "size": 9},
    },
    SeriesKind.EARLIER: {
        "line": {"color": Colour.BENCHMARK.value, "width": 2, "dash": "dot"},
        "marker": {"color": Colour.BENCHMARK.value, "size": 7, "symbol": "square"},
    },
    SeriesKind.BENCHMARK: {
        "line": {"color": Colour.HERITAGE.value, "width": 2, "dash": "dash"},
        "marker": {"color": Colour.HERITAGE.value, "size": 8, "symbol": "diamond"},
    },
    SeriesKind.TARGET: {"mode": "markers", "marker": STAR},
}


@dataclass(frozen=True, slots=True)
class Span:
    """From the middle of the web to its edge."""

    low: float
    high: float

    @property
    def rings(self) -> list[float]:
        """Values of the rings, the innermost first."""
        return [self.low + (self.high - self.low) * ring / RINGS for ring in range(1, RINGS + 1)]

    def radius(self, value: float) -> float:
        """How far out a value lies, 0-100."""
        return HIGHEST * (value - self.low) / (self.high - self.low)


WHOLE = Span(LOWEST, HIGHEST)


def around(series: Sequence[SpiderSeries]) -> Span:
    """The part of the scale that the values lie in, in rings of whole steps; all of it where there are none."""
    values = [value for one in series for value in one.values if value is not None]
    if not values:
        return WHOLE
    low = max(LOWEST, STEP * floor((min(values) - ROOM) / STEP))
    rings = max(1, ceil((max(values) - low) / (STEP * RINGS)))
    high = low + rings * STEP * RINGS
    return Span(low, high) if high <= HIGHEST else Span(max(LOWEST, HIGHEST - rings * STEP * RINGS), HIGHEST)


def spider(categories: Sequence[str], series: Sequence[SpiderSeries], title: str, *, span: Span = WHOLE) -> Drawing:
    """Polygons over `categories`, the first at the top and then clockwise; a hidden value breaks its polygon.

    The values of the series of kind THIS stand at the axes. Raises ValueError for fewer than three
    categories, or a series with another number of values.
    """
    if len(categories) < FEWEST_AXES:
        raise ValueError("a spider needs at least three categories")
    if any(len(one.values) != len(categories) for one in series):
        raise ValueError("each series needs one value per category")
    drawn = figure(title, HEIGHT)
    drawn.update_xaxes(visible=False, range=(-132, 132), scaleanchor="y", constrain="domain")
    drawn.update_yaxes(visible=False, range=(-140, 140), constrain="domain")
    drawn.update_layout(showlegend=True, legend={"y": 0, "yanchor": "top", "traceorder": "reversed"}, margin={"b": 48})
    drawn.add_traces([_web(len(categories)), *(_polygon(categories, one, span) for one in _back_to_front(series))])
    labels = [*_ring_labels(len(categories), span), *_axis_labels(categories, series)]
    return drawn.update_layout(annotations=labels, shapes=_area(series, span))


def _back_to_front(series: Sequence[SpiderSeries]) -> list[SpiderSeries]:
    """This measurement near the end, so that only what it aims at lies on top of it."""
    on_top = (SeriesKind.THIS, SeriesKind.TARGET)
    return sorted(series, key=lambda one: on_top.index(one.kind) if one.kind in on_top else -1)


def _at(axis: int, axes: int, radius: float) -> tuple[float, float]:
    """x and y of a value on an axis; axis 0 points up, the rest follow clockwise."""
    angle = pi / 2 - 2 * pi * axis / axes
    return radius * cos(angle), radius * sin(angle)


def _web(axes: int) -> Part:
    """Rings and axes as one quiet trace of broken lines."""
    lines: list[tuple[float, float] | None] = []
    for ring in WHOLE.rings:
        lines += [*(_at(axis % axes, axes, ring) for axis in range(axes + 1)), None]
    for axis in range(axes):
        lines += [(0, 0), _at(axis, axes, HIGHEST), None]
    return trace(
        "scatter",
        **_coordinates(lines),
        mode="lines",
        line={"color": Colour.LINE.value, "width": 1},
        hoverinfo="skip",
        showlegend=False,
        name="web",
    )


def _polygon(categories: Sequence[str], one: SpiderSeries, span: Span) -> Part:
    axes = len(categories)
    corners = [None if v is None else _at(axis, axes, span.radius(v)) for axis, v in enumerate(one.values)]
    texts = [f"{plain(name)}: {number(v)} ({plain(one.label)})" for name, v in zip(categories, one.values, strict=True)]
    return trace(
        "scatter",
        **_coordinates([*corners, corners[0]]),
        **{"mode": "lines+markers", **LOOKS[one.kind]},
        connectgaps=False,
        name=plain(one.label),
        hovertext=[*texts, texts[0]],
        hoverinfo="text",
    )


def _coordinates(points: Sequence[tuple[float, float] | None]) -> dict[str, list[float | None]]:
    return {
        "x": [None if point is None else point[0] for point in points],
        "y": [None if point is None else point[1] for point in points],
    }


def _area(series: Sequence[SpiderSeries], span: Span) -> list[dict[str, object]]:
    """A pale area within this measurement's polygon; none where a hidden value leaves it open."""
    this = next((one.values for one in series if one.kind is SeriesKind.THIS), (None,))
    shown = [value for value in this if value is not None]
    if len(shown) < len(this):
        return []
    corners = [_at(axis, len(shown), span.radius(value)) for axis, value in enumerate(shown)]
    path = "M" + " L".join(f"{x:.2f},{y:.2f}" for x, y in corners) + " Z"
    look = {"fillcolor": Colour.ACCENT_TINT.value, "line": {"width": 0}, "layer": "below"}
    return [{"type": "path", "path": path, **look}]


def _ring_labels(axes: int, span: Span) -> list[dict[str, object]]:
    """Half-way between the last axis and the first, where no value can hide them."""
    x, y = ((a + b) / 2 for a, b in zip(_at(0, axes, 1), _at(-1, axes, 1), strict=True))
    return [
        {
            "text": number(ring, decimals=0),
            "x": span.radius(ring) * x,
            "y": span.radius(ring) * y,
            "showarrow": False,
            "font": {"size": 12, "color": Colour.MUTED.value},
        }
        for ring in span.rings
    ]


def _axis_labels(categories: Sequence[str], series: Sequence[SpiderSeries]) -> list[dict[str, object]]:
    this = next((one.values for one in series if one.kind is SeriesKind.THIS), None)
    return [
        _axis_label(name, axis, len(categories), _value(this[axis]) if this else "")
        for axis, name in enumerate(categories)
    ]


def _value(value: float | None) -> str:
    return f'<br><span style="color:{Colour.ACCENT.value}"><b>{number(value)}</b></span>'


def _axis_label(name: str, axis: int, axes: int, value: str) -> dict[str, object]:
    """Above the upper half and below the lower, so that long names fit beside the web on a phone."""
    x, y = _at(axis, axes, LABEL_RADIUS)
    return {
        "text": "<br>".join(plain(line) for line in wrap(name, NAME_WIDTH, break_long_words=False)) + value,
        "x": x,
        "y": y,
        "yanchor": "bottom" if y > 1 else "top" if y < -1 else "middle",
        "showarrow": False,
        "font": {"size": 14, "color": Colour.INK.value},
    }
