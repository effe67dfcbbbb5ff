"""What has been sent, what waits and what has gone wrong. Says nothing of when anybody answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.branches import within
from db.models import Invitation, MailPace, Measurement, Outbox, Placement, ReminderRound
from db.placing import measurement_of_invitation, place_of_invitation, receives_on
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import REMINDED, MailState, OutboxState
from dimios_dash.ids import InvitationId, MeasurementId


@dataclass(frozen=True, slots=True)
class Mails:
    """Numbers of mails of one kind: the invitation, or one round of reminders."""

    kind: str
    waiting: int = 0  # those that are just being sent among them
    sent: int = 0
    bounced: int = 0
    uncertain: int = 0
    failed: int = 0  # we could not write it, or have tried long enough
    dropped: int = 0  # needless: the answer came first, or the person was removed

    @property
    def all(self) -> int:
        """Those that were to be sent and have not become needless."""
        return self.waiting + self.sent + self.bounced + self.uncertain + self.failed


@dataclass(frozen=True, slots=True)
class Round:
    """A day of reminders. `number` None: it is planned, or has been missed."""

    day: date
    number: int | None


@dataclass(frozen=True, slots=True)
class Mailing:
    """How the mails of a measurement go: whether they are paused, how fast, the mails by kind, the rounds by day."""

    paused: bool
    per_minute: int | None
    mails: tuple[Mails, ...]
    rounds: tuple[Round, ...]

    def of(self, kind: str) -> Mails:
        """The mails of a kind; zeros where there are none."""
        return next((found for found in self.mails if found.kind == kind), Mails(kind))

    @property
    def waiting(self) -> int:
        """Of all kinds."""
        return sum(found.waiting for found in self.mails)


@dataclass(frozen=True, slots=True)
class UnitToRemind:
    """A unit with the number of those in it, units below not counted, who would be reminded now."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """A mail that has not arrived, or of which that is not known, and whose it is."""

    outbox_id: UUID
    invitation_id: InvitationId
    address: str
    unit: str
    kind: str
    bounced: bool
    uncertain: bool
    why: str


def read(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> Mailing:
    """In the scope's branch; rounds are those of the whole measurement."""
    paused = session.scalars(
        select(Measurement.mail_paused).where(
            Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id
        )
    ).one()
    per_minute = session.scalar(select(MailPace.per_minute).where(MailPace.organisation_id == scope.organisation_id))
    return Mailing(paused, per_minute, _mails(session, scope, measurement_id), _rounds(session, scope, measurement_id))


def to_remind(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, today: date
) -> tuple[UnitToRemind, ...]:
    """Who would get a reminder sent today, by unit in the organisation's order; without units that have none."""
    rows = session.execute(
        select(Placement.name, func.count())
        .join(Invitation, place_of_invitation())
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            Invitation.mail.in_(REMINDED),
            ~Invitation.answered,
            ~Invitation.removed,
            Placement.takes_part,
            *measurement_of_invitation(),
            *receives_on(today),
            within(scope, Invitation.unit_id),
        )
        .group_by(Placement.position, Placement.unit_id, Placement.name)
        .order_by(Placement.position, Placement.unit_id)
    )
    return tuple(UnitToRemind(name, count) for name, count in rows)


def stopped(
    session: Session, scope: DeskScope, vault: AddressVault, measurement_id: MeasurementId, limit: int
) -> tuple[Stopped, ...]:
    """The first so many mails that have bounced, failed or are uncertain, of people who are still to be asked."""
    rows = session.execute(
        select(Outbox, Invitation, Placement.name)
        .join(Invitation, _of_invitation())
        .join(Placement, place_of_invitation())
        .where(*_stopped(scope, measurement_id))
        .order_by(Placement.position, Invitation.id, Outbox.kind)
        .limit(limit)
    )
    return tuple(_one_stopped(vault, row.Outbox, row.Invitation, row.name) for row in rows)


def _mails(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> tuple[Mails, ...]:
    mail = func.count()
    bounced = and_(Outbox.state == OutboxState.FAILED, Invitation.mail == MailState.BOUNCED)
    counts = (
        mail.filter(Outbox.state.in_([OutboxState.WAITING, OutboxState.CLAIMED])),
        mail.filter(Outbox.state == OutboxState.SENT),
        mail.filter(bounced),
        mail.filter(Outbox.state == OutboxState.UNCERTAIN),
        mail.filter(Outbox.state == OutboxState.FAILED, ~bounced),
        mail.filter(Outbox.state == OutboxState.DROPPED),
    )
    rows = session.execute(
        select(Outbox.kind, *counts)
        .join(Invitation, _of_invitation())
        .where(
            Outbox.organisation_id == scope.organisation_id,
            Outbox.measurement_id == measurement_id,
            or_(~Invitation.removed, Outbox.state == OutboxState.SENT),
            within(scope, Invitation.unit_id),
        )
        .group_by(Outbox.kind)
        .order_by(Outbox.kind)
    )
    return tuple(Mails(*row) for row in rows)


def _rounds(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> tuple[Round, ...]:
    rows = session.execute(
        select(ReminderRound.day, ReminderRound.number)
        .where(ReminderRound.organisation_id == scope.organisation_id, ReminderRound.measurement_id == measurement_id)
        .order_by(ReminderRound.day)
    )
    return tuple(Round(*row) for row in rows)


def _stopped(scope: DeskScope, measurement_id: MeasurementId) -> tuple[ColumnElement[bool], ...]:
    return (
        Outbox.organisation_id == scope.organisation_id,
        Outbox.measurement_id == measurement_id,
        Outbox.state.in_([OutboxState.FAILED, OutboxState.UNCERTAIN]),
        ~Invitation.answered,
        ~Invitation.removed,
        within(scope, Invitation.unit_id),
    )


def _of_invitation() -> ColumnElement[bool]:
    return and_(Invitation.organisation_id == Outbox.organisation_id, Invitation.id == Outbox.invitation_id)


def _one_stopped(vault: AddressVault, mail: Outbox, invitation: Invitation, unit: str) -> Stopped:
    return Stopped(
        mail.id,
        InvitationId(invitation.id),
        vault.decrypt(invitation.id, invitation.address),
        unit,
        mail.kind,
        mail.state == OutboxState.FAILED and invitation.mail == MailState.BOUNCED,
        mail.state == OutboxState.UNCERTAIN,
        mail.error or "",
    )
