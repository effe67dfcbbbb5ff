"""A grid of cells before anybody knows what its columns mean: what CSV and Excel have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dimios_dash.errors import Invalid
from dimios_dash.intake import limits
from dimios_dash.intake.findings import Severity


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with content. `values` has its non-empty cells, trimmed, by column counted from 1."""

    number: int  # as Excel shows it; for CSV empty lines count, a quoted cell with line breaks is one row
    values: Mapping[int, str]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one place of the sheet; `column` is counted from 1, None for the whole row."""

    severity: Severity
    row: int | None
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows with content, in order, and what there is to say about single cells."""

    rows: tuple[SheetRow, ...]
    remarks: tuple[Remark, ...] = ()
    hidden_columns: frozenset[int] = frozenset()


def require_row_limit(count: int) -> None:
    """Raises Invalid when a sheet has more rows with content than anybody needs."""
    if count > limits.MAX_ROWS:
        raise Invalid("Filen har fler än 100 000 rader. Dela upp den i flera filer.")


def require_cell_limits(row: int, values: Mapping[int, str]) -> None:
    """Raises Invalid for a row that is too wide or holds a whole document in a cell."""
    if max(values, default=0) > limits.MAX_COLUMNS:
        raise Invalid(f"Rad {row} har fler än {limits.MAX_COLUMNS} kolumner. Ta bort kolumner som inte behövs.")
    if any(len(value) > limits.MAX_CELL for value in values.values()):
        raise Invalid(f"En cell på rad {row} är orimligt lång. Kontrollera citattecken och innehåll på den raden.")
