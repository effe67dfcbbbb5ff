"""How an invitation finds its unit's place in its measurement's tree, the days there, and those sent earlier."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func
from sqlalchemy.orm import aliased

from db.models import Invitation, Measurement, Placement
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.work import MailState


def place_of_invitation() -> ColumnElement[bool]:
    """Joins an invitation to the place of its unit."""
    return and_(
        Placement.organisation_id == Invitation.organisation_id,
        Placement.measurement_id == Invitation.measurement_id,
        Placement.unit_id == Invitation.unit_id,
    )


def measurement_of_invitation() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Joins an invitation to its measurement."""
    return Measurement.organisation_id == Invitation.organisation_id, Measurement.id == Invitation.measurement_id


def first_day(place: type[Placement] = Placement) -> ColumnElement[date | None]:
    """Of a unit, joined with its measurement; PostgreSQL passes over days that are null."""
    return func.greatest(Measurement.opens, place.opens)


def last_day(place: type[Placement] = Placement) -> ColumnElement[date | None]:
    """Never after the measurement's own, whatever the place says."""
    return func.least(Measurement.closes, place.closes)


def receives_on(today: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    """Of a place and its measurement: whether answers from it are received that day."""
    return Measurement.state == MeasurementState.OPEN, first_day() <= today, last_day() >= today


def has_been_invited() -> ColumnElement[bool]:
    """Whether the address of an invitation has had one this year already, of a measurement that was cancelled.

    Joined with the invitation's own measurement. One invitation per address and calendar year: cancelling frees the
    year, and not those who were written to in it.
    """
    earlier, cancelled = aliased(Invitation), aliased(Measurement)
    return exists().where(
        cancelled.organisation_id == Measurement.organisation_id,
        cancelled.year == Measurement.year,
        cancelled.state == MeasurementState.CANCELLED,
        earlier.organisation_id == cancelled.organisation_id,
        earlier.measurement_id == cancelled.id,
        earlier.address_index == Invitation.address_index,
        may_have_arrived(earlier),
    )


def may_have_arrived(invitation: type[Invitation]) -> ColumnElement[bool]:
    """Whether the receiver may have got the mail: one that bounced has not been an invitation."""
    return invitation.mail.in_([MailState.SENT, MailState.UNCERTAIN])


def of_the_box() -> tuple[ColumnElement[bool], ...]:
    """Of a measurement: that its box is still the one that was sealed for."""
    return Measurement.id == bindparam("measurement"), Measurement.box_public_key == bindparam("box")
