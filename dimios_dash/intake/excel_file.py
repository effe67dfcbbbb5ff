"""Excel workbooks (.xlsx): values as Excel last showed them, with a remark on everything people do not see."""

from __future__ import annotations

import zipfile
import zlib
from datetime import datetime, time
from typing import Any, Final

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from dimios_dash.intake.findings import Severity
from dimios_dash.intake.formats import damaged
from dimios_dash.intake.sheet import Remark, Sheet, SheetRow, require_cell_limits, require_row_limit
from dimios_dash.intake.sheet_parser import ParsedCell, SheetParser
from dimios_dash.intake.texts import clean, listing, quote
from dimios_dash.intake.workbook import Workbook, open_workbook

# What zipfile, the XML parsers and openpyxl raise on files that are cut off, edited by hand or made by faulty programs.
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def read_excel(content: bytes, filename: str) -> Sheet:
    """The first visible sheet with content; no rows where none has any.

    Raises Invalid for a damaged workbook, or one too large when unpacked.
    """
    try:
        return _first_sheet(open_workbook(content))
    except _DAMAGED:
        raise damaged(filename) from None


def _first_sheet(workbook: Workbook) -> Sheet:
    filled = [name for name in workbook.sheets if _has_content(workbook, name)]
    if not filled:
        return Sheet(())
    with workbook.parser(filled[0]) as parser:
        sheet = _sheet(parser)
    return Sheet(sheet.rows, (*sheet.remarks, *_other_sheets(filled)), sheet.hidden_columns)


def _has_content(workbook: Workbook, name: str) -> bool:
    with workbook.parser(name) as parser:
        return any(_text(cell) or _remark(cell) for _, _, cells in parser.rows() for cell in cells)


def _other_sheets(names: list[str]) -> list[Remark]:
    if len(names) == 1:
        return []
    others = listing([quote(name) for name in names[1:]])
    message = f"Bara bladet {quote(names[0])} har lästs in. Innehåll finns också i {others}."
    return [Remark(Severity.WARNING, None, None, message)]


def _sheet(parser: SheetParser) -> Sheet:
    rows: list[SheetRow] = []
    remarks: list[Remark] = []
    for number, hidden, cells in parser.rows():
        of_row = [remark for cell in cells if (remark := _remark(cell))]
        remarks += of_row
        values = {cell["column"]: text for cell in cells if (text := _text(cell))}
        if values or of_row:  # a row of formulas without values is wrong, not empty
            rows.append(SheetRow(number, values, hidden))
            require_row_limit(len(rows))
            require_cell_limits(number, values)
    remarks += map(_merged, parser.merged)
    return Sheet(tuple(rows), tuple(remarks), frozenset(parser.hidden_columns))


def _text(cell: ParsedCell) -> str:
    """What the cell says, trimmed; "" where it shows an error, which has a remark of its own."""
    return "" if cell["data_type"] == "e" else _shown(cell["value"])


def _shown(value: Any) -> str:
    """A cell's value as text: 3.0 is "3", a day is "2025-02-01", true is "SANT" as in a Swedish Excel."""
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"  # Excel keeps 15 digits
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def _remark(cell: ParsedCell) -> Remark | None:
    if cell["data_type"] == "e":
        return _remarked(cell, Severity.ERROR, f"visar felet {cell['value']}. Rätta den i Excel.")
    if not cell["formula"]:
        return None
    if cell["value"] is None:
        return _remarked(
            cell,
            Severity.ERROR,
            "innehåller en formel vars värde inte är sparat i filen. "
            "Kopiera cellerna i Excel och klistra in dem som värden.",
        )
    return _remarked(
        cell,
        Severity.WARNING,
        f"innehåller en formel. Det värde den senast visade, {quote(_shown(cell['value']))}, har lästs in.",
    )


def _remarked(cell: ParsedCell, severity: Severity, message: str) -> Remark:
    name = f"{get_column_letter(cell['column'])}{cell['row']}"
    return Remark(severity, cell["row"], cell["column"], f"Cell {name} {message}")


def _merged(cells: str) -> Remark:
    row = range_boundaries(cells)[1]
    message = f"Cellerna {cells} är sammanfogade. Dela upp dem i Excel så att varje rad har sina egna värden."
    return Remark(Severity.ERROR, row, None, message)
