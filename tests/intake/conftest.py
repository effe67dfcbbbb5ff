"""Files made on the spot, as customers would send them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]
MakeWorkbook = Callable[..., bytes]


@pytest.fixture
def xlsx() -> MakeWorkbook:
    """`xlsx(rows, edit)`: an Excel file with `rows` on its first sheet, changed by `edit(sheet)` before saving."""

    def make(rows: Rows, edit: Callable[[Worksheet], object] = lambda _sheet: None) -> bytes:
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        for row in rows:
            sheet.append(list(row))
        edit(sheet)
        content = BytesIO()
        workbook.save(content)
        return content.getvalue()

    return make
