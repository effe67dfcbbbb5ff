"""The organisation's units as they are today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.branches import within
from db.models import Placement
from db.models import Unit as Row
from dimios_dash.domain.activity import Activity
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.trees.tree_plan import Unit
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId, UnitId

_COLUMNS = (Row.id, Row.parent_id, Row.name, Row.activity, Row.employees, Row.position, Row.closed, Row.version)


def tree(session: Session, scope: DeskScope) -> list[Unit]:
    """The units of today in the scope's branch, each followed by those below it, in the organisation's order."""
    units = [unit for unit in every(session, scope) if not unit.closed]
    return list(_from_the_top(units, scope.branch))


def every(session: Session, scope: DeskScope) -> list[Unit]:
    """All units of the organisation, closed ones and those outside the scope's branch too; by position."""
    rows = session.execute(
        select(*_COLUMNS).where(Row.organisation_id == scope.organisation_id).order_by(Row.position, Row.id)
    )
    return [_unit(*row) for row in rows]


def require(session: Session, scope: DeskScope, unit_id: UnitId | None) -> None:
    """Raises NotFound for a unit that is not one of today's in the scope's branch; None is any."""
    if unit_id is not None and unit_id not in {unit.unit_id for unit in tree(session, scope)}:
        raise NotFound("Enheten finns inte i organisationsträdet. Välj en enhet i listan.")


def askable(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> frozenset[UnitId]:
    """Units of an open measurement that take part, in the scope's branch: where respondents can be added."""
    rows = session.scalars(
        select(Placement.unit_id).where(
            Placement.organisation_id == scope.organisation_id,
            Placement.measurement_id == measurement_id,
            Placement.takes_part,
            within(scope, Placement.unit_id),
        )
    )
    return frozenset(map(UnitId, rows))


def _unit(unit_id: str, parent_id: str | None, name: str, activity: str, *rest: Any) -> Unit:
    return Unit(UnitId(unit_id), None if parent_id is None else UnitId(parent_id), name, Activity(activity), *rest)


def _from_the_top(units: Iterable[Unit], branch: UnitId | None) -> Iterator[Unit]:
    below: dict[UnitId | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)
    waiting = [unit for unit in units if unit.unit_id == branch] if branch else below[None][::-1]
    while waiting:
        unit = waiting.pop()
        yield unit
        waiting.extend(reversed(below[unit.unit_id]))
