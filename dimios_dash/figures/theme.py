"""Colours, the plotly template and how graphs behave. assets/tokens.css repeats the colours; a test compares."""

from __future__ import annotations

from enum import StrEnum
from html import escape
from textwrap import wrap
from typing import Final

from dimios_dash.figures.drawing import Drawing, Part
from dimios_dash.language import Language, spoken

TITLE_WIDTH: Final = 40  # characters on a line of a chart's title, so that it fits a phone
TITLE_LINE: Final = 22  # pixels


class Colour(StrEnum):
    """Every colour of a figure, named as in tokens.css: `HEAT_0` is `--colour-heat-0`."""

    SURFACE = "#ffffff"
    SUNKEN = "#eeebe5"
    LINE = "#ddd8cf"
    EDGE = "#767d7b"
    MUTED = "#566163"
    INK = "#1d2b2e"
    ACCENT = "#0f5b66"
    ACCENT_DARK = "#0a424b"
    ACCENT_TINT = "#e2edee"
    CAPABILITY = "#0f6674"
    HERITAGE = "#b7620f"
    HERITAGE_TEXT = "#8f4a08"
    BENCHMARK = "#6d7577"
    BAND = "#e9e6e0"
    HEAT_0 = "#eef3f2"
    HEAT_1 = "#d3e4e4"
    HEAT_2 = "#aaccce"
    HEAT_3 = "#82b4b8"
    HEAT_4 = "#609fa7"
    HEAT_5 = "#2b737e"
    HEAT_6 = "#0e545f"
    BELOW_3 = "#9a4a08"
    BELOW_2 = "#e6b27c"
    BELOW_1 = "#f7e3cc"
    EVEN = "#f4f2ee"
    ABOVE_1 = "#d3e4e4"
    ABOVE_2 = "#8fbdc1"
    ABOVE_3 = "#1d6672"


FONT: Final = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

HEAT: Final = (
    Colour.HEAT_0,
    Colour.HEAT_1,
    Colour.HEAT_2,
    Colour.HEAT_3,
    Colour.HEAT_4,
    Colour.HEAT_5,
    Colour.HEAT_6,
)

APART: Final = (
    Colour.BELOW_3,
    Colour.BELOW_2,
    Colour.BELOW_1,
    Colour.EVEN,
    Colour.ABOVE_1,
    Colour.ABOVE_2,
    Colour.ABOVE_3,
)
BANDS: Final = (Colour.EVEN, Colour.BELOW_1, Colour.BELOW_2, Colour.BELOW_3)  # of shares of Vet ej, few to many
APART_FROM: Final = (2.0, 5.0, 10.0)  # points of difference from which a step begins, to either side

HEAT_SCALE: Final = [(step / (len(HEAT) - 1), colour.value) for step, colour in enumerate(HEAT)]


def heat_step(value: float) -> int:
    """Which of the seven steps of the heat scale a score of 0–100 falls in: 0–6.

    The classes heat--0 … heat--6 of table.css are these steps. Raises ValueError outside 0–100.
    """
    if not 0 <= value <= 100:  # noqa: PLR2004 - the scale of every score
        raise ValueError("a score lies between 0 and 100")
    return min(int(value * len(HEAT) / 100), len(HEAT) - 1)


def apart_step(points: float) -> int:
    """Which step a difference falls in: -3 far below, 0 about even, 3 far above; the classes of table.css are these."""
    size = sum(abs(points) >= limit for limit in APART_FROM)
    return -size if points < 0 else size


template: Final[Part] = {
    "layout": {
        "font": {"family": FONT, "size": 14, "color": Colour.INK.value},
        "title": {
            "font": {"size": 17, "color": Colour.INK.value, "weight": 650},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "pad": {"l": 8},
        },
        "colorway": [Colour.CAPABILITY.value, Colour.HERITAGE.value, Colour.BENCHMARK.value],
        "colorscale": {"sequential": HEAT_SCALE},
        "paper_bgcolor": Colour.SURFACE.value,
        "plot_bgcolor": Colour.SURFACE.value,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "showlegend": False,
        "dragmode": False,  # a finger that scrolls the page must not draw a box in a chart
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": Colour.INK.value,
            "bordercolor": Colour.INK.value,
            "font": {"family": FONT, "size": 14, "color": Colour.SURFACE.value},
            "align": "left",
        },
        "xaxis": {
            "fixedrange": True,
            "zeroline": False,
            "gridcolor": Colour.LINE.value,
            "linecolor": Colour.EDGE.value,
            "tickfont": {"size": 13, "color": Colour.MUTED.value},
        },
        "yaxis": {
            "fixedrange": True,
            "zeroline": False,
            "gridcolor": Colour.LINE.value,
            "linecolor": Colour.EDGE.value,
            "tickfont": {"size": 13, "color": Colour.MUTED.value},
        },
        "legend": {
            "orientation": "h",
            "x": 0.5,
            "xanchor": "center",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 14, "color": Colour.INK.value},
        },
    }
}

# Nothing of a chart leaves the page: no upload, no logo that links out, no locale file from elsewhere.
GRAPH_CONFIG: Final[dict[str, object]] = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": False,
    "doubleClick": False,
    "scrollZoom": False,
    "responsive": True,
}


SEPARATORS: Final = {  # of decimals and of thousands
    Language.SWEDISH: ",\u00a0",
    Language.ENGLISH: ".,",
    Language.NORWEGIAN: ",\u00a0",
    Language.FINNISH: ",\u00a0",
}


def plain(text: str) -> str:
    """A name as plotly text: plotly reads tags and links in it, and a unit may be called anything."""
    return escape(text, quote=False)


def figure(title: str, height: int, above: int = 14) -> Drawing:
    """An empty figure in our template: `height` pixels for the drawing, `above` it free, and the title on top.

    An empty title takes no room: the page then says it in a heading.
    """
    lines = [plain(line) for line in wrap(title, TITLE_WIDTH)]
    top = above + TITLE_LINE * len(lines)
    first_line = top - TITLE_LINE  # plotly places a title by its first line
    return Drawing(
        {
            "template": template,
            "height": height + top,
            "separators": SEPARATORS[spoken()],
            "margin": {"t": top},
            "title": {"text": "<br>".join(lines), "pad": {"b": first_line}},
        }
    )
