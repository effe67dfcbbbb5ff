"""One pass over a worksheet's XML that keeps both the values and the marks openpyxl's fast mode drops.

openpyxl's read-only mode knows no hidden rows, merged cells or, beside values, formulas; its normal mode knows
them but takes several times as long and must read the file twice. Its sheet parser knows how to read a cell, so
that is used here. It is not part of openpyxl's public interface: the tests of Excel's warts watch it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime
from typing import IO, Any, Final, TypedDict, cast
from xml.etree.ElementTree import Element

from openpyxl.worksheet._reader import COL_TAG, DATA_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from dimios_dash.intake import limits
from dimios_dash.intake.unpacking import too_large

_TRUE: Final = ("1", "true")


class ParsedCell(TypedDict):
    """A cell as openpyxl hands it over, and whether it holds a formula. `value` is text, number, date or None."""

    row: int
    column: int
    value: Any
    data_type: str  # "e" is an error such as #REF!
    formula: bool


class SheetParser(WorkSheetParser):
    """The rows of one sheet; when they have all been taken, `merged` and `hidden_columns` are complete."""

    def __init__(self, source: IO[bytes], strings: list[str], epoch: datetime, date_styles: Container[int]) -> None:
        super().__init__(source, strings, data_only=True, epoch=epoch, date_formats=date_styles)
        self.merged: list[str] = []
        self.hidden_columns: set[int] = set()

    def rows(self) -> Iterator[tuple[int, bool, list[ParsedCell]]]:
        """Each row's number, whether it is hidden, and its cells (styled but empty ones too)."""
        for element in self._elements():
            if element.tag == ROW_TAG:
                number, cells = self.parse_row(element)
                yield number, element.get("hidden") in _TRUE, cast("list[ParsedCell]", cells)
            elif element.tag == COL_TAG and element.get("hidden") in _TRUE:
                last = min(int(element.attrib["max"]), limits.MAX_COLUMNS)
                self.hidden_columns.update(range(int(element.attrib["min"]), last + 1))
            elif element.tag == MERGE_TAG:
                self.merged += [merge.attrib["ref"] for merge in element]

    def _elements(self) -> Iterator[Any]:  # Element; openpyxl's stubs ask for a narrower attrib
        """Each element when it is complete; rows are forgotten afterwards, so that memory holds one at a time."""
        started = rows = 0
        data: Element | None = None
        for event, element in iterparse(self.source, ("start", "end")):
            if event == "start":
                started += 1
                data = element if element.tag == DATA_TAG else data
                if started > limits.MAX_ELEMENTS:
                    raise too_large()
                continue
            yield element
            if element.tag == ROW_TAG and data is not None:
                data.clear()
                started, rows = 0, rows + 1
                if rows > limits.MAX_SHEET_ROWS:
                    raise too_large()

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell = super().parse_cell(element)
        cell["formula"] = element.find(FORMULA_TAG) is not None
        if cell["formula"] and cell["value"] is None and element.get("t") == "str":
            cell["value"] = ""  # a formula that gave an empty text, not one that was never calculated
        return cell
