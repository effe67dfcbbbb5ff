"""A customer's file as a table: named columns and numbered rows, from CSV or Excel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from dimios_dash.errors import Invalid
from dimios_dash.intake.csv_file import read_csv
from dimios_dash.intake.excel_file import read_excel
from dimios_dash.intake.findings import Finding, Severity
from dimios_dash.intake.formats import FileFormat, file_format
from dimios_dash.intake.sheet import Sheet, SheetRow
from dimios_dash.intake.texts import column_name, listing, quote

_READERS = {FileFormat.CSV: read_csv, FileFormat.XLSX: read_excel}


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header. `cells` has a trimmed text for every column, "" where the cell is empty."""

    number: int  # as Excel shows it
    cells: Mapping[str, str]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by normalised name (see texts.column_name), rows without the empty ones, remarks on cells."""

    filename: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def read_table(content: bytes, filename: str) -> Table:
    """The table in a file; its first row with content is the header.

    From Excel the first visible sheet with content is read, hidden rows and columns included, and what
    formulas last showed. Raises Invalid for files that cannot be read as a whole: another format, too large,
    damaged, empty, only a header, the same column twice.
    """
    sheet = _READERS[file_format(content, filename)](content, filename)
    if not sheet.rows:
        raise Invalid(f"{quote(filename)} är tom. Välj en fil med en rubrikrad och minst en rad.")
    header = {place: column_name(value) for place, value in sheet.rows[0].values.items()}
    _require_single(header)
    body = sheet.rows[1:]
    if not body:
        raise Invalid(f"{quote(filename)} har bara en rad. Den ska ha en rubrikrad och minst en rad under den.")
    rows = tuple(Row(row.number, _cells(row, header), row.hidden) for row in body)
    return Table(filename, tuple(header.values()), rows, tuple(_findings(sheet, body, header)))


def _require_single(header: Mapping[int, str]) -> None:
    for name, count in Counter(header.values()).items():
        if count > 1:
            letters = [get_column_letter(place) for place, other in header.items() if other == name]
            raise Invalid(
                f"Kolumnen {quote(name)} finns flera gånger i filen (kolumn {listing(letters)}). "
                "Behåll en av dem och läs in filen igen."
            )


def _cells(row: SheetRow, header: Mapping[int, str]) -> dict[str, str]:
    return {name: row.values.get(place, "") for place, name in header.items()}


def _findings(sheet: Sheet, body: tuple[SheetRow, ...], header: Mapping[int, str]) -> Iterator[Finding]:
    for remark in sheet.remarks:
        column = None if remark.column is None else header.get(remark.column)
        yield Finding(remark.severity, remark.row, column, remark.message)
    yield from _hidden_columns(sheet, header)
    for row in body:
        if row.hidden:
            yield _hidden_row(row)
        if any(place not in header for place in row.values):
            yield _beside_the_table(row, header)


def _hidden_columns(sheet: Sheet, header: Mapping[int, str]) -> Iterator[Finding]:
    for place, name in header.items():
        if place in sheet.hidden_columns:
            message = f"Kolumn {get_column_letter(place)} är dold i Excel och har lästs in som de andra."
            yield Finding(Severity.WARNING, None, name, message)


def _hidden_row(row: SheetRow) -> Finding:
    message = f"Rad {row.number} är dold i Excel och har tagits med. Ta bort raden ur filen om den inte ska vara med."
    return Finding(Severity.WARNING, row.number, None, message)


def _beside_the_table(row: SheetRow, header: Mapping[int, str]) -> Finding:
    place, value = next((place, value) for place, value in row.values.items() if place not in header)
    message = (
        f"Raden har fler celler än rubrikraden: {quote(value)} i kolumn {get_column_letter(place)} "
        "står under ingen rubrik. Ta bort värdet eller ge kolumnen en rubrik."
    )
    return Finding(Severity.ERROR, row.number, None, message)
