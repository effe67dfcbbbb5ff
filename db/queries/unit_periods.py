"""Units with days of their own in a measurement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from db.branches import within
from db.models import Measurement, Placement
from db.placing import first_day, last_day
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import MeasurementId, UnitId


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """A unit that takes part, with its days; those below that have no others share them."""

    unit_id: UnitId
    name: str
    period: Period


def read(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> tuple[UnitPeriod, ...]:
    """Units in the scope with days of their own, in the organisation's order.

    Left out are those that only share the days of the unit above, unless that lies outside the scope.
    """
    above = aliased(Placement)
    of_unit_above = and_(
        above.organisation_id == Placement.organisation_id,
        above.measurement_id == Placement.measurement_id,
        above.unit_id == Placement.parent_id,
    )
    others = or_(above.opens.is_distinct_from(Placement.opens), above.closes.is_distinct_from(Placement.closes))
    rows = session.execute(
        select(Placement.unit_id, Placement.name, first_day().label("opens"), last_day().label("closes"))
        .join(
            Measurement,
            and_(Measurement.organisation_id == Placement.organisation_id, Measurement.id == Placement.measurement_id),
        )
        .outerjoin(above, of_unit_above)
        .where(
            Placement.organisation_id == scope.organisation_id,
            Placement.measurement_id == measurement_id,
            Placement.takes_part,
            Placement.opens.is_not(None),
            first_day() <= last_day(),  # the measurement may have been closed before some had begun
            others if scope.branch is None else or_(others, Placement.unit_id == scope.branch),
            within(scope, Placement.unit_id),
        )
        .order_by(Placement.position, Placement.unit_id)
    )
    return tuple(UnitPeriod(UnitId(row.unit_id), row.name, Period(row.opens, row.closes)) for row in rows)
