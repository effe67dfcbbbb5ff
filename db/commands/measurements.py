"""A measurement from draft to the request for its release.

Every deed locks the measurement's row, so that two clicks do one thing, and leaves an audit event.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import Select, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_if_new
from sqlalchemy.orm import Session

from db.commands import audit, unit_periods
from db.commands.frozen_tree import UnitDays, freeze_tree
from db.commands.outbox import enqueue_invitations
from db.models import Invitation, Job, Measurement, Organisation, Placement
from db.models.measurement import COUNTS
from db.placing import place_of_invitation
from db.queries.measurements import NO_SUCH_MEASUREMENT
from dimios_dash import instruments
from dimios_dash.domain.calendar import (
    MeasurementState,
    Period,
    advance,
    check_k,
    check_period,
    check_running_year,
    today_in_stockholm,
)
from dimios_dash.domain.days import written
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.work import UNDER_WAY, JobKind
from dimios_dash.errors import Forbidden, Invalid, NotFound
from dimios_dash.ids import MeasurementId, UnitId, new_id

_NO_DAYS: Final[Mapping[UnitId, Period]] = MappingProxyType({})
_PAST = {
    MeasurementState.CLOSED: "Mätningen för {year} är stängd, så respondenterna kan inte ändras. "
    "Öppna den igen under Avsluta och publicera om fler ska kunna svara.",
    MeasurementState.RELEASED: "Mätningen för {year} är publicerad och ändras inte mer. Nästa mätning görs {next}.",
    MeasurementState.DESTROYED: "Svaren i mätningen för {year} är förstörda. Nästa mätning görs {next}.",
}
_OVER = {
    MeasurementState.RELEASED: "Mätningen är publicerad och ändras inte mer. Ladda om sidan för att se resultatet.",
    MeasurementState.DESTROYED: "Svaren publicerades inte i tid och är förstörda. Mätningen ändras inte mer.",
    MeasurementState.CANCELLED: "Mätningen är avbruten och ändras inte mer. Ladda om sidan.",
}


def ensure_draft(session: Session, scope: DeskScope, year: int) -> MeasurementId:
    """The measurement of the year, for its respondents to be changed; a new draft where there is none.

    Raises Invalid when it is closed or over.
    """
    if session.execute(_of_year(scope, year)).one_or_none() is None:
        _insert_draft(session, scope, year)
    found = session.execute(_of_year(scope, year)).one()
    if found.state in _PAST:
        raise Invalid(_PAST[MeasurementState(found.state)].format(year=year, next=year + 1))
    return MeasurementId(found.id)


def start(
    session: Session,
    scope: DeskScope,
    measurement_id: MeasurementId,
    period: Period,
    *,
    k: int,
    units_taking_part: Collection[UnitId],
    today: date,
    own_days: Mapping[UnitId, Period] = _NO_DAYS,
) -> None:
    """Open a draft: freeze the tree as it is now and queue the invitations of the units that take part.

    `own_days` are those of single units, which all below them share that have none themselves. The worker makes the
    ballot box before it sends. Raises Forbidden for a sub-administrator, NotFound, and Invalid for what is missing or
    not possible.
    """
    measurement = _locked(session, scope, measurement_id)
    _require(measurement, MeasurementState.DRAFT, "Mätningen är redan startad. Under Följ svaren ser du hur det går.")
    state, k = _next_state(measurement, MeasurementState.OPEN, today), _allowed_k(session, scope, k)
    _set_period(measurement, period, today)
    measurement.state, measurement.k = state, k
    session.flush()
    freeze_tree(session, scope, measurement_id, frozenset(units_taking_part), UnitDays(period, own_days), today=today)
    _require_respondents(session, scope, measurement_id)
    enqueue_invitations(session, scope, measurement_id)
    counts = {"units": len(set(units_taking_part)), "units_with_own_days": len(own_days)}
    _record(session, scope, measurement, "measurement_started", k=k, **counts)


def extend(session: Session, scope: DeskScope, measurement_id: MeasurementId, closes: date, today: date) -> None:
    """Give an open measurement a later last day in its year. Raises Forbidden, NotFound, Invalid."""
    measurement = _locked(session, scope, measurement_id)
    _require(measurement, MeasurementState.OPEN, "Bara en öppen mätning kan förlängas. Ladda om sidan.")
    check_running_year(measurement.year, today)
    opens, until = _period(measurement)
    if closes <= until:
        raise Invalid(f"Mätningen pågår redan till och med {until}. Välj en senare dag.")
    _set_period(measurement, Period(opens, closes), today)
    _record(session, scope, measurement, "measurement_extended")


def set_goal(session: Session, scope: DeskScope, measurement_id: MeasurementId, percent: int) -> None:
    """Aim at another response rate. Raises Forbidden, NotFound, and Invalid when it is not open."""
    measurement = _locked(session, scope, measurement_id)
    _require(measurement, MeasurementState.OPEN, "Målet kan bara ändras medan mätningen pågår. Ladda om sidan.")
    if measurement.goal != percent:
        measurement.goal = percent
        _record(session, scope, measurement, "goal_changed", goal=percent)


def close(session: Session, scope: DeskScope, measurement_id: MeasurementId, today: date) -> None:
    """No more answers are received; the period ends today where it would have gone on.

    Raises Forbidden, NotFound, and Invalid when it is not open.
    """
    measurement = _locked(session, scope, measurement_id)
    measurement.state = _next_state(measurement, MeasurementState.CLOSED, today)
    opens, closes = _period(measurement)
    measurement.closes = max(opens, min(closes, today))
    measurement.closed_on = today
    _record(session, scope, measurement, "measurement_closed")


def reopen(session: Session, scope: DeskScope, measurement_id: MeasurementId, closes: date, today: date) -> None:
    """Receive answers again until a new last day, in the measurement's own calendar year and before its release.

    Units whose own days would go on longer end with it. Raises Forbidden, NotFound, Invalid.
    """
    measurement = _locked(session, scope, measurement_id)
    _require(measurement, MeasurementState.CLOSED, "Bara en stängd mätning kan öppnas igen. Ladda om sidan.")
    state = _next_state(measurement, MeasurementState.OPEN, today)
    if _release_is_under_way(session, scope, measurement_id):
        raise Invalid("Resultatet håller på att beräknas, så mätningen kan inte öppnas igen.")
    _set_period(measurement, Period(_period(measurement)[0], closes), today)
    measurement.state = state
    unit_periods.end_with(session, scope, measurement_id, closes)
    _record(session, scope, measurement, "measurement_reopened")


def request_release(session: Session, scope: DeskScope, measurement_id: MeasurementId, now: datetime) -> None:
    """Ask the worker to compute and publish the results; a second request while one is under way does nothing.

    Raises Forbidden, NotFound, and Invalid when the measurement is not closed.
    """
    measurement = _locked(session, scope, measurement_id)
    _next_state(measurement, MeasurementState.RELEASED, today_in_stockholm(now))  # only the worker makes it so
    if _release_is_under_way(session, scope, measurement_id):
        return
    _ask(session, scope, measurement_id, JobKind.RELEASE, now)
    _record(session, scope, measurement, "release_requested")


def cancel(session: Session, scope: DeskScope, measurement_id: MeasurementId, now: datetime) -> None:
    """End a draft or an open measurement without results, and leave its year to another.

    From now on no answer is received and no mail sent; the worker destroys key and envelopes at once. Who has been
    invited stays invited for this year (see db.placing.has_been_invited). Raises Forbidden, NotFound, Invalid.
    """
    measurement = _locked(session, scope, measurement_id)
    measurement.state = _next_state(measurement, MeasurementState.CANCELLED, today_in_stockholm(now))
    _ask(session, scope, measurement_id, JobKind.CANCELLATION, now)
    _record(session, scope, measurement, "measurement_cancelled")


def _of_year(scope: DeskScope, year: int) -> Select[object, str]:
    return select(Measurement.id, Measurement.state).where(
        Measurement.organisation_id == scope.organisation_id,
        Measurement.year == year,
        Measurement.state != MeasurementState.CANCELLED,
    )


def _insert_draft(session: Session, scope: DeskScope, year: int) -> None:
    """A draft with the organisation's k; nothing where somebody else was first."""
    k = session.scalars(select(Organisation.k).where(Organisation.id == scope.organisation_id)).one()
    session.execute(
        insert_if_new(Measurement)
        .values(
            organisation_id=scope.organisation_id, id=new_id(), year=year, k=k, instrument_version=instruments.LATEST
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "year"], index_where=COUNTS)
    )


