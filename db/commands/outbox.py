"""Mails that wait to be sent. Web asks for them; the worker claims, sends and settles them, each at most once.

SMTP cannot promise exactly once. A claim that nobody settles before its lease ends may or may not have been sent:
it becomes *uncertain*, is shown to the key user, and is never sent again by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import Invitation, Measurement, Organisation, Outbox, Placement
from db.placing import has_been_invited, place_of_invitation
from dimios_dash.domain.calendar import STOCKHOLM, MeasurementState, today_in_stockholm
from dimios_dash.domain.scopes import DeskScope, SystemScope
from dimios_dash.domain.work import INVITATION, MailState, OutboxState
from dimios_dash.ids import InvitationId, MeasurementId, OrganisationId

LEASE = timedelta(minutes=15)  # far longer than the slowest server may take over one mail
SOON = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
MORNING = timedelta(hours=7)  # after midnight, Swedish time: when the first invitations go out
MOST_ATTEMPTS = 12  # over about a day: as long as other mail servers try


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this worker, and no other, may send. `address` is encrypted."""

    organisation_id: OrganisationId
    id: UUID
    measurement_id: MeasurementId
    invitation_id: InvitationId
    kind: str  # INVITATION, "reminder1" and so on
    attempt: int  # 1 the first time
    organisation: str
    k: int
    closes: date
    address: bytes = field(repr=False)


