"""What somebody did, kept for those who must be able to ask later."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.models import AuditEvent
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import new_id


def record(session: Session, scope: DeskScope, event: str, details: Mapping[str, object]) -> None:
    """Keep that the scope's person did `event`. Details never hold an address or an answer."""
    session.add(
        AuditEvent(
            organisation_id=scope.organisation_id,
            id=new_id(),
            account_id=scope.account_id,
            event=event,
            details=dict(details),
        )
    )
    session.flush()
