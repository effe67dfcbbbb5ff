"""Where does each mean lie, and from where to where may it lie? Or: where do several groups lie on the same line?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.rows import Named, Placed, explained, framed, placed
from dimios_dash.figures.theme import Colour, plain

ABOVE: Final = 36  # pixels for the line that explains
SIGNS: Final = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲"}


@dataclass(frozen=True, slots=True)
class Dot:
    """A value of 0-100 by one symbol; `low` and `high` are the ends of its interval, where it has one."""

    value: float
    words: str  # under the pointer
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class DotRow:
    """One line. `dots` are in the order of the series, None where one is missing; none at all: hidden."""

    label: str
    detail: str
    dots: tuple[Dot | None, ...]
    value: str | None  # beside the line


@dataclass(frozen=True, slots=True)
class Series:
    """What one symbol stands for, along all rows."""

    label: str
    symbol: str
    colour: Colour


def dots(rows: Sequence[DotRow], series: Sequence[Series]) -> Drawing:
    """One line a row, one symbol a series; what they are stands above where there are several."""
    several = len(series) > 1
    lines = placed([Named(row.label, row.detail, row.value) for row in rows])
    shown = [(row, line) for row, line in zip(rows, lines, strict=True) if line.row.value is not None]
    drawn = framed(lines, above=ABOVE if several else 14, ticks=(0, 50, 100))
    if several:
        above = explained([(SIGNS[each.symbol], each.colour, each.label) for each in series], ABOVE)
        drawn.update_layout(annotations=[*drawn.layout["annotations"], above])
    marks = [_marks(shown, place, each) for place, each in enumerate(series)]
    return drawn.add_traces([_tracks(shown), *([_between(shown)] if several else [_intervals(shown)]), *marks])


Shown = Sequence[tuple[DotRow, Placed]]


def _tracks(shown: Shown) -> Part:
    """A pale line from 0 to 100 with a tick at 50, so that the eye can judge."""
    lines = [((0.0, each.middle), (100.0, each.middle)) for _, each in shown]
    lines += [((50.0, each.middle - 5), (50.0, each.middle + 5)) for _, each in shown]
    return _lines(lines, Colour.LINE, 2, "track")


def _intervals(shown: Shown) -> Part:
    found = [(dot, each) for row, each in shown for dot in row.dots[:1] if dot and dot.low is not None]
    lines = [((dot.low or 0.0, each.middle), (dot.high or 0.0, each.middle)) for dot, each in found]
    return _lines(lines, Colour.BENCHMARK, 5, "interval")


def _between(shown: Shown) -> Part:
    """What the outermost symbols of a row have between them."""
    values = [([dot.value for dot in row.dots if dot], each) for row, each in shown]
    lines = [((min(found), each.middle), (max(found), each.middle)) for found, each in values if found]
    return _lines(lines, Colour.EDGE, 3, "between")


def _lines(
    lines: Sequence[tuple[tuple[float, float], tuple[float, float]]], colour: Colour, width: int, name: str
) -> Part:
    return trace(
        "scatter",
        x=[x for (x0, _), (x1, _) in lines for x in (x0, x1, None)],
        y=[y for (_, y0), (_, y1) in lines for y in (y0, y1, None)],
        mode="lines",
        line={"color": colour.value, "width": width},
        hoverinfo="skip",
        name=name,
    )


def _marks(shown: Shown, place: int, series: Series) -> Part:
    found = [(dot, each) for row, each in shown if (dot := row.dots[place])]
    return trace(
        "scatter",
        x=[dot.value for dot, _ in found],
        y=[each.middle for _, each in found],
        mode="markers",
        marker={
            "symbol": series.symbol,
            "size": 13,
            "color": series.colour.value,
            "line": {"color": Colour.SURFACE.value, "width": 1.5},
        },
        hovertext=[f"{plain(dot.words)}: {number(dot.value)}" for dot, _ in found],
        hoverinfo="text",
        cliponaxis=False,
        name=plain(series.label),
    )
