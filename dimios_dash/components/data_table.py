"""An analysis's table as HTML: numbers in Swedish, a reason beside every value that is hidden."""

from __future__ import annotations

from dash.development.base_component import Component

from dimios_dash.analyses.table import Cell, RowKind, Table
from dimios_dash.analyses.table import Column as Described
from dimios_dash.components.aria import aria
from dimios_dash.components.table import Column, framed, row
from dimios_dash.components.view import View
from dimios_dash.elements import dcc, html
from dimios_dash.figures.bars import BarKind
from dimios_dash.figures.numbers import count, number, signed

ROW_CLASSES = {RowKind.ORDINARY: "", RowKind.TOTAL: "is-total", RowKind.OUTSIDE: "is-outside"}


def data_table(table: Table, view: View) -> Component:
    """Units lead to the same page of their own."""
    columns = [Column(column.name, column.numeric) for column in table.columns]
    rows = [
        row(
            columns,
            [_drawn(cell, column, view) for cell, column in zip(each.cells, table.columns, strict=True)],
            ROW_CLASSES[each.kind],
        )
        for each in table.rows
    ]
    return framed(table.caption, columns, rows)


def _drawn(cell: Cell, column: Described, view: View) -> list[Component | str]:
    return [*_bar(cell, column.bar), *_content(cell, column, view)]


def _bar(cell: Cell, bar: BarKind | None) -> list[Component]:
    """Beside the number, which says the same: nothing for a screen reader."""
    if bar is None or not isinstance(cell.value, float):
        return []
    progress = html.Progress(value=str(cell.value), max="100", **aria(hidden="true"))
    return [html.Span(progress, className=f"bar bar--{bar}")]


def _content(cell: Cell, column: Described, view: View) -> list[Component | str]:
    shown: Component | str = _text(cell, column)
    if cell.unit_id is not None:
        shown = dcc.Link(shown, href=view.of(cell.unit_id).address, className="table__link")
    return [shown, html.Span(cell.note, className="table__reason")] if cell.note else [shown]


def _text(cell: Cell, column: Described) -> str:
    if isinstance(cell.value, str):
        return cell.value
    if isinstance(cell.value, int):
        return count(cell.value)
    return signed(cell.value) if column.signed else number(cell.value)