def _locked(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> Measurement:
    """The measurement, held until the transaction ends. Raises Forbidden, NotFound, Invalid when it is over."""
    if scope.branch is not None:
        raise Forbidden("Mätningen sköts av er nyckelanvändare för hela organisationen. Be nyckelanvändaren om hjälp.")
    key = (scope.organisation_id, measurement_id)
    held = session.get(Measurement, key, with_for_update=True, populate_existing=True)
    if held is not None:
        return held
    over = session.get(Measurement, key)  # web can see it, and not lock it
    if over is None:
        raise NotFound(NO_SUCH_MEASUREMENT)
    raise Invalid(_OVER[MeasurementState(over.state)])


def _require(measurement: Measurement, state: MeasurementState, otherwise: str) -> None:
    """Raises Invalid with the sentence `otherwise` unless the measurement is in the state."""
    if measurement.state != state:
        raise Invalid(otherwise)


def _next_state(measurement: Measurement, target: MeasurementState, today: date) -> str:
    """`target`, to be stored. Raises Invalid when the measurement may not come there."""
    return advance(MeasurementState(measurement.state), target, measurement.year, today).value


def _period(measurement: Measurement) -> tuple[date, date]:
    """First and last day of a measurement that has been started; the database sees to it that both are there."""
    assert measurement.opens is not None  # noqa: S101, says to mypy what the database's constraint says
    assert measurement.closes is not None  # noqa: S101, the same
    return measurement.opens, measurement.closes


def _set_period(measurement: Measurement, period: Period, today: date) -> None:
    """Raises Invalid for days outside the year, in the wrong order, or already over."""
    check_period(period, measurement.year)
    if period.closes < today:
        raise Invalid(f"Den sista dagen, {written(period.closes)}, har redan varit. Välj i dag eller en senare dag.")
    measurement.opens, measurement.closes = period.opens, period.closes


def _allowed_k(session: Session, scope: DeskScope, k: int) -> int:
    smallest = session.scalars(select(Organisation.k).where(Organisation.id == scope.organisation_id)).one()
    if check_k(k) < smallest:
        raise Invalid(f"Er organisation visar inget för färre än {smallest} svar. Välj {smallest} eller högre.")
    return k


def _require_respondents(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> None:
    somebody = session.scalar(
        select(Invitation.id)
        .join(Placement, place_of_invitation())
        .where(
            Invitation.organisation_id == scope.organisation_id,
            Invitation.measurement_id == measurement_id,
            ~Invitation.removed,
            Placement.takes_part,
        )
        .limit(1)
    )
    if somebody is None:
        raise Invalid(
            "Det finns inga respondenter i de enheter som ska ingå. Lägg till respondenter, eller välj fler enheter."
        )


def _release_is_under_way(session: Session, scope: DeskScope, measurement_id: MeasurementId) -> bool:
    return (
        session.scalar(
            select(
                select(Job.id)
                .where(
                    Job.organisation_id == scope.organisation_id,
                    Job.measurement_id == measurement_id,
                    Job.kind == JobKind.RELEASE,
                    Job.state.in_(UNDER_WAY),
                )
                .exists()
            )
        )
        or False
    )


def _ask(session: Session, scope: DeskScope, measurement_id: MeasurementId, kind: JobKind, now: datetime) -> None:
    row = {"organisation_id": scope.organisation_id, "measurement_id": measurement_id, "due_at": now}
    session.execute(insert(Job).values(**row, id=new_id(), kind=kind))


def _record(session: Session, scope: DeskScope, measurement: Measurement, event: str, **details: object) -> None:
    session.flush()
    period = {"year": measurement.year, "opens": str(measurement.opens), "closes": str(measurement.closes)}
    audit.record(session, scope, event, {**period, **details})
