"""The organisation tree as a file: one row per unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from dimios_dash.domain.activity import Activity, activity_of
from dimios_dash.domain.trees.unit_fields import employees_of, id_problem, name_problem, tidy
from dimios_dash.ids import UnitId
from dimios_dash.intake.columns import Column, with_columns
from dimios_dash.intake.findings import Notebook, Parsed
from dimios_dash.intake.table import Row, Table, read_table
from dimios_dash.intake.texts import quote
from dimios_dash.intake.tree_rules import check_tree
from dimios_dash.intake.unit_row import ACTIVITY, EMPLOYEES, NAME, PARENT, UNIT, UnitRow

__all__ = ["REASON", "UnitRow", "read_tree", "with_reasons"]

REASON: Final = "fel"  # in the files that we give out; not read in again
COLUMNS: Final = (
    Column(UNIT, ("id",)),
    Column(PARENT, ("överordnad_id", "överordnad", "overordnad")),
    Column(NAME, ("enhet",)),
    Column(ACTIVITY, ("verksamhetsområde",), required=False),
    Column(EMPLOYEES, ("anställda",), required=False),
    Column(REASON, required=False),
)


def read_tree(content: bytes, filename: str) -> Parsed[UnitRow]:
    """The units of a CSV or Excel file with the columns enhet_id, overordnad_id and namn.

    verksamhet and anstallda are optional. The headers id, överordnad_id, överordnad, enhet (for namn),
    verksamhetsområde and anställda are understood too. Without errors the rows are one tree: one root, no
    cycles, every parent present, at most unit_fields.MOST_LEVELS levels.
    Raises Invalid for a file that cannot be read as a whole.
    """
    notes, rows = _read(with_columns(read_table(content, filename), COLUMNS))
    return notes.parsed(rows)


def with_reasons(
    content: bytes, filename: str, obstacles: Mapping[int | None, str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Columns and rows of a file as it was sent, with a last column that says what is wrong with each row.

    `obstacles` by row are among the reasons; what is wrong with the whole file stands beside its first row.
    Raises Invalid for a file that cannot be read as a whole.
    """
    sent = read_table(content, filename)
    notes, _rows = _read(with_columns(sent, COLUMNS))
    reasons: dict[int | None, list[str]] = defaultdict(list)
    for row, message in [*((each.row, each.message) for each in notes.errors), *obstacles.items()]:
        reasons[sent.rows[0].number if row is None else row].append(message)
    columns = tuple(name for name in sent.columns if name != REASON)
    return (*columns, REASON), [
        (*(row.cells[name] for name in columns), " ".join(reasons[row.number])) for row in sent.rows
    ]


def _read(table: Table) -> tuple[Notebook, list[UnitRow]]:
    notes = Notebook(list(table.findings))
    rows = [unit for row in table.rows if (unit := _unit(notes, row))]
    check_tree(notes, rows)
    return notes, rows


def _unit(notes: Notebook, row: Row) -> UnitRow | None:
    """The row's unit, with defaults for what is wrong so that its children still find it; None without an id."""
    name = _name(notes, row)
    activity, employees = _activity(notes, row), _employees(notes, row)
    if not _has_usable_id(notes, row):
        return None
    parent = row.cells[PARENT]
    return UnitRow(row.number, UnitId(row.cells[UNIT]), UnitId(parent) if parent else None, name, activity, employees)


def _has_usable_id(notes: Notebook, row: Row) -> bool:
    unit = row.cells[UNIT]
    if problem := id_problem(unit):
        notes.error(row.number, UNIT, problem)
    return bool(unit)


def _name(notes: Notebook, row: Row) -> str:
    if problem := name_problem(row.cells[NAME]):
        notes.error(row.number, NAME, problem)
    return tidy(row.cells[NAME])


def _activity(notes: Notebook, row: Row) -> Activity:
    activity = activity_of(row.cells[ACTIVITY])
    if activity is None:
        allowed = ", ".join(Activity)
        message = f"Verksamheten {quote(row.cells[ACTIVITY])} finns inte. Välj bland {allowed}, eller lämna tomt."
        notes.error(row.number, ACTIVITY, message)
    return activity or Activity.OVRIGT


def _employees(notes: Notebook, row: Row) -> int | None:
    text = row.cells[EMPLOYEES]
    try:
        return employees_of(text)
    except ValueError:
        message = f"{quote(text)} är inte ett antal anställda. Skriv ett heltal från 0, eller lämna tomt."
        notes.error(row.number, EMPLOYEES, message)
        return None
