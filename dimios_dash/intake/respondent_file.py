"""The sample as a file: one row per e-mail address to invite."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dimios_dash.domain.addresses import bare_address, normalise_address
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId
from dimios_dash.intake.columns import Column, with_columns
from dimios_dash.intake.findings import Notebook, Parsed
from dimios_dash.intake.known_units import KnownUnits
from dimios_dash.intake.languages import LANGUAGE, read_language
from dimios_dash.intake.role_types import ROLE_TYPE, read_role_type
from dimios_dash.intake.table import Row, Table, read_table
from dimios_dash.language import Language

ADDRESS, UNIT = "epost", "enhet_id"
UNIT_NAME, MAIL, REASON = "enhetsnamn", "inbjudan", "fel"  # in the files that we give out; not read in again
COLUMNS: Final = (
    Column(ADDRESS, ("e-post", "e-postadress", "epostadress")),
    Column(UNIT, ("enhet",)),
    Column(ROLE_TYPE, required=False),
    Column(LANGUAGE, ("språk",), required=False),
    *(Column(name, required=False) for name in (UNIT_NAME, MAIL, REASON)),
)
_NO_NAMES: Final[Mapping[UnitId, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """Somebody to invite. `address` is spelt as in the file, without a name or "mailto:" around it."""

    row: int
    address: str
    unit_id: UnitId
    role_type: int | None  # 1, 2, 3; None where the file does not say
    language: Language | None = None  # None where the file does not say


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row as it was sent, one text per column, and all that is wrong with it."""

    number: int
    cells: tuple[str, ...]
    reason: str


def read_respondents(
    content: bytes,
    filename: str,
    units: Collection[UnitId],
    existing: Container[str] = frozenset(),
    names: Mapping[UnitId, str] = _NO_NAMES,
) -> Parsed[RespondentRow]:
    """The respondents of a CSV or Excel file with the columns epost, enhet_id and, optionally, respondenttyp and sprak.

    The headers e-post, e-postadress, epostadress, enhet (for enhet_id) and språk are understood too. `units` are the
    tree's, which may be called by their `names` too; `existing` the normalised addresses (see normalise_address) the
    measurement already has: their rows are left out with a warning, so that a longer list can be read again.
    Rows with an error are left out; findings never quote an address. Raises Invalid for a file that cannot be read
    as a whole.
    """
    table = with_columns(read_table(content, filename), COLUMNS)
    notes, rows = _read(table, KnownUnits.of(units, names), existing)
    faulty = notes.faulty
    return notes.parsed(row for row in rows if row.row not in faulty)


def faulty_rows(
    content: bytes,
    filename: str,
    units: Collection[UnitId],
    names: Mapping[UnitId, str],
    obstacles: Mapping[int, str],
) -> tuple[tuple[str, ...], list[FaultyRow]]:
    """Columns and rows of a file that cannot be read in, in the file's order, `obstacles` by row among the reasons.

    The reasons of an earlier such file are left out. Raises as read_respondents does.
    """
    sent = read_table(content, filename)
    notes, _rows = _read(with_columns(sent, COLUMNS), KnownUnits.of(units, names), frozenset())
    reasons = {row: " ".join(found.message for found in errors) for row, errors in notes.faulty.items()}
    reasons |= {row: message for row, message in obstacles.items() if row not in reasons}
    columns = tuple(name for name in sent.columns if name != REASON)
    found = [row for row in sent.rows if row.number in reasons]
    return columns, [
        FaultyRow(row.number, tuple(row.cells[name] for name in columns), reasons[row.number]) for row in found
    ]


def _read(table: Table, known: KnownUnits, existing: Container[str]) -> tuple[Notebook, list[RespondentRow]]:
    notes = Notebook(list(table.findings))
    firsts: dict[str, int] = {}
    rows = [_respondent(notes, row, known, firsts, existing) for row in table.rows]
    return notes, [row for row in rows if row is not None]


def _respondent(
    notes: Notebook, row: Row, known: KnownUnits, firsts: dict[str, int], existing: Container[str]
) -> RespondentRow | None:
    is_new = _is_new_address(notes, row, firsts, existing)
    unit = known.read(notes, row.number, row.cells[UNIT])
    role_type = read_role_type(notes, row.number, row.cells[ROLE_TYPE], required=False)
    language = read_language(notes, row.number, row.cells[LANGUAGE])
    if not is_new or unit is None:
        return None
    return RespondentRow(row.number, bare_address(row.cells[ADDRESS]), unit, role_type, language)


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
