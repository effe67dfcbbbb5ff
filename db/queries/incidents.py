"""What an operator has to look at. *web* may not ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import Incident, Measurement, Organisation
from dimios_dash.domain.incident import IncidentKind
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import OrganisationId


@dataclass(frozen=True, slots=True)
class KnownIncident:
    """One incident. `year` is that of its measurement, None where it is of none."""

    organisation_id: OrganisationId
    id: UUID
    at: datetime
    kind: IncidentKind
    organisation: str
    year: int | None
    reference: str
    details: dict[str, object]


def latest(session: Session, _scope: SystemScope, limit: int) -> list[KnownIncident]:
    """Of all organisations, the newest first."""
    return [_known(row) for row in session.execute(_all().order_by(Incident.at.desc(), Incident.id).limit(limit))]


def untold(session: Session, _scope: SystemScope) -> list[KnownIncident]:
    """Those that no mail has told of, the oldest first."""
    return [_known(row) for row in session.execute(_all().where(~Incident.told).order_by(Incident.at, Incident.id))]


def _all() -> Select[Incident, str, int]:
    return (
        select(Incident, Organisation.name, Measurement.year)
        .join(Organisation, Organisation.id == Incident.organisation_id)
        .outerjoin(
            Measurement,
            (Measurement.organisation_id == Incident.organisation_id) & (Measurement.id == Incident.measurement_id),
        )
    )


def _known(row: Any) -> KnownIncident:
    found: Incident = row.Incident
    owner, kind = OrganisationId(found.organisation_id), IncidentKind(found.kind)
    return KnownIncident(owner, found.id, found.at, kind, row.name, row.year, found.reference, found.details)
