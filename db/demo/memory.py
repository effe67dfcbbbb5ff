"""Which demo stands here: an audit event of the platform, so that it is true exactly when the demo is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AuditEvent, Organisation
from dimios_dash.ids import PLATFORM, OrganisationId, new_id

EVENT = "demo_built"


@dataclass(frozen=True, slots=True)
class Built:
    """A demo's version and the organisations that were made for it."""

    version: int
    organisations: Sequence[OrganisationId]


def recall(session: Session) -> Built | None:
    """The demo that was built last; None before the first. Others who build wait until this transaction ends."""
    session.execute(select(Organisation.id).where(Organisation.id == PLATFORM).with_for_update(key_share=True))
    details = session.scalars(
        select(AuditEvent.details)
        .where(AuditEvent.organisation_id == PLATFORM, AuditEvent.event == EVENT)
        .order_by(AuditEvent.at.desc())
        .limit(1)
    ).one_or_none()
    if details is None:
        return None
    match details:
        case {"version": int(version), "organisations": list(organisations)}:
            return Built(version, [OrganisationId(UUID(found)) for found in organisations])
    raise ValueError(f"an event {EVENT} without version and organisations")


def remember(session: Session, built: Built) -> None:
    """Keep what has been built in this transaction."""
    organisations = [str(organisation_id) for organisation_id in built.organisations]
    details: dict[str, object] = {"version": built.version, "organisations": organisations}
    session.add(AuditEvent(organisation_id=PLATFORM, id=new_id(), account_id=None, event=EVENT, details=details))
    session.flush()
