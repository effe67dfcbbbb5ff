"""The worker's side of the outbox: whose turn it is, and the claim of each mail; `settling` writes what became.

SMTP cannot promise exactly once. A claim that nobody settles before its lease ends may or may not have been sent:
it becomes *uncertain*, is shown to the key user, and is never sent again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, or_, select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Invitation, Measurement, Organisation, Outbox, Placement
from db.placing import has_been_invited, last_day, place_of_invitation, receives_on
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.work import INVITATION, REMINDED, MailState, OutboxState
from dimios_dash.ids import InvitationId, MeasurementId, OrganisationId
from dimios_dash.language import Language

LEASE = timedelta(minutes=15)  # far longer than the slowest server may take over one mail


@dataclass(frozen=True, slots=True)
class Sender:
    """A measurement with mails that are due: all that its letters have in common."""

    organisation_id: OrganisationId
    measurement_id: MeasurementId
    organisation: str
    k: int


@dataclass(frozen=True, slots=True)
class Due:
    """A mail that waits; whether it may go is decided when it is claimed."""

    id: UUID
    invitation_id: InvitationId
    has_link: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this worker, and no other, may send. `address` is encrypted."""

    organisation_id: OrganisationId
    id: UUID
    invitation_id: InvitationId
    kind: str  # INVITATION, "reminder1" and so on
    attempt: int  # 1 the first time
    closes: date  # the last day on which the receiver can answer
    language: Language
    address: bytes = field(repr=False)


def senders(session: Session, scope: SystemScope, now: datetime) -> list[Sender]:
    """Measurements, not paused and with their ballot box, that have mails due to units which receive answers today."""
    due = exists().where(
        Outbox.organisation_id == Measurement.organisation_id,
        Outbox.measurement_id == Measurement.id,
        *_waits(),
        _of_invitation(),
        place_of_invitation(),
        *receives_on(_TODAY),
    )
    rows = session.execute(
        select(Measurement.organisation_id, Measurement.id, Organisation.name, Measurement.k)
        .join(Organisation, Organisation.id == Measurement.organisation_id)
        .where(_within(scope, Measurement.organisation_id), *_may_send(), due)
        .order_by(Measurement.organisation_id),
        _at(now),
    )
    return [Sender(OrganisationId(row.organisation_id), MeasurementId(row.id), row.name, row.k) for row in rows]


def due(session: Session, _scope: SystemScope, sender: Sender, now: datetime, count: int) -> list[Due]:
    """At most `count` of the sender's mails, those due longest first.

    Left out are those to units that receive no answers today, and invitations of people who are removed, or have had
    one of a cancelled measurement this year.
    """
    rows = session.execute(
        select(Outbox.id, Outbox.invitation_id, Invitation.token_hash.is_not(None).label("has_link"))
        .join(Invitation, _of_invitation())
        .join(Placement, place_of_invitation())
        .join(Measurement, _of_measurement())
        .where(
            Outbox.organisation_id == sender.organisation_id,
            Outbox.measurement_id == sender.measurement_id,
            *_waits(),
            or_(Outbox.kind != INVITATION, ~Invitation.removed & ~has_been_invited()),
            Placement.takes_part,
            *receives_on(_TODAY),
        )
        .order_by(Outbox.due_at, Outbox.id)
        .limit(count),
        _at(now),
    )
    return [Due(row.id, InvitationId(row.invitation_id), row.has_link) for row in rows]


def record_links(session: Session, _scope: SystemScope, sender: Sender, links: Mapping[InvitationId, bytes]) -> None:
    """Let links open the form, given the hash of each token; done before they are sent."""
    if links:
        table = Invitation.__table__
        session.connection().execute(
            update(Invitation)
            .where(table.c.organisation_id == sender.organisation_id, table.c.id == bindparam("who"))
            .values(token_hash=bindparam("hash")),
            [{"who": who, "hash": token_hash} for who, token_hash in links.items()],
        )


def claim(session: Session, _scope: SystemScope, sender: Sender, mail: Due, now: datetime) -> Claimed | None:
    """The mail, if it still waits and may go now; None where another worker has it, or it may not.

    What is decided here is decided at the moment of sending: whether the measurement is open and not paused, whether
    the respondent is still to be asked. A mail that has become needless is dropped.
    """
    values = {"organisation": sender.organisation_id, "mail": mail.id, "lease": now + LEASE}
    row = session.connection().execute(_CLAIM, values | _at(now)).one_or_none()
    if row is None:
        _drop_needless(session, sender, mail)
        return None
    return Claimed(
        sender.organisation_id,
        mail.id,
        mail.invitation_id,
        row.kind,
        row.attempts,
        row.closes,
        Language(row.language),
        row.address,
    )


