"""Answers of an earlier measurement as a file: one row per answer sheet, one column per statement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dimios_dash.ids import StatementKey, UnitId
from dimios_dash.intake.columns import Column, with_columns
from dimios_dash.intake.findings import Notebook, Parsed
from dimios_dash.intake.known_units import KnownUnits
from dimios_dash.intake.role_types import ROLE_TYPE, read_role_type
from dimios_dash.intake.table import Row, read_table
from dimios_dash.intake.texts import quote

UNIT: Final = "enhet_id"
DONT_KNOW: Final = 0
_DONT_KNOW_WORDS: Final = ("", "vet ej", "vet_ej", "-", "–")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer sheet. `values` has one number per statement, 1 to the scale's last point, 0 for Vet ej."""

    row: int
    unit_id: UnitId
    role_type: int  # 1, 2, 3
    values: tuple[int, ...]


def read_answers(
    content: bytes,
    filename: str,
    units: Collection[UnitId],
    statement_keys: Sequence[StatementKey],
    scale_points: int = 6,
) -> Parsed[AnswerRow]:
    """The answers of a CSV or Excel file with enhet_id, respondenttyp and one column per statement key.

    `values` come in the order of `statement_keys`, whatever the order in the file. An empty cell, "vet ej",
    "vet_ej" and "-" are Vet ej. Raises Invalid for a file that cannot be read as a whole, also when a
    statement's column is missing.
    """
    columns = [Column(UNIT, ("enhet",)), Column(ROLE_TYPE), *(Column(key) for key in statement_keys)]
    table = with_columns(read_table(content, filename), columns)
    notes, known, points = Notebook(list(table.findings)), KnownUnits.of(units), _points(scale_points)
    rows = [_answer(notes, row, known, statement_keys, points) for row in table.rows]
    return notes.parsed(row for row in rows if row is not None)


def _points(scale_points: int) -> dict[str, int]:
    """What may stand in a cell, in lower case, and the answer it means."""
    return dict.fromkeys(_DONT_KNOW_WORDS, DONT_KNOW) | {str(point): point for point in range(1, scale_points + 1)}


def _answer(
    notes: Notebook, row: Row, known: KnownUnits, statement_keys: Sequence[StatementKey], points: Mapping[str, int]
) -> AnswerRow | None:
    unit = known.read(notes, row.number, row.cells[UNIT])
    role_type = read_role_type(notes, row.number, row.cells[ROLE_TYPE], required=True)
    values = tuple(_value(notes, row, key, points) for key in statement_keys)
    if unit is None or role_type is None:
        return None
    return AnswerRow(row.number, unit, role_type, values)


def _value(notes: Notebook, row: Row, key: StatementKey, points: Mapping[str, int]) -> int:
    """The answer in a cell; Vet ej where it is wrong, which is noted as an error."""
    text = row.cells[key]
    value = points.get(text)
    if value is None:
        value = points.get(" ".join(text.casefold().split()))
    if value is None:
        message = f"{quote(text)} är inget svar. Skriv 1–{max(points.values())}, eller lämna tomt för Vet ej."
        notes.error(row.number, key, message)
    return value or DONT_KNOW
