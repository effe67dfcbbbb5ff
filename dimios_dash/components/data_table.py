"""An analysis's table as HTML: real heads, numbers aligned, a reason beside every value that is hidden."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dimios_dash.analyses.table import Cell, Column, Row, RowKind, Table
from dimios_dash.components.aria import aria
from dimios_dash.components.view import View
from dimios_dash.figures.numbers import count, number

ROW_CLASSES = {RowKind.ORDINARY: "", RowKind.TOTAL: "is-total", RowKind.OUTSIDE: "is-outside"}


def data_table(table: Table, view: View) -> Component:
    """The region can be scrolled by keyboard; units lead to the same page of their own."""
    return html.Div(
        html.Table(
            [
                html.Caption(table.caption),
                html.Thead(html.Tr([_head(column) for column in table.columns])),
                html.Tbody([_row(row, table.columns, view) for row in table.rows]),
            ],
            className="table",
        ),
        className="table-wrap",
        role="region",
        tabIndex=0,
        **aria(label=table.caption),
    )


def _head(column: Column) -> Component:
    return html.Th(column.name, scope="col", className=_alignment(column))


def _row(row: Row, columns: tuple[Column, ...], view: View) -> Component:
    name, *values = row.cells
    cells = [
        html.Td([*_bar(cell, column), *_content(cell, view)], className=_alignment(column))
        for cell, column in zip(values, columns[1:], strict=True)
    ]
    return html.Tr([html.Th(_content(name, view), scope="row"), *cells], className=ROW_CLASSES[row.kind])


def _alignment(column: Column) -> str:
    return "table__number" if column.numeric else ""


def _bar(cell: Cell, column: Column) -> list[Component]:
    """Beside the number, which says the same: nothing for a screen reader."""
    if column.bar is None or not isinstance(cell.value, float):
        return []
    progress = html.Progress(value=str(cell.value), max="100", **aria(hidden="true"))
    return [html.Span(progress, className=f"bar bar--{column.bar}")]


def _content(cell: Cell, view: View) -> list[Component | str]:
    shown: Component | str = _text(cell)
    if cell.unit_id is not None:
        shown = dcc.Link(shown, href=view.of(cell.unit_id).address, className="table__link")
    return [shown, html.Span(cell.note, className="table__reason")] if cell.note else [shown]


def _text(cell: Cell) -> str:
    if isinstance(cell.value, str):
        return cell.value
    return count(cell.value) if isinstance(cell.value, int) else number(cell.value)
