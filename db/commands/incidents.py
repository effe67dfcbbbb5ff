"""Keeps what an operator has to look at, and that they have been told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import tuple_, update
from sqlalchemy.orm import Session

from db.models import Incident
from db.queries.incidents import KnownIncident
from dimios_dash.domain.incident import Happened
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.ids import PLATFORM, new_id


def record(session: Session, scope: SystemScope, happened: Happened) -> None:
    """Keep an incident of the scope's organisation, or of the platform."""
    session.add(
        Incident(
            organisation_id=scope.organisation_id or PLATFORM,
            id=new_id(),
            kind=happened.kind.value,
            measurement_id=happened.measurement_id,
            reference=happened.reference,
            details=dict(happened.details),
        )
    )
    session.flush()


def mark_told(session: Session, _scope: SystemScope, told: Sequence[KnownIncident], *, so: bool = True) -> bool:
    """Keep that a mail tells of them, or that it could not be sent after all; False where another worker was first."""
    keys = [(each.organisation_id, each.id) for each in told]
    marked = session.scalars(
        update(Incident)
        .where(tuple_(Incident.organisation_id, Incident.id).in_(keys), Incident.told.is_not(so))
        .values(told=so)
        .returning(Incident.id)
    ).all()
    return len(marked) == len(told)
