"""The organisation tree, brought to what a file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from db.commands import audit
from db.commands.unit_writing import hold_tree, record_changes, write_order, write_units
from db.queries import measurements, respondents, unit_history, units
from dimios_dash.domain.calendar import STOCKHOLM
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.lineage import of_plan
from dimios_dash.domain.trees.tree_plan import TreePlan, UnitDeed, UnitInFile, plan_tree
from dimios_dash.domain.trees.tree_today import TreeToday
from dimios_dash.errors import Invalid
from dimios_dash.ids import UnitId


def import_tree(
    session: Session, scope: DeskScope, rows: Sequence[UnitInFile], year: int, seen_at: datetime | None = None
) -> TreePlan:
    """Create, rename, move and close units of the scope's branch so that they are as in the file; what was done.

    Units the file leaves out are closed, unless somebody is invited to them in the measurement of `year`.
    The same file once more does nothing. A measurement that has started keeps the tree it started with.
    With `seen_at` the tree must be as it was then: somebody has looked at the plan and said yes.
    Raises Invalid where it is not and for the plan's obstacles, ValueError for rows that are not one tree.
    """
    hold_tree(session, scope)
    if seen_at is not None and (told := changed_since(session, scope, seen_at)):
        raise Invalid(f"{told} Ingenting är inläst.")
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


def changed_since(session: Session, scope: DeskScope, moment: datetime) -> str | None:
    """Who has changed the tree since, and what to do; None where nobody has."""
    last = unit_history.last_since(session, scope, moment)
    if last is None:
        return None
    who, at = last.who or "Någon annan", last.at.astimezone(STOCKHOLM)
    return f"{who} ändrade trädet klockan {at:%H.%M}, efter att du valde filen. Välj filen igen för att se vad den gör."


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
