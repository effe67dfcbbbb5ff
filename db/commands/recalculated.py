"""Puts a recalculated release in the place of the one that was published. Only tallying calls it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.commands import releases
from db.commands.ballot_box import QUARANTINE
from db.commands.releases import ClosedMeasurement
from db.models import Measurement, Release, ReleasedPiece, ReleasedUnit
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.days import written
from dimios_dash.domain.scopes import SystemScope
from dimios_dash.domain.tallied import Tallied
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.ids import MeasurementId


def lock_in_quarantine(
    session: Session, scope: SystemScope, measurement_id: MeasurementId, today: date
) -> ClosedMeasurement:
    """A released measurement whose ballots are still there, held until the transaction ends.

    Raises NotFound, and Invalid where it is not released, has had no ballots here, or its quarantine is over.
    """
    held = session.scalars(
        select(Measurement)
        .where(Measurement.organisation_id == scope.organisation_id, Measurement.id == measurement_id)
        .with_for_update()
    ).one_or_none()
    if held is None:
        raise NotFound("Mätningen finns inte längre. Ingenting har ändrats.")
    _require_ballots(held, today)
    return ClosedMeasurement(held.year, held.k, held.instrument_version)


def replace(session: Session, scope: SystemScope, measurement_id: MeasurementId, tallied: Tallied) -> None:
    """All numbers of the release are these from now on; its texts stay."""
    for table in (ReleasedPiece, ReleasedUnit, Release):
        session.execute(
            delete(table).where(table.organisation_id == scope.organisation_id, table.measurement_id == measurement_id)
        )
    releases.write_results(session, scope, measurement_id, tallied)


def _require_ballots(held: Measurement, today: date) -> None:
    if held.state != MeasurementState.RELEASED or held.released_on is None:
        raise Invalid(f"Mätningen för {held.year} är inte publicerad. Publicera den i stället för att räkna om den.")
    if held.box_public_key is None:
        raise Invalid(
            f"Mätningen för {held.year} är inläst från ett annat verktyg. Svaren har aldrig sparats, så den går inte "
            "att räkna om."
        )
    last = held.released_on + QUARANTINE
    if held.box_destroyed_on is not None or today >= last:
        raise Invalid(
            f"Mätningen för {held.year} går inte att räkna om längre. Svaren sparas i {QUARANTINE.days} dagar efter "
            f"publiceringen; den tiden gick ut den {written(last)}."
        )
