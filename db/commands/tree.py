"""The organisation tree, brought to what a file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from db.commands import audit
from db.commands.unit_writing import hold_tree, record_changes, write_order, write_units
from db.queries import measurements, respondents, units
from dimios_dash.domain.lineage import of_plan
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree_plan import TreePlan, UnitDeed, UnitInFile, plan_tree
from dimios_dash.domain.tree_today import TreeToday
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId


def import_tree(session: Session, scope: DeskScope, rows: Sequence[UnitInFile], year: int) -> TreePlan:
    """Create, rename, move and close units of the scope's branch so that they are as in the file; what was done.

    Units the file leaves out are closed, unless somebody is invited to them in the measurement of `year`.
    The same file once more does nothing. A measurement that has started keeps the tree it started with.
    Raises Invalid for the plan's obstacles, ValueError for rows that are not one tree.
    """
    hold_tree(session, scope)
    plan = plan_import(session, scope, rows, year)
    if plan.obstacles:
        raise Invalid(plan.obstacles[0].message)
    if not plan.nothing_to_do:
        _write(session, scope, plan)
        audit.record(session, scope, "tree_imported", {deed.value: plan.count(deed) for deed in UnitDeed})
    return plan


def plan_import(session: Session, scope: DeskScope, rows: Sequence[UnitInFile], year: int) -> TreePlan:
    """What `import_tree` would do now; nothing is written."""
    return plan_tree(units.every(session, scope), rows, _invited(session, scope, year), scope.branch)


def _invited(session: Session, scope: DeskScope, year: int) -> dict[UnitId, int]:
    this_year = [found for found in measurements.all_years(session, scope) if found.year == year]
    return respondents.count_per_unit(session, scope, this_year[0].id) if this_year else {}


def _write(session: Session, scope: DeskScope, plan: TreePlan) -> None:
    before = {unit.unit_id: unit.version for unit in units.every(session, scope)}
    versions = before | {each.unit.unit_id: before.get(each.unit.unit_id, 0) + 1 for each in plan.changes}
    write_units(session, scope, (replace(unit, version=versions[unit.unit_id]) for unit in plan.units))
    after = units.every(session, scope)
    write_order(session, scope, TreeToday.of(after).order)
    record_changes(session, scope, of_plan(plan, {unit.unit_id: unit.name for unit in after}), versions)
