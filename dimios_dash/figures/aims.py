"""What is aimed at: the same star in every chart that has a scale across it, and its words beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dimios_dash.figures.drawing import Part, trace
from dimios_dash.figures.theme import Colour, plain

STAR: Final = {
    "color": Colour.SURFACE.value,
    "size": 13,
    "symbol": "star",
    "line": {"color": Colour.INK.value, "width": 1.5},
}
SIGN: Final = "☆"  # the same in words


@dataclass(frozen=True, slots=True)
class Aim:
    """A value of 0–100 to be reached; `words` say it with its year."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Aimed:
    """A line that has an aim: its name and the value at its end."""

    name: str
    end: float
    aim: Aim


def stars(lines: Sequence[Aimed], x: float) -> list[Part]:
    """One above the other at `x`, each on a stem from the end of its line, so that it is not taken for another's."""
    words = [f"{plain(line.name)}: {plain(line.aim.words)}" for line in lines]
    stems = [y for line in lines for y in (line.end, line.aim.value, None)]
    stem = {"color": Colour.MUTED.value, "width": 1}
    look = {"hovertext": words, "hoverinfo": "text", "marker": STAR, "cliponaxis": False, "name": "aims"}
    if not lines:
        return []
    return [
        trace("scatter", x=[x for _ in stems], y=stems, mode="lines", line=stem, hoverinfo="skip", name="stems"),
        trace("scatter", x=[x for _ in lines], y=[line.aim.value for line in lines], mode="markers", **look),
    ]


def below(aim: Aim, y: float, away: int) -> Part:
    """Its words to the right of the chart, `away` pixels from it: at `y`, below the name of the line."""
    return {
        "text": f"{SIGN} {plain(aim.words)}",
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": away,
        "y": y,
        "yref": "y",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": Colour.MUTED.value},
    }
