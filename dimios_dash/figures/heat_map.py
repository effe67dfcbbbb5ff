"""Which cells stand out? Rows of values in steps of colour, each value written in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten, wrap
from typing import Any, Final

from dimios_dash.domain.dont_know import band
from dimios_dash.figures.drawing import Drawing, trace
from dimios_dash.figures.theme import APART, BANDS, HEAT, Colour, apart_step, figure, heat_step, plain

ROW_HEIGHT: Final = 34
NAME_WIDTH: Final = 30  # characters beside the map
HEAD_WIDTH: Final = 13  # characters on a line above a column
HEAD_HEIGHT: Final = 110
WRITTEN_UP_TO: Final = 12  # columns whose cells have room for their values


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
        side="top", showgrid=False, tickvals=list(range(len(columns))), ticktext=[_head(each) for each in columns]
    )
    drawn.update_yaxes(
        autorange="reversed",
        showgrid=False,
        ticks="",
        automargin=True,
        tickvals=list(range(len(rows))),
        ticktext=[plain(shorten(row.name, NAME_WIDTH, placeholder="…")) for row in rows],
    )
    return drawn.add_traces([_cells(columns, rows, kind)])


def _head(name: str) -> str:
    return "<br>".join(plain(line) for line in wrap(name, HEAD_WIDTH))


def _cells(columns: Sequence[str], rows: Sequence[HeatLine], kind: HeatKind) -> dict[str, Any]:
    scale = _SCALES[kind]
    written = len(columns) <= WRITTEN_UP_TO
    hover = [
        [f"{plain(row.name)}<br>{plain(column)}: {text}" for column, text in zip(columns, row.texts, strict=True)]
        for row in rows
    ]
    return trace(
        "heatmap",
        z=[[_step(value, kind) for value in row.values] for row in rows],
        text=[list(row.texts) for row in rows],
        texttemplate="%{text}" if written else "",
        textfont={"size": 13},
        hovertext=hover,
        hoverinfo="text",
        customdata=[[row.leads_to] * len(columns) for row in rows] if any(row.leads_to for row in rows) else None,
        zmin=-0.5,
        zmax=len(scale) - 0.5,
        colorscale=_steps(scale),
        showscale=False,
        xgap=2,
        ygap=2,
    )


def _step(value: float | None, kind: HeatKind) -> int | None:
    if value is None:
        return None
    if kind is HeatKind.SHARE:
        return band(value)
    return heat_step(value) if kind is HeatKind.SCORE else apart_step(value) + len(APART) // 2


def _steps(scale: Sequence[Colour]) -> list[tuple[float, str]]:
    """A scale without anything between its colours."""
    width = 1 / len(scale)
    return [(edge, colour.value) for place, colour in enumerate(scale) for edge in (place * width, (place + 1) * width)]
