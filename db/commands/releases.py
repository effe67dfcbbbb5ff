"""Stores what the disclosure control has let through, once per measurement. Only tallying calls it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db import packing
from db.models import Measurement, Release, ReleasedPiece, ReleasedUnit, Suggestion
from db.packed_rows import insert_shuffled
from dimios_dash.domain.calendar import MeasurementState, advance
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tallied import Tallied
from dimios_dash.errors import NotFound
from dimios_dash.ids import MeasurementId


@dataclass(frozen=True, slots=True)
class ClosedMeasurement:
    """What a tally must know of the measurement it counts."""

    year: int
    k: int
    instrument_version: str


def lock_closed(
    session: Session, scope: SystemScope, measurement_id: MeasurementId, today: date
) -> ClosedMeasurement | None:
    """The closed measurement, held until the transaction ends; None where it is released already.

    Raises NotFound, and Invalid where it is not closed.
    """
    held = session.execute(
        select(Measurement.state, Measurement.year, Measurement.k, Measurement.instrument_version)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id)
        .with_for_update()
    ).one_or_none()
    if held is None:
        raise NotFound("Mätningen finns inte längre. Ingenting har publicerats.")
    if held.state == MeasurementState.RELEASED:
        return None
    advance(MeasurementState(held.state), MeasurementState.RELEASED, held.year, today)
    return ClosedMeasurement(held.year, held.k, held.instrument_version)


def store(session: Session, scope: SystemScope, measurement_id: MeasurementId, tallied: Tallied, today: date) -> None:
    """Write the release, in an order that means nothing, and make the measurement released."""
    owner = {"organisation_id": scope.organisation_id, "measurement_id": measurement_id}
    write_results(session, scope, measurement_id, tallied)
    insert_shuffled(session, Suggestion, owner, packing.texts(tallied))
    session.execute(
        update(Measurement)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id)
        .values(state=MeasurementState.RELEASED.value, released_on=today)
    )


def write_results(session: Session, scope: SystemScope, measurement_id: MeasurementId, tallied: Tallied) -> None:
    """Write all numbers of a release; texts are written once, by `store`."""
    owner = {"organisation_id": scope.organisation_id, "measurement_id": measurement_id}
    session.execute(insert(Release).values(**owner, **packing.release(tallied)))
    insert_shuffled(session, ReleasedUnit, owner, packing.units(tallied))
    insert_shuffled(session, ReleasedPiece, owner, packing.pieces(tallied))
