"""Where do we lie among the others? A track for each row: the others' middle half and mean, and ourselves.

The tracks are as long as the values need, in whole tens of 0–100, and the tens stand below them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.rows import LINE_HEIGHT, VALUE_SPACE, name_at, quiet, value_at
from dimios_dash.figures.theme import Colour, figure, plain
from dimios_dash.translations import _

# All in pixels: the vertical axis of the drawing is one, downwards from the top.
TRACK_HEIGHT, OWN_SIZE, MEAN_SIZE = 12, 17, 11
GAP = 20
FOOT = 102  # below the tracks, for the tens and the legend
LINE_WIDTH = 42  # characters that fit above a track on a phone
TEN, SHORTEST = 10, 30  # points


@dataclass(frozen=True, slots=True)
class Placing:
    """One row, 0–100; None: nothing to draw. The middle half lies between `lower` and `upper`."""

    label: str
    detail: str
    own: float | None
    mean: float | None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    placing: Placing
    text: str
    top: int
    middle: float


def placings(rows: Sequence[Placing], own_name: str, others_name: str, title: str = "") -> Drawing:
    """One track per row, the first on top; `own_name` and `others_name` stand in the legend."""
    placed, ends = _placed(rows), _ends(rows)
    height = round(placed[-1].middle + GAP) if placed else 0
    drawn = figure(title, height + FOOT)
    drawn.update_xaxes(range=ends, tickvals=[*range(ends[0], ends[1] + 1, TEN)], ticks="", showline=False)
    drawn.update_yaxes(range=(height, 0), visible=False)
    drawn.update_layout(
        barmode="overlay",
        margin={"l": 12, "r": VALUE_SPACE, "b": FOOT},
        showlegend=True,
        legend={"y": 0, "yref": "container", "yanchor": "bottom", "x": 0, "xanchor": "left"},
        annotations=[*(name_at(row.text, row.top) for row in placed), *map(_value, placed)],
    )
    parts = [_tracks(placed, ends), _bands(placed, others_name), _means(placed), _own(placed, own_name)]
    return drawn.add_traces(parts)


def _value(row: _Row) -> Part:
    return value_at(None if row.placing.own is None else number(row.placing.own), row.middle)


def _ends(rows: Sequence[Placing]) -> tuple[int, int]:
    """The whole tens around everything that is drawn, some points beyond."""
    drawn = [value for row in rows for value in (row.own, row.mean, row.lower, row.upper) if value is not None]
    low, high = int(min(drawn, default=50) - 2) // TEN * TEN, -(-int(max(drawn, default=50) + 3) // TEN) * TEN
    while high - low < SHORTEST:
        low, high = max(0, low - TEN), min(100, high + TEN)
    return max(0, low), min(100, high)


def _placed(rows: Sequence[Placing]) -> list[_Row]:
    placed: list[_Row] = []
    top = 0
    for row in rows:
        lines = [f"<b>{plain(line)}</b>" for line in _lines(row.label)]
        lines += [quiet(line) for line in _lines(row.detail)]
        middle = top + LINE_HEIGHT * len(lines) + OWN_SIZE / 2
        placed.append(_Row(row, "<br>".join(lines), top, middle))
        top = round(middle + OWN_SIZE / 2) + GAP
    return placed


def _lines(text: str) -> list[str]:
    """Wrapping takes its time, and most fit."""
    if len(text) > LINE_WIDTH:
        return wrap(text, LINE_WIDTH)
    return [text] if text else []


def _tracks(placed: Sequence[_Row], ends: tuple[int, int]) -> Part:
    return trace(
        "bar",
        base=ends[0],
        x=[ends[1] - ends[0] for _row in placed],
        y=[row.middle for row in placed],
        width=TRACK_HEIGHT,
        orientation="h",
        marker={"color": Colour.SUNKEN.value, "cornerradius": 3},
        hoverinfo="skip",
        showlegend=False,
        name="track",
    )


def _bands(placed: Sequence[_Row], name: str) -> Part:
    """From the lower quartile to the upper."""
    drawn = [(row, row.placing.lower, row.placing.upper) for row in placed]
    known = [(row, lower, upper) for row, lower, upper in drawn if lower is not None and upper is not None]
    return trace(
        "bar",
        base=[lower for _row, lower, _upper in known],
        x=[upper - lower for _row, lower, upper in known],
        y=[row.middle for row, _lower, _upper in known],
        width=TRACK_HEIGHT,
        orientation="h",
        marker={"color": Colour.HEAT_2.value},
        hovertext=[f"{number(lower)}–{number(upper)}" for _row, lower, upper in known],
        hoverinfo="text",
        showlegend=bool(known),
        name=plain(name),
    )


def _means(placed: Sequence[_Row]) -> Part:
    known = [row for row in placed if row.placing.mean is not None]
    return trace(
        "scatter",
        x=[row.placing.mean for row in known],
        y=[row.middle for row in known],
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": MEAN_SIZE,
            "color": Colour.HERITAGE.value,
            "line": {"color": Colour.SURFACE.value, "width": 1},
        },
        hovertext=[f"{plain(row.placing.label)}: {number(row.placing.mean)}" for row in known],
        hoverinfo="text",
        name=plain(_("Medel")),
    )


def _own(placed: Sequence[_Row], name: str) -> Part:
    known = [row for row in placed if row.placing.own is not None]
    return trace(
        "scatter",
        x=[row.placing.own for row in known],
        y=[row.middle for row in known],
        mode="markers",
        marker={"size": OWN_SIZE, "color": Colour.ACCENT.value, "line": {"color": Colour.SURFACE.value, "width": 2}},
        hovertext=[f"{plain(name)}: {number(row.placing.own)}" for row in known],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=bool(known),
        name=plain(name),
    )
