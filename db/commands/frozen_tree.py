"""The tree of a measurement: the units as they are at its start, whatever becomes of them later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.models import Placement, Unit
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.tree import Tree
from dimios_dash.domain.unit_periods import check_unit_period, inherited
from dimios_dash.errors import Invalid
from dimios_dash.ids import MeasurementId, UnitId


@dataclass(frozen=True, slots=True)
class UnitDays:
    """The days of the whole measurement, and of the units that have their own."""

    whole: Period
    own: Mapping[UnitId, Period]


def freeze_tree(
    session: Session,
    scope: DeskScope,
    measurement_id: MeasurementId,
    taking_part: frozenset[UnitId],
    days: UnitDays,
    *,
    today: date,
) -> None:
    """A placement of every unit in use, with the days it has itself or from a unit above it.

    Raises Invalid for no units, unknown units, a tree that does not hang, and days that cannot be.
    """
    units = session.scalars(
        select(Unit).where(Unit.organisation_id == scope.organisation_id, ~Unit.closed).order_by(Unit.position, Unit.id)
    ).all()
    tree = _tree(units, taking_part)
    _require_days({unit.id: unit.name for unit in units}, taking_part, days, today)
    resolved = inherited(tree, days.own)
    session.execute(
        insert(Placement),
        [
            _placement(unit, measurement_id, resolved.get(UnitId(unit.id)), takes_part=unit.id in taking_part)
            for unit in units
        ],
    )


def _tree(units: Collection[Unit], taking_part: frozenset[UnitId]) -> Tree:
    if not units:
        raise Invalid("Det finns inga enheter att mäta. Bygg organisationsträdet först.")
    if not taking_part:
        raise Invalid("Ingen enhet är vald. Välj minst en enhet som ska ingå i mätningen.")
    if taking_part - {unit.id for unit in units}:
        raise Invalid("Någon av de valda enheterna finns inte längre. Ladda om sidan och välj igen.")
    try:
        pairs = [(UnitId(unit.id), None if unit.parent_id is None else UnitId(unit.parent_id)) for unit in units]
        return Tree.build(pairs)
    except ValueError:
        raise Invalid(
            "Organisationsträdet hänger inte ihop: det ska ha en enda enhet överst och alla andra under den. "
            "Rätta trädet och starta sedan mätningen."
        ) from None


def _require_days(names: Mapping[str, str], taking_part: frozenset[UnitId], days: UnitDays, today: date) -> None:
    for unit_id, own in days.own.items():
        if unit_id not in names:
            raise Invalid("En enhet med egna dagar finns inte längre. Ladda om sidan och välj igen.")
        if unit_id not in taking_part:
            raise Invalid(f"{names[unit_id]} ingår inte i mätningen. Ta bort dess egna dagar, eller välj med enheten.")
        check_unit_period(names[unit_id], own, days.whole, today)


def _placement(
    unit: Unit, measurement_id: MeasurementId, days: Period | None, *, takes_part: bool
) -> dict[str, object]:
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
        "opens": None if days is None else days.opens,
        "closes": None if days is None else days.closes,
    }
