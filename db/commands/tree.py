"""The organisation tree, brought to what a file says."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import Measurement
from db.models import Unit as Row
from db.queries import measurements, respondents, units
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree_plan import TreePlan, Unit, UnitDeed, UnitInFile, plan_tree
from dimios_dash.errors import Invalid
from dimios_dash.ids import OrganisationId, UnitId

FROZEN = (
    "Mätningen för {year} pågår, och så länge ligger organisationsträdet fast. "
    "Läs in ett ändrat träd när mätningen är stängd."
)


def import_tree(session: Session, scope: DeskScope, rows: Sequence[UnitInFile], year: int) -> TreePlan:
    """Create, rename, move and close units of the scope's branch so that they are as in the file; what was done.

    Units the file leaves out are closed, unless somebody is invited to them in the measurement of `year`.
    The same file once more does nothing. Raises Invalid while a measurement is open and for the plan's obstacles,
    ValueError for rows that are not one tree.
    """
    _hold_measurements(session, scope)
    plan = plan_import(session, scope, rows, year)
    if plan.obstacles:
        raise Invalid(plan.obstacles[0].message)
    if not plan.nothing_to_do:
        _write(session, scope.organisation_id, plan.units)
        audit.record(session, scope, "tree_imported", {deed.value: plan.count(deed) for deed in UnitDeed})
    return plan


def plan_import(session: Session, scope: DeskScope, rows: Sequence[UnitInFile], year: int) -> TreePlan:
    """What `import_tree` would do now; nothing is written."""
    return plan_tree(units.every(session, scope), rows, _invited(session, scope, year), scope.branch)


def _hold_measurements(session: Session, scope: DeskScope) -> None:
    """Nobody starts a measurement until this transaction ends. Raises Invalid when one is open."""
    held = session.execute(
        select(Measurement.year, Measurement.state)
        .where(
            Measurement.organisation_id == scope.organisation_id,
            Measurement.state.in_([MeasurementState.DRAFT, MeasurementState.OPEN]),
        )
        .order_by(Measurement.year)
        .with_for_update()
    ).all()
    for row in held:
        if row.state == MeasurementState.OPEN:
            raise Invalid(FROZEN.format(year=row.year))


def _invited(session: Session, scope: DeskScope, year: int) -> dict[UnitId, int]:
    this_year = [found for found in measurements.all_years(session, scope) if found.year == year]
    return respondents.count_per_unit(session, scope, this_year[0].id) if this_year else {}


def _write(session: Session, organisation_id: OrganisationId, changed: Sequence[Unit]) -> None:
    """In one statement: the tree holds together at its end, whatever the order of its rows."""
    new = insert(Row)
    written = ("parent_id", "name", "activity", "employees", "position", "closed")
    session.execute(
        new.on_conflict_do_update(
            index_elements=["organisation_id", "id"], set_={column: new.excluded[column] for column in written}
        ),
        [_row(organisation_id, unit) for unit in changed],
    )
    session.expire_all()


def _row(organisation_id: OrganisationId, unit: Unit) -> dict[str, object]:
    return {
        "organisation_id": organisation_id,
        "id": unit.unit_id,
        "parent_id": unit.parent_id,
        "name": unit.name,
        "activity": unit.activity.value,
        "employees": unit.employees,
        "position": unit.position,
        "closed": unit.closed,
    }
