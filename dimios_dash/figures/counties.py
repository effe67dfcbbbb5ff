"""Which counties are high and which are low? Each county is a tile about where it lies in the country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dimios_dash.domain.comparing.county import County
from dimios_dash.figures.drawing import Drawing, Part, trace
from dimios_dash.figures.numbers import number
from dimios_dash.figures.theme import HEAT, Colour, figure, plain

TILE_HEIGHT = 62  # pixels
_GAP = 0.03  # of a tile
_DARK = 5  # from this step of the heat scale on, words are white
# Column and row of each tile, from the west and the north.
PLACES: Final = {
    County.NORRBOTTEN: (2, 0),
    County.VASTERBOTTEN: (2, 1),
    County.JAMTLAND: (1, 2),
    County.VASTERNORRLAND: (2, 2),
    County.DALARNA: (1, 3),
    County.GAVLEBORG: (2, 3),
    County.VARMLAND: (0, 4),
    County.OREBRO: (1, 4),
    County.VASTMANLAND: (2, 4),
    County.UPPSALA: (3, 4),
    County.VASTRA_GOTALAND: (0, 5),
    County.OSTERGOTLAND: (1, 5),
    County.SODERMANLAND: (2, 5),
    County.STOCKHOLM: (3, 5),
    County.HALLAND: (0, 6),
    County.JONKOPING: (1, 6),
    County.KALMAR: (2, 6),
    County.GOTLAND: (3, 6),
    County.SKANE: (0, 7),
    County.KRONOBERG: (1, 7),
    County.BLEKINGE: (2, 7),
}
COLUMNS, ROWS = 4, 8


def counties(means: Mapping[County, float | None], own: County | None, title: str = "") -> Drawing:
    """A tile for each of the 21; without a value it is pale and says "–". The own one has a frame.

    The lowest of the shown values is the lightest, the highest the darkest.
    """
    drawn = figure(title, ROWS * TILE_HEIGHT)
    drawn.update_xaxes(range=(0, COLUMNS), visible=False).update_yaxes(range=(ROWS, 0), visible=False)
    shown = [mean for mean in means.values() if mean is not None]
    steps = {county: _step(means.get(county), shown) for county in PLACES}
    drawn.update_layout(
        margin={"l": 2, "r": 2, "b": 2},
        shapes=[_tile(county, steps[county], own=county is own) for county in PLACES],
        annotations=[_words(county, means.get(county), steps[county]) for county in PLACES],
    )
    return drawn.add_traces([_hover(means)])


def _step(mean: float | None, shown: list[float]) -> int | None:
    """Which of the seven steps of the heat scale; None without a value, the middle where all are alike."""
    if mean is None:
        return None
    lowest, highest = min(shown), max(shown)
    if lowest == highest:
        return len(HEAT) // 2
    return round((mean - lowest) / (highest - lowest) * (len(HEAT) - 1))


def _tile(county: County, step: int | None, *, own: bool) -> Part:
    column, row = PLACES[county]
    line = {"color": Colour.HERITAGE.value, "width": 4} if own else {"color": Colour.LINE.value, "width": 1}
    return {
        "type": "rect",
        "x0": column + _GAP,
        "x1": column + 1 - _GAP,
        "y0": row + _GAP,
        "y1": row + 1 - _GAP,
        "fillcolor": Colour.SURFACE.value if step is None else HEAT[step].value,
        "line": line,
        "layer": "below",
    }


def _words(county: County, mean: float | None, step: int | None) -> Part:
    column, row = PLACES[county]
    dark = step is not None and step >= _DARK
    name = "<br>".join(plain(word) for word in county.short.split())
    colour = Colour.SURFACE if dark else Colour.MUTED if step is None else Colour.INK
    return {
        "text": f"{name}<br><b>{number(mean)}</b>",
        "x": column + 0.5,
        "y": row + 0.5,
        "showarrow": False,
        "font": {"size": 12, "color": colour.value},
    }


def _hover(means: Mapping[County, float | None]) -> Part:
    """Nothing to see: where a pointer finds the county's whole name."""
    return trace(
        "scatter",
        x=[column + 0.5 for column, _row in PLACES.values()],
        y=[row + 0.5 for _column, row in PLACES.values()],
        mode="markers",
        marker={"size": 40, "opacity": 0},
        hovertext=[f"{county.label}: {number(means.get(county))}" for county in PLACES],
        hoverinfo="text",
        name="counties",
    )
