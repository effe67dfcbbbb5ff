"""Which cells stand out? Rows of values in steps of colour, each value written in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten, wrap
from typing import Final

from dimios_dash.domain.dont_know import band
from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.theme import APART, BANDS, HEAT, Colour, apart_step, figure, heat_step, plain

ROW_HEIGHT: Final = 34
NAME_WIDTH: Final = 30  # characters beside the map
HEAD_WIDTH: Final = 13  # characters on a line above a column
HEAD_HEIGHT: Final = 110
WRITTEN_UP_TO: Final = 12  # columns whose cells have room for their values
_GAP: Final = {"width": 2, "color": Colour.SURFACE.value}  # between cells


class HeatKind(StrEnum):
    """What the colours mean."""

    SCORE = "score"  # 0-100, darker is more
    DIFFERENCE = "difference"  # points below or above
    SHARE = "share"  # 0-1, darker is more


_SCALES: Final = {HeatKind.SCORE: HEAT, HeatKind.DIFFERENCE: APART, HeatKind.SHARE: BANDS}


@dataclass(frozen=True, slots=True)
class HeatLine:
    """One row. `texts` are its values as they are written; a click leads to `leads_to`."""

    name: str
    values: Sequence[float | None]
    texts: Sequence[str]
    leads_to: str | None = None


def heat_map(columns: Sequence[str], rows: Sequence[HeatLine], kind: HeatKind) -> Drawing:
    """The first row on top. A hidden value has no colour. At least one row and one column."""
    drawn = figure("", ROW_HEIGHT * len(rows) + HEAD_HEIGHT)
    drawn.update_layout(margin={"l": 8, "r": 8, "t": HEAD_HEIGHT, "b": 8}, plot_bgcolor=Colour.SURFACE.value)
    drawn.update_xaxes(
        side="top",
        ticks="outside",
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
        tickvals=list(range(len(columns))),
        ticktext=[_head(each) for each in columns],
    )
    drawn.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        ticks="",
        automargin=True,
        tickvals=list(range(len(rows))),
        ticktext=[plain(shorten(row.name, NAME_WIDTH, placeholder="…")) for row in rows],
    )
    return drawn.add_traces([_cells(columns, rows, kind)])


def _head(name: str) -> str:
    return "<br>".join(plain(line) for line in wrap(name, HEAD_WIDTH))


def _cells(columns: Sequence[str], rows: Sequence[HeatLine], kind: HeatKind) -> Part:
    """Every cell a bar of one column's width, row by row: Plotly's own heat map is in none of its smaller parts."""
    written = len(columns) <= WRITTEN_UP_TO
    cells = [
        (place, row, column, value, text)
        for place, row in enumerate(rows)
        for column, value, text in zip(range(len(columns)), row.values, row.texts, strict=True)
    ]
    return trace(
        "bar",
        orientation="h",
        x=[1] * len(cells),
        base=[column - 0.5 for _place, _row, column, *_ in cells],
        y=[place for place, *_ in cells],
        width=1,
        marker={"color": [_colour(value, kind) for *_, value, _text in cells], "line": _GAP},
        text=[text if value is not None else "" for *_, value, text in cells] if written else None,
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"size": 13},
        textangle=0,
        constraintext="none",
        hovertext=[f"{plain(row.name)}<br>{plain(columns[column])}: {text}" for _, row, column, _, text in cells],
        hoverinfo="text",
        customdata=[row.leads_to for _place, row, *_ in cells] if any(row.leads_to for row in rows) else None,
    )


def _colour(value: float | None, kind: HeatKind) -> str:
    if value is None:
        return Colour.SURFACE.value
    return _SCALES[kind][_step(value, kind)].value


def _step(value: float, kind: HeatKind) -> int:
    if kind is HeatKind.SHARE:
        return band(value)
    return heat_step(value) if kind is HeatKind.SCORE else apart_step(value) + len(APART) // 2