def enqueue_invitations(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> int:
    """Queue the invitation of everybody who has none yet; how many there were.

    They are due now, or on the morning of a first day that is still to come. Nothing for a
    measurement that is not open, for units that do not take part, for those who are removed.
    """
    midnight = cast(Measurement.opens, TIMESTAMP)
    begins, morning = (func.timezone(STOCKHOLM.key, at) for at in (midnight, midnight + MORNING))
    waiting = (
        select(
            Invitation.organisation_id,
            func.gen_random_uuid(),
            Invitation.measurement_id,
            Invitation.id,
            cast(INVITATION, Outbox.kind.type),
            case((begins > func.now(), morning), else_=func.now()),
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


def claim(session: Session, scope: SystemScope, now: datetime, count: int) -> list[Claimed]:
    """At most `count` mails that are due, the oldest first; none that another worker is claiming.

    Only of measurements that receive answers today and have their ballot box, only to respondents of units that take
    part who have neither answered nor been removed: this is decided now, whatever was true when the mail was queued.
    """
    rows = session.execute(_due(scope, now).limit(count).with_for_update(skip_locked=True, of=Outbox)).all()
    if rows:
        session.execute(
            update(Outbox)
            .where(tuple_(Outbox.organisation_id, Outbox.id).in_([(row.organisation_id, row.id) for row in rows]))
            .values(state=OutboxState.CLAIMED, lease_until=now + LEASE, attempts=Outbox.attempts + 1, error=None)
        )
    return [Claimed(*row) for row in rows]


def drop_answered(session: Session, scope: SystemScope, now: datetime) -> None:
    """Mails that have become needless before they were sent: the answer is here."""
    session.execute(
        update(Outbox)
        .where(_waits(scope, now), _of_invitation(), Invitation.answered)
        .values(state=OutboxState.DROPPED)
    )


def expire_leases(session: Session, scope: SystemScope, now: datetime) -> int:
    """Make claims that nobody settled in time uncertain; how many there were."""
    expired = session.execute(
        update(Outbox)
        .where(_within(scope), Outbox.state == OutboxState.CLAIMED, Outbox.lease_until < now)
        .values(state=OutboxState.UNCERTAIN, lease_until=None)
        .returning(Outbox.organisation_id, Outbox.invitation_id, Outbox.kind)
    ).all()
    first = [(row.organisation_id, row.invitation_id) for row in expired if row.kind == INVITATION]
    session.execute(
        update(Invitation)
        .where(tuple_(Invitation.organisation_id, Invitation.id).in_(first))
        .values(mail=MailState.UNCERTAIN)
    )
    return len(expired)


def record_link(session: Session, _scope: SystemScope, mail: Claimed, token_hash: bytes) -> None:
    """Let the link open the form; done before it is sent."""
    session.execute(update(Invitation).where(_invited(mail)).values(token_hash=token_hash))


def mark_sent(session: Session, _scope: SystemScope, mail: Claimed) -> None:
    """The server has taken it."""
    _settle(session, mail, MailState.SENT, state=OutboxState.SENT)


def mark_bounced(session: Session, _scope: SystemScope, mail: Claimed, error: str) -> None:
    """The receiver's server refuses it for good."""
    _settle(session, mail, MailState.BOUNCED, state=OutboxState.FAILED, error=error)


def mark_failed(session: Session, _scope: SystemScope, mail: Claimed, error: str) -> None:
    """We cannot write it or have tried long enough; nothing has been sent."""
    _settle(session, mail, MailState.NOT_SENT, state=OutboxState.FAILED, error=error)


def mark_uncertain(session: Session, _scope: SystemScope, mail: Claimed, error: str) -> None:
    """Nobody knows whether the server has taken it."""
    _settle(session, mail, MailState.UNCERTAIN, state=OutboxState.UNCERTAIN, error=error)


def postpone(session: Session, scope: SystemScope, mail: Claimed, now: datetime, error: str) -> None:
    """Try again later, after longer and longer waits; give up after MOST_ATTEMPTS."""
    if mail.attempt >= MOST_ATTEMPTS:
        mark_failed(session, scope, mail, error)
        return
    due = now + min(SOON * 2**mail.attempt, LONGEST_WAIT)
    _settle(session, mail, MailState.NOT_SENT, state=OutboxState.WAITING, due_at=due, error=error)


def put_back(session: Session, _scope: SystemScope, mail: Claimed, now: datetime) -> None:
    """Our own server cannot be reached: try again soon, and do not count it as an attempt at this mail."""
    waiting = {"state": OutboxState.WAITING, "due_at": now + SOON, "attempts": mail.attempt - 1}
    _settle(session, mail, MailState.NOT_SENT, **waiting)


def _due(scope: SystemScope, now: datetime) -> Select[*tuple[Any, ...]]:
    """In the order of `Claimed`."""
    today = today_in_stockholm(now)
    return (
        select(
            *(Outbox.organisation_id, Outbox.id, Outbox.measurement_id, Outbox.invitation_id, Outbox.kind),
            *((Outbox.attempts + 1).label("attempt"), Organisation.name.label("organisation")),
            *(Measurement.k, Measurement.closes, Invitation.address),
        )
        .join(Invitation, _of_invitation())
        .join(
            Measurement,
            (Measurement.organisation_id == Outbox.organisation_id) & (Measurement.id == Outbox.measurement_id),
        )
        .join(Organisation, Organisation.id == Outbox.organisation_id)
        .join(Placement, _of_placement())
        .where(
            _waits(scope, now),
            ~Invitation.removed,
            ~Invitation.answered,
            Measurement.state == MeasurementState.OPEN,
            Measurement.opens <= today,
            Measurement.closes >= today,
            Measurement.box_public_key.is_not(None),
            or_(Outbox.kind != INVITATION, ~has_been_invited()),
        )
        .order_by(Outbox.due_at, Outbox.id)
    )


def _waits(scope: SystemScope, now: datetime) -> ColumnElement[bool]:
    return and_(_within(scope), Outbox.state == OutboxState.WAITING, Outbox.due_at <= now)


def _within(scope: SystemScope) -> ColumnElement[bool]:
    everywhere = Outbox.organisation_id.is_not(None)
    return everywhere if scope.organisation_id is None else Outbox.organisation_id == scope.organisation_id


def _of_invitation() -> ColumnElement[bool]:
    return and_(Invitation.organisation_id == Outbox.organisation_id, Invitation.id == Outbox.invitation_id)


def _of_placement() -> ColumnElement[bool]:
    return and_(
        Placement.organisation_id == Outbox.organisation_id,
        Placement.measurement_id == Outbox.measurement_id,
        Placement.unit_id == Invitation.unit_id,
        Placement.takes_part,
    )


def _invited(mail: Claimed) -> ColumnElement[bool]:
    return and_(Invitation.organisation_id == mail.organisation_id, Invitation.id == mail.invitation_id)


def _settle(session: Session, mail: Claimed, invitation: MailState, **values: object) -> None:
    """Write what became of a claim, unless somebody has claimed it anew since; a reminder leaves the invitation be."""
    settled = session.scalar(
        update(Outbox)
        .where(
            Outbox.organisation_id == mail.organisation_id,
            Outbox.id == mail.id,
            Outbox.attempts == mail.attempt,
            Outbox.state.in_([OutboxState.CLAIMED, OutboxState.UNCERTAIN]),  # its lease may just have ended
        )
        .values({"lease_until": None, "error": None} | values)
        .returning(Outbox.id)
    )
    if settled is not None and mail.kind == INVITATION:
        session.execute(update(Invitation).where(_invited(mail)).values(mail=invitation))
