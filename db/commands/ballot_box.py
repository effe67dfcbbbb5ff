"""The ballot box as a whole: shaken every night, and emptied for good when its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, delete, exists, func, literal, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import AnswerCount, AuditEvent, Ballot, Invitation, Measurement, Outbox
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.work import MailState, OutboxState
from dimios_dash.ids import MeasurementId, OrganisationId, new_id

QUARANTINE = timedelta(days=14)  # after release, for a recalculation should the program have been wrong


_BALLOTS = (Ballot.organisation_id, Ballot.measurement_id, Ballot.unit_id, Ballot.channel)


@dataclass(frozen=True, slots=True)
class Box:
    """The box of one measurement that is over: released, cancelled, or closed for too long."""

    organisation_id: OrganisationId
    measurement_id: MeasurementId
    state: MeasurementState


def remix(session: Session, _scope: SystemScope) -> int:
    """Give every ballot a new row in a new, random order; how many there are.

    PostgreSQL keeps with each row which transaction wrote it (xmin) and where it lies, and so in which order ballots
    came and with which invitation each was marked answered. Afterwards all rows are of one transaction, and the
    files that held the old ones are gone. The lock comes first: a ballot that arrives meanwhile waits outside.
    """
    session.execute(text("lock table ballot in access exclusive mode"))
    session.execute(text("create temporary table remixed on commit drop as table ballot"))
    session.execute(text("truncate ballot"))
    session.execute(text("insert into ballot select * from remixed order by gen_random_uuid()"))
    return session.scalar(select(func.count()).select_from(Ballot)) or 0


def count_answers(session: Session, _scope: SystemScope, night: date) -> None:
    """Keep how many answers each unit of each measurement has by now, where they have become more.

    Only a day, only numbers, only a unit's own: see db.models.AnswerCount. Doing it again the same night does nothing.
    """
    own = (AnswerCount.organisation_id, AnswerCount.measurement_id, AnswerCount.unit_id, AnswerCount.channel)
    counted = select(*_BALLOTS, func.count().label("answers")).group_by(*_BALLOTS).subquery("counted")
    known = (
        select(func.coalesce(func.max(AnswerCount.answers), 0))
        .where(*(mine == counted.c[mine.key] for mine in own))
        .scalar_subquery()
    )
    more = select(*(counted.c[mine.key] for mine in own), literal(night), counted.c.answers).where(
        counted.c.answers > known
    )
    columns = [*(mine.key for mine in own), "night", "answers"]
    session.execute(insert(AnswerCount).from_select(columns, more).on_conflict_do_nothing())


def due_for_destruction(session: Session, _scope: SystemScope, today: date) -> list[Box]:
    """Boxes that are still here of measurements whose quarantine is over, or that end without a release."""
    quarantine_over = and_(
        Measurement.state == MeasurementState.RELEASED,
        Measurement.box_public_key.is_not(None),
        Measurement.released_on <= today - QUARANTINE,
    )
    rows = session.execute(
        select(Measurement.organisation_id, Measurement.id, Measurement.state).where(
            Measurement.box_destroyed_on.is_(None),
            or_(quarantine_over, Measurement.state.in_([MeasurementState.CANCELLED, MeasurementState.DESTROYED])),
        )
    )
    return [
        Box(OrganisationId(row.organisation_id), MeasurementId(row.id), MeasurementState(row.state)) for row in rows
    ]


def destroy(session: Session, scope: SystemScope, box: Box, today: date) -> int:
    """Delete a box's envelopes, so that no file of the database holds them; how many there were.

    Its key has been destroyed before. Remixing removes what a mere delete leaves in the table's file.
    """
    gone = session.execute(
        delete(Ballot)
        .where(Ballot.organisation_id == box.organisation_id, Ballot.measurement_id == box.measurement_id)
        .returning(Ballot.id)
    ).all()
    remix(session, scope)
    if box.state is MeasurementState.CANCELLED:
        _forget_uninvited(session, box)
    session.execute(
        update(Measurement)
        .where(Measurement.organisation_id == box.organisation_id, Measurement.id == box.measurement_id)
        .values(box_destroyed_on=today)
    )
    session.add(
        AuditEvent(
            organisation_id=box.organisation_id,
            id=new_id(),
            account_id=None,
            event="box_destroyed",
            details={"measurement": str(box.measurement_id), "envelopes": len(gone), "after": box.state.value},
        )
    )
    return len(gone)


def _forget_uninvited(session: Session, box: Box) -> None:
    """Nobody needs the addresses of those who were never written to; the others may not be invited again this year."""
    in_hand = exists().where(
        Outbox.organisation_id == Invitation.organisation_id,
        Outbox.invitation_id == Invitation.id,
        Outbox.state == OutboxState.CLAIMED,
    )
    session.execute(
        delete(Invitation).where(
            Invitation.organisation_id == box.organisation_id,
            Invitation.measurement_id == box.measurement_id,
            Invitation.mail == MailState.NOT_SENT,
            ~Invitation.answered,
            ~in_hand,
        )
    )
