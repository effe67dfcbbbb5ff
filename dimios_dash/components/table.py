"""Tables of text and numbers, with a caption and heads that belong to their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from dimios_dash.components.aria import aria
from dimios_dash.elements import html

Cell = str | Component | Sequence[str | Component]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its head; numbers stand to the right."""

    head: str
    number: bool = False

    @property
    def css_class(self) -> str:
        return "table__number" if self.number else ""


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> html.Div:
    """One row per item, its first cell the row's head; scrolls in its own frame, also by keyboard."""
    return framed(caption, columns, [row(columns, cells) for cells in rows])


def framed(caption: str, columns: Sequence[Column], rows: Sequence[html.Tr]) -> html.Div:
    """The table around rows that have been drawn already."""
    heads = [html.Th(column.head, scope="col", className=column.css_class) for column in columns]
    return scrolled(caption, [html.Tr(heads)], rows)


def scrolled(
    caption: str, heads: Sequence[Component], rows: Sequence[Component], *, look: str = "table", name: str = ""
) -> html.Div:
    """Rows of heads and of cells in a frame that scrolls; its `name` is the caption unless it has one of its own."""
    words = html.Span(caption, className="table__caption")  # stays in sight while the table is scrolled sideways
    return html.Div(
        html.Table([html.Caption(words), html.Thead(heads), html.Tbody(rows)], className=look),
        className="table-wrap",
        tabIndex=0,
        role="region",
        **aria(label=name or caption),
    )


def row(columns: Sequence[Column], cells: Sequence[Cell], look: str = "") -> html.Tr:
    """As many cells as columns; `look` is the row's css class."""
    first, *rest = zip(columns, cells, strict=True)
    return html.Tr(
        [
            html.Th(first[1], scope="row", className=first[0].css_class),
            *(html.Td(cell, className=column.css_class) for column, cell in rest),
        ],
        className=look,
    )
