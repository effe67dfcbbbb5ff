"""The tree of a measurement: the units as they are at its start, whatever becomes of them later."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.models import Placement, Unit
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree import Tree
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, UnitId


def freeze_tree(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, taking_part: frozenset[UnitId]
) -> None:
    """A placement of every unit in use. Raises Invalid for no units, unknown units, or a tree that does not hang."""
    units = session.scalars(
        select(Unit).where(Unit.organisation_id == scope.organisation_id, ~Unit.closed).order_by(Unit.position, Unit.id)
    ).all()
    _require_units(units, taking_part)
    session.execute(insert(Placement), [_placement(unit, measurement_id, unit.id in taking_part) for unit in units])


def _require_units(units: Collection[Unit], taking_part: frozenset[UnitId]) -> None:
    if not units:
        raise Invalid("Det finns inga enheter att mäta. Bygg organisationsträdet först.")
    if not taking_part:
        raise Invalid("Ingen enhet är vald. Välj minst en enhet som ska ingå i mätningen.")
    if taking_part - {unit.id for unit in units}:
        raise Invalid("Någon av de valda enheterna finns inte längre. Ladda om sidan och välj igen.")
    try:
        Tree.build([(UnitId(unit.id), None if unit.parent_id is None else UnitId(unit.parent_id)) for unit in units])
    except ValueError:
        raise Invalid(
            "Organisationsträdet hänger inte ihop: det ska ha en enda enhet överst och alla andra under den. "
            "Rätta trädet och starta sedan mätningen."
        ) from None


def _placement(unit: Unit, measurement_id: MeasurementId, takes_part: bool) -> dict[str, object]:
    return {
        "organisation_id": unit.organisation_id,
        "measurement_id": measurement_id,
        "unit_id": unit.id,
        "parent_id": unit.parent_id,
        "name": unit.name,
        "activity": unit.activity,
        "employees": unit.employees,
        "position": unit.position,
        "takes_part": takes_part,
    }
