"""What the organisation's strategy says of digitalisation, told with a measurement until that is released."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands import audit
from db.models import Measurement
from db.queries.measurements import NO_SUCH_MEASUREMENT
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.comparing.strategy_focus import StrategyFocus
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId


def tell(session: Session, scope: DeskScope, measurement_id: MeasurementId, focus: StrategyFocus | None) -> None:
    """None: not told. Raises Forbidden for somebody of a branch, NotFound, and Invalid once it is released."""
    if scope.branch is not None:
        raise Forbidden("Frågan gäller hela organisationen. Be er nyckelanvändare svara på den.")
    measurement = session.scalars(
        select(Measurement)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id)
        .with_for_update()
    ).one_or_none()
    if measurement is None:
        raise NotFound(NO_SUCH_MEASUREMENT)
    if measurement.state == MeasurementState.RELEASED:
        raise Invalid("Mätningen är publicerad, och svaret om strategin ändras inte längre.")
    if measurement.strategy_focus != focus:
        measurement.strategy_focus = focus
        audit.record(session, scope, "strategy_told", {"year": measurement.year, "focus": focus})
