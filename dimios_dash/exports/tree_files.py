"""The tree as a file that can be read in again, and a file that could not be, with the reasons beside its rows."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from db.commands import tree as commands
from db.commands.uploads import KeptFile
from db.queries import units
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.exports.respondent_files import Sheet
from dimios_dash.intake.tree_file import read_tree, with_reasons
from dimios_dash.intake.unit_row import ACTIVITY, EMPLOYEES, NAME, PARENT, UNIT

_COLUMNS: Final = (UNIT, PARENT, NAME, ACTIVITY, EMPLOYEES)


def of_tree(session: Session, scope: DeskScope) -> Sheet:
    """The open units of the scope, the highest without a parent; empty where there are none."""
    return Sheet(_COLUMNS, [_row(unit, top=not place) for place, unit in enumerate(units.tree(session, scope))])


def of_faults(session: Session, scope: DeskScope, file: KeptFile, year: int) -> Sheet:
    """The whole file, since a tree is read in as a whole, with what is wrong beside each row.

    Raises Invalid for a file that is no table.
    """
    parsed = read_tree(file.content, file.filename)
    plan = commands.plan_import(session, scope, parsed.rows, year) if parsed.ok else None
    obstacles = {} if plan is None else {found.row: found.message for found in plan.obstacles}
    return Sheet(*with_reasons(file.content, file.filename, obstacles))


def _row(unit: Unit, *, top: bool) -> tuple[str, ...]:
    parent = "" if top or unit.parent_id is None else unit.parent_id
    employees = "" if unit.employees is None else str(unit.employees)
    return unit.unit_id, parent, unit.name, unit.activity.value, employees
