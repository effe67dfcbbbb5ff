"""What has become more and what less? Bars from zero, the name above, the difference with its interval beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import signed
from dimios_dash.figures.rows import Named, framed, placed
from dimios_dash.figures.theme import Colour, plain

BAR_HEIGHT = 14  # pixels
AIR = 5  # pixels between a name and its bar, for the line at zero
VALUE_SPACE = 64
NARROWEST = 5.0  # points on either side of zero, so that a small difference does not look like a large one


@dataclass(frozen=True, slots=True)
class Difference:
    """One row, in points; `margin` is half its interval. A row without a difference keeps its name and detail."""

    label: str
    difference: float | None
    detail: str
    certain: bool = False
    margin: float | None = None
    leads_to: str | None = None  # what a click on the bar names


@dataclass(frozen=True, slots=True)
class _Row:
    """A difference that is drawn, and the middle of its bar."""

    of: Difference
    middle: float


def differences(rows: Sequence[Difference], title: str) -> Drawing:
    """One row each, the first on top, around a line at zero. Certain ones are filled, others hollow."""
    lines = placed([Named(row.label, row.detail, _value(row)) for row in rows], BAR_HEIGHT, AIR)
    shown = [_Row(row, line.middle) for row, line in zip(rows, lines, strict=True) if row.difference is not None]
    side = max([NARROWEST, *(abs(row.of.difference or 0) + (row.of.margin or 0) for row in shown)]) * 1.03
    drawn = framed(lines, title, space=VALUE_SPACE).update_xaxes(range=(-side, side))
    return drawn.update_layout(barmode="overlay", shapes=[*map(_zero, shown)]).add_traces([_bars(shown)])


def _value(row: Difference) -> str | None:
    return None if row.difference is None else signed(row.difference)


def _bars(shown: Sequence[_Row]) -> Part:
    targets = [row.of.leads_to for row in shown]
    return trace(
        "bar",
        x=[row.of.difference for row in shown],
        y=[row.middle for row in shown],
        width=BAR_HEIGHT,
        orientation="h",
        marker={
            "color": [(Colour.ACCENT if row.of.certain else Colour.HEAT_1).value for row in shown],
            "line": {"color": Colour.ACCENT.value, "width": 1},
        },
        error_x={
            "type": "data",
            "array": [row.of.margin or 0 for row in shown],
            "color": Colour.MUTED.value,
            "thickness": 1.5,
            "width": 4,
        },
        hovertext=[f"{plain(row.of.label)}: {signed(row.of.difference)}" for row in shown],
        hoverinfo="text",
        customdata=targets if any(targets) else None,
        name="differences",
    )


def _zero(row: _Row) -> Part:
    """A piece of the line at zero, beside the bar only, so that it crosses no text."""
    y0, y1 = row.middle - BAR_HEIGHT / 2 - 3, row.middle + BAR_HEIGHT / 2 + 3
    return {"type": "line", "x0": 0, "x1": 0, "y0": y0, "y1": y1, "line": {"color": Colour.INK.value, "width": 1.5}}
