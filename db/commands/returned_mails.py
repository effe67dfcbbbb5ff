"""What came back, from the moment it is read until its mail is known to have bounced. Holds ids and counts only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import Session

from db.models import Invitation, Outbox, ReturnedMail
from dimios_dash.domain.returned import Outcome, Returned, reason
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.work import MailState, OutboxState
from dimios_dash.ids import PLATFORM, new_id

KEPT_FOR = timedelta(days=90)
MOST_AT_ONCE = 500


def record(session: Session, _scope: SystemScope, found: Returned, today: date) -> None:
    """Count it; where it is one of ours that will not arrive, the worker goes on from here."""
    mail = found.mail if found.outcome is Outcome.FAILED else None
    kept = {"outcome": found.outcome.value, "outbox_id": mail, "status": found.status}
    session.add(ReturnedMail(organisation_id=PLATFORM, id=new_id(), day=today, **kept))
    session.flush()


def settle(session: Session, _scope: SystemScope) -> int:
    """Mark the mails that came back as bounced; how many. An id that no mail has is counted as unplaced."""
    waiting = session.execute(
        select(ReturnedMail.id, ReturnedMail.outbox_id, ReturnedMail.status)
        .where(ReturnedMail.organisation_id == PLATFORM, ReturnedMail.outbox_id.is_not(None))
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    return sum(_settle(session, row) for row in waiting)


def throw_away(session: Session, _scope: SystemScope, today: date) -> None:
    """Counts of days long past."""
    session.execute(delete(ReturnedMail).where(ReturnedMail.day < today - KEPT_FOR, ReturnedMail.outbox_id.is_(None)))


def _settle(session: Session, row: Row[*tuple[Any, ...]]) -> bool:
    """A report that is quicker than the worker's own word of its mail waits for it."""
    bounced = session.execute(
        update(Outbox)
        .where(Outbox.id == row.outbox_id, Outbox.state.in_([OutboxState.SENT, OutboxState.UNCERTAIN]))
        .values(state=OutboxState.FAILED, error=reason(row.status))
        .returning(Outbox.organisation_id, Outbox.invitation_id)
    ).one_or_none()
    if bounced is not None:
        session.execute(
            update(Invitation)
            .where(Invitation.organisation_id == bounced.organisation_id, Invitation.id == bounced.invitation_id)
            .values(mail=MailState.BOUNCED)
        )
    state = session.scalar(select(Outbox.state).where(Outbox.id == row.outbox_id))
    if state != OutboxState.CLAIMED:
        outcome = Outcome.UNPLACED if state is None else Outcome.FAILED
        session.execute(
            update(ReturnedMail)
            .where(ReturnedMail.organisation_id == PLATFORM, ReturnedMail.id == row.id)
            .values(outbox_id=None, outcome=outcome.value)
        )
    return bounced is not None
