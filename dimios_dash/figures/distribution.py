"""How are the answers spread over the scale? One bar a row, cut into the shares of its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import percent
from dimios_dash.figures.rows import MARK_HEIGHT, Named, Placed, explained, framed, placed
from dimios_dash.figures.theme import HEAT, Colour, plain

ABOVE: Final = 36
ROOM_FOR_WORDS: Final = 9  # per cent of the bar that a share needs to be written in it
_STEPS: Final = (HEAT[0], HEAT[1], HEAT[2], HEAT[3], HEAT[5], HEAT[6])  # ink is read on the first four, white on two
_WHITE_FROM: Final = 4


@dataclass(frozen=True, slots=True)
class Spread:
    """One statement: answers at each point, lowest first; None where no distribution is shown."""

    label: str
    detail: str
    counts: tuple[int, ...] | None
    value: str | None


def distribution(rows: Sequence[Spread], ends: tuple[str, str]) -> Drawing:
    """`ends` name the lowest and the highest point."""
    lines = placed([Named(row.label, row.detail, row.value if row.counts else None) for row in rows])
    shown = [(row.counts, line) for row, line in zip(rows, lines, strict=True) if row.counts]
    drawn = framed(lines, above=ABOVE)
    above = explained([("■", _STEPS[0], ends[0]), ("■", _STEPS[-1], ends[1])], ABOVE)
    drawn.update_layout(annotations=[*drawn.layout["annotations"], above], barmode="stack")
    return drawn.add_traces([_point(shown, point) for point in range(len(_STEPS))])


def _point(shown: Sequence[tuple[tuple[int, ...], Placed]], point: int) -> Part:
    shares = [100 * counts[point] / sum(counts) for counts, _ in shown]
    return trace(
        "bar",
        x=shares,
        y=[each.middle for _, each in shown],
        width=MARK_HEIGHT,
        orientation="h",
        marker={"color": _STEPS[point].value, "line": {"color": Colour.EDGE.value, "width": 0.5}},
        text=[percent(share / 100) if share >= ROOM_FOR_WORDS else "" for share in shares],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": 12, "color": (Colour.SURFACE if point >= _WHITE_FROM else Colour.INK).value},
        hovertext=[
            f"{plain(each.row.label)}, {point + 1}: {percent(share / 100)}"
            for share, (_, each) in zip(shares, shown, strict=True)
        ],
        hoverinfo="text",
        name=str(point + 1),
    )
