"""A measurement to try the commands on, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from db.models import AuditEvent, Measurement
from dimios_dash.domain.calendar import Period
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import MeasurementId, OrganisationId
from tests.factories import Make

SPRING = Period(date(2026, 4, 1), date(2026, 4, 30))
TODAY = date(2026, 4, 10)
NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
TREE = {"E": None, "A": "E", "B": "E"}


@dataclass(frozen=True)
class Prepared:
    """A draft of 2026 with respondents in unit A, one of whom is removed, and one respondent in B."""

    organisation_id: OrganisationId
    measurement_id: MeasurementId
    desk: DeskScope


def measured(make: Make, measurement_id: MeasurementId) -> Measurement:
    return make.session.scalars(select(Measurement).where(Measurement.id == measurement_id)).one()


def events(make: Make, organisation_id: OrganisationId) -> list[str]:
    """By name: within one transaction they have no order."""
    found = select(AuditEvent.event).where(AuditEvent.organisation_id == organisation_id)
    return sorted(make.session.scalars(found))
