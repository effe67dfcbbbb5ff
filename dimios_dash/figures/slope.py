"""From one year to another: a line for each, with its values at both ends. What is certain is drawn in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from dimios_dash.figures.aims import Aim, Aimed, below, stars
from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.theme import Colour, figure, plain

HEIGHT = 300
LABEL = 22  # pixels of a label, so that none hides another
VALUE_SPACE, NAME_SPACE = 44, 170  # pixels beside the lines
NARROWEST = 8  # points from lowest to highest, so that a small change does not look like a large one


@dataclass(frozen=True, slots=True)
class Slope:
    """One line; both values are 0–100. Its aim is a star at the later end, told below its name."""

    label: str
    then: float
    now: float
    certain: bool
    aim: Aim | None = None


def slopes(lines: Sequence[Slope], then: str, now: str, title: str) -> Drawing:
    """Lines between two columns named `then` and `now`; at least one line."""
    aimed = [Aimed(line.label, line.now, line.aim) for line in lines if line.aim]
    values = [value for line in lines for value in (line.then, line.now)]
    low, high = _range([*values, *(line.aim.value for line in aimed)])
    height = max(HEIGHT, LABEL * (len(lines) + len(aimed) + 1))
    per_point = height / (high - low)
    drawn = figure(title, height + LABEL, above=LABEL)
    drawn.update_xaxes(range=(0, 1), visible=False).update_yaxes(range=(low, high), visible=False)
    drawn.update_layout(margin={"l": VALUE_SPACE, "r": NAME_SPACE, "b": LABEL})
    before = apart([line.then for line in lines], LABEL / per_point)
    after = beside_ends([(line.now, line.aim) for line in lines], LABEL / per_point)
    drawn.update_layout(
        annotations=[
            _column(then, 0, "center"),
            _column(now, 1, "center"),
            *(_value(line, y) for line, y in zip(lines, before, strict=True)),
            *(_name(line, y) for line, y in zip(lines, after, strict=True)),
            *(below(line.aim, y - LABEL / per_point, 9) for line, y in zip(lines, after, strict=True) if line.aim),
        ]
    )
    drawn.add_traces(_line(line, then, now) for line in sorted(lines, key=lambda line: line.certain))
    return drawn.add_traces(stars(aimed, 1))


def apart(places: Sequence[float], least: float) -> list[float]:
    """The places moved so that neighbours are at least so far from each other, each no further than that needs."""
    order = sorted(range(len(places)), key=lambda each: places[each])
    blocks: list[list[float]] = []  # labels that touch; where each of them would have the lowest of all
    for step, each in enumerate(order):
        blocks.append([places[each] - step * least])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            touching = blocks.pop()
            blocks[-1] += touching
    lowest = [fmean(block) for block in blocks for _label in block]
    moved = {each: lowest[step] + step * least for step, each in enumerate(order)}
    return [moved[each] for each in range(len(places))]


def beside_ends(ends: Sequence[tuple[float, Aim | None]], least: float) -> list[float]:
    """Where each line's name stands: near its end, with room right below for what it aims at, apart from all others."""
    labels = [(end, is_name) for end, aim in ends for is_name in ((False, True) if aim else (True,))]
    places = apart([end for end, _ in labels], least)  # of two at one end, the first stands below
    return [place for place, (_, is_name) in zip(places, labels, strict=True) if is_name]


def _range(values: Sequence[float]) -> tuple[float, float]:
    """With room for the labels above and below."""
    low, high = min(values), max(values)
    missing = max(0.0, NARROWEST - (high - low)) / 2
    room = (high - low + 2 * missing) / 12
    return low - missing - room, high + missing + room


def _line(line: Slope, then: str, now: str) -> Part:
    certain = {"color": Colour.ACCENT.value, "width": 3.5}
    chance = {"color": Colour.BENCHMARK.value, "width": 1.5, "dash": "dash"}
    words = f"{plain(line.label)}: {number(line.then)} ({plain(then)}) → {number(line.now)} ({plain(now)})"
    return trace(
        "scatter",
        x=[0, 1],
        y=[line.then, line.now],
        mode="lines+markers",
        line=certain if line.certain else chance,
        marker={"size": 9 if line.certain else 7, "color": (certain if line.certain else chance)["color"]},
        hovertext=[words, words],
        hoverinfo="text",
        cliponaxis=False,
        name=plain(line.label),
    )


def _column(words: str, x: int, anchor: str) -> Part:
    place = {"x": x, "y": 1, "xref": "paper", "yref": "paper", "xanchor": anchor, "yanchor": "bottom"}
    return {"text": f"<b>{plain(words)}</b>", **place, "showarrow": False, "font": {"size": 15}}


def _value(line: Slope, y: float) -> Part:
    return {
        **_beside(0, y),
        "text": number(line.then),
        "xanchor": "right",
        "xshift": -9,
        "font": {"size": 14, "color": Colour.MUTED.value},
    }


def _name(line: Slope, y: float) -> Part:
    name = f"<b>{plain(line.label)}</b>" if line.certain else plain(line.label)
    return {
        **_beside(1, y),
        "text": f"<b>{number(line.now)}</b>&nbsp; {name}",
        "xanchor": "left",
        "xshift": 9,
        "font": {"size": 14, "color": Colour.INK.value},
    }


def _beside(x: int, y: float) -> Part:
    return {"x": x, "y": y, "xref": "paper", "yref": "y", "yanchor": "middle", "align": "left", "showarrow": False}
