"""Mails that wait to be sent: what people ask for. The worker claims, sends and settles them (`sending`)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import TIMESTAMP, ColumnElement, case, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import Invitation, Measurement, Outbox, Placement
from db.placing import first_day, place_of_invitation
from dimios_dash.domain.calendar import STOCKHOLM, MeasurementState
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import INVITATION, OutboxState
from dimios_dash.ids import MeasurementId

MORNING = timedelta(hours=7)  # after midnight, Swedish time: when the first invitations go out


def enqueue_invitations(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> int:
    """Queue the invitation of everybody who has none yet; how many there were.

    They are due now, or on the morning of their unit's first day where it is still to come. Nothing for a
    measurement that is not open, for units that do not take part, for those who are removed. Those that wait for
    their first day follow people who have been moved to a unit with another.
    """
    _follow_moves(session, scope, measurement_id)
    waiting = (
        select(
            Invitation.organisation_id,
            func.gen_random_uuid(),
            Invitation.measurement_id,
            Invitation.id,
            cast(INVITATION, Outbox.kind.type),
            _due(),
        )
        .join(
            Measurement,
            (Measurement.organisation_id == Invitation.organisation_id) & (Measurement.id == Invitation.measurement_id),
        )
        .join(Placement, place_of_invitation())
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            Measurement.state == MeasurementState.OPEN,
            Placement.takes_part,
            ~Invitation.removed,
        )
    )
    columns = ["organisation_id", "id", "measurement_id", "invitation_id", "kind", "due_at"]
    # Not "where none exists": the planner has never seen rows of this same transaction, and would compare all with all.
    once = insert(Outbox).from_select(columns, waiting).on_conflict_do_nothing()
    return len(session.execute(once.returning(Outbox.id)).all())


def _due() -> ColumnElement[datetime]:
    """When the invitation of somebody in a unit is to go."""
    midnight = cast(first_day(), TIMESTAMP)
    begins, morning = (func.timezone(STOCKHOLM.key, at) for at in (midnight, midnight + MORNING))
    return case((begins > func.now(), morning), else_=func.now())


def _follow_moves(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> None:
    """Let invitations that are to go later go when those of their unit do."""
    session.execute(
        update(Outbox)
        .where(
            Outbox.organisation_id == scope.organisation_id,
            Outbox.measurement_id == measurement_id,
            Outbox.kind == INVITATION,
            Outbox.state == OutboxState.WAITING,
            Outbox.due_at > func.now(),
            Outbox.error.is_(None),  # one that could not be sent waits for its next attempt
            Invitation.organisation_id == Outbox.organisation_id,
            Invitation.id == Outbox.invitation_id,
            place_of_invitation(),
            Measurement.organisation_id == Outbox.organisation_id,
            Measurement.id == Outbox.measurement_id,
            Outbox.due_at != _due(),
        )
        .values(due_at=_due())
        .execution_options(synchronize_session=False)
    )
