"""Which are high and which are low? Horizontal bars of 0–100 with the name above and the value beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.rows import Named, framed, placed
from dimios_dash.figures.theme import Colour, plain

BAR_HEIGHT = 14  # pixels, as everything along the vertical axis


class BarKind(StrEnum):
    """What a bar measures, which decides its colour."""

    WHOLE = "whole"
    CAPABILITY = "capability"
    HERITAGE = "heritage"


COLOURS = {
    BarKind.WHOLE: Colour.ACCENT,
    BarKind.CAPABILITY: Colour.CAPABILITY,
    BarKind.HERITAGE: Colour.HERITAGE,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `value` is 0–100, or None where it is hidden; `detail` says the n, or why it is hidden.

    `group` is a heading above the row, on the first of a group only. `leads_to` is what a click on the bar names.
    `mark` is a value to be reached, drawn across the bar.
    `said` stands beside the bar where its length is a share of something that is told in other words.
    """

    label: str
    value: float | None
    detail: str
    kind: BarKind
    group: str = ""
    leads_to: str | None = None
    mark: float | None = None
    said: str = ""

    @property
    def words(self) -> str:
        """What stands beside the bar."""
        return self.said or number(self.value)


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar that is drawn, and its middle."""

    bar: Bar
    middle: float


def bars(rows: Sequence[Bar], title: str) -> Drawing:
    """One bar per row, the first on top. A hidden row keeps its name and detail but is not drawn as a bar."""
    lines = placed([Named(bar.label, bar.detail, _value(bar), bar.group) for bar in rows], BAR_HEIGHT)
    shown = [_Row(bar, line.middle) for bar, line in zip(rows, lines, strict=True) if bar.value is not None]
    marked = [row for row in shown if row.bar.mark is not None]
    drawn = framed(lines, title).update_layout(barmode="overlay")
    return drawn.add_traces([_tracks(shown), _values(shown), *(_marks(marked) if marked else [])])


def _value(bar: Bar) -> str | None:
    return None if bar.value is None else bar.words


def _targets(shown: Sequence[_Row]) -> list[str | None] | None:
    """What a click on each bar names; None where no bar leads anywhere."""
    targets = [row.bar.leads_to for row in shown]
    return targets if any(targets) else None


def _tracks(shown: Sequence[_Row]) -> Part:
    """A pale bar to 100 behind each value, so that the eye sees what is left."""
    return trace(
        "bar",
        x=[100 for _ in shown],
        y=[row.middle for row in shown],
        width=BAR_HEIGHT,
        orientation="h",
        marker={"color": Colour.SUNKEN.value, "cornerradius": 3},
        customdata=_targets(shown),
        hoverinfo="none",  # "skip" would also swallow clicks
        name="track",
    )


def _values(shown: Sequence[_Row]) -> Part:
    return trace(
        "bar",
        x=[row.bar.value for row in shown],
        y=[row.middle for row in shown],
        width=BAR_HEIGHT,
        orientation="h",
        marker={"color": [COLOURS[row.bar.kind].value for row in shown], "cornerradius": 3},
        hovertext=[f"{plain(row.bar.label)}: {row.bar.words}" for row in shown],
        customdata=_targets(shown),
        hoverinfo="text",
        name="values",
    )


def _marks(marked: Sequence[_Row]) -> list[Part]:
    """A dark line across each bar, on a pale one, so that it is seen on the bar and beside it."""
    return [_across(marked, Colour.SURFACE, 7, "edges"), _across(marked, Colour.INK, 3, "marks")]


def _across(marked: Sequence[_Row], colour: Colour, width: int, name: str) -> Part:
    return trace(
        "scatter",
        x=[row.bar.mark for row in marked],
        y=[row.middle for row in marked],
        mode="markers",
        marker={"symbol": "line-ns", "size": BAR_HEIGHT, "line": {"color": colour.value, "width": width}},
        hovertext=[f"{plain(row.bar.label)}: {number(row.bar.mark)}" for row in marked],
        hoverinfo="text",
        cliponaxis=False,
        name=name,
    )
