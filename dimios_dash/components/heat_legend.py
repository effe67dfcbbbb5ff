"""What colours and signs of a heat map mean: only those that are there."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dimios_dash.analyses.internal.cells import HeatCells
from dimios_dash.analyses.internal.choices import Shown
from dimios_dash.analyses.internal.rows import HeatRow
from dimios_dash.analyses.table import RowKind
from dimios_dash.components.aria import aria
from dimios_dash.elements import html
from dimios_dash.figures.numbers import HIDDEN, number
from dimios_dash.figures.theme import APART_FROM, HEAT
from dimios_dash.translations import _


def heat_legend(cells: HeatCells, rows: Sequence[HeatRow]) -> Component:
    """The steps of colour, and then the signs that stand in these rows."""
    steps = _scores() if cells.chosen.shown is Shown.VALUE else _differences()
    signs = [html.Div([html.Dt(sign), html.Dd(words)]) for sign, words in _signs(cells, rows)]
    return html.Div([steps, *([html.Dl(signs, className="legend__signs")] if signs else [])], className="legend")


def _scores() -> Component:
    steps = [html.Span(className=f"legend__box legend__box--{step}") for step in range(len(HEAT))]
    boxes = html.Span(steps, className="legend__boxes", **aria(hidden="true"))
    return html.P([_("0 = lägst"), boxes, _("100 = högst")])


def _differences() -> Component:
    """From far below to far above."""
    first, second, third = (number(limit, 0) for limit in APART_FROM)
    words = {
        "below-3": _("minst %(points)s under", points=third),
        "below-2": _("%(low)s–%(high)s under", low=second, high=third),
        "below-1": _("%(low)s–%(high)s under", low=first, high=second),
        "even": _("mindre än %(points)s", points=first),
        "above-1": _("%(low)s–%(high)s över", low=first, high=second),
        "above-2": _("%(low)s–%(high)s över", low=second, high=third),
        "above-3": _("minst %(points)s över", points=third),
    }
    return html.Ul([html.Li(said, className=f"apart apart--{step}") for step, said in words.items()])


def _signs(heat: HeatCells, rows: Sequence[HeatRow]) -> list[tuple[str, str]]:
    cells = [cell for row in rows for cell in row.cells if not row.remark]
    hidden = any(cell.value is None for cell in cells) or any(
        row.remark and row.kind is not RowKind.OUTSIDE for row in rows
    )
    signs = (
        (HIDDEN, _not_shown(heat), hidden),
        ("○", _("ingår inte i årets mätning; ingenting är dolt"), any(row.kind is RowKind.OUTSIDE for row in rows)),
        ("↥", _("delvis lyft: några av svaren räknas bara högre upp"), any(row.lifted for row in rows)),
        ("≥ ≤", _("eller högre, eller lägre"), any(cell.end for cell in cells)),
        ("*", _("mer än slump, när hänsyn tas till hur många som jämförs"), any(cell.certain for cell in cells)),
    )
    return [(sign, words) for sign, words, there in signs if there]


def _not_shown(cells: HeatCells) -> str:
    if cells.chosen.shown is Shown.VALUE:
        return _("visas inte, så att ingen kan kännas igen")
    return _("går inte att jämföra, eller visas inte för att ingen ska kunna kännas igen")
