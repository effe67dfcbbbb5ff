"""What has become more and what less? Bars from zero, the name above, the difference with its interval beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import signed
from dimios_dash.figures.rows import GAP, LINE_HEIGHT, lines_of, name_at, value_at
from dimios_dash.figures.theme import Colour, figure, plain

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
    of: Difference
    text: str
    top: int
    bottom: int

    @property
    def middle(self) -> float:
        """Of the bar, or of the text where there is none."""
        height = BAR_HEIGHT if self.of.difference is not None else LINE_HEIGHT
        return self.bottom - height / 2 if self.of.difference is not None else self.top + height / 2


def differences(rows: Sequence[Difference], title: str) -> Drawing:
    """One row each, the first on top, around a line at zero. Certain ones are filled, others hollow."""
    placed = _placed(rows)
    height = placed[-1].bottom if placed else 0
    shown = [row for row in placed if row.of.difference is not None]
    side = max([NARROWEST, *(abs(row.of.difference or 0) + (row.of.margin or 0) for row in shown)]) * 1.03
    drawn = figure(title, height + GAP)
    drawn.update_xaxes(range=(-side, side), visible=False).update_yaxes(range=(height, 0), visible=False)
    drawn.update_layout(barmode="overlay", margin={"r": VALUE_SPACE, "b": GAP})
    drawn.update_layout(
        annotations=[*(name_at(row.text, row.top) for row in placed), *map(_value, placed)], shapes=[*map(_zero, shown)]
    )
    return drawn.add_traces([_bars(shown)])


def _value(row: _Row) -> Part:
    return value_at(None if row.of.difference is None else signed(row.of.difference), row.middle, VALUE_SPACE)


def _placed(rows: Sequence[Difference]) -> list[_Row]:
    placed: list[_Row] = []
    for row in rows:
        top = placed[-1].bottom + GAP if placed else 0
        lines = lines_of(row.label, row.detail)
        bar = AIR + BAR_HEIGHT if row.difference is not None else 0
        placed.append(_Row(row, "<br>".join(lines), top, top + LINE_HEIGHT * len(lines) + bar))
    return placed


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
