"""On which days people have been reminded."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ReminderRound
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import MeasurementId


def sent(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> tuple[date, ...]:
    """The rounds whose mails have gone to the outbox, the first one first."""
    days = session.scalars(
        select(ReminderRound.day)
        .where(
            ReminderRound.organisation_id == scope.organisation_id,
            ReminderRound.measurement_id == measurement_id,
            ReminderRound.number.is_not(None),
        )
        .order_by(ReminderRound.day)
    )
    return tuple(days)
