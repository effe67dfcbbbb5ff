"""How long the answers of closed measurements are kept, and the warnings that have been given."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DestructionWarning, Measurement
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.destruction import Countdown
from dimios_dash.domain.scopes import DeskScope, SystemScope
from dimios_dash.ids import MeasurementId


def of_measurement(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> Countdown | None:
    """None for a measurement that is not closed."""
    closed_on = session.scalar(
        select(Measurement.closed_on).where(
            Measurement.organisation_id == scope.organisation_id,
            Measurement.id == measurement_id,
            Measurement.state == MeasurementState.CLOSED,
        )
    )
    if closed_on is None:
        return None
    return Countdown(closed_on, warnings(session, scope).get((measurement_id, closed_on), ()))


def warnings(session: Session, scope: DeskScope | SystemScope) -> dict[tuple[UUID, date], tuple[date, ...]]:
    """Days of the warnings since each closing of each measurement in the scope, the first one first."""
    own = DestructionWarning.organisation_id
    rows = session.execute(
        select(DestructionWarning.measurement_id, DestructionWarning.closed_on, DestructionWarning.warned_on)
        .where(own.is_not(None) if scope.organisation_id is None else own == scope.organisation_id)
        .order_by(DestructionWarning.number)
    )
    found: dict[tuple[UUID, date], tuple[date, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.measurement_id, row.closed_on] += (row.warned_on,)
    return dict(found)
