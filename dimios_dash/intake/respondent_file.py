"""The sample as a file: one row per e-mail address to invite."""

from __future__ import annotations

from collections.abc import Collection, Container
from dataclasses import dataclass
from typing import Final

from dimios_dash.domain.addresses import bare_address, normalise_address
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.intake.columns import Column, with_columns
from dimios_dash.intake.findings import Notebook, Parsed
from dimios_dash.intake.known_units import KnownUnits
from dimios_dash.intake.role_types import ROLE_TYPE, read_role_type
from dimios_dash.intake.table import Row, read_table

ADDRESS, UNIT = "epost", "enhet_id"
COLUMNS: Final = (
    Column(ADDRESS, ("e-post", "e-postadress", "epostadress")),
    Column(UNIT, ("enhet",)),
    Column(ROLE_TYPE, required=False),
)


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """Somebody to invite. `address` is spelt as in the file, without a name or "mailto:" around it."""

    row: int
    address: str
    unit_id: UnitId
    role_type: int | None  # 1, 2, 3; None where the file does not say


def read_respondents(
    content: bytes, filename: str, units: Collection[UnitId], existing: Container[str] = frozenset()
) -> Parsed[RespondentRow]:
    """The respondents of a CSV or Excel file with the columns epost, enhet_id and, optionally, respondenttyp.

    The headers e-post, e-postadress, epostadress and enhet (for enhet_id) are understood too. `units` are the
    tree's, `existing` the normalised addresses (see normalise_address) the measurement already has: their rows
    are left out with a warning, so that a longer list can be read again. Findings never quote an address.
    Raises Invalid for a file that cannot be read as a whole.
    """
    table = with_columns(read_table(content, filename), COLUMNS)
    notes, known = Notebook(list(table.findings)), KnownUnits.of(units)
    firsts: dict[str, int] = {}
    rows = [_respondent(notes, row, known, firsts, existing) for row in table.rows]
    return notes.parsed(row for row in rows if row is not None)


def _respondent(
    notes: Notebook, row: Row, known: KnownUnits, firsts: dict[str, int], existing: Container[str]
) -> RespondentRow | None:
    is_new = _is_new_address(notes, row, firsts, existing)
    unit = known.read(notes, row.number, row.cells[UNIT])
    role_type = read_role_type(notes, row.number, row.cells[ROLE_TYPE], required=False)
    if not is_new or unit is None:
        return None
    return RespondentRow(row.number, bare_address(row.cells[ADDRESS]), unit, role_type)


def _is_new_address(notes: Notebook, row: Row, firsts: dict[str, int], existing: Container[str]) -> bool:
    """Whether the row has an address that is neither above it in the file (an error) nor already invited."""
    address = _address(notes, row)
    if address is None:
        return False
    first = firsts.setdefault(address, row.number)
    if first != row.number:
        message = (
            f"Adressen finns redan på rad {first}. Stora och små bokstäver gör ingen skillnad. Ta bort en av raderna."
        )
        notes.error(row.number, ADDRESS, message)
    elif address in existing:
        message = "Adressen finns redan bland mätningens respondenter. Raden hoppas över och ändrar ingenting."
        notes.warn(row.number, ADDRESS, message)
    return first == row.number and address not in existing


def _address(notes: Notebook, row: Row) -> str | None:
    text = row.cells[ADDRESS]
    if not text:
        notes.error(row.number, ADDRESS, "E-postadressen saknas. Skriv den, eller ta bort raden.")
        return None
    try:
        return normalise_address(text)
    except Invalid as problem:
        notes.error(row.number, ADDRESS, str(problem))
        return None
