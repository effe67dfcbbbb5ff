"""What has become more and what less? Bars from zero, the name above, the difference with its interval beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import HIDDEN, signed
from dimios_dash.figures.theme import Colour, figure, plain

BAR_HEIGHT, LINE_HEIGHT, GAP = 14, 21, 18  # pixels
AIR = 5  # pixels between a name and its bar, for the line at zero
VALUE_SPACE = 64
LINE_WIDTH = 40  # characters that fit above a bar on a phone
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
    drawn.update_layout(annotations=[*map(_name, placed), *map(_value, placed)], shapes=[*map(_zero, shown)])
    return drawn.add_traces([_bars(shown)])


def _placed(rows: Sequence[Difference]) -> list[_Row]:
    placed: list[_Row] = []
    for row in rows:
        top = placed[-1].bottom + GAP if placed else 0
        lines = _lines(row)
        bar = AIR + BAR_HEIGHT if row.difference is not None else 0
        placed.append(_Row(row, "<br>".join(lines), top, top + LINE_HEIGHT * len(lines) + bar))
    return placed


def _lines(row: Difference) -> list[str]:
    """The name and its detail: on one line where both fit on a phone, else below each other."""
    names = [f"<b>{plain(line)}</b>" for line in wrap(row.label, LINE_WIDTH)]
    quiet = f'<span style="color:{Colour.MUTED.value}">%s</span>'
    details = [quiet % plain(line) for line in wrap(row.detail, LINE_WIDTH)]
    if len(row.label) + len(row.detail) + 2 <= LINE_WIDTH:
        return ["&nbsp; ".join([*names, *details])]
    return [*names, *details]


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


def _name(row: _Row) -> Part:
    return {
        "text": row.text,
        "x": 0,
        "y": row.top,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -2,
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": 15},
    }


def _value(row: _Row) -> Part:
    """Differences stand in a column to the right of the bars, comma under comma."""
    hidden = row.of.difference is None
    return {
        "text": HIDDEN if hidden else f"<b>{signed(row.of.difference)}</b>",
        "x": 1,
        "y": row.middle,
        "xref": "paper",
        "xanchor": "right",
        "xshift": VALUE_SPACE - 8,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 16, "color": (Colour.MUTED if hidden else Colour.INK).value},
    }
