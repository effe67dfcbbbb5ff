"""Rounds of reminders: planned by the key user, put into the outbox on their day or at once.

Who gets one is decided twice: here, so that as few mails as possible wait, and at the moment of sending.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session, aliased

from db.commands import audit
from db.commands.outbox import MORNING
from db.models import Invitation, Measurement, Outbox, Placement, ReminderRound
from db.placing import measurement_of_invitation, place_of_invitation, receives_on
from db.queries.measurements import NO_SUCH_MEASUREMENT
from dimios_dash.domain.calendar import MeasurementState, Period, today_in_stockholm
from dimios_dash.domain.reminders import LATEST, MOST_ROUNDS, check_plan, round_to_send
from dimios_dash.domain.scopes import DeskScope, SystemScope
from dimios_dash.domain.work import INVITATION, REMINDED, OutboxState, reminder
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId, OrganisationId


@dataclass(frozen=True, slots=True)
class _Open:
    """A measurement that is open, held until the transaction ends, with the rounds it has."""

    organisation_id: OrganisationId
    id: MeasurementId
    period: Period
    paused: bool
    sent: dict[date, int]  # number of the round on each day
    planned: frozenset[date]


def plan(
    session: Session, scope: DeskScope, measurement_id: MeasurementId, days: Collection[date], today: date
) -> None:
    """Let these be the days still to come. Raises Forbidden for a branch, NotFound, Invalid."""
    held = _held(session, scope, measurement_id)
    check_plan(days, held.sent, held.period, today)
    session.execute(delete(ReminderRound).where(*_rounds_of(held), ReminderRound.number.is_(None)))
    for day in sorted(set(days)):
        _insert_round(session, held, day, None)
    audit.record(session, scope, "reminders_planned", {"days": [str(day) for day in sorted(set(days))]})


def remind_now(session: Session, scope: DeskScope, measurement_id: MeasurementId, now: datetime) -> int:
    """Put a round into the outbox; how many mails. It takes the place of one that was planned for today.

    Raises Forbidden for a branch, NotFound, Invalid.
    """
    held, today = _held(session, scope, measurement_id), today_in_stockholm(now)
    _check_may_remind(held, today)
    session.execute(delete(ReminderRound).where(*_rounds_of(held), ReminderRound.day == today))
    number = _next_number(held)
    _insert_round(session, held, today, number)
    count = _queue(session, held, number, now)
    if not count:
        raise Invalid("Det finns ingen att påminna: alla som har fått sin inbjudan har svarat.")
    audit.record(session, scope, "reminders_sent", {"round": number, "mails": count})
    return count


def queue_planned(session: Session, scope: SystemScope, now: datetime) -> int:
    """Put the rounds whose day has come into the outbox, from seven in the morning; how many mails.

    None of a measurement that is paused, closed, or past its last day; at most one round of each.
    """
    today = today_in_stockholm(now)
    if today_in_stockholm(now - MORNING) != today:  # before seven
        return 0
    return sum(_queue_due(session, held, now) for held in _with_rounds_due(session, scope, today))


def pause(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> None:
    """Let nothing be sent until `resume`; the worker asks before each mail. Raises Forbidden, NotFound, Invalid."""
    _set_paused(session, scope, measurement_id, paused=True)
    audit.record(session, scope, "mails_paused", {})


def resume(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> None:
    """Send what waits. Raises Forbidden, NotFound, Invalid."""
    _set_paused(session, scope, measurement_id, paused=False)
    audit.record(session, scope, "mails_resumed", {})


def call_off(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> int:
    """Drop the reminders that wait; how many. Invitations go on waiting. Raises Forbidden, NotFound, Invalid."""
    held = _held(session, scope, measurement_id)
    dropped = session.execute(
        update(Outbox)
        .where(
            Outbox.organisation_id == held.organisation_id,
            Outbox.measurement_id == held.id,
            Outbox.kind != INVITATION,
            Outbox.state == OutboxState.WAITING,
        )
        .values(state=OutboxState.DROPPED)
        .returning(Outbox.id)
    ).all()
    audit.record(session, scope, "reminders_called_off", {"mails": len(dropped)})
    return len(dropped)


def _held(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> _Open:
    if scope.branch is not None:
        raise Forbidden("Utskicken sköts av er nyckelanvändare för hela organisationen. Be nyckelanvändaren om hjälp.")
    row = session.execute(
        select(*_COLUMNS)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound(NO_SUCH_MEASUREMENT)
    if row.state != MeasurementState.OPEN:
        raise Invalid("Påminnelser hör till en mätning som pågår, och den här gör det inte. Ladda om sidan.")
    return _with_rounds(session, row)


_COLUMNS = (
    *(Measurement.organisation_id, Measurement.id, Measurement.state, Measurement.opens, Measurement.closes),
    Measurement.mail_paused,
)


def _with_rounds(session: Session, row: Row[*tuple[Any, ...]]) -> _Open:
    rounds = session.execute(
        select(ReminderRound.day, ReminderRound.number).where(
            ReminderRound.organisation_id == row.organisation_id, ReminderRound.measurement_id == row.id
        )
    ).all()
    return _Open(
        OrganisationId(row.organisation_id),
        MeasurementId(row.id),
        Period(row.opens, row.closes),
        row.mail_paused,
        {each.day: each.number for each in rounds if each.number is not None},
        frozenset(each.day for each in rounds if each.number is None),
    )


def _check_may_remind(held: _Open, today: date) -> None:
    if today.year > held.period.closes.year:
        raise Invalid(
            f"År {held.period.closes.year} är slut, så ingen kan svara och ingen påminnelse skickas. "
            "Avsluta mätningen och publicera resultatet."
        )
    if not held.period.opens <= today <= held.period.closes:
        raise Invalid("I dag kan ingen svara, så ingen påminnelse skickas. Förläng mätningen om fler ska hinna.")
    if held.paused:
        raise Invalid("Utskicken är pausade. Återuppta dem först.")
    if today in held.sent:
        raise Invalid("En påminnelse har redan skickats i dag. Vänta några dagar med nästa.")
    if len(held.sent) >= MOST_ROUNDS:
        raise Invalid(f"Mätningen har redan haft {MOST_ROUNDS} omgångar påminnelser. Fler skickas inte.")


def _next_number(held: _Open) -> int:
    return max(held.sent.values(), default=0) + 1


def _rounds_of(held: _Open) -> tuple[ColumnElement[bool], ...]:
    return ReminderRound.organisation_id == held.organisation_id, ReminderRound.measurement_id == held.id


def _insert_round(session: Session, held: _Open, day: date, number: int | None) -> None:
    values = {"organisation_id": held.organisation_id, "measurement_id": held.id, "day": day, "number": number}
    session.execute(insert(ReminderRound).values(values))


def _queue(session: Session, held: _Open, number: int, now: datetime) -> int:
    """One mail for each who has had an invitation and not answered, unless one to them is still on its way.

    None where the unit receives no answers today.
    """
    under_way = aliased(Outbox)
    on_its_way = exists().where(
        under_way.organisation_id == Invitation.organisation_id,
        under_way.measurement_id == Invitation.measurement_id,
        under_way.invitation_id == Invitation.id,
        under_way.state.in_([OutboxState.WAITING, OutboxState.CLAIMED]),
    )
    asked = (
        select(
            *(Invitation.organisation_id, func.gen_random_uuid(), Invitation.measurement_id, Invitation.id),
            *(literal(reminder(number)), literal(now)),
        )
        .join(Placement, place_of_invitation())
        .where(
            Invitation.organisation_id == held.organisation_id,
            Invitation.measurement_id == held.id,
            Invitation.mail.in_(REMINDED),
            ~Invitation.answered,
            ~Invitation.removed,
            Placement.takes_part,
            *measurement_of_invitation(),
            *receives_on(today_in_stockholm(now)),
            ~on_its_way,
        )
    )
    columns = ["organisation_id", "id", "measurement_id", "invitation_id", "kind", "due_at"]
    return len(session.execute(insert(Outbox).from_select(columns, asked).returning(Outbox.id)).all())


def _with_rounds_due(session: Session, scope: SystemScope, today: date) -> list[_Open]:
    """Held, each with a round whose day has come; those that another worker holds are left to it."""
    due = exists().where(
        ReminderRound.organisation_id == Measurement.organisation_id,
        ReminderRound.measurement_id == Measurement.id,
        ReminderRound.number.is_(None),
        ReminderRound.day.between(today - LATEST, today),
    )
    everywhere = Measurement.organisation_id.is_not(None)
    rows = session.execute(
        select(*_COLUMNS)
        .where(
            everywhere if scope.organisation_id is None else Measurement.organisation_id == scope.organisation_id,
            Measurement.state == MeasurementState.OPEN,
            Measurement.opens <= today,
            Measurement.closes >= today,
            ~Measurement.mail_paused,
            due,
        )
        .with_for_update(skip_locked=True)
    ).all()
    return [_with_rounds(session, row) for row in rows]


def _queue_due(session: Session, held: _Open, now: datetime) -> int:
    day, number = round_to_send(held.planned, held.sent, today_in_stockholm(now)), _next_number(held)
    if day is None or number > MOST_ROUNDS:
        return 0
    session.execute(update(ReminderRound).where(*_rounds_of(held), ReminderRound.day == day).values(number=number))
    return _queue(session, held, number, now)


def _set_paused(session: Session, scope: DeskScope, measurement_id: MeasurementId, *, paused: bool) -> None:
    held = _held(session, scope, measurement_id)
    session.execute(
        update(Measurement)
        .where(Measurement.organisation_id == held.organisation_id, Measurement.id == held.id)
        .values(mail_paused=paused)
    )
