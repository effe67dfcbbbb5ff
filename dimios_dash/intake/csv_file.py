"""CSV as spreadsheets write it: semicolons and Windows-1252 from Swedish Excel, commas, tabs, UTF-8 or UTF-16."""

from __future__ import annotations

import codecs
import csv
import string
from collections.abc import Iterator
from io import StringIO
from typing import Final

from dimios_dash.errors import Invalid
from dimios_dash.intake.formats import refused
from dimios_dash.intake.sheet import Sheet, SheetRow, require_cell_limits, require_row_limit
from dimios_dash.intake.texts import clean, quote

_SEPARATORS: Final = (";", ",", "\t")
_MARKED: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_csv(content: bytes, filename: str) -> Sheet:
    """The rows of a CSV file. Raises Invalid for what is no text, and for quotation marks that do not pair."""
    text = _decoded(content, filename)
    if text.lstrip().startswith("<"):
        raise refused(filename, "en webbsida eller XML-fil")
    return Sheet(tuple(_rows(text)))


def _decoded(content: bytes, filename: str) -> str:
    """The text, by its byte order mark, else UTF-8, else Windows-1252 (which takes nearly anything)."""
    marked = [encoding for mark, encoding in _MARKED.items() if content.startswith(mark)]
    for encoding in marked or ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid(
        f"{quote(filename)} är varken en Excel-fil eller text som kan läsas in. "
        "Öppna den i ditt kalkylprogram, spara den som .xlsx eller som CSV UTF-8 och välj den nya filen."
    )


def _rows(text: str) -> Iterator[SheetRow]:
    count = 0
    for number, cells in _records(text, _separator(text)):
        values = {place: value for place, cell in enumerate(cells, 1) if (value := _bare(clean(cell)))}
        if values:
            count += 1
            require_row_limit(count)
            require_cell_limits(number, values)
            yield SheetRow(number, values)


def _bare(cell: str) -> str:
    """Without the apostrophe that our own files put before what Excel would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        # strict: otherwise one lonely quotation mark silently swallows the rest of the file
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            yield number, cells
    except csv.Error:
        raise Invalid(
            f'Rad {number + 1} kan inte läsas: ett citattecken (") saknar sitt par, eller en cell är orimligt lång. '
            "Rätta raden, eller spara filen som .xlsx."
        ) from None


def _separator(text: str) -> str:
    """The separator that cuts the first line with content into most columns; semicolon where none does."""
    header = text.lstrip("".join((*_SEPARATORS, *string.whitespace)))  # not a first line of nothing but separators
    return max(_SEPARATORS, key=lambda separator: _width(header, separator))


def _width(text: str, separator: str) -> int:
    try:
        return len(next(csv.reader(StringIO(text, newline=""), delimiter=separator), []))
    except csv.Error:
        return 0
