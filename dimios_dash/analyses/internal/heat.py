"""Which unit differs most, and where? A heat map of units by categories or capabilities."""

from __future__ import annotations

from typing import Final

from dimios_dash.analyses import units
from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.internal.cells import HeatCells, read
from dimios_dash.analyses.internal.choices import Shown
from dimios_dash.analyses.internal.rows import HeatCell, HeatRow, rows_above, rows_below
from dimios_dash.analyses.internal.words import headline, notes, reading
from dimios_dash.analyses.table import Cell, Column, Row, Table
from dimios_dash.figures.drawing import Drawing
from dimios_dash.figures.heat_map import HeatKind, HeatLine, heat_map
from dimios_dash.figures.numbers import HIDDEN, number, signed
from dimios_dash.translations import N_, _

MOST_DRAWN: Final = 40  # rows of the picture


def caption(cells: HeatCells) -> str:
    """What the numbers are."""
    captions = {
        Shown.VALUE: _("Medelvärden, 0–100"),
        Shown.WHOLE: _("Skillnad mot hela organisationen, i poäng på skalan 0–100"),
        Shown.LAST: _("Skillnad mot förra gången, i poäng på skalan 0–100"),
        Shown.OTHERS: _("Skillnad mot medel för andra, i poäng på skalan 0–100"),
    }
    return captions[cells.chosen.shown]


def written(cell: HeatCell, *, score: bool) -> str:
    """ "56,3", "+4,0", "≥ 86,7"; "–" where it is hidden."""
    if cell.value is None:
        return HIDDEN
    text = number(cell.value) if score else signed(cell.value)
    return {1: f"≥ {text}", 0: text, -1: f"≤ {text}"}[cell.end]


def draw(cells: HeatCells) -> Drawing | None:
    """The unit itself and the first units below."""
    score = cells.chosen.shown is Shown.VALUE
    above = [row for row in rows_above(cells) if row.score == score]
    rows = [*above, *rows_below(cells, 0, MOST_DRAWN)]
    if all(cell.value is None for row in rows for cell in row.cells):
        return None
    kind = HeatKind.SCORE if score else HeatKind.DIFFERENCE
    return heat_map([column.name for column in cells.columns], [_line(row) for row in rows], kind)


def _line(row: HeatRow) -> HeatLine:
    texts = [written(cell, score=row.score) for cell in row.cells]
    return HeatLine(row.name, [cell.value for cell in row.cells], texts, row.unit_id)


def table(cells: HeatCells) -> Table:
    """Every unit that is chosen, on whatever page of the map it stands."""
    columns = (Column(_("Enhet"), numeric=False), Column(_("Svarande")), *(Column(each.name) for each in cells.columns))
    rows = (*rows_above(cells), *rows_below(cells))
    return Table(caption(cells), columns, tuple(_table_row(row) for row in rows))


def _table_row(row: HeatRow) -> Row:
    answered = Cell(row.answered, "" if row.answered is not None else _("Se anmärkningen om jämförelsen."))
    remark = row.remark or (_(units.LIFTED) if row.lifted else "")
    return Row((Cell(row.name, remark, row.unit_id), answered, *map(_table_cell, row.cells)), row.kind)


def _table_cell(cell: HeatCell) -> Cell:
    ends = {1: _("eller högre"), 0: "", -1: _("eller lägre")}
    return Cell(cell.value, cell.why or ends[cell.end])


HEAT = Analysis(
    slug="enheter-karta",
    title=N_("Enheter bredvid varandra"),
    question=N_("Vilken enhet skiljer sig mest, och i vad?"),
    read=read,
    headline=headline,
    reading=reading,
    draw=draw,
    table=table,
    notes=notes,
)
