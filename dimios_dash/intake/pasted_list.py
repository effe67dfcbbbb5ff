"""A list pasted into a field, made into a file like any other, so that it is read and looked at in the same way."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from dimios_dash.intake.languages import LANGUAGE
from dimios_dash.intake.respondent_file import ADDRESS, UNIT
from dimios_dash.intake.role_types import ROLE_TYPE

PASTED, PASTED_UNIT = "lista", "enhet"  # the form's names for the list and the unit of rows that name none
_HEADER: Final = (ADDRESS, UNIT, ROLE_TYPE, LANGUAGE)
_SEPARATORS: Final = ("\t", ";", ",")


def as_file(text: str, unit: str) -> bytes:
    """CSV in UTF-8 with a header; empty for an empty text.

    Each line is an address, then unit, role type and language, parted by tab (as from Excel), semicolon or comma.
    A first line without @ is a header of the sender's own. `unit` is for lines that name none.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return b""
    rows = [[cell.strip() for cell in line.split(_separator(lines))] for line in lines]
    header, body = (_HEADER, rows) if "@" in lines[0] else (tuple(rows[0]), rows[1:])
    content = StringIO(newline="")
    writer = csv.writer(content, delimiter=";")
    writer.writerow(header)
    writer.writerows(_with_unit(row, unit) if header is _HEADER else row for row in body)
    return content.getvalue().encode(errors="replace")


def _separator(lines: list[str]) -> str:
    """The first that stands in any of the lines."""
    return next((each for each in _SEPARATORS if any(each in line for line in lines)), _SEPARATORS[0])


def _with_unit(row: list[str], unit: str) -> list[str]:
    address, named, *rest = [*row, ""]
    return [address, named or unit, *rest]
