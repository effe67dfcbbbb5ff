"""Closed measurements that nobody has released: their key users are warned, and in the end they are given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models import DestructionWarning, Job, Measurement
from db.queries import countdowns
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.destruction import Countdown
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.work import UNDER_WAY, JobKind
from dimios_dash.ids import MeasurementId, OrganisationId


@dataclass(frozen=True, slots=True)
class Unreleased:
    """A closed measurement and how its days are counted."""

    organisation_id: OrganisationId
    measurement_id: MeasurementId
    year: int
    days: Countdown


def closed(session: Session, scope: SystemScope) -> list[Unreleased]:
    """All of them, in all organisations."""
    warned = countdowns.warnings(session, scope)
    rows = session.execute(
        select(Measurement.organisation_id, Measurement.id, Measurement.year, Measurement.closed_on).where(
            Measurement.state == MeasurementState.CLOSED
        )
    )
    return [
        Unreleased(
            OrganisationId(row.organisation_id),
            MeasurementId(row.id),
            row.year,
            Countdown(row.closed_on, warned.get((row.id, row.closed_on), ())),
        )
        for row in rows
    ]


def record_warning(session: Session, _scope: SystemScope, found: Unreleased, number: int, today: date) -> bool:
    """Keep that a warning is given; False where another worker gives it."""
    row = {**_key(found, number), "warned_on": today}
    made = session.execute(insert(DestructionWarning).values(row).on_conflict_do_nothing().returning(_NUMBER))
    return made.one_or_none() is not None


def take_back_warning(session: Session, _scope: SystemScope, found: Unreleased, number: int) -> None:
    """It could not be given; the next night tries again."""
    session.execute(delete(DestructionWarning).filter_by(**_key(found, number)))


def give_up(session: Session, _scope: SystemScope, found: Unreleased) -> bool:
    """No release and no reopening from now on; False where something has happened to it meanwhile."""
    being_released = exists().where(
        Job.organisation_id == Measurement.organisation_id,
        Job.measurement_id == Measurement.id,
        Job.kind == JobKind.RELEASE,
        Job.state.in_(UNDER_WAY),
    )
    given_up = session.scalar(
        update(Measurement)
        .where(
            Measurement.organisation_id == found.organisation_id,
            Measurement.id == found.measurement_id,
            Measurement.state == MeasurementState.CLOSED,
            Measurement.closed_on == found.days.closed_on,
            ~being_released,
        )
        .values(state=MeasurementState.DESTROYED)
        .returning(Measurement.id)
    )
    return given_up is not None


_NUMBER = DestructionWarning.number


def _key(found: Unreleased, number: int) -> dict[str, object]:
    return {
        "organisation_id": found.organisation_id,
        "measurement_id": found.measurement_id,
        "closed_on": found.days.closed_on,
        "number": number,
    }
