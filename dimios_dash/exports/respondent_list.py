"""Lists of respondents as files: the list itself, and the rows of a file that could not be read in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Final

import xlsxwriter

_BYTE_ORDER_MARK: Final = "\ufeff"  # otherwise Excel takes UTF-8 for Windows-1252
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDTH: Final = 28  # characters


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Semicolons and UTF-8, as Swedish Excel reads it. What Excel would take for a formula gets an apostrophe."""
    content = StringIO(newline="")
    writer = csv.writer(content, delimiter=";")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + content.getvalue()).encode()


def as_xlsx(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet with a header that stays in sight; every cell is text, whatever it looks like."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Lista")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        for number, row in enumerate([columns, *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    return content.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
