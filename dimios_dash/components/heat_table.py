"""The heat map of units as a table: each row leads to its unit, each head sorts, each colour has its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dash.development.base_component import Component

from dimios_dash.analyses.internal.cells import HeatCells
from dimios_dash.analyses.internal.choices import ANSWERED, MOST_COMPARED, Chosen
from dimios_dash.analyses.internal.columns import HeatColumn
from dimios_dash.analyses.internal.heat import caption, written
from dimios_dash.analyses.internal.rows import HeatCell, HeatRow, rows_above, rows_below
from dimios_dash.analyses.table import RowKind
from dimios_dash.components.aria import aria
from dimios_dash.components.data_table import ROW_CLASSES
from dimios_dash.components.heat_legend import heat_legend
from dimios_dash.components.pager import page_of, pager
from dimios_dash.components.table import scrolled
from dimios_dash.components.view import View
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import HIDDEN, count
from dimios_dash.figures.theme import apart_step, heat_step
from dimios_dash.translations import _

CELLS_ON_A_PAGE = 600  # every one is a component, and thousands are slow
FEW_COLUMNS = 8  # their heads have room to lie down


def heat_table(cells: HeatCells, view: View) -> Component:
    """One page of the units, and what the signs in it mean."""
    size = CELLS_ON_A_PAGE // (len(cells.columns) + 3)
    page, first, last = page_of(cells.chosen.page, len(cells.below), size)
    rows = [*rows_above(cells), *rows_below(cells, first, last)]
    table = scrolled(
        _caption(cells, first, last),
        list(_heads(cells, view)),
        [_row(cells, row, view) for row in rows],
        look="table heat-table" if len(cells.columns) <= FEW_COLUMNS else "table heat-table heat-table--wide",
        name=caption(cells),
    )
    return html.Div([table, *pager(page, len(cells.below), size, view), heat_legend(cells, rows)], className="stack")


def _caption(cells: HeatCells, first: int, last: int) -> str:
    if len(cells.below) in {0, last - first}:
        return caption(cells)
    many = _(
        "enhet %(first)s–%(last)s av %(all)s",
        first=count(first + 1),
        last=count(last),
        all=count(len(cells.below)),
    )
    return f"{caption(cells)}; {many}"


def _heads(cells: HeatCells, view: View) -> Iterator[Component]:
    if any(column.group for column in cells.columns):
        yield html.Tr([html.Td(), html.Td(), *group_heads(cells.columns), html.Td()])
    unit = html.Th(_("Enhet"), scope="col")
    answered = sorting_head(cells.chosen, HeatColumn(ANSWERED, _("Svarande"), ""), view)
    beside = html.Th(_("Jämför"), scope="col", className="heat-table__beside")
    yield html.Tr([unit, answered, *(sorting_head(cells.chosen, column, view) for column in cells.columns), beside])


def group_heads(columns: Sequence[HeatColumn]) -> list[Component]:
    """What belongs together has a head of its own above."""
    groups = [(name, len(list(together))) for name, together in groupby(columns, lambda each: each.group)]
    return [html.Th(name, colSpan=many, scope="colgroup") if name else html.Td() for name, many in groups]


def sorting_head(chosen: Chosen, column: HeatColumn, view: View) -> Component:
    """A link that sorts: highest first, then lowest first, then as the tree stands."""
    now = {column.key: "descending", f"-{column.key}": "ascending"}.get(chosen.sort)
    then = {None: column.key, "descending": f"-{column.key}", "ascending": None}[now]
    sign = {None: "", "descending": " ↓", "ascending": " ↑"}[now]
    link = dcc.Link(
        html.Span(f"{column.name}{sign}", className="heat-head__name"),
        href=view.choosing(sortera=then, sida=None).address,
        className="heat-head",
    )
    return html.Th(link, scope="col", className="table__number", **({} if now is None else aria(sort=now)))


def _row(cells: HeatCells, row: HeatRow, view: View) -> Component:
    compared = row.unit_id in cells.chosen.compared
    answered = html.Td("" if row.answered is None else count(row.answered), className="table__number")
    look = "is-selected" if compared else ROW_CLASSES[row.kind]
    beside = _beside(cells, row, view, compared=compared)
    return html.Tr(
        [_name(row, view), answered, *_values(row), html.Td(beside, className="heat-table__beside")], className=look
    )


def _name(row: HeatRow, view: View) -> Component:
    name = row.name if row.unit_id is None else unit_link(row.name, view.of(row.unit_id).choosing(sida=None))
    small = [row.above and _("i %(unit)s", unit=row.above), _("↥ delvis lyft") if row.lifted else ""]
    below = [html.Span(words, className="table__reason") for words in small if words]
    return html.Th([name, *below], scope="row", className=f"heat-unit heat-unit--{min(row.depth, 5)}")


def unit_link(words: str, view: View) -> Component:
    """To the same page for a unit."""
    return dcc.Link(words, href=view.address, className="table__link")


def _values(row: HeatRow) -> list[Component]:
    """Where nothing is shown, one cell with the reason."""
    if not row.remark:
        return [_cell(cell, score=row.score) for cell in row.cells]
    sign = "○" if row.kind is RowKind.OUTSIDE else HIDDEN
    return [html.Td(f"{sign} {row.remark}", colSpan=len(row.cells), className="table__hidden")]


def _cell(cell: HeatCell, *, score: bool) -> Component:
    if cell.value is None:
        reason = html.Span(cell.why, className="visually-hidden")
        return html.Td([HIDDEN, reason], title=cell.why, className="heat heat--hidden")
    step = heat_step(cell.value) if score else apart_step(cell.value)
    look = f"heat heat--{step}" if score else f"heat apart apart--{_side(step)}"
    text = written(cell, score=score)
    return html.Td(f"{text}*", className=f"{look} heat--sure") if cell.certain else html.Td(text, className=look)


def _side(step: int) -> str:
    return "even" if step == 0 else f"above-{step}" if step > 0 else f"below-{-step}"


def _beside(cells: HeatCells, row: HeatRow, view: View, *, compared: bool) -> Component | str:
    """Adds the unit to those that stand side by side, or takes it away."""
    if row.unit_id is None or row.remark:
        return ""
    if compared:
        rest = [unit for unit in cells.chosen.compared if unit != row.unit_id]
        return _choose(_("Ta bort"), _("Ta bort %(unit)s ur jämförelsen", unit=row.name), rest, view)
    if len(cells.chosen.compared) == MOST_COMPARED:
        return ""
    more = [*cells.chosen.compared, row.unit_id]
    return _choose(_("Jämför"), _("Jämför %(unit)s med andra", unit=row.name), more, view)


def _choose(words: str, label: str, units: Sequence[str], view: View) -> Component:
    href = view.choosing(jamfor=",".join(units) or None).address
    return html.Span(dcc.Link(words, href=href, className="table__link", title=label))
