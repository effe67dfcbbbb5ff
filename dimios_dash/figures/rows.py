"""Rows below each other: a name above, something drawn along 0-100, and its value in a column to the right.

All in pixels downwards from the top: the vertical axis of the drawing is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from dimios_dash.figures.drawing import Drawing, Part
from dimios_dash.figures.numbers import HIDDEN
from dimios_dash.figures.theme import Colour, figure, plain

MARK_HEIGHT = 18
LINE_HEIGHT = 21
GAP = 18
VALUE_SPACE = 56
LINE_WIDTH = 40  # characters that fit above a row on a phone


@dataclass(frozen=True, slots=True)
class Named:
    """What stands around one row; `value` None: nothing is drawn, and `detail` says why.

    `group` is a heading above the row, on the first of a group only.
    """

    label: str
    detail: str
    value: str | None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row in its place: `top` is where its text begins, `middle` where it is drawn or its "–" stands."""

    row: Named
    text: str
    top: int
    middle: float
    bottom: int


def placed(rows: Sequence[Named], mark: int = MARK_HEIGHT, air: int = 0) -> list[Placed]:
    """The first on top; what is drawn is `mark` pixels high, with `air` between it and its name."""
    found: list[Placed] = []
    for row in rows:
        gap = 2 * GAP if row.group else GAP
        found.append(_below(found[-1].bottom + gap if found else 0, row, mark, air))
    return found


def framed(
    rows: Sequence[Placed], title: str = "", *, above: int = 14, ticks: Sequence[int] = (), space: int = VALUE_SPACE
) -> Drawing:
    """The drawing with everything but the marks; `above` is free over it, for what explains them.

    `ticks` are written below the last row; values stand in a column of `space` pixels.
    """
    height = rows[-1].bottom if rows else 0
    drawn = figure(title, height + GAP, above=above)
    drawn.update_xaxes(range=(0, 100), visible=False).update_yaxes(range=(height, 0), visible=False)
    return drawn.update_layout(
        margin={"r": space, "b": GAP},
        annotations=[*_names(rows, space), *(_tick(tick, height) for tick in ticks)],
    )


def _names(rows: Sequence[Placed], space: int) -> list[Part]:
    named = [name_at(each.text, each.top) for each in rows]
    return [*named, *(value_at(each.row.value, each.middle, space) for each in rows)]


def _tick(value: int, height: int) -> Part:
    look = {"xanchor": "center", "yanchor": "top", "yshift": -1, "showarrow": False}
    return {"text": str(value), "x": value, "y": height, **look, "font": {"size": 12, "color": Colour.MUTED.value}}


def explained(symbols: Sequence[tuple[str, Colour, str]], above: int) -> Part:
    """One line over the rows that says what each mark is, so that no legend is needed: sign, its colour, words."""
    words = "&nbsp;&nbsp; ".join(
        f'<span style="color:{colour.value}">{sign}</span>&nbsp;{plain(text)}' for sign, colour, text in symbols
    )
    look = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "showarrow": False, "align": "left"}
    return {"text": words, "x": 0, "y": 1, "yshift": above - 4, "font": {"size": 13}, **look}


def _below(top: int, row: Named, mark: int, air: int) -> Placed:
    """A row that begins at `top`; without a value it ends with its text."""
    lines = lines_of(row.label, row.detail, row.group)
    text_ends = top + LINE_HEIGHT * len(lines)
    if row.value is None:
        return Placed(row, "<br>".join(lines), top, top + LINE_HEIGHT / 2, text_ends)
    drawn = text_ends + air
    return Placed(row, "<br>".join(lines), top, drawn + mark / 2, drawn + mark)


def lines_of(label: str, detail: str, group: str = "") -> list[str]:
    """The name and its detail: on one line where both fit on a phone, else below each other; a heading above both."""
    names = [f"<b>{plain(line)}</b>" for line in wrap(label, LINE_WIDTH)]
    details = [quiet(line) for line in wrap(detail, LINE_WIDTH)]
    heading = [quiet(line) for line in wrap(group, LINE_WIDTH)]
    if len(label) + len(detail) + 2 <= LINE_WIDTH:
        return [*heading, "&nbsp; ".join([*names, *details])]
    return [*heading, *names, *details]


def quiet(text: str) -> str:
    """Beside what matters more."""
    return f'<span style="color:{Colour.MUTED.value}">{plain(text)}</span>'


def name_at(text: str, top: float) -> Part:
    """The lines of a row, written from `top` down."""
    place = {"x": 0, "y": top, "xref": "paper", "xanchor": "left", "xshift": -2, "yanchor": "top"}
    return {"text": text, **place, "align": "left", "showarrow": False, "font": {"size": 15}}


def value_at(words: str | None, middle: float, space: int = VALUE_SPACE) -> Part:
    """Values stand in a column of `space` pixels, comma under comma; None is hidden."""
    colour = Colour.MUTED if words is None else Colour.INK
    return {
        "text": HIDDEN if words is None else f"<b>{plain(words)}</b>",
        "x": 1,
        "y": middle,
        "xref": "paper",
        "xanchor": "right",
        "xshift": space - 8,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 16, "color": colour.value},
    }
