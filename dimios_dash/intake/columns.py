"""Which columns a file must and may have, by which names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dimios_dash.errors import Invalid
from dimios_dash.intake.findings import Finding, Severity
from dimios_dash.intake.table import Row, Table
from dimios_dash.intake.texts import column_name, listing, quote


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name messages use; header and aliases are compared without case, spaces as underscores."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = True


def with_columns(table: Table, columns: Sequence[Column]) -> Table:
    """The table with just `columns`, under their names; missing optional ones are empty in every row.

    Columns that are not asked for are left out, with a warning each: one of them may be a misspelt optional
    one. Raises Invalid where required columns are missing or two columns are the same under different names.
    """
    wanted = {column_name(name): column.name for column in columns for name in (column.name, *column.aliases)}
    names = {found: wanted[found] for found in table.columns if found in wanted}
    _require_single(names)
    _require_all(table, columns, names)
    return replace(
        table,
        columns=tuple(column.name for column in columns),
        rows=tuple(_renamed(row, names, columns) for row in table.rows),
        findings=(*_still_relevant(table, names), *_not_read(table, names)),
    )


def _require_single(names: Mapping[str, str]) -> None:
    for name in names.values():
        same = [found for found, wanted in names.items() if wanted == name]
        if len(same) > 1:
            raise Invalid(
                f"Kolumnerna {listing([quote(found) for found in same])} betyder samma sak ({name}). "
                "Behåll en av dem och läs in filen igen."
            )


def _require_all(table: Table, columns: Sequence[Column], names: Mapping[str, str]) -> None:
    missing = [column.name for column in columns if column.required and column.name not in names.values()]
    if missing:
        raise Invalid(
            f"Kolumner saknas i {quote(table.filename)}: {', '.join(missing)}. Första raden ska vara en rubrikrad; "
            f"nu står där {listing([quote(found) for found in table.columns])}."
        )


def _renamed(row: Row, names: Mapping[str, str], columns: Sequence[Column]) -> Row:
    cells = {wanted: row.cells[found] for found, wanted in names.items()}
    for column in columns:
        cells.setdefault(column.name, "")
    return replace(row, cells=cells)


def _still_relevant(table: Table, names: Mapping[str, str]) -> list[Finding]:
    """What was said about whole rows and about columns that are used, under their names."""
    return [
        replace(finding, column=None if finding.column is None else names[finding.column])
        for finding in table.findings
        if finding.column is None or finding.column in names
    ]


def _not_read(table: Table, names: Mapping[str, str]) -> list[Finding]:
    message = "Kolumnen känns inte igen och har inte lästs in. Kontrollera stavningen om den skulle ha varit med."
    return [Finding(Severity.WARNING, None, name, message) for name in table.columns if name not in names]