def drop_late(session: Session, scope: SystemScope, now: datetime) -> int:
    """Reminders whose time to answer has come to its end: should it be opened again, they are not sent. How many."""
    over = or_(Measurement.state != MeasurementState.OPEN, last_day() < today_in_stockholm(now))
    return len(
        session.execute(
            update(Outbox)
            .where(
                _within(scope, Outbox.organisation_id),
                Outbox.state == OutboxState.WAITING,
                Outbox.kind != INVITATION,
                _of_invitation(),
                place_of_invitation(),
                _of_measurement(),
                over,
            )
            .values(state=OutboxState.DROPPED)
            .returning(Outbox.id)
            .execution_options(synchronize_session=False)
        ).all()
    )


def expire_leases(session: Session, scope: SystemScope, now: datetime) -> int:
    """Make claims that nobody settled in time uncertain; how many there were."""
    expired = session.execute(
        update(Outbox)
        .where(_within(scope, Outbox.organisation_id), Outbox.state == OutboxState.CLAIMED, Outbox.lease_until < now)
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


_NOW = bindparam("now", type_=Outbox.due_at.type)
_TODAY = bindparam("today", type_=Measurement.closes.type)


def _at(now: datetime) -> dict[str, object]:
    return {"now": now, "today": today_in_stockholm(now)}


def _waits() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Outbox.state == OutboxState.WAITING, Outbox.due_at <= _NOW


def _may_send() -> tuple[ColumnElement[bool], ...]:
    """Of a measurement: whether it has a box for answers, and nobody has paused its mails."""
    return (
        Measurement.state == MeasurementState.OPEN,
        Measurement.box_public_key.is_not(None),
        ~Measurement.mail_paused,
    )


def _is_wanted() -> ColumnElement[bool]:
    """Whether a respondent is still to get the mail; a reminder follows an invitation that may have arrived."""
    reached = case((Outbox.kind == INVITATION, ~has_been_invited()), else_=Invitation.mail.in_(REMINDED))
    return and_(~Invitation.answered, ~Invitation.removed, reached)


def _within(scope: SystemScope, organisation_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    everywhere = organisation_id.is_not(None)
    return everywhere if scope.organisation_id is None else organisation_id == scope.organisation_id


def _is(sender: Sender, mail: Due) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Outbox.organisation_id == sender.organisation_id, Outbox.id == mail.id


def _of_invitation() -> ColumnElement[bool]:
    return and_(Invitation.organisation_id == Outbox.organisation_id, Invitation.id == Outbox.invitation_id)


def _of_measurement() -> ColumnElement[bool]:
    return and_(Measurement.organisation_id == Outbox.organisation_id, Measurement.id == Outbox.measurement_id)


def _drop_needless(session: Session, sender: Sender, mail: Due) -> None:
    """The answer is here, or a reminder's receiver is no longer to be reminded."""
    session.execute(
        update(Outbox)
        .where(
            *_is(sender, mail),
            Outbox.state == OutboxState.WAITING,
            _of_invitation(),
            _of_measurement(),
            ~_is_wanted(),
            or_(Invitation.answered, Outbox.kind != INVITATION),
        )
        .values(state=OutboxState.DROPPED)
        .execution_options(synchronize_session=False)
    )


# Built once: they are run for every mail, and building them would take longer than running them.

_MAIL = (Outbox.organisation_id == bindparam("organisation"), Outbox.id == bindparam("mail"))
_CLAIM = (
    update(Outbox)
    .where(
        *_MAIL,
        *_waits(),
        _of_invitation(),
        _is_wanted(),
        _of_measurement(),
        *_may_send(),
        place_of_invitation(),
        *receives_on(_TODAY),
    )
    .values(state=OutboxState.CLAIMED, lease_until=bindparam("lease"), attempts=Outbox.attempts + 1, error=None)
    .returning(Outbox.kind, Outbox.attempts, last_day().label("closes"), Invitation.language, Invitation.address)
)
