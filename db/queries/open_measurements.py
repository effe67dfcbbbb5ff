"""Measurements that receive answers today, and how far they have come. Says nothing of any answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Invitation, Measurement, Placement
from db.placing import place_of_invitation
from dimios_dash.domain.calendar import MeasurementState, Period
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import MeasurementId, OrganisationId


@dataclass(frozen=True, slots=True)
class OpenMeasurement:
    """Numbers as on the page that follows the answers: of those invited by e-mail."""

    organisation_id: OrganisationId
    id: MeasurementId
    year: int
    period: Period
    goal: int  # per cent
    invited: int
    answered: int


def on(session: Session, _scope: SystemScope, today: date) -> list[OpenMeasurement]:
    """Those of all organisations with somebody invited."""
    rows = session.execute(
        select(
            Measurement.organisation_id,
            Measurement.id,
            Measurement.year,
            Measurement.opens,
            Measurement.closes,
            Measurement.goal,
            func.count().label("invited"),
            func.count().filter(Invitation.answered).label("answered"),
        )
        .join(
            Invitation,
            (Invitation.organisation_id == Measurement.organisation_id) & (Invitation.measurement_id == Measurement.id),
        )
        .join(Placement, place_of_invitation())
        .where(
            Measurement.state == MeasurementState.OPEN,
            Measurement.opens <= today,
            Measurement.closes >= today,
            Placement.takes_part,
            ~Invitation.removed | Invitation.answered,
        )
        .group_by(Measurement.organisation_id, Measurement.id)
    )
    return [
        OpenMeasurement(
            OrganisationId(row.organisation_id),
            MeasurementId(row.id),
            row.year,
            Period(row.opens, row.closes),
            row.goal,
            row.invited,
            row.answered,
        )
        for row in rows
    ]
