"""One analysis as a file, just as it stands on the page: its table, with a reason beside each value that is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from dimios_dash.analyses import Analysis
from dimios_dash.analyses.basis import Basis
from dimios_dash.analyses.table import Table, Value
from dimios_dash.exports.release_workbook import NUMBER, OPTIONS
from dimios_dash.exports.respondent_list import as_csv
from dimios_dash.figures.numbers import number
from dimios_dash.translations import _

_WIDEST: Final = 60  # characters


def analysis_csv(analysis: Analysis[Any], basis: Basis) -> bytes:
    """The table alone, so that a program can read it: numbers as the language writes them, without thousands marks."""
    table = analysis.table(analysis.read(basis))
    return as_csv(_heads(table), [[_text(value) for value in row] for row in _rows(table)])


def analysis_xlsx(analysis: Analysis[Any], basis: Basis) -> bytes:
    """The table with numbers as numbers, and a sheet that says what it is about and how to read it."""
    cells = analysis.read(basis)
    table = analysis.table(cells)
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **OPTIONS}) as workbook:
        _write(workbook, _("Tabell"), [_heads(table), *_rows(table)])
        _write(workbook, _("Om tabellen"), _about(analysis, cells, table, basis), header=False)
    return content.getvalue()


def _heads(table: Table) -> list[str]:
    return [
        head for column, noted in zip(table.columns, _noted(table), strict=True) for head in _pair(column.name, noted)
    ]


def _pair(name: str, noted: bool) -> list[str]:
    return [name, _("%(column)s, anmärkning", column=name)] if noted else [name]


def _noted(table: Table) -> list[bool]:
    """Which columns have remarks: those get a column for them."""
    return [any(row.cells[place].note for row in table.rows) for place in range(len(table.columns))]


def _rows(table: Table) -> Iterator[list[Value]]:
    noted = _noted(table)
    for row in table.rows:
        yield [
            part
            for cell, remarks in zip(row.cells, noted, strict=True)
            for part in ([cell.value, cell.note] if remarks else [cell.value])
        ]


def _text(value: Value) -> str:
    if value is None:
        return ""
    return number(value).replace("\u00a0", "") if isinstance(value, float) else str(value)


def _about(analysis: Analysis[Any], cells: object, table: Table, basis: Basis) -> list[list[Value]]:
    unit = basis.whole if analysis.of_whole else basis.unit
    said = [
        f"{unit.name} {basis.year}: {_(analysis.title)}",
        analysis.headline(cells),
        analysis.reading(cells),
        table.caption,
        *analysis.notes(cells),
        basis.source(unit),
    ]
    return [[line] for line in said if line]


def _write(workbook: Any, name: str, rows: Sequence[Sequence[Value]], *, header: bool = True) -> None:
    """Every cell by its type; names of units come from customers and stay text."""
    sheet, one_decimal = workbook.add_worksheet(name), workbook.add_format({"num_format": NUMBER})
    if header:
        sheet.freeze_panes(1, 1)
    for line, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value)
            elif value is not None:
                sheet.write_number(line, place, value, one_decimal if isinstance(value, float) else None)
    for place in range(max(map(len, rows))):
        longest = max(len(str(row[place])) for row in rows if place < len(row))
        sheet.set_column(place, place, min(longest, _WIDEST) + 2)
