"""Vet ej of units by statements as a table: per cent in every cell, in four bands of colour."""

from __future__ import annotations

from collections.abc import Iterator

from dash.development.base_component import Component

from dimios_dash.analyses.dont_know.cells import DontKnowCells
from dimios_dash.analyses.dont_know.heat import ShareRow, rows
from dimios_dash.analyses.internal.choices import ANSWERED
from dimios_dash.analyses.internal.columns import HeatColumn
from dimios_dash.components.heat_table import CELLS_ON_A_PAGE, group_heads, sorting_head, unit_link
from dimios_dash.components.pager import page_of, pager
from dimios_dash.components.table import scrolled
from dimios_dash.components.view import View
from dimios_dash.domain.dont_know import BAND_FROM, band
from dimios_dash.elements import html
from dimios_dash.figures.numbers import HIDDEN, count, percent
from dimios_dash.translations import _

LOOKS = ("even", "below-1", "below-2", "below-3")  # of the bands; css classes apart--…


def dont_know_table(cells: DontKnowCells, view: View) -> Component:
    """One page of the units, and what the bands mean."""
    size = CELLS_ON_A_PAGE // (len(cells.columns) + 2)
    page, first, last = page_of(cells.chosen.page, len(cells.below), size)
    table = scrolled(
        _("Andel Vet ej, procent"),
        list(_heads(cells, view)),
        [_row(row, view) for row in rows(cells, first, last)],
        look="table heat-table heat-table--wide",
    )
    return html.Div([table, *pager(page, len(cells.below), size, view), _legend()], className="stack")


def _heads(cells: DontKnowCells, view: View) -> Iterator[Component]:
    yield html.Tr([html.Td(), html.Td(), *group_heads(cells.columns)])
    answered = HeatColumn(ANSWERED, _("Svarande"), "")
    heads = [sorting_head(cells.chosen, column, view) for column in (answered, *cells.columns)]
    yield html.Tr([html.Th(_("Enhet"), scope="col"), *heads])


def _row(row: ShareRow, view: View) -> Component:
    name = row.name if row.unit_id is None else unit_link(row.name, view.of(row.unit_id).choosing(sida=None))
    head = html.Th(name, scope="row", className=f"heat-unit heat-unit--{min(row.depth, 5)}")
    answered = html.Td(count(row.answered), className="table__number")
    look = "is-outside" if row.outside else "" if row.depth else "is-total"
    if row.why:
        sign = "○" if row.outside else HIDDEN
        return html.Tr(
            [head, answered, html.Td(f"{sign} {row.why}", colSpan=len(row.shares), className="table__hidden")],
            className=look,
        )
    return html.Tr([head, answered, *map(_cell, row.shares)], className=look)


def _cell(share: float | None) -> Component:
    if share is None:
        return html.Td(HIDDEN, className="heat heat--hidden")
    return html.Td(percent(share), className=f"heat apart apart--{LOOKS[band(share)]}")


def _legend() -> Component:
    few, many, half = (percent(limit) for limit in BAND_FROM)
    words = (
        _("under %(share)s", share=few),
        _("%(low)s till %(high)s", low=few, high=many),
        _("%(low)s till %(high)s", low=many, high=half),
        _("%(share)s eller mer", share=half),
    )
    steps = [html.Li(said, className=f"apart apart--{look}") for look, said in zip(LOOKS, words, strict=True)]
    return html.Div(html.Ul(steps), className="legend")
